"""Answers of the REST API: JSON with an ETag, lists in pages, and whether somebody changed it meanwhile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import quote

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, StringConstraints

from api.refusals import Stale

T = TypeVar("T")
Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="编号")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
"""A short text: a name, a title."""
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
LARGEST = 1_000_000_000


class Page(BaseModel, Generic[T]):
    """A stretch of a list; ``total`` counts all of it."""

    items: list[T]
    total: int
    limit: int
    offset: int


class Paging(BaseModel):
    limit: int
    offset: int


def _paging(
    limit: Annotated[int, Query(ge=1, le=500, description="一页的条数")] = 50,
    offset: Annotated[int, Query(ge=0, le=LARGEST, description="跳过的条数")] = 0,
) -> Paging:
    return Paging(limit=limit, offset=offset)


Paged = Annotated[Paging, Depends(_paging)]


class Said(BaseModel):
    """Base of what a request brings: nothing but what is named."""

    model_config = {"extra": "forbid"}


def reply(request: Request, body: BaseModel | Any, status: int = 200, etag: str | None = None) -> Response:
    """JSON with an ETag of its content; 304 without a body if the visitor has it already."""
    plain = body.model_dump(mode="json", by_alias=True) if isinstance(body, BaseModel) else body
    content = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return content_reply(request, content, "application/json", etag or content_tag(content), status)


def content_reply(request: Request, content: bytes, media: str, etag: str, status: int = 200) -> Response:
    headers = {"ETag": f'"{etag}"'}
    if request.method in ("GET", "HEAD") and _knows(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media)


def content_tag(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def list_reply(request: Request, items: Sequence[BaseModel | Any], total: int, paging: Paging) -> Response:
    """A page of a list, with the address of the next one in the Link header."""
    plain = [
        one.model_dump(mode="json", by_alias=True) if isinstance(one, BaseModel) else one for one in items
    ]
    body = {"items": plain, "total": total, "limit": paging.limit, "offset": paging.offset}
    answer = reply(request, body)
    after = paging.offset + paging.limit
    if after < total:
        following = request.url.include_query_params(offset=after, limit=paging.limit)
        answer.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return answer


def cut(items: Sequence[T], paging: Paging) -> Sequence[T]:
    return items[paging.offset : paging.offset + paging.limit]


def check_match(request: Request, present: BaseModel) -> None:
    """Raises Stale if the visitor names a state (If-Match) that is no longer the present one."""
    wanted = request.headers.get("if-match")
    if wanted is None:
        return
    plain = present.model_dump(mode="json", by_alias=True)
    content = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    if not _knows(wanted, content_tag(content)):
        raise Stale()


def _knows(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or f'"{etag}"' in tags


def attachment(content: bytes, media: str, filename: str) -> Response:
    """A file to take away, under its Chinese name."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(filename, safe='')}"}
    return Response(content, 200, headers, media)
