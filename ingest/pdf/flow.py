"""What stands on the pages, in reading order, without heads and feet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.pdf.chars import Char
from ingest.pdf.drawings import Drawing
from ingest.pdf.lines import Column, Line, joined_cell, to_lines
from ingest.pdf.tables import Grid, GridCell
from models.document import BBox


@dataclass(frozen=True, slots=True)
class TablePiece:
    """A cell with its text and the page it stands on."""

    page: int
    box: BBox
    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    full: bool
    """True if its last line goes to the edge, so that a word may go on after it."""


@dataclass(frozen=True, slots=True)
class TableItem:
    """A table; ``lefts`` are the left edges of its columns, then its right edge."""

    page: int
    last_page: int
    box: BBox
    """On its first page."""
    lefts: tuple[float, ...]
    rows: int
    cells: tuple[TablePiece, ...]
    header_rows: int
    last_bottom: float
    """Where it ends on its last page."""
    ruled: bool = True


def to_table(grid: Grid, page: int) -> TableItem:
    cells = tuple(_piece(cell, page) for cell in grid.cells)
    return TableItem(page, page, grid.box, grid.lefts, grid.rows, cells, _header_rows(grid), grid.box[3])


def _piece(cell: GridCell, page: int) -> TablePiece:
    lines = to_lines(cell.chars, page)
    text = joined_cell(lines, cell.box[2])
    full = bool(lines) and _is_full(lines[-1], cell.box)
    return TablePiece(page, cell.box, cell.row, cell.column, cell.row_span, cell.column_span, text, full)


def _is_full(line: Line, cell: BBox) -> bool:
    """By its end where the cell is set from the left, by its width where it is centred."""
    start = line.left - cell[0]
    if start < 2 * (cell[2] - line.right) or start > 4 * line.size:  # centred, or set to the right
        start = 0.0
    return line.right - line.left > cell[2] - cell[0] - start - 2.2 * line.size


def _header_rows(grid: Grid) -> int:
    """Rows at the top that are set bold throughout, where others are not. One cell alone heads a group
    of rows, not the table."""
    header = 0
    for row in range(grid.rows):
        filled = [cell for cell in grid.cells if cell.row == row and cell.chars]
        if len(filled) < 2 or not _is_bold([char for cell in filled for char in cell.chars]):
            break
        header = row + 1
    return header if header < grid.rows and header <= 3 else 0


def _is_bold(chars: Sequence[Char]) -> bool:
    return sum(char.look.bold for char in chars) * 10 > 9 * len(chars)


@dataclass(frozen=True, slots=True)
class PictureItem:
    page: int
    box: BBox


@dataclass(frozen=True, slots=True)
class ContentsItem:
    line: Line

    @property
    def page(self) -> int:
        return self.line.page

    @property
    def box(self) -> BBox:
        return self.line.box


Item = Line | TableItem | PictureItem | Drawing | ContentsItem


@dataclass(frozen=True, slots=True)
class Measure:
    """How the running text of the document is set: its size, and its edges by column."""

    size: float
    edges: Mapping[Column, tuple[float, float]]

    def left(self, line: Line) -> float:
        return self.edges.get(line.column, (line.left, line.right))[0]

    def right(self, line: Line) -> float:
        return self.edges.get(line.column, (line.left, line.right))[1]


def measure(lines: Sequence[Line]) -> Measure:
    """Size and edges of the running text: what most characters have."""
    sizes: Counter[float] = Counter()
    columns: dict[Column, list[Line]] = defaultdict(list)
    for line in lines:
        sizes[line.size] += len(line.chars)
        columns[line.column].append(line)
    size = sizes.most_common(1)[0][0] if sizes else 10.5
    return Measure(size, {column: _edges(held, size) for column, held in columns.items()})


def _edges(lines: Sequence[Line], size: float) -> tuple[float, float]:
    body = [line for line in lines if abs(line.size - size) < 0.6] or lines
    lefts = Counter(round(line.left) for line in body)
    rights = sorted(line.right for line in body if len(line.chars) > 10) or [max(line.right for line in body)]
    return float(min(lefts, key=lambda left: (-lefts[left], left))), rights[len(rights) * 9 // 10]
