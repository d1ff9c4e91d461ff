"""The criteria as plain text: the whole catalogue as a tree, or one node with all that hangs on it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from api.columns import fold
from models.criteria import ASPECTS, Chapter, Condition, Criteria, Indicator, Item, Requirement
from models.errors import UsageError

Node = Chapter | Item | Indicator | Requirement

ASPECT_TITLES = dict(zip(ASPECTS, ("采用方法", "工作展开", "实施结果"), strict=True))
_STATUS = {"draft": "征求意见稿，各届以主办方公布的为准", "final": "正式稿"}
_CONDITIONS: dict[Condition, str] = {"when_applicable": "适用时", "when_necessary": "必要时"}


def catalogue_text(criteria: Criteria) -> str:
    """Chapters, items and indicators as a tree; points at items, chapters and in all."""
    lines = [criteria.title, f"{criteria.edition}　编号 {criteria.id}"]
    lines += [fold(f"状态：{_STATUS.get(criteria.status, criteria.status)}。来源：{criteria.source}"), ""]
    for chapter in (criteria.overview, *criteria.chapters):
        lines += _branch(chapter)
    lines += ["", fold(_total(criteria)), *_limits(criteria), "", fold(f"说明：{criteria.counting_note}")]
    return "\n".join(lines) + "\n"


def node_text(criteria: Criteria, node_id: str) -> str:
    """One chapter, item, indicator or requirement point. Raises UsageError if there is none."""
    wanted = unicodedata.normalize("NFKC", node_id).strip()
    known = dict(criteria.aliases).get(wanted, wanted)
    node = criteria.by_id.get(known)
    if node is None:
        raise UsageError(_unknown(criteria, wanted))
    lines = [] if known == wanted else [f"{wanted} 计入 {known}。"]
    return "\n".join([*lines, *_describe(criteria, node)]) + "\n"


def _branch(chapter: Chapter) -> Iterator[str]:
    yield _name(chapter)
    for item in chapter.items:
        yield f"  {_name(item)}"
        for indicator in item.indicators:
            yield fold(_leaf(indicator), " " * 10, " " * 4)


def _leaf(indicator: Indicator) -> str:
    count = len(indicator.requirements)
    asked = f"结果要求{count}句" if _is_result(indicator) else f"{count}个要点"
    headings = len(indicator.printed)
    remark = "" if headings == 1 else f"；印有{headings}个标题" if headings else "；未印标题"
    return f"{indicator.id} {indicator.title}（{asked}{remark}）"


def _name(node: Chapter | Item) -> str:
    return (
        f"{node.id} {node.title}（{node.points}分）" if node.points else f"{node.id} {node.title}（不评分）"
    )


def _total(criteria: Criteria) -> str:
    points = sum(chapter.points for chapter in criteria.chapters)
    asked = [len(i.requirements) for i in criteria.indicators if not _is_result(i)]
    results = [len(i.requirements) for i in criteria.indicators if _is_result(i)]
    overview = sum(len(i.requirements) for i in criteria.overview_indicators)
    return (
        f"合计：{len(criteria.chapters)}章，{len(criteria.items)}个条目，{len(criteria.indicators)}个指标，"
        f"{points}分（分值只到条目，指标不单独给分）；过程要点{sum(asked)}个，结果要求{sum(results)}句，"
        f"{criteria.overview.title}要点{overview}个。结果至少需要{criteria.result_years}年的数据。"
    )


def _limits(criteria: Criteria) -> Iterator[str]:
    counted = {True: "，含图表", False: "，不含图表", None: ""}
    for limit in criteria.limits:
        text = f"字数：{limit.title}不超过{limit.words:,}字{counted[limit.charts]}（{limit.source}）"
        yield fold(text, " " * 6, "")


def _describe(criteria: Criteria, node: Node) -> Iterator[str]:
    if isinstance(node, Requirement):
        indicator = criteria.indicator(node.id.rsplit("-", 1)[0])
        yield fold(f"{node.id}（{indicator.id} {indicator.title}）")
        yield from _asked(indicator, (node,))
        yield from _surroundings(criteria, indicator)
    elif isinstance(node, Indicator):
        yield f"{node.id} {node.title}"
        yield from _surroundings(criteria, node)
        yield "要点：" if not _is_result(node) else "结果要求："
        yield from _asked(node, node.requirements)
    else:
        yield _name(node)
        yield from _parts(node)
    yield from _linked(criteria, node)
    yield f"来源：{node.source}"


def _parts(node: Chapter | Item) -> Iterator[str]:
    if node.intro:
        yield fold(node.intro, "  ")
    if isinstance(node, Chapter):
        yield from (f"  {_name(item)}" for item in node.items)
        return
    if node.condition != "always":
        yield f"含“{_CONDITIONS[node.condition]}”才适用的要求。"
    if node.national:
        yield f"国家标准同题条款：{node.national}"
    yield from (fold(_leaf(indicator), " " * 8, "  ") for indicator in node.indicators)


def _surroundings(criteria: Criteria, indicator: Indicator) -> Iterator[str]:
    chapters = (criteria.overview, *criteria.chapters)
    chapter, item = next((c, i) for c in chapters for i in c.items if i.id == indicator.item)
    national = f"，国家标准同题条款 {item.national}" if item.national else ""
    yield fold(f"属于：{_name(chapter)} > {_name(item)}{national}", " " * 6, "")
    expected = "、".join(ASPECT_TITLES[aspect] for aspect in indicator.expected)
    yield f"应有内容：{expected or '不评分，不分方面'}"


def _asked(indicator: Indicator, requirements: tuple[Requirement, ...]) -> Iterator[str]:
    for requirement in requirements:
        number = "" if _is_result(indicator) else f"（{requirement.id.rsplit('-', 1)[1]}）"
        word = _CONDITIONS.get(requirement.condition)
        note = f"［含“{word}”才适用的要求］" if word else ""
        yield fold(f"{number}{requirement.text}{note}", " " * 4, "  ")


def _linked(criteria: Criteria, node: Node) -> Iterator[str]:
    """What the node refers to, then the result indicators that refer to it or to what it is part of."""
    identity = node.id.rsplit("-", 1)[0] if isinstance(node, Requirement) else node.id
    within = [i for i in criteria.indicators if f"{i.id}.".startswith(f"{identity}.")]
    own = dict.fromkeys(link for indicator in within for link in indicator.links)
    back = [i.id for i in criteria.indicators if any(_touch(link, identity) for link in i.links)]
    for title, links in (("结合的过程：", own), ("对应的结果：", back)):
        if links:
            named = "；".join(f"{link} {_title(criteria, link)}" for link in links)
            yield fold(title + named, " " * 12, "")


def _touch(link: str, identity: str) -> bool:
    return f"{identity}.".startswith(f"{link}.") or link.startswith(f"{identity}.")


def _title(criteria: Criteria, identity: str) -> str:
    node = criteria.by_id[identity]
    return "" if isinstance(node, Requirement) else node.title


def _is_result(indicator: Indicator) -> bool:
    return indicator.expected == ("result",)


def _unknown(criteria: Criteria, wanted: str) -> str:
    near = "；".join(f"{n.id} {_title(criteria, n.id)}".strip() for n in _near(criteria, wanted)[:8])
    return f"准则中没有编号“{wanted}”。相近的有：{near}。用 ziping criteria 查看全部编号。"


def _near(criteria: Criteria, wanted: str) -> list[Node]:
    """Nodes whose title holds the word; or what stands under the longest known beginning of the id."""
    named = [n for n in criteria.by_id.values() if wanted and wanted in _title(criteria, n.id)]
    if named:
        return named
    stem = wanted
    while stem:
        stem = stem[: max(stem.rfind("."), stem.rfind("-"), 0)]
        below = [
            n for n in criteria.by_id.values() if n.id.rpartition("-" if "-" in n.id else ".")[0] == stem
        ]
        if stem and below:
            return below
    return list(criteria.chapters)
