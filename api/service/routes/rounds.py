"""Award rounds and the organisations that apply."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from sqlalchemy import func, select

from api.refusals import Invalid
from api.service import guard
from api.service.context import Context, Me, Reading, Service, Visiting, Writing, record
from api.service.needs import needs
from api.service.replies import Id, Line, Page, Paged, Said, check_match, cut, list_reply, reply
from api.service.shapes import OrganisationOut, RoundOut, organisation_out, round_out
from api.store import organisations, rounds
from api.store.tables import Organisation, Round
from models.errors import UsageError

router = APIRouter(prefix="/api/v1")
Year = Annotated[str, Field(pattern=r"^\d{4}$")]
Source = Annotated[str, Field(min_length=1, max_length=500, description="规则的出处")]


class LimitIn(Said):
    limit: int = Field(gt=0, lt=10_000_000, description="字数上限")
    source: Source


class CountingIn(Said):
    charts: bool = Field(description="图表是否计入")
    source: Source


class CheckIn(Said):
    """What the office changes of a check; what is not named stays as shipped."""

    severity: Literal["error", "warning", "note"] | None = None
    on: bool | None = None


class ChangedRound(Said):
    title: Line | None = None
    deadline: datetime | None = None
    closed: bool | None = None
    reporting_years: list[Year] | None = Field(None, max_length=10)
    criteria: str | None = Field(None, pattern=r"^[A-Za-z0-9_-]{1,64}$")
    limits: dict[Literal["overview", "report", "annual"], LimitIn] | None = None
    counting: CountingIn | None = None
    checks: dict[Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")], CheckIn] | None = Field(
        None, max_length=200
    )


class NewRound(ChangedRound):
    title: Line


class OrganisationIn(Said):
    name: Line
    former_names: list[Line] = Field(default_factory=list, max_length=50)


@router.get("/rounds", response_model=Page[RoundOut], tags=["届次"], dependencies=[needs("view", "round")])
def list_rounds(request: Request, session: Reading, paging: Paged) -> Response:
    """各届评审，最近建立的在前。"""
    found = rounds.all_rounds(session)
    return list_reply(request, [round_out(one) for one in cut(found, paging)], len(found), paging)


@router.get(
    "/rounds/{round_id}", response_model=RoundOut, tags=["届次"], dependencies=[needs("view", "round")]
)
def get_round(request: Request, round_id: Id, session: Reading) -> Response:
    """一届：截止时间、报告期、准则、字数上限和计数规则（各有出处）。"""
    return reply(request, round_out(rounds.get_round(session, round_id)))


@router.post(
    "/rounds",
    response_model=RoundOut,
    status_code=201,
    tags=["届次"],
    dependencies=[needs("change", "round")],
)
def create_round(request: Request, said: NewRound, context: Service, visit: Visiting) -> Response:
    """建立一届。"""
    values = {"criteria": context.tools.criteria.id, **_values(said)}
    check_tools(context, Round(**_filled(values)))
    with context.database.writing() as session:
        made = rounds.create(session, values)
        record(session, visit, "create", f"round:{made.id}")
        return reply(request, round_out(made), 201)


@router.patch(
    "/rounds/{round_id}", response_model=RoundOut, tags=["届次"], dependencies=[needs("change", "round")]
)
def change_round(
    request: Request, round_id: Id, said: ChangedRound, context: Service, visit: Visiting
) -> Response:
    """修改一届；开始检查材料以后，准则、报告期、上限、计数规则和检查项不能再改。"""
    values = _values(said)
    with context.database.writing() as session:
        round_ = rounds.get_round(session, round_id)
        check_match(request, round_out(round_))
        changed = rounds.change(session, round_, values)
        check_tools(context, round_)
        record(session, visit, "change", f"round:{round_id}", changed=changed)
        return reply(request, round_out(round_))


@router.get(
    "/organisations",
    response_model=Page[OrganisationOut],
    tags=["组织"],
    dependencies=[needs("view", "organisation")],
)
def list_organisations(
    request: Request,
    me: Me,
    session: Reading,
    paging: Paged,
    name: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """组织，按名称；申报组织和评审员只看到与自己有关的。"""
    asked = select(Organisation).where(guard.seen_organisations(me))
    if name:
        asked = asked.where(Organisation.name.contains(name, autoescape=True))
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    asked = asked.order_by(Organisation.name)
    found = session.scalars(asked.limit(paging.limit).offset(paging.offset))
    return list_reply(request, [organisation_out(one) for one in found], total, paging)


@router.get(
    "/organisations/{organisation_id}",
    response_model=OrganisationOut,
    tags=["组织"],
    dependencies=[needs("view", "organisation")],
)
def get_organisation(request: Request, organisation_id: Id, me: Me, session: Reading) -> Response:
    """一个组织。"""
    return reply(request, organisation_out(guard.visible_organisation(session, me, organisation_id)))


@router.post(
    "/organisations",
    response_model=OrganisationOut,
    status_code=201,
    tags=["组织"],
    dependencies=[needs("change", "organisation")],
)
def create_organisation(
    request: Request, said: OrganisationIn, session: Writing, visit: Visiting
) -> Response:
    """登记一个组织。"""
    made = organisations.create(session, said.name, said.former_names)
    record(session, visit, "create", f"organisation:{made.id}")
    return reply(request, organisation_out(made), 201)


@router.put(
    "/organisations/{organisation_id}",
    response_model=OrganisationOut,
    tags=["组织"],
    dependencies=[needs("change", "organisation")],
)
def change_organisation(
    request: Request,
    organisation_id: Id,
    said: OrganisationIn,
    me: Me,
    session: Writing,
    visit: Visiting,
) -> Response:
    """更名；原名自动成为曾用名。"""
    found = guard.visible_organisation(session, me, organisation_id)
    check_match(request, organisation_out(found))
    before = found.name
    organisations.rename(session, found, said.name, said.former_names)
    record(session, visit, "change", f"organisation:{found.id}", before=before, after=found.name)
    return reply(request, organisation_out(found))


def _values(said: ChangedRound) -> dict[str, Any]:
    """What the request sets; a null stands for nothing but at the deadline, which it takes away."""
    given = said.model_dump(exclude_unset=True)
    values = {key: value for key, value in given.items() if value is not None or key == "deadline"}
    if "checks" in values:
        values["checks"] = {
            name: {key: value for key, value in check.items() if value is not None}
            for name, check in values["checks"].items()
        }
    if values.get("deadline") is not None:
        values["deadline"] = _aware(values["deadline"])
    return values


def _aware(time: datetime) -> datetime:
    """A time without a zone is this server's. Raises Invalid for one that no clock shows."""
    try:
        return time.astimezone(UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise Invalid("截止时间不是可用的时间。") from error


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    usual: dict[str, Any] = {"reporting_years": [], "limits": {}, "counting": {}, "checks": {}}
    return {**usual, **values}


def check_tools(context: Context, round_: Round) -> None:
    """Raises Invalid for criteria or checks that this server does not have."""
    try:
        context.tools_of(round_)
    except UsageError as error:
        raise Invalid(error.message) from error
