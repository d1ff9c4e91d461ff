"""What changed between two drafts, for a terminal: one to two screens."""

from __future__ import annotations

from collections.abc import Iterator

from api.columns import fold
from api.export import wording
from api.export.diff_view import ChangeView, DiffView, diff_view
from models.criteria import Criteria
from models.diff import DraftDiff

_INDENT = " " * 4
_MOST = {"已解决": 6, "新出现": 8, "仍然存在": 0}
_KPIS, _INDICATORS, _CHANGES = 12, 30, 3


def to_text(diff: DraftDiff, criteria: Criteria) -> str:
    view = diff_view(diff, criteria)
    blocks = [
        _head(view),
        *([list(_lengths(view))] if view.lengths else []),
        list(_findings(view)),
        *([list(_indicators(view))] if view.indicators else []),
        *([list(_kpis(view))] if view.kpis else []),
        [fold("逐段对照用 --format html --output 两稿对照.html 写出，在浏览器中查看。")],
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(view: DiffView) -> list[str]:
    lines = [
        fold(f"旧稿：{view.old}", " " * 6, ""),
        fold(f"新稿：{view.new}", " " * 6, ""),
        "段落：" + ("，".join(f"{title} {n}" for title, n in view.tally if n) or "没有变化"),
    ]
    return [*lines, f"对旧稿的答复中有 {view.carried} 条带到新稿。"] if view.carried else lines


def _lengths(view: DiffView) -> Iterator[str]:
    yield "字数"
    for one in view.lengths:
        limit = f"，上限 {one.limit:,}" if one.limit is not None else ""
        yield fold(
            f"{one.part}：{one.old:,} → {one.new:,}（{one.change}）{limit}，{one.verdict}", _INDENT, "  "
        )
        if one.items:
            items = "　".join(f"{title.split()[0]} {change}" for title, _, _, change in one.items)
            yield fold(f"各条：{items}", _INDENT * 2, _INDENT)


def _findings(view: DiffView) -> Iterator[str]:
    yield "发现：" + "，".join(f"{group.title} {len(group.findings)} 条" for group in view.findings)
    for group in view.findings:
        shown = group.findings[: _MOST[group.title]]
        for finding in shown:
            yield fold(f"［{group.title}］{finding.group}：{finding.message}", _INDENT, "  ")
        left = len(group.findings) - len(shown)
        if left and shown:
            yield f"  …{group.title}的另有 {left} 条，见 HTML"


def _indicators(view: DiffView) -> Iterator[str]:
    yield "按指标"
    for row in view.indicators[:_INDICATORS]:
        told = "；".join(filter(None, (row.tally, row.status)))
        part = "" if row.part == wording.PART_KINDS["report"] else f"［{row.part}］"
        yield fold(f"{part}{row.title}：{told}", _INDENT, "  ")
        for change in row.changes[:_CHANGES]:
            yield fold(_line(change), _INDENT * 2, _INDENT)
        if len(row.changes) > _CHANGES:
            yield f"{_INDENT}…另有 {len(row.changes) - _CHANGES} 处，见 HTML"
    if len(view.indicators) > _INDICATORS:
        yield f"  …另有 {len(view.indicators) - _INDICATORS} 个指标，见 HTML"


def _line(change: ChangeView) -> str:
    place = change.new_place or change.old_place
    if change.kind == "moved":
        return f"移动　{change.old_place} → {change.new_place}“{wording.opening(change.text, 20)}”"
    if change.kind != "changed":
        return f"{change.title}　{place}“{wording.opening(change.text, 28)}”"
    told = []
    for mark, kind in (("−", "removed"), ("＋", "added")):
        words = "／".join(
            wording.opening(e.text, 16) for e in change.edits if e.kind == kind and e.text.strip()
        )
        told += [f"{mark}{wording.opening(words, 40)}"] if words else []
    return f"{change.title}　{place} {'　'.join(told)}"


def _kpis(view: DiffView) -> Iterator[str]:
    yield "指标数据"
    for one in view.kpis[:_KPIS]:
        yield fold(f"{one.kind}　{one.name}：{'；'.join(one.cells)}", _INDENT, "  ")
    if len(view.kpis) > _KPIS:
        yield f"  …另有 {len(view.kpis) - _KPIS} 个，见 HTML"
