"""What a route needs of its visitor: declared at the route, checked before it runs, listed for the tests."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from api.refusals import CsrfFailed, Forbidden, SignInNeeded
from api.service import guard
from api.service.visit import visit_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_FIELD, CSRF_HEADER = "csrf_token", "X-CSRF-Token"


class PasswordChangeNeeded(Forbidden):
    code = "password-change-needed"

    def __init__(self) -> None:
        super().__init__("请先修改口令：现在的口令是他人设定的。")


class Need:
    """That somebody is signed in whose role may do an action on a kind of object, by an honest form."""

    def __init__(self, action: str, kind: str) -> None:
        if (action, kind) not in guard.MAY:
            raise KeyError(f"guard.MAY has no ({action!r}, {kind!r})")
        self.action, self.kind = action, kind

    async def __call__(self, request: Request) -> None:
        visit = visit_of(request)
        if visit.person is None:
            raise SignInNeeded()
        if request.method not in SAFE and visit.by == "cookie":
            await check_csrf(request, visit.csrf)
        if visit.person.must_change and (self.action, self.kind) != ("change", "self"):
            raise PasswordChangeNeeded()
        guard.require(visit.person, self.action, self.kind)


class Anyone:
    """A route for visitors who are not signed in; its forms carry the token of a cookie of their own."""

    async def __call__(self, request: Request) -> None:
        if request.method not in SAFE:
            await check_csrf(request, visit_of(request).csrf)


def needs(action: str, kind: str) -> Any:
    """For ``dependencies=[…]`` of a route. CSRF of forms is checked by it."""
    return Depends(Need(action, kind))


def anyone() -> Any:
    """For ``dependencies=[…]`` of a route that nobody need be signed in for."""
    return Depends(Anyone())


async def check_csrf(request: Request, expected: str) -> None:
    """Raises CsrfFailed unless header or form field holds the visitor's token."""
    given = request.headers.get(CSRF_HEADER)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given is None and kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        field = (await request.form()).get(CSRF_FIELD)
        given = field if isinstance(field, str) else None
    if not expected or given is None or not secrets.compare_digest(given.encode(), expected.encode()):
        raise CsrfFailed()


def need_of(route: APIRoute) -> Need | Anyone | None:
    """What a route declares; None would be a fault."""
    calls = (dependency.call for dependency in route.dependant.dependencies)
    return next((call for call in calls if isinstance(call, Need | Anyone)), None)
