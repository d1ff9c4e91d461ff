"""From checked files to a round: whose report each is, beside which earlier one, and how the duties stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from api.annual.beside import beside_earlier
from mapping.checks import Rulebook
from models.annual import AnnualRecord, OrganisationName
from models.annual_round import AnnualReport, AnnualRound, CheckedFile, NotRead
from models.criteria import Criteria
from models.duty import (
    DutyStanding,
    DutyTerms,
    Receipt,
    Roll,
    duties_of,
    name_key,
    standing,
)

_UNKNOWN_YEAR = "未找到报告所属年度，暂按 {covers} 年度登记，请核对。"
_UNSURE_YEAR = "报告所属年度没有把握：看来是 {year} 年度，另见 {others}，请核对。"
_WRONG_YEAR = "应交 {covers} 年度的报告，读到的是 {year} 年度。"
_UNKNOWN_NAME = "未找到组织名称，请填写。"
_UNSURE_NAME = "组织名称没有把握：看来是“{name}”，另见 {others}，请核对。"
_NOT_ON_ROLL = "“{name}”不在获奖组织名单中，请核对名称或补充曾用名。"
_TOO_LONG = "篇幅远超年度报告，像申报用的自评报告，请核对是否交错了文件。"
_UNREAD = "有 {pages} 页没有可读的文字，请人工查看。"
_DEPENDS = "是否超过字数上限取决于计数口径，请核对。"
_TWICE = "同一组织同一年度有 {count} 份报告，请核对以哪一份为准。"


@dataclass(frozen=True, slots=True)
class Office:
    """What the office knows beside the reports."""

    covers: int
    on: date
    terms: DutyTerms
    roll: Roll = field(default_factory=Roll)
    receipts: Mapping[str, Receipt] = field(default_factory=dict)
    """By file name, or by ``name_key`` of the organisation."""
    received: Receipt = field(default_factory=lambda: Receipt(None))
    """For the reports of this year that ``receipts`` does not name."""


def settle(
    this: Sequence[CheckedFile],
    earlier: Sequence[CheckedFile],
    office: Office,
    criteria: Criteria,
    rules: Rulebook | None = None,
    not_read: Iterable[NotRead] = (),
) -> AnnualRound:
    """The round, its reports in the order of organisation, year and file name."""
    before = _in_order(_report(file, office, late=False) for file in earlier if file.assessment)
    now = _in_order(_report(file, office, late=True) for file in this if file.assessment)
    now = tuple(_beside(report, (*before, *now), criteria, rules) for report in _told_twice(now))
    before = tuple(_beside(report, before, criteria, rules) for report in before)
    unread = [NotRead(file.name, file.error) for file in (*this, *earlier) if file.assessment is None]
    return AnnualRound(
        covers=office.covers,
        on=office.on,
        reports=now,
        earlier=before,
        standings=standings((*now, *before), office),
        not_read=tuple(sorted((*not_read, *unread), key=lambda one: (one.name, one.reason))),
        winners=office.roll.winners,
    )


def standings(reports: Sequence[AnnualReport], office: Office) -> tuple[DutyStanding, ...]:
    """How the duties of every winner stand, by the order of the roll and by year.

    Years before the one asked for are left out where no report of them was given at all: what came then
    is not known here."""
    known = {report.year for report in reports if report.record}
    receipts = {
        (name_key(report.organisation), report.year): report.receipt for report in reports if report.record
    }
    return tuple(
        standing(duty, receipts.get((name_key(winner.name), duty.year)), office.on, office.terms)
        for winner in office.roll.winners
        for duty in duties_of(winner, office.terms)
        if duty.year >= office.covers or duty.year in known
    )


def _report(file: CheckedFile, office: Office, *, late: bool) -> AnnualReport:
    """``late``: whether the report is one of this year's, whose day of receipt counts."""
    assessment = file.assessment
    assert assessment is not None  # noqa: S101 - files without one are not settled
    record = assessment.annual[0] if assessment.annual else None
    kind = "annual" if record else "report"
    documents = assessment.documents
    document = next((d for d in documents if d.kind == kind), documents[0])
    names = _names(record.organisation if record else file.organisation)
    winner = office.roll.find(names)
    organisation = winner.name if winner else next(iter(names), "")
    listed = office.receipts.get(file.name) or office.receipts.get(name_key(organisation))
    receipt = (listed or office.received) if late else office.receipts.get(file.name, Receipt(None))
    year = _year(record, office.covers) if record else None
    asks = _asks(file, record, office, on_roll=winner is not None) if late else ()
    unread = document.ledger.unread_pages
    if late and unread:
        asks = (*asks, _UNREAD.format(pages=len(unread)))
    if late and document.length.status == "depends":
        asks = (*asks, _DEPENDS)
    return AnnualReport(
        file.name, assessment, document, record, organisation, winner, year, receipt, file.hints, asks
    )


