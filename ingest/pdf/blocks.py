"""Arranged pages to blocks: paragraphs whole, each kind told, each block in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingest.pdf.arrange import Arranged, arrange
from ingest.pdf.drawings import Drawing
from ingest.pdf.file import OutlineEntry
from ingest.pdf.flow import ContentsItem, Item, Measure, PictureItem, TableItem, TablePiece, measure
from ingest.pdf.footnotes import find_footnotes, to_notes
from ingest.pdf.geometry import around
from ingest.pdf.headings import heading_levels
from ingest.pdf.lines import Line, text_of
from ingest.pdf.margins import Margins, find_margins
from ingest.pdf.pages import PageContent
from ingest.pdf.paragraphs import CAPTION, MARKER, Paragraph, to_paragraphs
from models.document import BBox, Block, BlockKind, Cell, Chart, Place, Table

_Unit = Paragraph | TableItem | PictureItem | Drawing | ContentsItem
_LONGEST_CAPTION = 80


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: BlockKind
    text: str
    page: int
    box: BBox | None
    level: int | None = None
    table: TableItem | None = None
    chart: Chart | None = None


def to_blocks(pages: Sequence[PageContent], outline: Sequence[OutlineEntry]) -> tuple[Block, ...]:
    notes = find_footnotes(pages)
    margins = find_margins(pages, notes)
    arranged = arrange(pages, margins, notes)
    drafts = [*_flow(arranged, outline), *_aside(pages, margins, notes)]
    drafts += [draft for cells in arranged.repeated for draft in _repeated(cells)]
    drafts.sort(key=lambda draft: draft.page)
    places = _Places(pages, margins)
    return tuple(_block(index, draft, places) for index, draft in enumerate(drafts))


def _flow(arranged: Arranged, outline: Sequence[OutlineEntry]) -> Iterator[_Draft]:
    units = list(_units(arranged.items, arranged.measure))
    paragraphs = [unit for unit in units if isinstance(unit, Paragraph)]
    levels = heading_levels(paragraphs, outline, arranged.measure)
    by_id = {id(paragraphs[number]): level for number, level in levels.items()}
    for unit in units:
        if isinstance(unit, Paragraph):
            yield _paragraph(unit, by_id.get(id(unit)))
        elif isinstance(unit, TableItem):
            yield _Draft("table", "", unit.page, unit.box, table=unit)
        elif isinstance(unit, ContentsItem):
            yield _Draft("contents", unit.line.text, unit.page, unit.box)
        elif isinstance(unit, Drawing):
            yield _drawing(unit)
        else:
            yield _Draft("picture", "", unit.page, unit.box)


def _units(items: Sequence[Item], measure: Measure) -> Iterator[_Unit]:
    for is_text, group in groupby(items, key=lambda item: isinstance(item, Line)):
        members = list(group)
        if is_text:
            yield from to_paragraphs([item for item in members if isinstance(item, Line)], measure)
        else:
            yield from (item for item in members if not isinstance(item, Line))


def _drawing(drawing: Drawing) -> _Draft:
    """Of a chart the words are counted, as of a native one; numbers at axes and bars stand apart."""
    texts = [paragraph.text for paragraph in to_paragraphs(drawing.lines, measure(drawing.lines))]
    if drawing.kind == "chart":
        texts = [label.text for label in drawing.labels if not label.is_value]
        texts.sort(key=lambda text: drawing.chart is None or text != drawing.chart.title)
    return _Draft(drawing.kind, "\n".join(texts), drawing.page, drawing.box, chart=drawing.chart)


def _paragraph(paragraph: Paragraph, level: int | None) -> _Draft:
    text = paragraph.text
    kind: BlockKind = "paragraph"
    if CAPTION.match(text) and len(text) < _LONGEST_CAPTION and text[-1] not in "。；，：":
        kind, level = "caption", None
    elif level is not None:
        kind = "heading"
    elif MARKER.match(text):
        kind = "list"
    page = paragraph.lines[0].page
    box = around(line.box for line in paragraph.lines if line.page == page)
    return _Draft(kind, text, page, box, level)


def _aside(
    pages: Sequence[PageContent], margins: Margins, notes: Mapping[int, Sequence[Line]]
) -> Iterator[_Draft]:
    """Notes, then what is no part of the text."""
    for page in pages:
        for note in to_notes(notes[page.number]):
            yield _Draft("footnote", note.text, page.number, around(line.box for line in note.lines))
        for line in page.lines:
            if line in margins:
                yield _Draft("margin", line.text, page.number, line.box)
        for drawing in page.drawings:
            numbers = [label.text for label in drawing.labels if label.is_value]
            if numbers:
                yield _Draft("margin", "\n".join(numbers), page.number, drawing.box)
        if page.hidden:
            box = around(char[1:5] for char in page.hidden)
            yield _Draft("invisible", text_of(page.hidden), page.number, box)


def _repeated(cells: Sequence[TablePiece]) -> Iterator[_Draft]:
    filled = [cell for cell in cells if cell.text]
    if filled:
        text = "\t".join(cell.text for cell in filled)
        yield _Draft("margin", text, filled[0].page, around(cell.box for cell in filled))


class _Places:
    """Says where a box of the arranged pages lies on the pages as displayed."""

    def __init__(self, pages: Sequence[PageContent], margins: Margins) -> None:
        self._pages = {page.number: page for page in pages}
        self._labels = margins.labels

    def place(self, number: int, box: BBox | None) -> Place:
        page = self._pages[number]
        if box is not None and page.frame != page.displayed:
            box = page.frame.back(box, page.displayed)
        return Place(number, self._labels.get(number), True, box)

    def source(self, number: int) -> Literal["text", "ocr"]:
        return "ocr" if self._pages[number].state == "ocr" else "text"


def _block(index: int, draft: _Draft, places: _Places) -> Block:
    place = places.place(draft.page, draft.box)
    table = _table(draft.table, places) if draft.table else None
    text = table_text(table) if table else draft.text
    return Block(
        index,
        draft.kind,
        text,
        place,
        level=draft.level,
        table=table,
        chart=draft.chart,
        source=places.source(draft.page),
    )


def _table(item: TableItem, places: _Places) -> Table:
    cells = tuple(
        Cell(c.text, c.row, c.column, c.row_span, c.column_span, places.place(c.page, c.box))
        for c in item.cells
    )
    return Table(cells, item.rows, len(item.lefts) - 1, item.header_rows)


def table_text(table: Table) -> str:
    """Cells by row, separated by tabs, rows by line breaks; merged cells once."""
    return "\n".join("\t".join(row) for row in table.grid())
