"""Pages to sign in and out, and to change one's password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.refusals import SignInFailed, Throttled
from api.service import account, signing_in
from api.service.context import Me, Service, Visiting, record
from api.service.cookies import forget_sign_in, keep_form_token, keep_sign_in, new_form_token
from api.service.needs import anyone, needs
from api.service.templates import page, redirect
from api.store import sign_ins

router = APIRouter(include_in_schema=False)


@router.get("/sign-in", dependencies=[anyone()])
def sign_in_form(request: Request, visit: Visiting, next: str = "/") -> Response:
    return _form(request, visit.csrf or new_form_token(), next)


@router.post("/sign-in", dependencies=[anyone()])
def sign_in(
    request: Request,
    context: Service,
    visit: Visiting,
    login: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    try:
        opened = signing_in.by_password(context, visit, login, password)
    except (SignInFailed, Throttled) as error:
        return _form(request, visit.csrf, next, error.message, login, error.http_status)
    answer = redirect(own_address(next))
    keep_sign_in(request, answer, opened.token)
    return answer


@router.get("/enter", dependencies=[anyone()])
def enter(request: Request, context: Service, visit: Visiting, token: str = "", next: str = "/") -> Response:
    """The address that ``ziping open`` prints; who has a cookie already just goes on."""
    answer = redirect(own_address(next))
    if visit.person is None:
        keep_sign_in(request, answer, signing_in.by_local_token(context, visit, token).token)
    return answer


@router.post("/sign-out", dependencies=[needs("change", "self")])
def sign_out(request: Request, context: Service, visit: Visiting) -> Response:
    with context.database.writing() as session:
        record(session, visit, "sign-out", f"person:{visit.person.id if visit.person else ''}")
        if visit.token_hash:
            sign_ins.end_sign_in(session, visit.token_hash)
    answer = redirect("/sign-in")
    forget_sign_in(request, answer)
    return answer


@router.get("/password", dependencies=[needs("change", "self")])
def password_form(request: Request, me: Me) -> Response:
    return page(request, "password.html", must=me.must_change, error="")


@router.post("/password", dependencies=[needs("change", "self")])
def change_password(
    request: Request,
    context: Service,
    visit: Visiting,
    me: Me,
    old: Annotated[str, Form(max_length=1000)],
    new: Annotated[str, Form(max_length=1000)],
) -> Response:
    try:
        opened = account.change_password(context, visit, me, old, new)
    except account.NOT_TAKEN as error:
        return page(request, "password.html", error.http_status, must=me.must_change, error=error.message)
    answer = redirect("/", "口令已修改，其他地方的登录都已退出。")
    keep_sign_in(request, answer, opened.token)
    return answer


def own_address(address: str) -> str:
    """Only a path of this site: a sign-in page must not lead elsewhere."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if plain and not any(ord(sign) < 32 for sign in address) else "/"


def _form(
    request: Request, token: str, next_: str, error: str = "", login: str = "", status: int = 200
) -> Response:
    answer = page(
        request, "sign_in.html", status, csrf=token, next=own_address(next_), error=error, login=login
    )
    keep_form_token(request, answer, token)
    return answer