def _names(read: OrganisationName | None) -> tuple[str, ...]:
    return (read.name, *read.others) if read and read.name else ()


def _year(record: AnnualRecord, covers: int) -> int:
    """The year that a report is filed under: the one asked for where it may be that one."""
    read = record.covers
    if read.year is None or (not read.sure and str(covers) in read.others):
        return covers
    return int(read.year)


def _asks(
    file: CheckedFile, record: AnnualRecord | None, office: Office, *, on_roll: bool
) -> tuple[str, ...]:
    if record is None:
        return (_TOO_LONG,)
    asks = []
    year, name = record.covers, record.organisation
    if year.year is None:
        asks.append(_UNKNOWN_YEAR.format(covers=office.covers))
    elif not year.sure:
        asks.append(_UNSURE_YEAR.format(year=year.year, others=_listed(year.others)))
    elif int(year.year) != office.covers:
        asks.append(_WRONG_YEAR.format(covers=office.covers, year=year.year))
    if name.name is None:
        asks.append(_UNKNOWN_NAME)
    elif office.roll.winners and not on_roll:
        asks.append(_NOT_ON_ROLL.format(name=name.name))
    elif not name.sure and not on_roll:
        asks.append(_UNSURE_NAME.format(name=name.name, others=_listed(name.others)))
    if file.long:
        asks.append(_TOO_LONG)
    return tuple(asks)


def _listed(others: Sequence[str]) -> str:
    return "、".join(others[:3]) or "其他位置没有写明"


def _in_order(reports: Iterable[AnnualReport]) -> tuple[AnnualReport, ...]:
    return tuple(sorted(reports, key=lambda one: (one.organisation, one.year or 0, one.name)))


def _told_twice(reports: Sequence[AnnualReport]) -> tuple[AnnualReport, ...]:
    times = Counter(_place(report) for report in reports)
    return tuple(
        replace(report, asks=(*report.asks, _TWICE.format(count=times[_place(report)])))
        if report.organisation and times[_place(report)] > 1
        else report
        for report in reports
    )


def _place(report: AnnualReport) -> tuple[str, int | None]:
    return name_key(report.organisation), report.year


def _beside(
    report: AnnualReport, others: Sequence[AnnualReport], criteria: Criteria, rules: Rulebook | None
) -> AnnualReport:
    """The report beside the same organisation's of the year before, and beside its award report."""
    if report.record is None or not report.organisation or report.year is None:
        return report
    own = [one for one in others if name_key(one.organisation) == name_key(report.organisation)]
    last = [one for one in own if one.record and one.year == report.year - 1][-1:]
    award = [one for one in own if one.record is None][:1]
    if not last and not award:
        return report
    earlier = [one.assessment for one in (*last, *award)]
    assessment = beside_earlier(report.assessment, earlier, criteria, rules)
    return replace(report, assessment=assessment, record=assessment.annual[0])
