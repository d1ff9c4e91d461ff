"""Pages to blocks: margins apart, paragraphs whole, tables and pictures in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pdf_file import OutlineEntry
from ingest.pdf_flow import Item, Measure, PictureItem, TableItem, measure
from ingest.pdf_geometry import around
from ingest.pdf_headings import heading_levels
from ingest.pdf_lines import Line, cell_text, text_of
from ingest.pdf_margins import Margins
from ingest.pdf_pages import PageContent
from ingest.pdf_paragraphs import LEADER, MARKER, Paragraph, to_paragraphs
from models.document import BBox, Block, BlockKind, Cell, Place, Table

_CAPTION = re.compile(r"^(?:表|图|附表|附图)\s*[A-Z]?[\d一二三四五六七八九十]+(?:\s*[.\-–—．]\s*\d+)*")


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: BlockKind
    text: str
    page: int
    box: BBox | None
    level: int | None = None
    table: Table | None = None


def to_blocks(
    pages: Sequence[PageContent], margins: Margins, outline: Sequence[OutlineEntry]
) -> tuple[Block, ...]:
    body = [line for page in pages for line in page.lines if line not in margins]
    set_ = measure(body)
    items = [item for page in pages for item in _items(page, margins)]
    drafts = [*_flow(items, set_, outline), *_aside(pages, margins)]
    drafts.sort(key=lambda draft: draft.page)
    return tuple(_block(index, draft, margins) for index, draft in enumerate(drafts))


def _items(page: PageContent, margins: Margins) -> list[Item]:
    items: list[Item] = [line for line in page.lines if line not in margins]
    items += [TableItem(page.number, grid) for grid in page.grids]
    items += [PictureItem(page.number, box) for box in page.pictures if _is_picture(box)]
    return sorted(items, key=lambda item: (item.box[1], item.box[0]))


def _is_picture(box: BBox) -> bool:
    return box[2] - box[0] > 40 and box[3] - box[1] > 40


def _flow(items: Sequence[Item], set_: Measure, outline: Sequence[OutlineEntry]) -> Iterator[_Draft]:
    units: list[Paragraph | TableItem | PictureItem] = []
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
            continue
        units += to_paragraphs(lines, set_)
        lines = []
        if isinstance(item, TableItem | PictureItem):
            units.append(item)
    units += to_paragraphs(lines, set_)
    paragraphs = [unit for unit in units if isinstance(unit, Paragraph)]
    levels = heading_levels(paragraphs, outline, set_)
    by_id = {id(paragraphs[number]): level for number, level in levels.items()}
    for unit in units:
        if isinstance(unit, Paragraph):
            yield _paragraph(unit, by_id.get(id(unit)))
        elif isinstance(unit, TableItem):
            yield _table(unit)
        else:
            yield _Draft("picture", "", unit.page, unit.box)


def _paragraph(paragraph: Paragraph, level: int | None) -> _Draft:
    text = paragraph.text
    kind: BlockKind = "paragraph"
    if LEADER.search(text):
        kind, level = "contents", None
    elif _CAPTION.match(text) and len(text) < 60 and text[-1] not in "。；，":
        kind, level = "caption", None
    elif level is not None:
        kind = "heading"
    elif MARKER.match(text):
        kind = "list"
    page = paragraph.lines[0].page
    box = around(line.box for line in paragraph.lines if line.page == page)
    return _Draft(kind, text, page, box, level)


def _table(item: TableItem) -> _Draft:
    cells = tuple(
        Cell(
            cell_text(cell.chars, cell.box[2]),
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            Place(page=item.page, exact=True, bbox=cell.box),
        )
        for cell in item.grid.cells
    )
    table = Table(cells, item.grid.rows, item.grid.columns)
    return _Draft("table", table_text(table), item.page, item.box, table=table)


def table_text(table: Table) -> str:
    """Cells by row, separated by tabs, rows by line breaks; merged cells once."""
    return "\n".join("\t".join(row) for row in table.grid())


def _aside(pages: Sequence[PageContent], margins: Margins) -> Iterator[_Draft]:
    for page in pages:
        for line in page.lines:
            if line in margins:
                yield _Draft("margin", line.text, page.number, line.box)
        if page.hidden:
            yield _Draft("invisible", text_of(page.hidden), page.number, around(c[1:5] for c in page.hidden))


def _block(index: int, draft: _Draft, margins: Margins) -> Block:
    place = Place(draft.page, margins.labels.get(draft.page), True, draft.box)
    return Block(index, draft.kind, draft.text, place, level=draft.level, table=draft.table)
