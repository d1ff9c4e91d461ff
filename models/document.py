"""What a reader makes of a file: blocks in reading order, each with its place.

The model knows no reader. A block keeps the text as it stands in the file; what is computed
(a heading's automatic number, the filled grid of a table) is kept beside it or derived.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

BBox = tuple[float, float, float, float]
"""Left, top, right, bottom in PDF points from the top left corner of the page."""

BlockKind = Literal[
    "heading",
    "paragraph",
    "list",
    "caption",
    "table",
    "chart",
    "picture",
    "text_box",
    "footnote",
    "contents",
    "margin",
    "invisible",
]
"""``contents`` is a line of a table of contents, ``margin`` a running head, foot or page number,
``invisible`` text that a reader of the printed page cannot see."""

PartKind = Literal["overview", "report", "annual", "evidence", "other"]
PageState = Literal["text", "ocr", "image_only", "blank", "unreadable"]
DocumentFormat = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. All fields are unknown for a .docx without page breaks."""

    page: int | None = None
    """Page of the file, from 1."""
    label: str | None = None
    """Page number as printed on the page."""
    exact: bool = False
    """True for a PDF; a .docx page is computed from saved breaks and may be off."""
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, merged cells once, at their top left corner."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of ``rows`` x ``columns``; ``header_rows`` is 0 where the file does not say."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    header_rows: int = 0

    def grid(self, *, filled: bool = False) -> tuple[tuple[str, ...], ...]:
        """Cell texts by row; a merged cell once, or in every place it covers if ``filled``."""
        rows = [[""] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row, column in cell_places(cell) if filled else ((cell.row, cell.column),):
                if row < self.rows and column < self.columns:
                    rows[row][column] = cell.text
        return tuple(tuple(row) for row in rows)


def cell_places(cell: Cell) -> Iterator[tuple[int, int]]:
    """Grid positions that a cell covers."""
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column


@dataclass(frozen=True, slots=True)
class ChartSeries:
    name: str
    values: tuple[float | None, ...]
    """One value per category; None where the chart has none."""
    unit: str = ""
    """``%`` where the chart prints its numbers as percentages; ``values`` are then those percentages."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart: what its cached data say."""

    title: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    axis: str = ""
    """Title of the value axis, where a unit often stands."""


@dataclass(frozen=True, slots=True)
class Block:
    """One unit of the document in reading order.

    ``text`` of a table is its cells by row, cells separated by tabs and rows by line breaks; of a
    chart its title, categories and series names, a line each (this is what is counted).
    ``number`` is a label that Word computes and the text does not hold (``第一章``, ``1.1``, ``•``).
    """

    index: int
    kind: BlockKind
    text: str
    place: Place = Place()
    number: str = ""
    level: int | None = None
    """Heading level from 1; list level from 1; None for others."""
    table: Table | None = None
    chart: Chart | None = None
    anchor: int | None = None
    """Block that a footnote or text box hangs on."""
    source: Literal["text", "ocr"] = "text"

    @property
    def label(self) -> str:
        """Text as printed, with the computed number in front."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every page and character of the file."""

    pages: int | None
    states: tuple[PageState, ...] = ()
    """One per page; empty where the file has no pages."""
    found: int = 0
    """Characters in the file that are not white space, as the format's raw text gives them."""
    doubtful: tuple[int, ...] = ()
    """Pages whose text was recognised in an image with little confidence."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader saw and could not turn into text, or read with doubt."""

    kind: str
    message: str
    """One sentence in Chinese."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    filename: str
    sha256: str
    format: DocumentFormat
    blocks: tuple[Block, ...]
    ledger: Ledger
    pictures: int = 0
    """Pictures whose text cannot be counted."""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one document's blocks, ``first`` to ``last`` inclusive, of one kind."""

    id: str
    kind: PartKind
    document: Document = field(repr=False)
    first: int
    last: int

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.document.blocks[self.first : self.last + 1]
