"""The result of a pre-check on one screen: parts, length, what to do, and the coverage map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.export import wording
from api.export.coverage import MapView, coverage_map
from api.export.digest import Line, digest
from api.export.findings import item_title, part_of, quotable
from api.export.parts import PartView, part_view
from api.pages.report import Report
from models.assessment import Assessment, PassageRecord, Severity, Where
from models.criteria import Indicator, Requirement
from models.finding_id import same_fault

SHOWN = 12
"""Lines of a group before the rest is folded away."""
_PLACES = 6
_GROUPS: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class PlaceView:
    page: str
    quote: str
    href: str | None


@dataclass(frozen=True, slots=True)
class LineView:
    line: Line
    id: str
    """The id of its first finding; with it a person answers the line."""
    ids: tuple[str, ...]
    part: str
    item: str
    href: str | None
    """The indicator that it speaks of, in the navigator."""
    requirements: tuple[Requirement, ...]
    places: tuple[PlaceView, ...]
    more: int
    """Places that are not listed."""
    node: str | None
    """The indicator that can be marked as not applicable."""
    handled: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    severity: Severity
    title: str
    meaning: str
    lines: tuple[LineView, ...]
    handled: tuple[LineView, ...]

    @property
    def first(self) -> tuple[LineView, ...]:
        return self.lines[:SHOWN]

    @property
    def rest(self) -> tuple[LineView, ...]:
        return self.lines[SHOWN:]


@dataclass(frozen=True, slots=True)
class PrecheckView:
    parts: tuple[PartView, ...]
    groups: tuple[GroupView, ...]
    maps: tuple[MapView, ...]


def precheck(report: Report, machine: Assessment | None = None) -> PrecheckView:
    """``machine``: the assessment as the program made it, whose findings are shown as handled where a
    person took them off the list."""
    lines = [_line(line, report, handled=False) for line in digest(report.assessment, report.criteria)]
    lines += [_line(line, report, handled=True) for line in _handled(report, machine)]
    return PrecheckView(
        tuple(part_view(document, report.criteria) for document in report.lookup.documents),
        tuple(_group(severity, lines) for severity in _GROUPS),
        tuple(coverage_map(d, report.lookup, report.criteria, report.links) for d in report.lookup.judged),
    )


def _handled(report: Report, machine: Assessment | None) -> tuple[Line, ...]:
    answered = [reply.answer.id for reply in report.assessment.answers if reply.answer.about == "finding"]
    if machine is None or not answered:
        return ()
    off = tuple(f for f in machine.findings if any(same_fault(one, f) for one in answered))
    return digest(replace(machine, findings=off), report.criteria)


def _group(severity: Severity, lines: Sequence[LineView]) -> GroupView:
    own = [view for view in lines if view.line.severity == severity]
    return GroupView(
        severity,
        wording.SEVERITIES[severity],
        wording.SEVERITY_MEANINGS[severity],
        tuple(view for view in own if not view.handled),
        tuple(view for view in own if view.handled),
    )


def _line(line: Line, report: Report, *, handled: bool) -> LineView:
    finding = line.findings[0]
    node = report.criteria.by_id.get(finding.indicator or "")
    places = tuple(place for where in line.places if (place := place_view(where, report)))
    return LineView(
        line=line,
        id=finding.id,
        ids=tuple(one.id for one in line.findings),
        part=part_of(finding, report.lookup),
        item=item_title(report.criteria, finding.indicator),
        href=report.links.of_finding(finding),
        requirements=node.requirements if isinstance(node, Indicator) else (),
        places=places[:_PLACES],
        more=max(0, len(places) - _PLACES),
        node=node.id if isinstance(node, Indicator) else None,
        handled=handled,
    )


def place_view(where: Where, report: Report) -> PlaceView | None:
    """A place as page and a few words, with its address; None where nothing can be said of it."""
    href = report.links.of_place(where)
    passage = report.lookup.passage.get(where.passage or "")
    if passage is not None:
        return PlaceView(wording.place(passage), wording.opening(quotable(passage), 28), href)
    series = report.lookup.kpi.get(where.kpi or "")
    if series is not None:
        return PlaceView(wording.page(series.source.page), series.name, href)
    return PlaceView(f"文件第{where.page}页", "", None) if where.page is not None else None


def nearest(report: Report, document: str, indicator: str) -> Iterator[PassageRecord]:
    """Passages that come closest to an indicator of which none was found."""
    row = report.lookup.row.get((document, indicator))
    for identity in row.nearest if row else ():
        if identity in report.lookup.passage:
            yield report.lookup.passage[identity]
