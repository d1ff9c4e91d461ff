"""The description of the REST API (OpenAPI), with the shapes of the assessment from its own schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from models.assessment import Assessment
from models.codec import schema

PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "请求不能完成；detail 用一句话说明原因和办法",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
    "503": {
        "description": "暂时不能用，请稍后再试",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
}
_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "examples": ["找不到"]},
        "status": {"type": "integer", "examples": [404]},
        "code": {"type": "string", "examples": ["not-found"], "description": "不随版本改变的代码"},
        "detail": {"type": "string"},
        "request_id": {"type": "string", "description": "与日志和审计中的请求编号相同"},
        "fields": {"type": "array", "items": {"type": "string"}},
    },
}
_TITLE = "自评 Ziping REST API"
_INTRODUCTION = (
    "用登录的浏览器或 API 令牌（Authorization: Bearer）访问。"
    "列表分页（limit、offset，下一页的地址在 Link 头里）；"
    "回答带 ETag，可用 If-None-Match 和 If-Match；错误是 application/problem+json。"
    "用浏览器的登录修改内容时，要带 X-CSRF-Token 头。"
)


def describe(app: FastAPI) -> None:
    """Gives the application its ``openapi()``; made once."""
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(_make(app))
        return made

    app.openapi = openapi  # type: ignore[method-assign]


def _make(app: FastAPI) -> dict[str, Any]:
    told = get_openapi(title=_TITLE, version="1", description=_INTRODUCTION, routes=app.routes)
    components = told.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas.update(contract_schemas())
    schemas["Problem"] = _PROBLEM
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "个人 API 令牌"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "ziping", "description": "登录后的浏览器"},
    }
    told["security"] = [{"token": []}, {"cookie": []}]
    for _, operation in _operations(told):
        operation["responses"].pop("422", None)  # stands among the problems
    return told


def contract_schemas() -> dict[str, Any]:
    """The definitions of ``docs/assessment.schema.json`` as components."""
    text = json.dumps(schema(Assessment)["$defs"]).replace("#/$defs/", "#/components/schemas/")
    shapes: dict[str, Any] = json.loads(text)
    return shapes


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the documentation page."""

    method: str
    path: str
    summary: str
    parameters: tuple[dict[str, Any], ...]
    body: str
    """The request's shape as JSON, or empty."""
    answers: tuple[tuple[str, str, str], ...]
    """Status, meaning, name of the shape."""


def operations_by_tag(told: dict[str, Any]) -> dict[str, list[Operation]]:
    """The operations under their tags, in the order of the routes."""
    grouped: dict[str, list[Operation]] = {}
    for (method, path), operation in _operations(told):
        tag = (operation.get("tags") or ["其他"])[-1]
        grouped.setdefault(tag, []).append(_operation(method, path, operation))
    return grouped


def _operations(told: dict[str, Any]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield (method.upper(), path), operation


def _operation(method: str, path: str, operation: dict[str, Any]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {})
    answers = tuple(
        (status, answer.get("description", ""), _shape_of(answer.get("content", {})))
        for status, answer in operation["responses"].items()
    )
    return Operation(
        method,
        path,
        operation.get("description") or operation.get("summary", ""),
        tuple(operation.get("parameters", ())),
        _shape_of(body),
        answers,
    )


def _shape_of(content: dict[str, Any]) -> str:
    for media, told in content.items():
        shape = told.get("schema", {})
        reference = shape.get("$ref") or shape.get("items", {}).get("$ref", "")
        items = shape.get("properties", {}).get("items", {}).get("items", {}).get("$ref", "")
        name = (reference or items).rpartition("/")[2]
        return f"{media}：{name}" if name else str(media)
    return ""
