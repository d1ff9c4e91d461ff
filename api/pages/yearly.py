"""A yearly report with what it stands beside: last year's, the award report, the hints for the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from api.pages import shelf
from api.pages.views.duties import DutyBoard, duty_board, year_of
from api.service.context import Context
from api.service.guard import seen_submissions
from api.store import boards, duties
from api.store.boards import Line
from api.store.tables import DutyMark, Person, Round
from mapping.yearly.terms import load_terms
from models.annual import Hint
from models.annual_round import AnnualReport, AnnualRound, NotRead
from models.assessment import Assessment


@dataclass(frozen=True)
class Yearly:
    """The yearly duties of a round on a day."""

    round: Round
    lines: Sequence[Line]
    marks: dict[str, DutyMark]
    board: DutyBoard
    on: date


def open_yearly(session: Session, person: Person, round_: Round, on: date) -> Yearly:
    lines = boards.lines(session, round_.id, seen_submissions(person))
    marks = duties.marks(session, round_.id)
    board = duty_board(duties.winners(session, round_.id), lines, marks, load_terms(), on)
    return Yearly(round_, lines, marks, board, on)


def earlier_lines(yearly: Yearly, line: Line) -> tuple[Line, ...]:
    """The same organisation's report of the year before, and the one that won the award, where read."""
    year = year_of(line)
    own = [
        one
        for one in yearly.lines
        if one.organisation_id == line.organisation_id
        and one.submission != line.submission
        and one.assessment
    ]
    last = [one for one in own if one.kind == "annual" and year and year_of(one) == year - 1]
    award = [one for one in own if one.kind == "award"]
    return (*last[-1:], *award[-1:])


def beside(context: Context, yearly: Yearly, line: Line) -> Assessment:
    """The assessment of a report with its comparisons and the findings that follow from them."""
    assert line.assessment is not None  # noqa: S101 - of a report that was read
    shas = tuple(one.assessment for one in earlier_lines(yearly, line) if one.assessment)
    return shelf.beside(context, line.assessment, shas, context.tools_of(yearly.round))


def hints(context: Context, line: Line) -> tuple[Hint, ...]:
    """Sentences that may tell of accidents, penalties or lawsuits."""
    return shelf.hints(context, line.assessment) if line.assessment else ()


def annual_round(context: Context, yearly: Yearly, covers: int) -> AnnualRound:
    """All that the workbook tells; reads every report of the round."""
    reports: list[AnnualReport] = []
    earlier: list[AnnualReport] = []
    for line in yearly.lines:
        if line.status != "submitted" or line.assessment is None:
            continue
        made = _report(context, yearly, line)
        if made is None:
            continue
        (reports if made.record and made.year == covers else earlier).append(made)
    failed = [NotRead(one.organisation, one.error or "") for one in yearly.lines if one.job == "failed"]
    return AnnualRound(
        covers=covers,
        on=yearly.on,
        reports=tuple(reports),
        earlier=tuple(earlier),
        standings=yearly.board.standings,
        not_read=tuple(failed),
        winners=tuple(duties.winner_of(row.winner) for row in yearly.board.rows),
    )


def _report(context: Context, yearly: Yearly, line: Line) -> AnnualReport | None:
    assert line.assessment is not None  # noqa: S101 - as its caller sees to
    annual = line.kind == "annual"
    made = beside(context, yearly, line) if annual else shelf.assessment(context, line.assessment)
    wanted = "annual" if annual else "report"
    document = next((one for one in made.documents if one.kind == wanted), None)
    if document is None:
        return None
    row = next((one for one in yearly.board.rows if one.winner.organisation_id == line.organisation_id), None)
    record = next((one for one in made.annual if one.document == document.id), None)
    return AnnualReport(
        name=document.filename,
        assessment=made,
        document=document,
        record=record,
        organisation=line.organisation,
        winner=duties.winner_of(row.winner) if row else None,
        year=year_of(line) if annual else None,
        receipt=duties.receipt_of(line, yearly.marks.get(line.submission)),
        hints=hints(context, line) if annual else (),
        asks=row.asks if row and annual else (),
    )
