"""Findings as they are shown: in three groups, each with what it rests on and where to look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.export import wording
from api.export.anchors import Anchors
from api.export.digest import Line, digest, first_screen
from api.export.lookup import SEVERITIES, Lookup
from models.assessment import Finding, PassageRecord, Severity, Where
from models.criteria import Criteria, Indicator, Item

_NOTES = 10


@dataclass(frozen=True, slots=True)
class PlaceView:
    page: str
    quote: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding beside the section that it speaks of; ``anchor`` is that of its line."""

    anchor: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class LineView:
    anchor: str
    line: Line
    part: str
    """Kind and file of the part it is about; empty where the submission has one part."""
    item: str
    """The scored item it falls under, with its points; empty if none."""
    section: str | None
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    severity: Severity
    title: str
    meaning: str
    lines: tuple[LineView, ...]
    most: int
    """How many are shown at once."""


def finding_groups(lookup: Lookup, criteria: Criteria, anchors: Anchors) -> tuple[GroupView, ...]:
    """All three groups, empty ones too, in the order of their weight."""
    lines = digest(lookup.assessment, criteria)
    most = first_screen(lines, _NOTES)
    views = [_view(line, f"f-{n}", lookup, criteria, anchors) for n, line in enumerate(lines, 1)]
    return tuple(
        GroupView(
            severity,
            wording.SEVERITIES[severity],
            wording.SEVERITY_MEANINGS[severity],
            tuple(view for view in views if view.line.severity == severity),
            most[severity],
        )
        for severity in SEVERITIES
    )


def by_section(groups: Sequence[GroupView], anchors: Anchors) -> dict[str, list[FindingView]]:
    """Single findings by the name of the section that they speak of."""
    found: dict[str, list[FindingView]] = {}
    for view in (view for group in groups for view in group.lines):
        for finding in view.line.findings:
            if (section := anchors.of_finding(finding)) is not None:
                found.setdefault(section, []).append(FindingView(view.anchor, finding))
    return found


def _view(line: Line, anchor: str, lookup: Lookup, criteria: Criteria, anchors: Anchors) -> LineView:
    first = line.findings[0]
    return LineView(
        anchor=anchor,
        line=line,
        part=part_of(first, lookup),
        item=item_title(criteria, line.indicator),
        section=anchors.of_finding(first),
        places=tuple(_places(line, lookup, anchors)),
    )


def part_of(finding: Finding, lookup: Lookup) -> str:
    """Name of the part that a finding is about, where there is more than one to choose from."""
    document = lookup.document.get(finding.document or "")
    if document is None or len(lookup.documents) < 2:
        return ""
    twins = sum(other.kind == document.kind for other in lookup.documents) > 1
    name = wording.PART_KINDS[document.kind]
    return f"{name}（{document.filename}）" if twins else name


def item_title(criteria: Criteria, indicator: str | None) -> str:
    node = criteria.by_id.get(indicator or "")
    item = criteria.by_id.get(node.item) if isinstance(node, Indicator) else node
    if not isinstance(item, Item):
        return ""
    return f"{item.id} {item.title}" + (f"，{item.points}分" if item.points else "")


def _places(line: Line, lookup: Lookup, anchors: Anchors) -> Iterator[PlaceView]:
    """Two series of one table are one place."""
    views = (_place(where, lookup, anchors) for where in line.places)
    told = {(view.page, view.quote): view for view in views}
    return (view for view in told.values() if view.page or view.quote)


def _place(where: Where, lookup: Lookup, anchors: Anchors) -> PlaceView:
    anchor = anchors.of_place(where)
    if where.passage in lookup.passage:
        passage = lookup.passage[where.passage]
        return PlaceView(wording.place(passage), wording.opening(quotable(passage), 28), anchor)
    if where.kpi in lookup.kpi:
        series = lookup.kpi[where.kpi]
        return PlaceView(wording.page(series.source.page), series.name, anchor)
    return PlaceView(f"文件第{where.page}页" if where.page is not None else "", "", None)


def quotable(passage: PassageRecord) -> str:
    """What stands for a passage in a line: its text, of a table or chart the caption."""
    return (passage.context if passage.kind in ("table", "chart") else "") or passage.text
