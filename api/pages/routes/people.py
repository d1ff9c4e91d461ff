"""Accounts, for staff. A password that is made for somebody is shown once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.pages.listing import counted, listing
from api.refusals import Conflict, Invalid
from api.service import guard
from api.service.context import Me, Reading, Service, Visiting, Writing, record
from api.service.needs import needs
from api.service.templates import page, redirect
from api.store import people
from api.store.passwords import hash_password, new_password
from api.store.people import ROLES
from api.store.tables import Organisation, Person

router = APIRouter(include_in_schema=False)
_SORTS = {
    "login": Person.login,
    "name": Person.name,
    "role": Person.role,
    "created": Person.created,
}
Text = Annotated[str, Form(max_length=200)]


@router.get("/people", dependencies=[needs("view", "person")])
def index(request: Request, me: Me, session: Reading) -> Response:
    asked = listing(request, ("q", "role", "active"), tuple(_SORTS), "login")
    query = select(Person).where(guard.seen_people(me))
    if role := asked.asked.get("role"):
        query = query.where(Person.role == role)
    if active := asked.asked.get("active"):
        query = query.where(Person.active == (active == "yes"))
    if text := asked.asked.get("q"):
        named = Person.organisation.has(Organisation.name.contains(text, autoescape=True))
        query = query.where(
            Person.name.contains(text, autoescape=True) | Person.login.contains(text, autoescape=True) | named
        )
    asked = counted(asked, session.scalar(select(func.count()).select_from(query.subquery())) or 0)
    column = _SORTS[asked.column]
    ordered = query.order_by(column.desc() if asked.down else column, Person.id)
    found = session.scalars(ordered.limit(asked.size).offset(asked.offset))
    return page(
        request,
        "people.html",
        listing=asked,
        people=list(found),
        roles=_roles(me),
        organisations=_organisations(session),
    )


@router.post("/people", dependencies=[needs("change", "person")])
def create(
    request: Request, me: Me, context: Service, visit: Visiting,
    login: Text = "", name: Text = "", role: Text = "", organisation: Text = "",
) -> Response:  # fmt: skip
    guard.require_role(me, role)
    password = new_password()
    hashed = hash_password(password)
    with context.database.writing() as session:
        made = people.add_hashed(
            session, login, name, role, hashed, _organisation(session, role, organisation)
        )
        record(session, visit, "person-create", f"person:{made.id}", role=made.role)
    return page(request, "password_once.html", made=made, password=password, fresh=True)


@router.get("/people/{person_id}", dependencies=[needs("view", "person")])
def show(request: Request, person_id: str, me: Me, session: Reading) -> Response:
    return page(request, "person.html", one=guard.visible_person(session, me, person_id), me=me)


@router.post("/people/{person_id}", dependencies=[needs("change", "person")])
def change(
    person_id: str, me: Me, session: Writing, visit: Visiting, name: Text = "", active: Text = ""
) -> Response:
    found = guard.visible_person(session, me, person_id)
    guard.require_role(me, found.role)
    if not name.strip():
        raise Invalid("请写明姓名。")
    if found.id == me.id and not active:
        raise Conflict("不能停用自己的账号。")
    found.name = name.strip()
    if not active:
        people.deactivate(session, found)
    found.active = bool(active)
    record(
        session, visit, "person-change", f"person:{found.id}", changed=["active", "name"], active=found.active
    )
    return redirect(f"/people/{found.id}", "已保存。" if found.active else "已停用，登录和令牌立即失效。")


@router.post("/people/{person_id}/password", dependencies=[needs("change", "person")])
def reset(request: Request, person_id: str, me: Me, context: Service, visit: Visiting) -> Response:
    password = new_password()
    hashed = hash_password(password)
    with context.database.writing() as session:
        found = guard.visible_person(session, me, person_id)
        guard.require_role(me, found.role)
        people.set_hash(session, found, hashed, by_other=True)
        record(session, visit, "password-reset", f"person:{found.id}")
    return page(request, "password_once.html", made=found, password=password, fresh=False)


def _roles(me: Person) -> tuple[str, ...]:
    return ROLES if me.role == "admin" else tuple(role for role in ROLES if role != "admin")


def _organisations(session: Session) -> list[str]:
    return list(session.scalars(select(Organisation.name).order_by(Organisation.name)))


def _organisation(session: Session, role: str, name: str) -> str | None:
    """Id of the organisation that an applicant's account belongs to. Raises Invalid for an unknown name."""
    from api.store import organisations

    if role != "applicant":
        return None
    found = organisations.named(session, name) if name.strip() else None
    if found is None:
        raise Invalid("没有这个组织，请先在“组织”中登记，再建立它的账号。")
    return found.id
