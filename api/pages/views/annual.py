"""One yearly report on one page: what was read, what it stands beside, what the letter may tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.export import wording
from api.export.digest import Line, digest
from api.export.figures import FOUND
from api.export.length import short_verdict, verdict
from api.pages.report import Report
from api.pages.views.precheck import PlaceView, place_view
from models.annual import AnnualRecord, Hint, YearComparison
from models.assessment import Assessment, DocumentRecord, Finding, PassageRecord
from models.criteria import Criteria, Item

EVENTS = {"accident": "事故", "penalty": "处罚", "lawsuit": "诉讼"}
FIELDS = {"quality": "质量", "safety": "安全", "environment": "环保", "health": "卫生", "other": "其他"}
_PLACES = 4


@dataclass(frozen=True, slots=True)
class TickView:
    """A line that the letter may tell; ``id`` is that of its first finding."""

    id: str
    group: str
    line: Line
    places: tuple[PlaceView, ...]
    ticked: bool


@dataclass(frozen=True, slots=True)
class PromiseView:
    sentence: str
    last_page: str
    answers: tuple[PassageRecord, ...]


@dataclass(frozen=True, slots=True)
class BesideView:
    title: str
    comparison: YearComparison
    promises: tuple[PromiseView, ...]

    @property
    def share(self) -> int:
        return round(self.comparison.same_share * 100)


@dataclass(frozen=True, slots=True)
class AnnualView:
    document: DocumentRecord
    record: AnnualRecord | None
    verdict: str
    short: str
    found: int
    items: int
    lacking: tuple[Item, ...]
    ticks: tuple[TickView, ...]
    besides: tuple[BesideView, ...]
    hints: tuple[Hint, ...]
    unread: tuple[int, ...]


def annual_view(report: Report, hints: Sequence[Hint], ticked: Sequence[str]) -> AnnualView | None:
    """None where no part of the files is a yearly report."""
    assessment, criteria = report.assessment, report.criteria
    document = next((one for one in assessment.documents if one.kind == "annual"), None)
    if document is None:
        return None
    record = next((one for one in assessment.annual if one.document == document.id), None)
    states = _states(assessment, criteria, document.id)
    return AnnualView(
        document=document,
        record=record,
        verdict=verdict(document.length),
        short=short_verdict(document.length),
        found=sum(bool(kinds & FOUND) for kinds in states.values()),
        items=len(criteria.items),
        lacking=tuple(item for item, kinds in states.items() if kinds == {"missing"}),
        ticks=tuple(_tick(line, report, ticked) for line in digest(assessment, criteria)),
        besides=tuple(_beside(one, report) for one in (record.comparisons if record else ())),
        hints=tuple(hints),
        unread=tuple(document.ledger.unread_pages),
    )


def ticked_findings(assessment: Assessment, criteria: Criteria, ticked: Sequence[str]) -> tuple[Finding, ...]:
    """What the officer ticked, as the page tells it, in its order."""
    lines = [line for line in digest(assessment, criteria) if line.findings[0].id in ticked]
    return tuple(replace(line.findings[0], message=line.message, advice=line.advice) for line in lines)


def _states(assessment: Assessment, criteria: Criteria, document: str) -> dict[Item, set[str]]:
    """Statuses of each item's indicators; what a picture may hold is none of found and lacking."""
    status = {row.indicator: str(row.status) for row in assessment.coverage if row.document == document}
    return {item: {status.get(one.id, "unknown") for one in item.indicators} for item in criteria.items}


def _tick(line: Line, report: Report, ticked: Sequence[str]) -> TickView:
    places = tuple(place for where in line.places[:_PLACES] if (place := place_view(where, report)))
    identity = line.findings[0].id
    return TickView(identity, line.group, line, places, identity in ticked)


def _beside(one: YearComparison, report: Report) -> BesideView:
    title = f"{one.year} 年度报告" if one.kind == "annual" else "获奖时的自评报告"
    passages = report.lookup.passage
    promises = tuple(
        PromiseView(
            promise.sentence,
            wording.page(promise.last_page),
            tuple(passages[answer] for answer in promise.answers if answer in passages),
        )
        for promise in one.promises
    )
    return BesideView(title, one, promises)
