"""The office's first page: the status board of a round, and its workbook."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from api.export.figures import figures
from api.export.round_xlsx import RoundRow, round_workbook
from api.pages import shelf
from api.pages.listing import counted, listing
from api.pages.round_frame import current_round, round_page
from api.pages.views import board
from api.pages.views.board import BoardRow, board_rows, chosen, tallies
from api.service.context import Context, Me, Reading, Service, Visiting, record_view
from api.service.guard import seen_submissions
from api.service.needs import needs
from api.service.replies import attachment
from api.service.templates import redirect
from api.store import boards, rounds
from api.store.tables import Person, Round

router = APIRouter(include_in_schema=False)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/office", dependencies=[needs("view", "office")])
def office(request: Request, me: Me, session: Reading, context: Service, visit: Visiting) -> Response:
    """The board of the current round; for administrators, who see no reports, the rounds."""
    round_ = current_round(session)
    if me.role != "office" or round_ is None:
        return redirect("/rounds")
    return _board(request, me, session, context, visit, round_)


@router.get("/rounds/{round_id}", dependencies=[needs("view", "board")])
def show(
    request: Request, round_id: str, me: Me, session: Reading, context: Service, visit: Visiting
) -> Response:
    return _board(request, me, session, context, visit, rounds.get_round(session, round_id))


def _board(
    request: Request, me: Person, session: Session, context: Context, visit: Visiting, round_: Round
) -> Response:
    asked = listing(request, board.FILTERS, board.SORTS, "organisation")
    rows = _rows(session, me, round_)
    kept = chosen(rows, asked.asked, asked.sort)
    asked = counted(asked, len(kept))
    record_view(context, visit, "view", f"round:{round_.id}")
    return round_page(
        request,
        round_,
        "board.html",
        "",
        listing=asked,
        rows=[_with_figures(context, row, round_) for row in asked.cut(kept)],
        tallies=tallies(rows),
        names=board,
        missing=boards.without(session, round_.id),
        items=len(context.tools_of(round_).criteria.items),
    )


@router.get("/rounds/{round_id}/workbook", dependencies=[needs("view", "board")])
def workbook(round_id: str, me: Me, session: Reading, context: Service, visit: Visiting) -> Response:
    round_ = rounds.get_round(session, round_id)
    rows = [_told(_with_figures(context, row, round_)) for row in _rows(session, me, round_)]
    content = round_workbook(rows, context.tools_of(round_).criteria)
    record_view(context, visit, "export", f"round:{round_.id}", format="xlsx")
    return attachment(content, _XLSX, f"{round_.title} {date.today().isoformat()}.xlsx")


def _rows(session: Session, me: Person, round_: Round) -> list[BoardRow]:
    return board_rows(boards.lines(session, round_.id, seen_submissions(me)), round_.deadline)


def _with_figures(context: Context, row: BoardRow, round_: Round) -> BoardRow:
    """Figures are kept since the second schema; those of earlier assessments are made when they are shown."""
    if row.figures or row.line.assessment is None:
        return row
    made = figures(shelf.assessment(context, row.line.assessment), context.tools_of(round_).criteria)
    return BoardRow(row.line, made, row.deadline)


def _told(row: BoardRow) -> RoundRow:
    line = row.line
    said = (("重新开放", line.reopened), ("撤回", line.withdrawn), ("没有读成", line.error))
    return RoundRow(
        organisation=line.organisation,
        kind=row.kind,
        status=row.status,
        received=line.received_on.isoformat() if line.received_on else "",
        submitted=line.submitted.astimezone().strftime("%Y-%m-%d %H:%M") if line.submitted else "",
        receipt=line.receipt or "",
        reading=row.reading,
        length=row.length_name,
        words=row.words,
        figures=row.figures,
        readers=[
            (one.name, one.group or "", one.due.isoformat() if one.due else "", one.done, one.recused or "")
            for one in line.readers
        ],
        remark="；".join([*(f"{what}：{why}" for what, why in said if why), *["截止后收到"][: row.late]]),
    )
