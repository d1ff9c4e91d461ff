"""The first page."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.service.context import Me
from api.service.needs import needs
from api.service.templates import page

router = APIRouter(include_in_schema=False)


@router.get("/", dependencies=[needs("view", "start")])
def start(request: Request, me: Me) -> Response:
    return page(request, "start.html", role=me.role)
