"""Errors as answers: a calm page for people, problem+json for programs. Neither holds text of a report."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.exceptions import HTTPException

from api.refusals import Refusal, SignInNeeded, Throttled
from api.service.needs import PasswordChangeNeeded
from api.service.templates import page
from api.service.visit import visit_of
from models.errors import ZipingError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("ziping.service")
TITLES = {
    400: "请求不对",
    401: "请先登录",
    403: "没有权限",
    404: "找不到",
    405: "不能这样做",
    409: "现在不能这样做",
    411: "缺少长度",
    412: "内容已经变了",
    413: "太大了",
    415: "不支持的格式",
    422: "内容不合要求",
    428: "缺少版本",
    429: "请稍后再试",
    500: "程序出错了",
    503: "暂时不能用",
    504: "用时过长",
}
_DISK = "磁盘空间不足或不能写入，没有保存；已有的内容不受影响。请联系管理人员清理磁盘后再试。"
_BROKEN = "程序出错了，没有保存这次的操作；已有的内容不受影响。请把请求编号告诉管理人员。"
_CLASH = "与他人同时的修改冲突，没有保存。请刷新后再试。"
_BUSY = "服务器正忙，没有保存。请稍后再试。"


def code_of(error: ZipingError) -> str:
    """Stable name of a kind of error: ``unsupported-format``."""
    if isinstance(error, Refusal):
        return error.code
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()


def is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def problem(request: Request, status: int, code: str, detail: str, **more: object) -> Response:
    """The answer for an error, as the visitor can read it."""
    request_id = visit_of(request).request_id
    title = TITLES.get(status) or HTTPStatus(status).phrase
    if not is_api(request):
        return page(request, "problem.html", status=status, title=title, detail=detail, request_id=request_id)
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id,
        **more,
    }
    return JSONResponse(body, status, media_type="application/problem+json")


def add_problem_handlers(app: FastAPI) -> None:
    app.exception_handler(ZipingError)(_ziping)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(OperationalError)(_database)
    app.exception_handler(IntegrityError)(_clash)
    app.exception_handler(OSError)(_disk)


def _ziping(request: Request, error: ZipingError) -> Response:
    if not is_api(request):
        if isinstance(error, SignInNeeded):
            asked = request.url.path if request.method == "GET" else "/"
            return RedirectResponse(f"/sign-in?next={quote(asked)}", 303)
        if isinstance(error, PasswordChangeNeeded):
            return RedirectResponse("/password", 303)
    answer = problem(request, error.http_status, code_of(error), error.message)
    if isinstance(error, SignInNeeded):
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Throttled):
        answer.headers["Retry-After"] = str(error.wait_seconds)
    return answer


def _invalid(request: Request, error: RequestValidationError) -> Response:
    """Names the fields that do not fit, never what was in them."""
    places = [".".join(str(step) for step in one["loc"]) for one in error.errors()]
    detail = f"这些内容不合要求：{'、'.join(dict.fromkeys(places))}。"
    return problem(request, 422, "invalid", detail, fields=places)


def _http(request: Request, error: HTTPException) -> Response:
    status = error.status_code
    own = error.detail if error.detail != HTTPStatus(status).phrase else ""
    detail = "没有这一页。请核对地址。" if status == 404 else own or f"{TITLES.get(status, status)}。"
    code = HTTPStatus(status).phrase.lower().replace(" ", "-")
    answer = problem(request, status, code, detail)
    answer.headers.update(error.headers or {})
    return answer


def _database(request: Request, error: OperationalError) -> Response:
    text = str(error.orig)
    _LOG.error("database", extra={"error": text, "request_id": visit_of(request).request_id})
    if "locked" in text:
        return problem(request, 503, "busy", _BUSY)
    return problem(request, 507 if "full" in text else 500, "storage", _DISK)


def _clash(request: Request, error: IntegrityError) -> Response:  # noqa: ARG001 - one signature for all
    """Two who did the same at once, or something that was deleted meanwhile."""
    return problem(request, 409, "conflict", _CLASH)


def _disk(request: Request, error: OSError) -> Response:
    _LOG.error("storage", extra={"errno": error.errno, "request_id": visit_of(request).request_id})
    return problem(request, 507, "storage", _DISK)


class FaultMiddleware:
    """Turns what nobody expected into an answer, inside of what gives every answer its headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except Exception:
            if started or scope["type"] != "http":
                raise
            request = Request(scope, receive)
            _LOG.exception("unexpected", extra={"request_id": visit_of(request).request_id})
            await problem(request, 500, "internal", _BROKEN)(scope, receive, send)
