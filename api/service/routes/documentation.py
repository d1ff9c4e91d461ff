"""The documentation of the REST API: for programs, and as a page of our own that needs no network."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request, Response

from api.service.documentation import operations_by_tag
from api.service.needs import anyone
from api.service.replies import content_reply, content_tag
from api.service.templates import page

router = APIRouter(prefix="/api/v1", include_in_schema=False)


@router.get("/openapi.json", dependencies=[anyone()])
def openapi(request: Request) -> Response:
    content = json.dumps(request.app.openapi(), ensure_ascii=False).encode()
    return content_reply(request, content, "application/json", content_tag(content))


@router.get("/docs", dependencies=[anyone()])
def docs(request: Request) -> Response:
    told = request.app.openapi()
    schemas = {name: _text(shape) for name, shape in sorted(told["components"]["schemas"].items())}
    return page(request, "api_docs.html", told=told, tags=operations_by_tag(told), schemas=schemas)


def _text(shape: dict[str, Any]) -> str:
    return json.dumps(shape, ensure_ascii=False, indent=1)
