"""Pages to blocks: margins apart, paragraphs whole, tables and pictures in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.pdf_columns import find_unruled, to_unruled
from ingest.pdf_continued import continues, joined_table
from ingest.pdf_drawings import Drawing
from ingest.pdf_file import OutlineEntry
from ingest.pdf_flow import Item, Measure, PictureItem, TableItem, TablePiece, measure, to_table
from ingest.pdf_footnotes import footnote_lines, to_notes
from ingest.pdf_geometry import around
from ingest.pdf_headings import heading_levels
from ingest.pdf_lines import Line, text_of
from ingest.pdf_margins import Margins
from ingest.pdf_pages import PageContent
from ingest.pdf_paragraphs import CAPTION, LEADER, MARKER, Paragraph, to_paragraphs
from models.document import BBox, Block, BlockKind, Cell, Place, Table


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
    notes = {page.number: _footnotes(page, margins, set_) for page in pages}
    items, repeated = _whole_tables(pages, margins, notes, set_)
    drafts = [*_flow(items, set_, outline), *_aside(pages, margins, notes), *repeated]
    drafts.sort(key=lambda draft: draft.page)
    return tuple(_block(index, draft, margins) for index, draft in enumerate(drafts))


def _footnotes(page: PageContent, margins: Margins, set_: Measure) -> tuple[Line, ...]:
    return footnote_lines(page, [line for line in page.lines if line not in margins], set_)


def _items(page: PageContent, margins: Margins, notes: Sequence[Line], set_: Measure) -> list[Item]:
    items: list[Item] = [line for line in page.lines if line not in margins and line not in notes]
    items += [to_table(grid, page.number) for grid in page.grids]
    items += page.drawings
    items += [PictureItem(page.number, box) for box in page.pictures if _is_picture(box)]
    items.sort(key=lambda item: (item.box[1], item.box[0]))
    return _with_unruled(items, set_)


def _with_unruled(items: Sequence[Item], set_: Measure) -> list[Item]:
    """The items, with lines that stand in columns made tables."""
    result: list[Item] = []
    for is_text, group in groupby(items, key=lambda item: isinstance(item, Line)):
        members = list(group)
        lines = [item for item in members if isinstance(item, Line)]
        result += _tables_in(lines, set_) if is_text else members
    return result


def _tables_in(lines: Sequence[Line], set_: Measure) -> Iterator[Item]:
    captions = [bool(CAPTION.match(line.text)) for line in lines]
    done = 0
    for first, end in find_unruled(lines, captions, set_.right - set_.left):
        yield from lines[done:first]
        yield to_unruled(lines[first:end])
        done = end
    yield from lines[done:]


def _whole_tables(
    pages: Sequence[PageContent], margins: Margins, notes: Mapping[int, Sequence[Line]], set_: Measure
) -> tuple[list[Item], list[_Draft]]:
    """All items in order, tables that run over a page end as one; and the headers they print again."""
    items: list[Item] = []
    repeated: list[_Draft] = []
    height = 0.0
    for page in pages:
        for item in _items(page, margins, notes[page.number], set_):
            last = items[-1] if items else None
            if isinstance(item, TableItem) and isinstance(last, TableItem) and continues(last, item, height):
                whole = joined_table(last, item)
                items[-1] = whole.table
                repeated += _repeated(whole.repeated)
            else:
                items.append(item)
        height = page.frame.height
    return items, repeated


def _repeated(cells: Sequence[TablePiece]) -> Iterator[_Draft]:
    texts = [cell for cell in cells if cell.text]
    if texts:
        text = "\t".join(cell.text for cell in texts)
        yield _Draft("margin", text, texts[0].page, around(cell.box for cell in texts))


def _is_picture(box: BBox) -> bool:
    return box[2] - box[0] > 40 and box[3] - box[1] > 40


def _flow(items: Sequence[Item], set_: Measure, outline: Sequence[OutlineEntry]) -> Iterator[_Draft]:
    units: list[Paragraph | TableItem | PictureItem | Drawing] = []
    for is_text, group in groupby(items, key=lambda item: isinstance(item, Line)):
        members = list(group)
        if is_text:
            units += to_paragraphs([item for item in members if isinstance(item, Line)], set_)
        else:
            units += [item for item in members if not isinstance(item, Line)]
    paragraphs = [unit for unit in units if isinstance(unit, Paragraph)]
    levels = heading_levels(paragraphs, outline, set_)
    by_id = {id(paragraphs[number]): level for number, level in levels.items()}
    for unit in units:
        if isinstance(unit, Paragraph):
            yield _paragraph(unit, by_id.get(id(unit)))
        elif isinstance(unit, TableItem):
            yield _table(unit)
        elif isinstance(unit, Drawing):
            yield _Draft(unit.kind, "\n".join(line.text for line in unit.lines), unit.page, unit.box)
        else:
            yield _Draft("picture", "", unit.page, unit.box)


def _paragraph(paragraph: Paragraph, level: int | None) -> _Draft:
    text = paragraph.text
    kind: BlockKind = "paragraph"
    if LEADER.search(text):
        kind, level = "contents", None
    elif CAPTION.match(text) and len(text) < 60 and text[-1] not in "。；，":
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
        Cell(c.text, c.row, c.column, c.row_span, c.column_span, Place(c.page, None, True, c.box))
        for c in item.cells
    )
    table = Table(cells, item.rows, len(item.lefts) - 1, item.header_rows)
    return _Draft("table", table_text(table), item.page, item.box, table=table)


def table_text(table: Table) -> str:
    """Cells by row, separated by tabs, rows by line breaks; merged cells once."""
    return "\n".join("\t".join(row) for row in table.grid())


def _aside(
    pages: Sequence[PageContent], margins: Margins, notes: Mapping[int, Sequence[Line]]
) -> Iterator[_Draft]:
    for page in pages:
        for note in to_notes(notes[page.number]):
            yield _Draft("footnote", note.text, page.number, around(line.box for line in note.lines))
        for line in page.lines:
            if line in margins:
                yield _Draft("margin", line.text, page.number, line.box)
        if page.hidden:
            yield _Draft("invisible", text_of(page.hidden), page.number, around(c[1:5] for c in page.hidden))


def _block(index: int, draft: _Draft, margins: Margins) -> Block:
    place = Place(draft.page, margins.labels.get(draft.page), True, draft.box)
    return Block(index, draft.kind, draft.text, place, level=draft.level, table=draft.table)
