"""The yearly duties of a round: winners, how each duty stands, what the office did with a report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.pages.views.duties import DutyRow, duty_board
from api.refusals import NotFound
from api.service import guard
from api.service.context import Me, Reading, Visiting, Writing, record
from api.service.needs import needs
from api.service.replies import Id, Line, Page, Paged, Reason, Said, cut, list_reply, reply
from api.store import boards, duties, organisations, rounds
from api.store.tables import DutyMark, Incident, Person, WinnerRow
from mapping.yearly.terms import load_terms

router = APIRouter(prefix="/api/v1", tags=["年度报告"])
Year = Annotated[int, Field(ge=1990, le=2100)]
Text = Annotated[str, Field(max_length=5000)]


class NewWinner(Said):
    organisation_id: str = Field(max_length=64)
    award: str = Field("", max_length=200, examples=["质量管理奖"])
    award_year: Year
    obliged: bool = Field(True, description="是否应交年度报告；细则没有写明提名奖是否应交")


class NewExtension(Said):
    year: Year = Field(description="报告所报告的年份")
    until: date
    reason: Reason


class ChangedDuty(Said):
    """What is not named stays."""

    ticked: list[Line] | None = Field(None, max_length=500, description="写进函件的发现的编号")
    act: Literal["ask", "check", "uncheck"] | None = Field(
        None, description="ask：请补正；check：已核对；uncheck：取消已核对"
    )
    until: date | None = Field(None, description="补正的期限")


class NewIncident(Said):
    happened: date
    reported: date | None = Field(None, description="收到书面报告的日期")
    kind: Literal["quality", "safety", "environment", "health", "other"]
    told: Text
    measures: Text = ""


class WinnerOut(BaseModel):
    id: str
    round_id: str
    organisation_id: str
    organisation: str
    award: str
    award_year: int
    obliged: bool
    withdrawn: date | None


class DutyOut(BaseModel):
    """One report that is owed."""

    winner_id: str
    organisation_id: str
    organisation: str
    year: int
    due: date
    extended: str | None = Field(description="延期的原因")
    state: str = Field(examples=["late"], description="not_due、near、received、late、correction、checked")
    days_late: int
    submission_id: str | None
    received_on: date | None


class MarkOut(BaseModel):
    submission_id: str
    ticked: list[str]
    asked: datetime | None
    until: date | None
    checked: datetime | None


class IncidentOut(BaseModel):
    id: str
    organisation_id: str
    happened: date
    reported: date | None
    kind: str
    told: str
    measures: str


@router.get("/rounds/{round_id}/duties", response_model=Page[DutyOut], dependencies=[needs("view", "duty")])
def list_duties(
    request: Request, round_id: Id, me: Me, session: Reading, paging: Paged,
    state: Literal["not_due", "near", "received", "late", "correction", "checked"] | None = None,
    on: Annotated[date | None, Query(description="状态所截至的日期；不填为今天")] = None,
) -> Response:  # fmt: skip
    """一届的应交报告和状态；申报组织只看到自己的。"""
    rows = _rows(session, me, rounds.get_round(session, round_id).id, on or date.today())
    found = [one for row in rows for one in _duties(row) if state in (None, one.state)]
    return list_reply(request, cut(found, paging), len(found), paging)


@router.get(
    "/rounds/{round_id}/winners", response_model=Page[WinnerOut], dependencies=[needs("change", "duty")]
)
def list_winners(request: Request, round_id: Id, session: Reading, paging: Paged) -> Response:
    """一届的获奖组织。"""
    found = duties.winners(session, rounds.get_round(session, round_id).id)
    return list_reply(request, [_winner(one) for one in cut(found, paging)], len(found), paging)


@router.post(
    "/rounds/{round_id}/winners",
    response_model=WinnerOut,
    status_code=201,
    dependencies=[needs("change", "duty")],
)
def add_winner(
    request: Request, round_id: Id, said: NewWinner, session: Writing, visit: Visiting
) -> Response:
    """加入一个获奖组织；应交的年度报告由此算出。"""
    round_ = rounds.get_round(session, round_id)
    organisation = organisations.get_organisation(session, said.organisation_id)
    made = duties.add_winner(session, round_, organisation, said.award_year, said.award, said.obliged)
    record(session, visit, "create", f"round:{round_.id}", winner=organisation.id, award_year=said.award_year)
    return reply(request, _winner(made), 201)


@router.post(
    "/winners/{winner_id}/extensions", response_model=WinnerOut, dependencies=[needs("change", "duty")]
)
def extend(
    request: Request, winner_id: Id, said: NewExtension, session: Writing, visit: Visiting
) -> Response:
    """延长一个年度的应交日期，写明原因。"""
    found = duties.get_winner(session, winner_id)
    duties.extend(session, found, said.year, said.until, said.reason)
    detail = {"year": said.year, "until": said.until.isoformat(), "reason": said.reason}
    record(session, visit, "duty-extend", f"organisation:{found.organisation_id}", **detail)
    return reply(request, _winner(found))


@router.put(
    "/submissions/{submission_id}/duty", response_model=MarkOut, dependencies=[needs("change", "duty")]
)
def change_duty(
    request: Request, submission_id: Id, said: ChangedDuty, me: Me, session: Writing, visit: Visiting
) -> Response:
    """勾选写进函件的发现，标为请补正或已核对。"""
    found = guard.visible_submission(session, me, submission_id)
    if found.kind != "annual":
        raise NotFound("这不是年度报告。")
    row = duties.mark(session, found)
    if said.ticked is not None:
        row.ticked = list(dict.fromkeys(said.ticked))
    if said.act == "ask":
        duties.ask(row, said.until)
    elif said.act is not None:
        duties.check(row, said.act == "check")
    name = {"ask": "duty-ask", "check": "duty-check", "uncheck": "duty-check"}.get(
        said.act or "", "duty-tick"
    )
    record(session, visit, name, f"submission:{found.id}", act=said.act, ticked=len(row.ticked))
    return reply(request, _mark(row))


@router.get(
    "/organisations/{organisation_id}/incidents",
    response_model=Page[IncidentOut],
    dependencies=[needs("change", "duty")],
)
def list_incidents(
    request: Request, organisation_id: Id, me: Me, session: Reading, paging: Paged
) -> Response:
    """一个组织的重大事故报告。"""
    found = duties.incidents(session, guard.visible_organisation(session, me, organisation_id))
    return list_reply(request, [_incident(one) for one in cut(found, paging)], len(found), paging)


@router.post(
    "/organisations/{organisation_id}/incidents",
    response_model=IncidentOut,
    status_code=201,
    dependencies=[needs("change", "duty")],
)
def add_incident(
    request: Request, organisation_id: Id, said: NewIncident, me: Me, session: Writing, visit: Visiting
) -> Response:
    """登记一件重大事故报告；程序不作判断，也不撤销奖项。"""
    found = guard.visible_organisation(session, me, organisation_id)
    row = Incident(organisation_id=found.id, created_by=me.id, **said.model_dump())
    made = duties.add_incident(session, row)
    record(session, visit, "incident", f"organisation:{found.id}", incident=made.id, kind=made.kind)
    return reply(request, _incident(made), 201)


def _rows(session: Session, me: Person, round_id: str, on: date) -> tuple[DutyRow, ...]:
    winners = duties.winners(session, round_id)
    if me.role in guard.OWNERS:
        winners = [one for one in winners if one.organisation_id == me.organisation_id]
    lines = boards.lines(session, round_id, guard.seen_submissions(me))
    return duty_board(winners, lines, duties.marks(session, round_id), load_terms(), on).rows


def _duties(row: DutyRow) -> list[DutyOut]:
    return [
        DutyOut(
            winner_id=row.winner.id,
            organisation_id=row.winner.organisation_id,
            organisation=row.name,
            year=year,
            due=cell.standing.duty.due,
            extended=cell.standing.duty.extension.reason if cell.standing.duty.extension else None,
            state=cell.state,
            days_late=cell.standing.days_late,
            submission_id=cell.line.submission if cell.line else None,
            received_on=cell.line.received_on if cell.line else None,
        )
        for year, cell in row.cells.items()
    ]


def _winner(row: WinnerRow) -> WinnerOut:
    values = {name: getattr(row, name) for name in WinnerOut.model_fields if name != "organisation"}
    return WinnerOut(**values, organisation=row.organisation.name)


def _mark(row: DutyMark) -> MarkOut:
    return MarkOut.model_validate(row, from_attributes=True)


def _incident(row: Incident) -> IncidentOut:
    return IncidentOut.model_validate(row, from_attributes=True)
