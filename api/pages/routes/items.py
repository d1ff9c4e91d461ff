"""The navigator: item by item through a report, with the page itself beside it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.pages import shelf
from api.pages.frame import report_page
from api.pages.opening import Opened, Shown, open_submission
from api.pages.report import Report
from api.pages.routes.reviewing import HIDE
from api.pages.sheets_of_files import file_of, sheet
from api.pages.views.item_sheet import item_sheet
from api.pages.views.leaf import flow, leaf
from api.pages.views.navigator import Marks, NavigatorView, navigator
from api.pages.word_pages import word_pages
from api.refusals import NotFound
from api.service.context import Context, Me, Reading, Service, Visiting, Writing, record
from api.service.needs import needs
from api.service.templates import redirect
from api.store import notes
from api.store.tables import Person, Revision
from mapping.deciding import deciding_sentences
from models.assessment import DocumentRecord
from models.criteria import Indicator, Item

router = APIRouter(include_in_schema=False)
_LEAF = 3600
_ABOUT = "由 LibreOffice 排版，页码与 Word 中所见大约一致"


@router.get("/submissions/{submission_id}/items", dependencies=[needs("view", "submission")])
def first(shown: Shown) -> Response:
    """Where the person stopped, or the first item."""
    report = shown.read
    document = _document(report, None)
    items = report.criteria.overview.items if document.kind == "overview" else report.criteria.items
    return redirect(report.links.node(document.id, items[0].id))


@router.get("/submissions/{submission_id}/items/{item_id}", dependencies=[needs("view", "submission")])
def show_item(
    request: Request, shown: Shown, item_id: str, me: Me, session: Reading, context: Service,
    part: str | None = None,
) -> Response:  # fmt: skip
    item = shown.read.item(item_id)
    if item is None:
        raise NotFound("准则里没有这个条目。请核对地址。")
    return _navigator(request, context, session, me, shown, (item, None), part)


@router.get(
    "/submissions/{submission_id}/items/{item_id}/{indicator_id}", dependencies=[needs("view", "submission")]
)
def show_indicator(
    request: Request, shown: Shown, item_id: str, indicator_id: str, me: Me, session: Reading,
    context: Service, part: str | None = None,
) -> Response:  # fmt: skip
    item, node = shown.read.item(item_id), _indicator(shown.read, indicator_id)
    if item is None or node is None or node.item != item.id:
        raise NotFound("准则里没有这个指标。请核对地址。")
    return _navigator(request, context, session, me, shown, (item, node), part)


@router.post("/submissions/{submission_id}/items/{item_id}/done", dependencies=[needs("note", "submission")])
def done(
    submission_id: str, item_id: str, me: Me, visit: Visiting, session: Writing, context: Service,
    done: Annotated[str, Form()] = "", part: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    opened = open_submission(context, session, me, submission_id)
    item = opened.read.item(item_id)
    if item is None:
        raise NotFound("准则里没有这个条目。请核对地址。")
    notes.mark(session, opened.submission, me, item.id, done=bool(done))
    record(session, visit, "mark", f"submission:{submission_id}", item=item.id, done=bool(done))
    return redirect(opened.read.links.node(_document(opened.read, part).id, item.id))


@router.get(
    "/submissions/{submission_id}/pages/{document_id}/{number}.jpg",
    dependencies=[needs("view", "submission")],
)
def image(shown: Shown, document_id: str, number: int, context: Service) -> Response:
    document = _document(shown.read, document_id)
    made = sheet(context, _revision(shown), document, number)
    headers = {"Cache-Control": f"private, max-age={_LEAF}", "ETag": f'"{document.sha256[:16]}-{number}"'}
    return Response(made.image, media_type="image/jpeg", headers=headers)


@router.get(
    "/submissions/{submission_id}/pages/{document_id}/{number}", dependencies=[needs("view", "submission")]
)
def show_page(
    request: Request, shown: Shown, document_id: str, number: int, context: Service,
    p: str | None = None, k: str | None = None, y: str = "",
) -> Response:  # fmt: skip
    """A page by itself; the navigator takes the same and sets it beside the passages. ``p``: the passage
    looked at; ``k`` and ``y``: the series and year whose cell is."""
    document = _document(shown.read, document_id)
    series = shown.read.lookup.kpi.get(k or "")
    cell = series.cells.get(y) if series else None
    made = leaf(
        shown.read,
        document,
        sheet(context, _revision(shown), document, number),
        about=_ABOUT if document.format != "pdf" else "",
        cell=cell.bbox if cell else None,
        passage=p or (series.source.passage if series else None),
    )
    return report_page(request, shown, "leaf_page.html", "/items", leaf=made, flow=None)


@router.get("/submissions/{submission_id}/flow/{document_id}", dependencies=[needs("view", "submission")])
def show_flow(
    request: Request, shown: Shown, document_id: str, context: Service, p: str | None = None
) -> Response:
    """Where a Word file has no page to show, its text around a passage; else the page it begins on."""
    report, document = shown.read, _document(shown.read, document_id)
    passage = report.lookup.passage.get(p or "")
    source = file_of(context, _revision(shown), document.sha256) if document.format == "docx" else None
    pages = word_pages(context, document.sha256, source) if source else None
    number = pages.page_of(passage) if pages and passage else None
    if number is None:
        made = flow(report, document, p)
        return report_page(request, shown, "leaf_page.html", "/items", leaf=None, flow=made)
    laid_out = leaf(
        report, document, sheet(context, _revision(shown), document, number), about=_ABOUT, said=passage
    )
    return report_page(request, shown, "leaf_page.html", "/items", leaf=laid_out, flow=None)


def _navigator(
    request: Request, context: Context, session: Session, me: Person, opened: Opened,
    node: tuple[Item, Indicator | None], part: str | None,
) -> Response:  # fmt: skip
    report, (item, indicator) = opened.read, node
    document = _document(report, part)
    marks = notes.marks_of(session, opened.submission, me)
    points = shelf.points(opened.tools)
    own = [p for p in report.passages(document.id) if p.indicators]
    of_item = [p for p in own if report.criteria.indicator(p.indicators[0].id).item == item.id]
    view = navigator(
        report,
        document,
        item,
        indicator,
        marks=Marks(
            frozenset(i for i, row in marks.items() if row.read),
            frozenset(i for i, row in marks.items() if row.done),
        ),
        decided=deciding_sentences(of_item, points),
    )
    written = notes.notes_of(session, opened.submission, me, item.id)
    return report_page(
        request,
        opened,
        "navigator.html",
        "/items",
        view=view,
        leaf=_first_leaf(context, _revision(opened), report, document, view),
        flow=None,
        sheet=item_sheet(report, written, me.id),
        sheet_sections=tuple(notes.SECTIONS.items()),
        hide_findings=HIDE in request.cookies,
    )


def _first_leaf(
    context: Context, revision: Revision, report: Report, document: DocumentRecord, view: NavigatorView
) -> object:
    """The page of the first passage, so that the page is whole without scripts; nothing for a .docx."""
    page_number = next((card.passage.page for card in view.cards if card.page_href), None)
    if page_number is None or document.format != "pdf":
        return None
    return leaf(report, document, sheet(context, revision, document, page_number))


def _revision(shown: Opened) -> Revision:
    assert shown.revision is not None  # noqa: S101 - a report has one
    return shown.revision


def _document(report: Report, identity: str | None) -> DocumentRecord:
    document = report.document(identity)
    if document is None:
        raise NotFound("这份材料里没有可以对照的部分。")
    return document


def _indicator(report: Report, identity: str) -> Indicator | None:
    try:
        return report.criteria.indicator(identity)
    except KeyError:
        return None
