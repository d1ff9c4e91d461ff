"""Who is asking: found once for each request, before its body is read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from anyio import to_thread
from starlette.requests import HTTPConnection

from api.store import sign_ins
from api.store.tables import Person, SignIn, now

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from api.service.context import Context


@dataclass(frozen=True, slots=True)
class Visit:
    """``csrf`` is what forms of this visitor must carry; ``by`` is how the person was recognised."""

    request_id: str
    address: str
    person: Person | None = None
    by: Literal["cookie", "token", None] = None
    csrf: str = ""
    token_hash: str | None = None


def visit_of(connection: HTTPConnection) -> Visit:
    state = connection.scope["state"]
    visit: Visit | None = state.get("visit")
    return visit or Visit(state.get("request_id", ""), "")


class VisitMiddleware:
    """Looks up cookie or Bearer token and leaves a Visit in the request's state."""

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self.app = app
        self.context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            visit = Visit(
                request_id=scope["state"].get("request_id") or secrets.token_hex(8),
                address=connection.client.host if connection.client else "",
            )
            if not connection.url.path.startswith("/static/"):
                visit = await self._recognised(connection, visit)
            scope["state"]["visit"] = visit
        await self.app(scope, receive, send)

    async def _recognised(self, connection: HTTPConnection, visit: Visit) -> Visit:
        scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and secret:
            return await to_thread.run_sync(self._by_token, secret.strip(), visit)
        if cookie := connection.cookies.get(self.context.cookie):
            return await to_thread.run_sync(self._by_cookie, cookie, visit)
        return replace(visit, csrf=connection.cookies.get(self.context.form_cookie, ""))

    def _by_cookie(self, cookie: str, visit: Visit) -> Visit:
        with self.context.database.reading() as session:
            found = sign_ins.find_sign_in(session, cookie)
        if found is None:
            return visit
        if sign_ins.is_long_ago(found.seen):
            with self.context.database.writing() as session:
                held = session.get(SignIn, found.token_hash)
                if held is not None:
                    held.seen = now()
        return replace(visit, person=found.person, by="cookie", csrf=found.csrf, token_hash=found.token_hash)

    def _by_token(self, secret: str, visit: Visit) -> Visit:
        with self.context.database.reading() as session:
            found = sign_ins.find_token(session, secret)
        if found is None:
            return visit
        if sign_ins.is_long_ago(found.used):
            with self.context.database.writing() as session:
                session.merge(found).used = now()
        return replace(visit, person=found.person, by="token", token_hash=found.token_hash)
