"""Rounds: made and set by staff. What a round lays down is fixed once it runs."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.export.wording import PART_KINDS
from api.pages.round_frame import round_page
from api.refusals import Invalid
from api.service.context import Context, Me, Reading, Service, Visiting, Writing, record
from api.service.guard import may
from api.service.needs import needs
from api.service.routes.rounds import check_tools
from api.service.templates import page, redirect
from api.store import rounds
from api.store.tables import Round
from models.document import PartKind

router = APIRouter(include_in_schema=False)
_LIMITED: tuple[PartKind, ...] = ("overview", "report", "annual")
Text = Annotated[str, Form(max_length=500)]


@router.get("/rounds", dependencies=[needs("change", "round")])
def index(request: Request, me: Me, session: Reading) -> Response:
    found = rounds.all_rounds(session)
    counts = {one.id: rounds.counts(session, one.id) for one in found}
    return page(request, "rounds.html", rounds=found, counts=counts, board=may(me, "view", "board"))


@router.get("/rounds/new", dependencies=[needs("change", "round")])
def new(request: Request, context: Service) -> Response:
    return page(request, "round_new.html", **_fields(context, None))


@router.post("/rounds", dependencies=[needs("change", "round")])
def create(
    context: Service,
    session: Writing,
    visit: Visiting,
    title: Text = "",
    deadline: Text = "",
    years: Text = "",
    first_due: Text = "",
    limit: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
    source: Annotated[list[str], Form()] = [],  # noqa: B006
    charts: Text = "",
    charts_source: Text = "",
) -> Response:
    values = _values(title, deadline, years, limit, source, charts, charts_source)
    made = rounds.create(session, {"criteria": context.tools.criteria.id, **values})
    made.first_due = _year(first_due)
    check_tools(context, made)
    record(session, visit, "create", f"round:{made.id}")
    return redirect(f"/rounds/{made.id}/settings", f"已建立“{made.title}”。")


@router.get("/rounds/{round_id}/settings", dependencies=[needs("change", "round")])
def settings(request: Request, round_id: str, session: Reading, context: Service) -> Response:
    round_ = rounds.get_round(session, round_id)
    values = _fields(context, round_)
    return round_page(request, round_, "round_settings.html", "/settings", **values)


@router.post("/rounds/{round_id}/settings", dependencies=[needs("change", "round")])
def change(
    round_id: str,
    context: Service,
    session: Writing,
    visit: Visiting,
    title: Text = "",
    deadline: Text = "",
    years: Text = "",
    first_due: Text = "",
    closed: Text = "",
    limit: Annotated[list[str], Form()] = [],  # noqa: B006
    source: Annotated[list[str], Form()] = [],  # noqa: B006
    charts: Text = "",
    charts_source: Text = "",
) -> Response:
    round_ = rounds.get_round(session, round_id)
    values = _values(title, deadline, years, limit, source, charts, charts_source)
    if rounds.is_running(round_):
        values = {name: value for name, value in values.items() if name not in rounds.FIXED}
    changed = rounds.change(session, round_, {**values, "closed": bool(closed)})
    if round_.first_due != _year(first_due):
        changed["first_due"] = [round_.first_due, _year(first_due)]
        round_.first_due = _year(first_due)
    check_tools(context, round_)
    record(session, visit, "change", f"round:{round_.id}", changed=changed)
    return redirect(f"/rounds/{round_.id}/settings", "已保存。" if changed else "没有改动。")


def _fields(context: Context, round_: Round | None) -> dict[str, Any]:
    """What the form shows, with the criteria's own limits beside those of the round."""
    tools = context.tools_of(round_) if round_ else context.tools
    given = round_.limits if round_ else {}
    limits = []
    for kind in _LIMITED:
        shipped = context.tools.criteria.limit(kind)
        limits.append({"name": PART_KINDS[kind], "given": given.get(kind), "shipped": shipped})
    local = round_.deadline.astimezone() if round_ and round_.deadline else None
    return {
        "limits": limits,
        "criteria": tools.criteria,
        "deadline": local.strftime("%Y-%m-%dT%H:%M") if local else "",
        "running": bool(round_ and rounds.is_running(round_)),
    }


def _values(
    title: str, deadline: str, years: str, limit: list[str], source: list[str], charts: str, told: str
) -> dict[str, Any]:
    """The form as values of a round. Raises Invalid."""
    limits = {}
    for kind, words, why in zip(_LIMITED, limit, source, strict=False):
        plain = words.replace(",", "").replace("，", "").strip()
        if not plain:
            continue
        if not plain.isdecimal():
            raise Invalid("字数上限应是正整数。")
        limits[kind] = {"limit": int(plain), "source": why.strip()}
    return {
        "title": title,
        "deadline": _time(deadline),
        "reporting_years": sorted(set(re.findall(r"\d{4}", years))),
        "limits": limits,
        "counting": {"charts": charts == "yes", "source": told.strip()} if charts else {},
    }


def _time(text: str) -> datetime | None:
    """A time of this server's clock; None for an empty field."""
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip()).astimezone()
    except (ValueError, OverflowError, OSError) as error:
        raise Invalid("截止时间不是可用的时间，请写成 2026-03-31 17:00 的样子。") from error


def _year(text: str) -> int | None:
    plain = text.strip()
    if not plain:
        return None
    if not re.fullmatch(r"20\d\d", plain):
        raise Invalid("首次应交年份应是四位数的年份。")
    return int(plain)
