"""Ruled tables: pdfplumber's own finder, fed from pdfium's objects.

pdfplumber spends most of its time in pdfminer's reader; its finder on pdfium's objects gives the same
cells several times faster. This rests on the private ``_objects`` of the pinned pdfplumber; a test
compares both readers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.pdf.chars import Char
from ingest.pdf.geometry import Frame, around
from ingest.pdf.shapes import Shape
from models.document import BBox

MAX_EDGES = 5_000
"""Per page, as the finder's work grows with the square; a full page of ruled cells has under a thousand."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its place in the grid, with the characters that stand in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: BBox
    chars: tuple[Char, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as found on one page; ``lefts`` are the left edges of its columns, then its right edge."""

    box: BBox
    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def rows(self) -> int:
        return len(self.tops) - 1

    @property
    def columns(self) -> int:
        return len(self.lefts) - 1


def find_cells(shapes: Sequence[Shape], frame: Frame) -> list[list[BBox]]:
    """Cell boxes of every ruled table of a page, tables from top to bottom."""
    from pdfplumber.table import TableFinder

    if len(shapes) < 2 or count_edges(shapes) > MAX_EDGES:
        return []
    finder = TableFinder(_finder_page(shapes, frame))
    return [
        [(float(a), float(b), float(c), float(d)) for a, b, c, d in table.cells] for table in finder.tables
    ]


def count_edges(shapes: Sequence[Shape]) -> int:
    return sum(len(shape.points) - 1 for shape in shapes)


def _finder_page(shapes: Sequence[Shape], frame: Frame) -> Any:
    """A pdfplumber page whose objects come from pdfium."""
    from pdfplumber.page import Page

    class ShapesPage(Page):
        def __init__(self) -> None:
            self.bbox = self.mediabox = self.cropbox = (0, 0, frame.width, frame.height)
            self.page_number, self.rotation, self.initial_doctop = 1, 0, 0
            self._objects = _objects(shapes)

    return ShapesPage()


def _objects(shapes: Sequence[Shape]) -> dict[str, list[dict[str, Any]]]:
    objects: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for shape in shapes:
        left, top, right, bottom = shape.box
        objects[shape.kind].append(
            {
                "object_type": shape.kind,
                "x0": left,
                "x1": right,
                "top": top,
                "bottom": bottom,
                "doctop": top,
                "y0": -bottom,
                "y1": -top,
                "width": right - left,
                "height": bottom - top,
                "pts": shape.points,
            }
        )
    return objects


def to_grid(boxes: Sequence[BBox]) -> Grid:
    """The grid that some cells span. A merged cell covers every row and column between its edges."""
    lefts = sorted({box[0] for box in boxes} | {max(box[2] for box in boxes)})
    tops = sorted({box[1] for box in boxes} | {max(box[3] for box in boxes)})
    cells = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        row, column = tops.index(box[1]), lefts.index(box[0])
        cells.append(GridCell(row, column, _span(tops, row, box[3]), _span(lefts, column, box[2]), box))
    return Grid(around(boxes), tuple(lefts), tuple(tops), tuple(cells))


def _span(edges: Sequence[float], first: int, end: float) -> int:
    return max(1, sum(edge < end for edge in edges[first:]))


def fill(grid: Grid, chars: Sequence[Char]) -> tuple[Grid, set[int]]:
    """The grid with its characters, and the positions in ``chars`` of those that it took."""
    places = {
        (row, column): number
        for number, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    held: dict[int, list[Char]] = defaultdict(list)
    taken: set[int] = set()
    left, top, right, bottom = grid.box
    for position, char in enumerate(chars):
        if not (left <= char.middle < right and top <= char.centre < bottom):
            continue
        place = bisect_right(grid.tops, char.centre) - 1, bisect_right(grid.lefts, char.middle) - 1
        number = places.get(place)
        if number is not None:
            held[number].append(char)
            taken.add(position)
    cells = tuple(
        GridCell(c.row, c.column, c.row_span, c.column_span, c.box, tuple(held[number]))
        for number, c in enumerate(grid.cells)
    )
    return Grid(grid.box, grid.lefts, grid.tops, cells), taken
