"""Two drafts side by side, as they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.export import wording
from api.export.findings import item_title
from api.export.lookup import SEVERITIES
from models.assessment import Finding, PassageRecord, Severity
from models.criteria import Criteria
from models.diff import CellChange, ChangeKind, DraftDiff, Edit, IndicatorDiff, KpiChange, PassageChange

KINDS: dict[ChangeKind, str] = {"added": "增加", "removed": "删去", "changed": "改写", "moved": "移动"}
_KEPT, _EDGE = 64, 26
"""Characters of unchanged text from which its middle is left out, and what is kept on either side."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    kind: ChangeKind
    title: str
    old_place: str
    new_place: str
    path: str
    """Headings; where it moved, those of both drafts."""
    text: str
    """The whole passage; empty for a changed one, which has edits."""
    edits: tuple[Edit, ...]
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    anchor: str
    title: str
    part: str
    status: str
    """Old and new coverage in words, where it changed."""
    changes: tuple[ChangeView, ...]
    tally: str


@dataclass(frozen=True, slots=True)
class FindingView:
    severity: Severity
    group: str
    message: str
    item: str


@dataclass(frozen=True, slots=True)
class FindingsView:
    title: str
    meaning: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class KpiView:
    name: str
    part: str
    indicator: str
    kind: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LengthView:
    part: str
    old: int
    new: int
    change: str
    limit: int | None
    verdict: str
    items: tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class DiffView:
    old: str
    new: str
    tally: tuple[tuple[str, int], ...]
    lengths: tuple[LengthView, ...]
    findings: tuple[FindingsView, ...]
    indicators: tuple[IndicatorView, ...]
    kpis: tuple[KpiView, ...]
    carried: int


def diff_view(diff: DraftDiff, criteria: Criteria) -> DiffView:
    kinds = Counter(change.kind for row in diff.indicators for change in row.passages)
    told = diff.findings
    return DiffView(
        old="、".join(diff.old),
        new="、".join(diff.new),
        tally=tuple((title, kinds[kind]) for kind, title in KINDS.items()),
        lengths=tuple(_lengths(diff, criteria)),
        findings=(
            _findings("已解决", "旧稿中有、新稿中不再出现的。", told.solved, criteria),
            _findings("新出现", "旧稿中没有的。", told.new, criteria),
            _findings("仍然存在", "两稿中都有的，以新稿的文字列出。", told.left, criteria),
        ),
        indicators=tuple(_indicator(row, criteria) for row in diff.indicators),
        kpis=tuple(_kpi(change) for change in diff.kpis),
        carried=len(diff.carried),
    )


def _lengths(diff: DraftDiff, criteria: Criteria) -> Iterator[LengthView]:
    for change in diff.lengths:
        old, new = change.count
        before, after = (wording.LENGTH_STATUSES[one] if one else "没有这一部分" for one in change.status)
        yield LengthView(
            wording.PART_KINDS[change.document],
            old,
            new,
            signed(new - old),
            change.limit,
            after if before == after else f"{before} → {after}",
            tuple(
                (node_title(item, criteria), was, is_now, signed(is_now - was))
                for item, (was, is_now) in change.by_item.items()
            ),
        )


def signed(number: int) -> str:
    return f"+{number:,}" if number > 0 else f"−{-number:,}" if number < 0 else "不变"


def node_title(node: str | None, criteria: Criteria) -> str:
    found = criteria.by_id.get(node or "")
    return f"{node} {found.title}" if found is not None and hasattr(found, "title") else node or "未归入指标"


def _findings(title: str, meaning: str, found: Sequence[Finding], criteria: Criteria) -> FindingsView:
    ordered = sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))
    views = (
        FindingView(f.severity, wording.SEVERITIES[f.severity], f.message, item_title(criteria, f.indicator))
        for f in ordered
    )
    return FindingsView(title, meaning, tuple(views))


def _indicator(row: IndicatorDiff, criteria: Criteria) -> IndicatorView:
    before, after = row.status
    changed = before != after and before is not None and after is not None
    kinds = Counter(change.kind for change in row.passages)
    return IndicatorView(
        anchor=f"{row.document}-{row.indicator or 'rest'}",
        title=node_title(row.indicator, criteria),
        part=wording.PART_KINDS[row.document],
        status=f"{wording.STATUSES[before]} → {wording.STATUSES[after]}" if changed else "",  # type: ignore[index]
        changes=tuple(_change(change, criteria) for change in row.passages),
        tally="，".join(f"{title} {kinds[kind]}" for kind, title in KINDS.items() if kinds[kind]),
    )


def _change(change: PassageChange, criteria: Criteria) -> ChangeView:
    old, new = change.old, change.new
    shown = new or old
    assert shown is not None  # noqa: S101 - a change has one side at least
    return ChangeView(
        kind=change.kind,
        title=KINDS[change.kind] + ("并移动" if change.moved else ""),
        old_place=wording.place(old) if old else "",
        new_place=wording.place(new) if new else "",
        path=_path(change, shown),
        text="" if change.kind == "changed" else shown.text,
        edits=tuple(_shortened(change.edits)),
        note=_note(old, new, criteria),
    )


def _path(change: PassageChange, shown: PassageRecord) -> str:
    path = " › ".join(shown.heading_path)
    was = " › ".join(change.old.heading_path) if change.old else path
    away = change.kind == "moved" or change.moved
    return f"{was} → {path}" if away and was != path else path


def _note(old: PassageRecord | None, new: PassageRecord | None, criteria: Criteria) -> str:
    """Where the indicator is not what it was, because of the new words or place."""
    if old is None or new is None:
        return ""
    before, after = (p.indicators[0].id if p.indicators else None for p in (old, new))
    return "" if before == after else f"原归入 {node_title(before, criteria)}"


def _shortened(edits: Sequence[Edit]) -> Iterator[Edit]:
    """The edits with the middle of long unchanged stretches left out."""
    for n, edit in enumerate(edits):
        if edit.kind != "same" or len(edit.text) <= _KEPT:
            yield edit
            continue
        head = edit.text[:_EDGE] if n else ""
        tail = edit.text[-_EDGE:] if n < len(edits) - 1 else ""
        yield Edit("same", f"{head} … {tail}")


def _kpi(change: KpiChange) -> KpiView:
    old, new = change.units
    both = change.old is not None and change.new is not None
    cells = [_cell(cell, new or old, both) for cell in change.cells]
    if both and old != new:
        cells.insert(0, f"单位：{old or '未写'} → {new or '未写'}")
    kind = "新增" if change.old is None else "不再出现" if change.new is None else "有变"
    part = wording.PART_KINDS[change.document]
    return KpiView(change.name, part, change.indicator or "", kind, tuple(cells))


def _cell(cell: CellChange, unit: str, both: bool) -> str:
    """``both``: whether the series is in both drafts, so that a figure alone is one that came or went."""
    what = {"value": "", "target": "目标 "}.get(cell.what, f"{cell.what} ")
    old, new = (wording.figure(one) if one is not None else "" for one in (cell.old, cell.new))
    if not old or not new:
        turn = ("新增 " if new else "去掉 ") if both else ""
        return f"{cell.year} 年 {what}{turn}{new or old}{unit}"
    return f"{cell.year} 年 {what}{old} → {new}{unit}"
