"""Organisations: registered and renamed by staff; what each has handed in."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import func, select

from api.pages.listing import counted, listing
from api.pages.views.board import KINDS
from api.service import guard
from api.service.context import Me, Reading, Visiting, Writing, record
from api.service.needs import needs
from api.service.templates import page, redirect
from api.store import organisations
from api.store.tables import Organisation, Person, Submission

router = APIRouter(include_in_schema=False)
_SORTS = {"name": Organisation.name, "created": Organisation.created}
Text = Annotated[str, Form(max_length=5000)]


@router.get("/organisations", dependencies=[needs("change", "organisation")])
def index(request: Request, session: Reading) -> Response:
    asked = listing(request, ("q",), tuple(_SORTS), "name")
    query = select(Organisation)
    if text := asked.asked.get("q"):
        query = query.where(Organisation.name.contains(text, autoescape=True))
    asked = counted(asked, session.scalar(select(func.count()).select_from(query.subquery())) or 0)
    column = _SORTS[asked.column]
    ordered = query.order_by(column.desc() if asked.down else column, Organisation.id)
    found = list(session.scalars(ordered.limit(asked.size).offset(asked.offset)))
    accounts = select(Person.organisation_id, func.count()).where(Person.active)
    counts = {row[0]: row[1] for row in session.execute(accounts.group_by(Person.organisation_id))}
    return page(request, "organisations.html", listing=asked, organisations=found, accounts=counts)


@router.post("/organisations", dependencies=[needs("change", "organisation")])
def create(session: Writing, visit: Visiting, name: Text = "", former: Text = "") -> Response:
    made = organisations.create(session, name, _names(former))
    record(session, visit, "create", f"organisation:{made.id}")
    return redirect(f"/organisations/{made.id}", f"已登记“{made.name}”。")


@router.get("/organisations/{organisation_id}", dependencies=[needs("change", "organisation")])
def show(request: Request, organisation_id: str, me: Me, session: Reading) -> Response:
    found = guard.visible_organisation(session, me, organisation_id)
    people = select(Person).where(Person.organisation_id == found.id, guard.seen_people(me))
    handed = select(Submission).where(Submission.organisation_id == found.id, guard.seen_submissions(me))
    return page(
        request,
        "organisation.html",
        one=found,
        people=list(session.scalars(people.order_by(Person.login))),
        submissions=list(session.scalars(handed.order_by(Submission.created.desc()))),
        kinds=KINDS,
        incidents=guard.may(me, "change", "duty"),
    )


@router.post("/organisations/{organisation_id}", dependencies=[needs("change", "organisation")])
def change(
    organisation_id: str, me: Me, session: Writing, visit: Visiting, name: Text = "", former: Text = ""
) -> Response:
    """A new name; the one until now becomes a former one."""
    found = guard.visible_organisation(session, me, organisation_id)
    before = found.name
    organisations.rename(session, found, name, _names(former))
    record(session, visit, "change", f"organisation:{found.id}", before=before, after=found.name)
    return redirect(f"/organisations/{found.id}", "已保存。")


def _names(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[\n、;；]", text) if one.strip()]
