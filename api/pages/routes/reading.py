"""A report read from front to end, searched, and taken along in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from api.pages import shelf
from api.pages.frame import report_page
from api.pages.opening import Shown
from api.pages.report import Report
from api.pages.views.search import search
from api.pages.views.whole_text import whole_text
from api.refusals import NotFound
from api.service.context import Me, Reading, Service, Visiting, record_view
from api.service.needs import needs
from api.store import notes

router = APIRouter(include_in_schema=False)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGE = "text/html; charset=utf-8"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/submissions/{submission_id}/text", dependencies=[needs("view", "submission")])
def text(request: Request, shown: Shown, part: str | None = None, p: str = "") -> Response:
    report = shown.read
    passage = report.lookup.passage.get(p)
    document = report.document(passage.document if passage else part)
    if document is None:
        raise NotFound("这份材料里没有可以阅读的部分。")
    return report_page(request, shown, "text.html", "/text", view=whole_text(report, document), here=p)


@router.get("/submissions/{submission_id}/search", dependencies=[needs("view", "submission")])
def find(request: Request, shown: Shown, context: Service, q: str = "") -> Response:
    report, revision = shown.read, shown.revision
    assert revision is not None  # noqa: S101 - a report has one
    view = search(
        report,
        q[:100].strip(),
        lambda: shelf.vectors(context, shown.tools, revision, report.assessment.passages),
        lambda asked: shown.tools.encoder.encode([asked])[0],
    )
    return report_page(request, shown, "search.html", "/search", view=view)


@router.get("/submissions/{submission_id}/exports/sheets.docx", dependencies=[needs("note", "submission")])
def sheets(shown: Shown, me: Me, visit: Visiting, session: Reading, context: Service) -> Response:
    """The item sheets of all items, in the order of the criteria."""
    from api.export.item_sheets import SheetPoint, to_docx

    written = [
        SheetPoint(n.item, n.section, n.text, tuple(c["place"] for c in n.cites if c.get("place")))
        for n in notes.notes_of(session, shown.submission, me)
    ]
    record_view(context, visit, "export", f"submission:{shown.submission.id}", format="sheets.docx")
    content = to_docx(shown.read.title, shown.read.assessment, shown.read.criteria, written)
    return _file(content, f"{shown.read.title}-评语.docx", _WORD)


@router.get("/submissions/{submission_id}/exports/{format_}", dependencies=[needs("view", "submission")])
def export(shown: Shown, visit: Visiting, context: Service, format_: str) -> Response:
    makers = _makers()
    if format_ not in makers:
        raise NotFound("没有这种导出格式。")
    suffix, kind, make = makers[format_]
    record_view(context, visit, "export", f"submission:{shown.submission.id}", format=format_)
    return _file(make(shown.read), f"{shown.read.title}-{suffix}", kind)


def _makers() -> dict[str, tuple[str, str, Callable[[Report], bytes]]]:
    from api.export.docx import to_docx
    from api.export.html import to_html
    from api.export.json import to_json
    from api.export.kpi_csv import to_csv

    return {
        "docx": ("缺口清单.docx", _WORD, lambda r: to_docx(r.assessment, r.criteria)),
        "xlsx": ("核对.xlsx", _EXCEL, _xlsx),
        "html": (
            "核对.html",
            "text/html; charset=utf-8",
            lambda r: to_html(r.assessment, r.criteria).encode(),
        ),
        "csv": ("指标数据.csv", "text/csv; charset=utf-8", lambda r: to_csv(r.assessment).encode()),
        "json": ("结果.json", "application/json", lambda r: to_json(r.assessment).encode()),
    }


def _xlsx(report: Report) -> bytes:
    from api.export.xlsx import write_xlsx

    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
        path = Path(scratch) / "report.xlsx"
        write_xlsx(report.assessment, report.criteria, path)
        return path.read_bytes()


def _file(content: bytes, name: str, kind: str) -> Response:
    """A download; never shown in place, so that an exported page cannot act for its reader."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=kind, headers=headers)
