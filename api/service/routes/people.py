"""Accounts: made, changed and deactivated by staff; the own one, with its password and API tokens."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import func, select

from api.refusals import Conflict
from api.service import account, guard
from api.service.context import Me, Reading, Service, Visiting, Writing, record
from api.service.cookies import keep_sign_in
from api.service.needs import needs
from api.service.replies import Id, Line, Page, Paged, Said, check_match, list_reply, reply
from api.service.shapes import PersonOut, TokenOut, person_out, token_out
from api.store import people, sign_ins
from api.store.passwords import LONGEST, SHORTEST, hash_password, new_password
from api.store.tables import Person

router = APIRouter(prefix="/api/v1", tags=["人员"])
Role = Literal["applicant", "reviewer", "office", "admin"]
Password = Annotated[str, Field(min_length=SHORTEST, max_length=LONGEST)]


class NewPerson(Said):
    login: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$", examples=["li.ming"])
    name: Line
    role: Role
    organisation_id: str | None = Field(None, max_length=64, description="申报组织的账号所属的组织")


class ChangedPerson(Said):
    name: Line | None = None
    active: bool | None = Field(None, description="false：停用，其登录和令牌立即失效；记录都保留")


class WithPassword(BaseModel):
    """A password that was made just now: shown once, to be changed at the first sign-in."""

    person: PersonOut
    password: str


class ChangedPassword(Said):
    old: str = Field(max_length=1000)
    new: Password


class NewToken(Said):
    title: Line
    days: int | None = Field(365, ge=1, le=3650, description="多少天后失效；null 表示不失效")


class WithSecret(BaseModel):
    """A token and its secret, which is shown once."""

    token: TokenOut
    secret: str


@router.get("/people", response_model=Page[PersonOut], dependencies=[needs("view", "person")])
def list_people(
    request: Request,
    me: Me,
    session: Reading,
    paging: Paged,
    role: Role | None = None,
    name: Annotated[str | None, Query(max_length=200)] = None,
    active: bool | None = None,
) -> Response:
    """账号，按登录名。"""
    asked = select(Person).where(guard.seen_people(me))
    if role is not None:
        asked = asked.where(Person.role == role)
    if active is not None:
        asked = asked.where(Person.active == active)
    if name:
        asked = asked.where(Person.name.contains(name, autoescape=True))
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    found = session.scalars(asked.order_by(Person.login).limit(paging.limit).offset(paging.offset))
    return list_reply(request, [person_out(one) for one in found], total, paging)


@router.post(
    "/people", response_model=WithPassword, status_code=201, dependencies=[needs("change", "person")]
)
def create_person(request: Request, said: NewPerson, me: Me, context: Service, visit: Visiting) -> Response:
    """建立账号；给出一个只显示一次的口令，首次登录时必须修改。"""
    guard.require_role(me, said.role)
    password = new_password()
    hashed = hash_password(password)
    with context.database.writing() as session:
        made = people.add_hashed(session, said.login, said.name, said.role, hashed, said.organisation_id)
        record(session, visit, "person-create", f"person:{made.id}", role=made.role)
        return reply(request, WithPassword(person=person_out(made), password=password), 201)


@router.get("/people/{person_id}", response_model=PersonOut, dependencies=[needs("view", "person")])
def get_person(request: Request, person_id: Id, me: Me, session: Reading) -> Response:
    """一个账号。"""
    return reply(request, person_out(guard.visible_person(session, me, person_id)))


@router.patch("/people/{person_id}", response_model=PersonOut, dependencies=[needs("change", "person")])
def change_person(
    request: Request, person_id: Id, said: ChangedPerson, me: Me, session: Writing, visit: Visiting
) -> Response:
    """改姓名，停用或恢复账号。"""
    found = guard.visible_person(session, me, person_id)
    guard.require_role(me, found.role)
    check_match(request, person_out(found))
    if found.id == me.id and said.active is False:
        raise Conflict("不能停用自己的账号。")
    if said.name is not None:
        found.name = said.name
    if said.active is False:
        people.deactivate(session, found)
    elif said.active:
        found.active = True
    session.flush()
    changed = said.model_dump(exclude_unset=True)
    record(
        session, visit, "person-change", f"person:{found.id}", changed=sorted(changed), active=found.active
    )
    return reply(request, person_out(found))


@router.post(
    "/people/{person_id}/password",
    response_model=WithPassword,
    dependencies=[needs("change", "person")],
)
def reset_password(request: Request, person_id: Id, me: Me, context: Service, visit: Visiting) -> Response:
    """重设口令：给出一个只显示一次的口令，原有登录立即失效。"""
    password = new_password()
    hashed = hash_password(password)
    with context.database.writing() as session:
        found = guard.visible_person(session, me, person_id)
        guard.require_role(me, found.role)
        people.set_hash(session, found, hashed, by_other=True)
        record(session, visit, "password-reset", f"person:{found.id}")
        return reply(request, WithPassword(person=person_out(found), password=password))


@router.get("/me", response_model=PersonOut, tags=["本人"], dependencies=[needs("change", "self")])
def get_me(request: Request, me: Me) -> Response:
    """登录的人。"""
    return reply(request, person_out(me))


@router.post("/me/password", status_code=204, tags=["本人"], dependencies=[needs("change", "self")])
def change_password(
    request: Request, said: ChangedPassword, me: Me, context: Service, visit: Visiting
) -> Response:
    """修改自己的口令；其他地方的登录都退出。"""
    opened = account.change_password(context, visit, me, said.old, said.new)
    answer = Response(status_code=204)
    if visit.by == "cookie":
        keep_sign_in(request, answer, opened.token)
    return answer


@router.get(
    "/me/tokens", response_model=list[TokenOut], tags=["本人"], dependencies=[needs("change", "self")]
)
def list_tokens(request: Request, me: Me, session: Reading) -> Response:
    """自己的 API 令牌。"""
    return reply(
        request, [token_out(one).model_dump(mode="json") for one in sign_ins.tokens_of(session, me.id)]
    )


@router.post(
    "/me/tokens",
    response_model=WithSecret,
    status_code=201,
    tags=["本人"],
    dependencies=[needs("change", "self")],
)
def create_token(request: Request, said: NewToken, me: Me, session: Writing, visit: Visiting) -> Response:
    """新的 API 令牌；令牌只显示一次，用 Authorization: Bearer 发送。"""
    token, secret = sign_ins.new_token(session, me, said.title, said.days)
    record(session, visit, "token-create", f"person:{me.id}", token=token.id)
    return reply(request, WithSecret(token=token_out(token), secret=secret), 201)


@router.delete(
    "/me/tokens/{token_id}", status_code=204, tags=["本人"], dependencies=[needs("change", "self")]
)
def delete_token(token_id: Id, me: Me, session: Writing, visit: Visiting) -> Response:
    """停用一个 API 令牌。"""
    sign_ins.delete_token(session, me.id, token_id)
    record(session, visit, "token-delete", f"person:{me.id}", token=token_id)
    return Response(status_code=204)
