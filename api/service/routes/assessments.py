"""Assessments: the whole as the command line writes it, and its parts, filtered and in pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from api.service.context import Service, Visiting, record_view
from api.service.exports import FORMATS, export
from api.service.needs import needs
from api.service.reading import Asked
from api.service.replies import Paged, Paging, content_reply, cut, list_reply
from models import codec

router = APIRouter(prefix="/api/v1/assessments/{revision_id}", tags=["检查结果"])
_VIEW = [needs("view", "submission")]
Node = Annotated[str | None, Query(max_length=16, description="章、条目、指标或要点的编号，如 4.1.2")]
Document = Annotated[str | None, Query(max_length=16, description="部分的编号，如 d1")]
Words = Annotated[str | None, Query(max_length=200, description="含有的文字")]
Name = Annotated[str | None, Query(max_length=200)]
PageNumber = Annotated[int | None, Query(ge=1, le=100_000, description="文件页码")]


def listed(name: str) -> dict[int | str, dict[str, Any]]:
    """How a page of things that the contract describes is documented."""
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    numbers = {key: {"type": "integer"} for key in ("total", "limit", "offset")}
    shape = {
        "type": "object",
        "properties": {"items": items, **numbers},
        "required": ["items", *numbers],
    }
    return {200: {"content": {"application/json": {"schema": shape}}, "description": "一页"}}


WHOLE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Assessment"}}},
        "description": "检查结果",
    }
}


@router.get("", responses=WHOLE, dependencies=_VIEW)
def get_assessment(request: Request, read: Asked, context: Service) -> Response:
    """完整的检查结果；state=machine 时与 ziping check --format json 逐字节相同。"""
    if read.state == "machine":
        assert read.revision.assessment is not None  # noqa: S101 - read_revision saw to it
        content = context.files.read(read.revision.assessment)
    else:
        from api.export.json import to_json

        content = to_json(read.assessment).encode()
    return content_reply(request, content, "application/json", _tag(read.tag))


@router.get("/passages", responses=listed("PassageRecord"), dependencies=_VIEW)
def list_passages(
    request: Request,
    read: Asked,
    paging: Paged,
    document: Document = None,
    indicator: Node = None,
    aspect: Literal["approach", "deployment", "result", "none"] | None = None,
    page: PageNumber = None,
    text: Words = None,
) -> Response:
    """段落，按报告中的次序；可按指标（或其上的条目、章、要点）、方面、页码、文字筛选。"""
    found = [
        passage
        for passage in read.assessment.passages
        if document in (None, passage.document)
        and aspect in (None, passage.aspect)
        and page in (None, passage.page)
        and (text is None or text in passage.text)
        and (indicator is None or _answers(passage.indicators, passage.requirements, indicator))
    ]
    return _list(request, found, paging)


@router.get("/kpis", responses=listed("KpiSeries"), dependencies=_VIEW)
def list_kpis(
    request: Request,
    read: Asked,
    paging: Paged,
    document: Document = None,
    indicator: Node = None,
    name: Name = None,
) -> Response:
    """指标数据，按报告中的次序。"""
    found = [
        series
        for series in read.assessment.kpis
        if document in (None, series.document)
        and (indicator is None or _under(series.indicator or "", indicator))
        and (name is None or name in series.name or name in series.canonical)
    ]
    return _list(request, found, paging)


@router.get("/findings", responses=listed("Finding"), dependencies=_VIEW)
def list_findings(
    request: Request,
    read: Asked,
    paging: Paged,
    document: Document = None,
    indicator: Node = None,
    severity: Literal["error", "warning", "note"] | None = None,
    check: Name = None,
) -> Response:
    """发现：违反规定、建议补充、请核对。"""
    found = [
        finding
        for finding in read.assessment.findings
        if document in (None, finding.document)
        and severity in (None, finding.severity)
        and check in (None, finding.check)
        and (indicator is None or _under(finding.indicator or "", indicator))
    ]
    return _list(request, found, paging)


@router.get("/coverage", responses=listed("Coverage"), dependencies=_VIEW)
def list_coverage(
    request: Request,
    read: Asked,
    paging: Paged,
    document: Document = None,
    indicator: Node = None,
    status: Annotated[str | None, Query(max_length=32)] = None,
) -> Response:
    """每一部分对每一个指标的覆盖情况。"""
    found = [
        row
        for row in read.assessment.coverage
        if document in (None, row.document)
        and status in (None, row.status)
        and (indicator is None or _under(row.indicator, indicator))
    ]
    return _list(request, found, paging)


@router.get("/tables", responses=listed("TableRecord"), dependencies=_VIEW)
def list_tables(
    request: Request, read: Asked, paging: Paged, document: Document = None, page: PageNumber = None
) -> Response:
    """表格，连同其中的单元格。"""
    found = [
        table
        for table in read.assessment.tables
        if document in (None, table.document) and page in (None, table.page)
    ]
    return _list(request, found, paging)


@router.get("/documents", responses=listed("DocumentRecord"), dependencies=_VIEW)
def list_documents(request: Request, read: Asked, paging: Paged) -> Response:
    """找到的各部分：种类、字数、读到的页。"""
    return _list(request, list(read.assessment.documents), paging)


@router.get(
    "/export/{format}",
    dependencies=_VIEW,
    responses={200: {"content": {media: {} for media, _ in FORMATS.values()}, "description": "文件"}},
)
def get_export(
    request: Request,
    read: Asked,
    format: Literal["xlsx", "docx", "html", "json", "csv"],
    context: Service,
    visit: Visiting,
) -> Response:
    """导出：工作簿、缺口清单、单页网页、JSON、指标数据 CSV。"""
    content = export(format, read)
    record_view(context, visit, "export", f"revision:{read.revision.id}", format=format, state=read.state)
    media, name = FORMATS[format]
    answer = content_reply(request, content, media, _tag(f"{format}-{read.tag}"))
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=ziping.{format}; filename*=UTF-8''{quote(name)}"
    )
    return answer


def _list(request: Request, found: list[Any], paging: Paging) -> Response:
    return list_reply(request, [codec.to_json(one) for one in cut(found, paging)], len(found), paging)


def _answers(indicators: Iterable[Any], requirements: Iterable[str], node: str) -> bool:
    named = (score.id for score in indicators)
    return any(_under(identity, node) for identity in (*named, *requirements))


def _under(identity: str, node: str) -> bool:
    """Whether a node is, or stands under, another: 4.1.2-1 under 4.1.2 under 4.1 under 4."""
    return identity == node or identity.startswith((f"{node}.", f"{node}-"))


def _tag(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()[:32]
