"""The page of the file beside the passages: its image with boxes, or the flowing text of a .docx."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.export import wording
from api.pages.report import Report
from models.assessment import DocumentRecord, PassageRecord
from models.document import BBox
from models.sheet import Sheet, TextRun

_ROOM = 2.0
"""Points between text and the line around it."""
_TELLING = 12
"""Characters of a passage that tell where on a page it begins."""
_AROUND = 12
"""Passages before and after the one looked at, in the flowing text."""


@dataclass(frozen=True, slots=True)
class Box:
    passage: str
    x: float
    y: float
    width: float
    height: float
    here: bool


@dataclass(frozen=True, slots=True)
class LeafView:
    title: str
    """第88页（文件第96页）."""
    about: str
    page: int
    pages: int
    width: float
    height: float
    image: str
    boxes: tuple[Box, ...]
    runs: tuple[TextRun, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class FlowBlock:
    text: str
    heading: bool
    passage: str | None
    here: bool


@dataclass(frozen=True, slots=True)
class FlowView:
    about: str
    blocks: tuple[FlowBlock, ...]


def leaf(
    report: Report,
    document: DocumentRecord,
    sheet: Sheet,
    *,
    about: str = "",
    cell: BBox | None = None,
    passage: str | None = None,
    said: PassageRecord | None = None,
) -> LeafView:
    """``about``: what a reader has to know of the image, as that it was made by LibreOffice. ``cell`` or
    ``passage``: what is looked at; ``said``: the same where its place is only known by its words."""
    on_page = [p for p in report.passages(document.id) if p.page == sheet.page]
    label = next((p.page_label for p in on_page if p.page_label), None)
    link = report.links.page
    return LeafView(
        title=wording.page(sheet.page, label, exact=not about),
        about=about,
        page=sheet.page,
        pages=sheet.pages,
        width=sheet.width,
        height=sheet.height,
        image=f"{link(document.id, sheet.page)}.jpg",
        boxes=_boxes_of_words(said, sheet.runs)
        if said
        else (
            (_box("cell", cell, here=True),)
            if cell
            else tuple(
                _box(p.id, p.bbox, here=p.id == passage) for p in on_page if p.bbox is not None and not about
            )
        ),
        runs=sheet.runs,
        before=link(document.id, sheet.page - 1) if sheet.page > 1 else None,
        after=link(document.id, sheet.page + 1) if sheet.page < sheet.pages else None,
    )


def _box(name: str, bbox: BBox, *, here: bool) -> Box:
    left, top, right, bottom = bbox
    return Box(
        name,
        round(left - _ROOM, 1),
        round(top - _ROOM, 1),
        round(right - left + 2 * _ROOM, 1),
        round(bottom - top + 2 * _ROOM, 1),
        here,
    )


def _boxes_of_words(passage: PassageRecord, runs: Sequence[TextRun]) -> tuple[Box, ...]:
    """Round the lines that are the passage, or its part on this page, read one after the other."""
    own, page, ends = _plain(passage.text), "", []
    for run in runs:
        page += _plain(run.text)
        ends.append(len(page))
    start = page.find(own[:_TELLING])
    if start < 0 or not own:
        return ()
    end = start + len(own)
    lines = [run for run, last in zip(runs, ends, strict=True) if start < last <= end]
    if not lines:
        return ()
    left, right = min(run.x for run in lines), max(run.x + run.width for run in lines)
    top, bottom = min(run.y - run.size for run in lines), max(run.y for run in lines)
    return (_box(passage.id, (left, top, right, bottom + _ROOM), here=True),)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def flow(report: Report, document: DocumentRecord, passage: str | None) -> FlowView:
    """The text around a passage, with the headings that stand in it."""
    own = report.passages(document.id)
    at = next((n for n, p in enumerate(own) if p.id == passage), 0)
    shown = own[max(0, at - _AROUND) : at + _AROUND + 1]
    return FlowView("Word 文件没有固定的页，这里按顺序显示这一段前后的文字。", tuple(_blocks(shown, passage)))


def _blocks(shown: tuple[PassageRecord, ...], passage: str | None) -> Iterator[FlowBlock]:
    path: tuple[str, ...] = ()
    for one in shown:
        kept = next((n for n, (a, b) in enumerate(zip(path, one.heading_path, strict=False)) if a != b), None)
        for heading in one.heading_path[len(path) if kept is None else kept :]:
            yield FlowBlock(heading, True, None, False)
        path = one.heading_path
        text = f"{one.context}\n{one.text}" if one.context else one.text
        yield FlowBlock(text, False, one.id, one.id == passage)
