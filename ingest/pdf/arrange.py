"""What stands on the pages in reading order: heads, feet and notes apart, tables whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.pdf.columns import find_unruled
from ingest.pdf.contents import contents_lines
from ingest.pdf.continued import continues, joined_table
from ingest.pdf.flow import (
    ContentsItem,
    Item,
    Measure,
    PictureItem,
    TableItem,
    TablePiece,
    measure,
    to_table,
)
from ingest.pdf.lines import Line
from ingest.pdf.margins import Margins
from ingest.pdf.pages import PageContent
from ingest.pdf.paragraphs import CAPTION
from ingest.pdf.pictures import find_pictures
from ingest.pdf.unruled import to_unruled
from ingest.pdf.zones import reading_order
from models.document import BBox


@dataclass(frozen=True, slots=True)
class Arranged:
    items: tuple[Item, ...]
    repeated: tuple[tuple[TablePiece, ...], ...]
    """Header rows that a table prints again on its next page."""
    measure: Measure


def arrange(pages: Sequence[PageContent], margins: Margins, notes: Mapping[int, Sequence[Line]]) -> Arranged:
    body = {page.number: [line for line in page.lines if line not in margins] for page in pages}
    lines = [line for page in pages for line in body[page.number]]
    set_ = measure(lines)
    contents = contents_lines(lines)
    pictures = find_pictures(pages)
    items: list[Item] = []
    repeated: list[tuple[TablePiece, ...]] = []
    height = 0.0
    for page in pages:
        left_out = {id(line) for line in notes[page.number]}
        text = [line for line in body[page.number] if id(line) not in left_out]
        standing = _on_page(page, text, contents, pictures[page.number])
        for item in _with_unruled(standing, set_, _open_table(items, page)):
            last = items[-1] if items else None
            if isinstance(item, TableItem) and isinstance(last, TableItem) and continues(last, item, height):
                whole = joined_table(last, item)
                items[-1] = whole.table
                repeated.append(whole.repeated)
            else:
                items.append(item)
        height = page.frame.height
    return Arranged(tuple(items), tuple(repeated), set_)


def _on_page(
    page: PageContent, lines: Sequence[Line], contents: frozenset[int], pictures: Sequence[BBox]
) -> list[Item]:
    items: list[Item] = [ContentsItem(line) if id(line) in contents else line for line in lines]
    items += [to_table(grid, page.number) for grid in page.grids]
    items += page.drawings
    items += [PictureItem(page.number, box) for box in pictures]
    return sorted(items, key=lambda item: reading_order(item.box, page.zones))


def _open_table(items: Sequence[Item], page: PageContent) -> TableItem | None:
    """The table without a grid that ends the page before, and may go on."""
    last = items[-1] if items else None
    if isinstance(last, TableItem) and not last.ruled and last.last_page == page.number - 1:
        return last if last.last_bottom > 0.6 * page.frame.height else None
    return None


def _with_unruled(items: Sequence[Item], set_: Measure, open_: TableItem | None) -> list[Item]:
    """The items, with lines that stand in columns made tables."""
    result: list[Item] = []
    for is_text, group in groupby(items, key=lambda item: isinstance(item, Line)):
        members = list(group)
        lines = [item for item in members if isinstance(item, Line)]
        result += _tables_in(lines, set_, open_ if not result else None) if is_text else members
    return result


def _tables_in(lines: Sequence[Line], set_: Measure, open_: TableItem | None) -> Iterator[Item]:
    captions = [bool(CAPTION.match(line.text)) for line in lines]
    width = set_.right(lines[0]) - set_.left(lines[0])
    done = 0
    for first, end in find_unruled(lines, captions, width, goes_on=open_ is not None):
        yield from lines[done:first]
        goes_on = open_ is not None and first == 0 and _fits(lines[:end], open_)
        yield to_unruled(lines[first:end], open_.lefts if open_ and goes_on else ())
        done = end
    yield from lines[done:]


def _fits(lines: Sequence[Line], table: TableItem) -> bool:
    """True if some lines stand between the edges of a table, and set alike."""
    left, right = table.lefts[0], table.lefts[-1]
    return all(left - 20 < line.left and line.right < right + 20 for line in lines)
