"""What stands on the pages in reading order: heads, feet and notes apart, tables whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.pdf_columns import find_unruled, to_unruled
from ingest.pdf_contents import contents_lines
from ingest.pdf_continued import continues, joined_table
from ingest.pdf_flow import (
    ContentsItem,
    Item,
    Measure,
    PictureItem,
    TableItem,
    TablePiece,
    measure,
    to_table,
)
from ingest.pdf_footnotes import footnote_lines
from ingest.pdf_lines import Line
from ingest.pdf_margins import Margins
from ingest.pdf_pages import PageContent
from ingest.pdf_paragraphs import CAPTION
from ingest.pdf_zones import reading_order

_LEAST_PICTURE = 40.0
"""Points each way; what is smaller is an ornament."""


@dataclass(frozen=True, slots=True)
class Arranged:
    items: tuple[Item, ...]
    footnotes: Mapping[int, tuple[Line, ...]]
    """By page."""
    repeated: tuple[tuple[TablePiece, ...], ...]
    """Header rows that a table prints again on its next page."""
    measure: Measure


def arrange(pages: Sequence[PageContent], margins: Margins) -> Arranged:
    body = {page.number: [line for line in page.lines if line not in margins] for page in pages}
    lines = [line for page in pages for line in body[page.number]]
    set_ = measure(lines)
    contents = contents_lines(lines)
    notes = {page.number: footnote_lines(page, body[page.number], set_) for page in pages}
    items: list[Item] = []
    repeated: list[tuple[TablePiece, ...]] = []
    height = 0.0
    for page in pages:
        left_out = {id(line) for line in notes[page.number]}
        text = [line for line in body[page.number] if id(line) not in left_out]
        for item in _on_page(page, text, contents, set_):
            last = items[-1] if items else None
            if isinstance(item, TableItem) and isinstance(last, TableItem) and continues(last, item, height):
                whole = joined_table(last, item)
                items[-1] = whole.table
                repeated.append(whole.repeated)
            else:
                items.append(item)
        height = page.frame.height
    return Arranged(tuple(items), notes, tuple(repeated), set_)


def _on_page(page: PageContent, lines: Sequence[Line], contents: frozenset[int], set_: Measure) -> list[Item]:
    items: list[Item] = [ContentsItem(line) if id(line) in contents else line for line in lines]
    items += [to_table(grid, page.number) for grid in page.grids]
    items += page.drawings
    items += [PictureItem(page.number, box) for box in page.pictures if _is_picture(page, box)]
    items.sort(key=lambda item: reading_order(item.box, page.zones))
    return _with_unruled(items, set_)


def _is_picture(page: PageContent, box: tuple[float, float, float, float]) -> bool:
    inside = any(
        drawing.box[0] <= box[0]
        and drawing.box[1] <= box[1]
        and box[2] <= drawing.box[2]
        and box[3] <= drawing.box[3]
        for drawing in page.drawings
    )
    return not inside and box[2] - box[0] > _LEAST_PICTURE and box[3] - box[1] > _LEAST_PICTURE


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
    width = set_.right(lines[0]) - set_.left(lines[0])
    done = 0
    for first, end in find_unruled(lines, captions, width):
        yield from lines[done:first]
        yield to_unruled(lines[first:end])
        done = end
    yield from lines[done:]
