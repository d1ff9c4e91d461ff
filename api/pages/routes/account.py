"""The own account: password and API tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.refusals import Invalid
from api.service.context import Me, Reading, Visiting, Writing, record
from api.service.needs import needs
from api.service.templates import page, redirect
from api.store import sign_ins

router = APIRouter(include_in_schema=False)
_DAYS = 365


@router.get("/account", dependencies=[needs("change", "self")])
def account(request: Request, me: Me, session: Reading) -> Response:
    return page(request, "account.html", me=me, tokens=sign_ins.tokens_of(session, me.id), secret="")


@router.post("/account/tokens", dependencies=[needs("change", "self")])
def add_token(
    request: Request,
    me: Me,
    visit: Visiting,
    session: Writing,
    title: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """The secret is shown on this one page and never again."""
    if not title.strip():
        raise Invalid("请写明令牌的用途。")
    token, secret = sign_ins.new_token(session, me, title.strip(), _DAYS)
    record(session, visit, "token-create", f"person:{me.id}", token=token.id)
    tokens = sign_ins.tokens_of(session, me.id)
    return page(request, "account.html", me=me, tokens=tokens, secret=secret)


@router.post("/account/tokens/{token_id}/delete", dependencies=[needs("change", "self")])
def delete_token(me: Me, visit: Visiting, session: Writing, token_id: str) -> Response:
    sign_ins.delete_token(session, me.id, token_id)
    record(session, visit, "token-delete", f"person:{me.id}", token=token_id)
    return redirect("/account", "令牌已停用。")
