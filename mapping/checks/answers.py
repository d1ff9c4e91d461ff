"""Items, indicators and aspects that no passage answers (C03, C04, C28, C29).

A claim about what was found, never about what is there: 未找到. Where pictures or unread pages stand
in the section, nothing is called not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Coverage, Finding, Severity, Where
from models.criteria import AspectName, Criteria, Item

ASPECT_TITLES: dict[AspectName, str] = {
    "approach": "采用方法",
    "deployment": "工作展开",
    "result": "实施结果",
}
_NAMED = 6
SURE = 0.5
"""Probability from which a passage is taken to be about something else than its heading says: on gold C
seven raised, all rightly; on the held-out gold D three, all rightly."""
_ASPECT_ADVICE: dict[AspectName, str] = {
    "approach": "建议补充：由谁负责、按什么流程或制度、用什么工具、多久一次。",
    "deployment": "建议补充：在哪些部门、场所、时间开展，覆盖多大范围，做了哪些具体工作。",
    "result": "建议补充：至少三年的指标数据及对比。",
}


@check("item-missing")
def item_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in draft.documents:
        severity: Severity = "warning" if document.kind == "report" else "note"
        for item, rows in _items(draft, criteria, document.id):
            if all(row.status == "missing" for row in rows):
                yield Finding(
                    "",
                    severity,
                    document.id,
                    rows[0].indicator,
                    item.id,
                    f"未找到回答“{item.id} {item.title}”（{item.points} 分）的内容。",
                    "请核对是否写在别处或图片中；如确未涉及，建议按评价要求补充。",
                    _near(rows),
                )


@check("indicator-missing")
def indicator_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Of reports only, and not where the whole item is not found: one line per fault."""
    for document in draft.documents:
        if document.kind != "report":
            continue
        for item, rows in _items(draft, criteria, document.id):
            if len(rows) > 1 and all(row.status == "missing" for row in rows):
                continue
            for row in rows:
                if row.status == "missing" and len(rows) > 1:
                    title = criteria.indicator(row.indicator).title
                    yield Finding(
                        "",
                        "warning",
                        document.id,
                        row.indicator,
                        row.indicator,
                        f"未找到回答“{row.indicator} {title}”的段落（属 {item.id} {item.title}，{item.points} 分）。",
                        "请核对最接近的段落；如确未涉及，建议补充。",
                        _near([row]),
                    )


@check("indicator-unsure")
def indicator_unsure(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Indicators that a heading names or an unsure passage may answer, and no passage answers surely."""
    reports = {document.id for document in draft.documents if document.kind == "report"}
    for row in draft.coverage:
        if row.document in reports and row.status == "partial" and not row.passages:
            yield Finding(
                "",
                "note",
                row.document,
                row.indicator,
                row.indicator,
                f"“{row.indicator} {criteria.indicator(row.indicator).title}”只找到把握不大的内容。",
                "请核对最接近的段落或该标题下的文字是否回答了这一指标。",
                _near([row]),
            )


@check("aspect-missing")
def aspect_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per indicator that has passages but lacks an expected aspect."""
    reports = {document.id for document in draft.documents if document.kind == "report"}
    for row in draft.coverage:
        if row.document not in reports or row.status != "partial" or not row.passages:
            continue
        lacking = [aspect for aspect in row.expected if not row.count(aspect)]
        if not lacking:
            continue
        names = "、".join(ASPECT_TITLES[aspect] for aspect in lacking)
        doubt = "该节有图片或未读页，内容可能在其中；" if row.unseen else ""
        yield Finding(
            "",
            "note" if row.unseen else "warning",
            row.document,
            row.indicator,
            row.indicator,
            f"“{row.indicator} {criteria.indicator(row.indicator).title}”已找到 {len(row.passages)} 段相关内容，未找到{names}。",
            doubt + "".join(_ASPECT_ADVICE[aspect] for aspect in lacking),
            tuple(Where(passage=passage) for passage in row.passages[:3]),
        )


@check("unread-section")
def unread_section(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per document and chapter: the pages to look at are the same."""
    reports = [document.id for document in draft.documents if document.kind == "report"]
    for document, chapter in product(reports, criteria.chapters):
        inside = {indicator.id for item in chapter.items for indicator in item.indicators}
        rows = [
            row
            for row in draft.coverage
            if row.document == document and row.status == "unknown" and row.indicator in inside
        ]
        if rows:
            names = "、".join(row.indicator for row in rows[:_NAMED]) + ("等" if len(rows) > _NAMED else "")
            yield Finding(
                "",
                "note",
                document,
                rows[0].indicator,
                chapter.id,
                f"“{chapter.id} {chapter.title}”中 {len(rows)} 个指标（{names}）所在部分有图片或未读页，无法判断是否已有内容。",
                "请人工查看这些图片或页面。",
                _near(rows),
            )


@check("passage-misplaced")
def passage_misplaced(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Text about one process item under the heading of another. Results are told in many places."""
    reports = {document.id for document in draft.documents if document.kind == "report"}
    for passage in draft.passages:
        if passage.document not in reports or not passage.indicators or passage.heading_node is None:
            continue
        best = passage.indicators[0]
        item = criteria.indicator(best.id).item
        if best.score < SURE or criteria.is_result(best.id) or not _elsewhere(passage.heading_node, item):
            continue
        yield Finding(
            "",
            "note",
            passage.document,
            best.id,
            best.id,
            f"“{passage.text[:16]}…”写在 {passage.heading_node} 之下，看来讲的是 {best.id} {criteria.indicator(best.id).title}。",
            f"如确属 {item}，建议移过去，或在 {item} 中注明见此处。",
            (Where(page=passage.page, passage=passage.id),),
        )


def _elsewhere(node: str, item: str) -> bool:
    """Whether a heading's node is another process item, or an indicator of one."""
    parts = node.split(".")
    return len(parts) >= 2 and ".".join(parts[:2]) != item  # a chapter's own text may be about any item


def _items(draft: Assessment, criteria: Criteria, document: str) -> Iterator[tuple[Item, list[Coverage]]]:
    """Items of the criteria with the coverage rows of their indicators in one document."""
    rows = {row.indicator: row for row in draft.coverage if row.document == document}
    for item in criteria.items:
        found = [rows[indicator.id] for indicator in item.indicators if indicator.id in rows]
        if found:
            yield item, found


def _near(rows: Sequence[Coverage]) -> tuple[Where, ...]:
    near = dict.fromkeys(passage for row in rows for passage in row.nearest)
    return tuple(Where(passage=passage) for passage in list(near)[:3])
