"""The yearly duties of a round: the board, its winners, what can be taken away of it."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from api.pages.listing import counted, listing
from api.pages.round_frame import current_round, round_page
from api.pages.views.duties import SHOWN, SIGNS, DutyRow, duty_board
from api.pages.yearly import annual_round, open_yearly
from api.service.context import Me, Reading, Service, Visiting, record_view
from api.service.guard import seen_submissions
from api.service.needs import needs
from api.service.replies import attachment
from api.service.templates import page, redirect
from api.store import boards, duties, rounds
from api.store.tables import WinnerRow
from mapping.yearly.terms import load_terms

router = APIRouter(include_in_schema=False)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/duties", dependencies=[needs("view", "duty")])
def start(request: Request, me: Me, session: Reading) -> Response:
    """The office's board; for an organisation what it owes itself."""
    terms, on = load_terms(), date.today()
    if me.role == "office":
        held = duties.rounds_with_winners(session)
        round_ = held[0] if held else current_round(session)
        return redirect(f"/rounds/{round_.id}/duties" if round_ else "/rounds")
    own = select(WinnerRow).where(WinnerRow.organisation_id == me.organisation_id)
    rows: list[DutyRow] = []
    for winner in session.scalars(own):
        lines = boards.lines(session, winner.round_id, seen_submissions(me))
        marks = duties.marks(session, winner.round_id)
        rows += duty_board([winner], lines, marks, terms, on).rows
    return page(request, "duties_own.html", rows=rows, terms=terms, signs=SIGNS, on=on)


@router.get("/rounds/{round_id}/duties", dependencies=[needs("change", "duty")])
def board(
    request: Request, round_id: str, me: Me, session: Reading, visit: Visiting, context: Service
) -> Response:
    round_ = rounds.get_round(session, round_id)
    on = date.today()
    made = open_yearly(session, me, round_, on).board
    asked = listing(request, ("q", "show"), ("organisation",), "organisation")
    show = SHOWN.get(asked.asked.get("show", ""))
    kept = [
        row
        for row in made.rows
        if asked.asked.get("q", "") in row.name and (show is None or show[1](row, on))
    ]
    kept.sort(key=lambda row: row.name, reverse=asked.down)
    asked = counted(asked, len(kept))
    record_view(context, visit, "view", f"round:{round_.id}")
    identities = [row.winner.organisation_id for row in made.rows]
    return round_page(
        request,
        round_,
        "duties.html",
        "/duties",
        listing=asked,
        board=made,
        rows=asked.cut(kept),
        tallies=[
            (key, title, sum(test(row, on) for row in made.rows)) for key, (title, test) in SHOWN.items()
        ],
        terms=load_terms(),
        signs=SIGNS,
        on=on,
        incidents=duties.incident_counts(session, identities),
        rounds=[one for one in duties.rounds_with_winners(session) if one.id != round_.id],
    )


@router.get("/rounds/{round_id}/duties/workbook", dependencies=[needs("change", "duty")])
def workbook(
    round_id: str, me: Me, session: Reading, context: Service, visit: Visiting, covers: int | None = None
) -> Response:
    """Board, reports, KPI over the years, findings, hints: for the year before this one, or ``covers``."""
    from api.annual.workbook import write_workbook

    round_ = rounds.get_round(session, round_id)
    year = covers or date.today().year - 1
    made = annual_round(context, open_yearly(session, me, round_, date.today()), year)
    with tempfile.TemporaryDirectory(prefix="ziping-") as folder:
        path = Path(folder, "annual.xlsx")
        write_workbook(made, context.tools_of(round_).criteria, load_terms(), path)
        content = path.read_bytes()
    record_view(context, visit, "export", f"round:{round_.id}", format="annual-xlsx", covers=year)
    return attachment(content, _XLSX, f"{round_.title} {year} 年度报告.xlsx")


@router.get("/rounds/{round_id}/duties/calendar", dependencies=[needs("change", "duty")])
def calendar(round_id: str, me: Me, session: Reading, context: Service, visit: Visiting) -> Response:
    from api.annual.calendar import to_calendar

    round_ = rounds.get_round(session, round_id)
    made = open_yearly(session, me, round_, date.today())
    text = to_calendar(made.board.standings, load_terms(), made.on)
    record_view(context, visit, "export", f"round:{round_.id}", format="ics")
    return attachment(text.encode(), "text/calendar; charset=utf-8", f"{round_.title} 年度报告应交日期.ics")


@router.get("/rounds/{round_id}/duties/late", dependencies=[needs("change", "duty")])
def late(round_id: str, me: Me, session: Reading, context: Service, visit: Visiting) -> Response:
    """Who is late, as a sheet."""
    from api.export.xlsx import settled_bytes
    from api.export.xlsx_cells import Column, new_workbook, table
    from models.duty import day

    round_ = rounds.get_round(session, round_id)
    made = open_yearly(session, me, round_, date.today())
    over = sorted((one for one in made.board.standings if one.state == "late"), key=lambda one: one.duty.due)
    book = new_workbook()
    columns = (Column("组织", 36), Column("年度", 8), Column("应交日期", 24), Column("超期天数", 10))
    table(
        book,
        "逾期",
        columns,
        [[one.duty.organisation, one.duty.year, day(one.duty.due), one.days_late] for one in over],
    )
    record_view(context, visit, "export", f"round:{round_.id}", format="late-xlsx")
    return attachment(settled_bytes(book), _XLSX, f"{round_.title} 逾期未交.xlsx")
