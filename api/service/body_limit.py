"""How large a request may be and how long it may take, held while it streams in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.service.problems import problem
from api.service.visit import visit_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.settings import Settings

SMALL = 1 << 20
"""Bytes of a request that brings no files."""
_UPLOADS = ("multipart/form-data", "application/octet-stream")
_STREAMS = "/events"
_SLOW_LINES = 60
"""Times as long for an upload: an hour as shipped, in which 2 GB need 5 Mbit/s."""
_TOO_LARGE = "内容超过 {} MB 的上限，没有保存。请压缩图片或分几次上传。"
_TOO_SLOW = "用时超过 {} 秒，已经停止。请稍后刷新，看看是否已经完成，再决定要不要重试。"


class TooLarge(HTTPException):
    """Raised while the body is read; FastAPI passes an HTTPException on and would hide any other."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, _TOO_LARGE.format(limit >> 20), {"Connection": "close"})


class LimitsMiddleware:
    """Only who is signed in may send files; everything else is small and soon over."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        uploads = _is_upload(request)
        limit = self.settings.submission_bytes if uploads else SMALL
        started = False

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        seconds = _seconds(request, self.settings, uploads=uploads)
        try:
            async with asyncio.timeout(seconds):
                await self.app(scope, _limited(receive, request, limit), send_noted)
        except TimeoutError:
            if started:
                raise
            detail = _TOO_SLOW.format(seconds)
            await problem(request, 504, "too-slow", detail)(scope, receive, send)


def _seconds(request: Request, settings: Settings, *, uploads: bool) -> float | None:
    """Longest time of a request; a stream of events ends with its job."""
    if request.url.path.endswith(_STREAMS):
        return None
    return settings.request_seconds * (_SLOW_LINES if uploads else 1)


def _is_upload(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return visit_of(request).person is not None and kind in _UPLOADS


def _limited(receive: Receive, request: Request, limit: int) -> Receive:
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > limit:

        async def refuse() -> Message:
            raise TooLarge(limit)

        return refuse
    seen = 0

    async def count() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge(limit)
        return message

    return count
