"""Tables over page ends: one table again, its repeated header dropped, its split row made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.pdf.flow import TableItem, TablePiece
from ingest.pdf.lines import join

_EDGE = 4.0
"""Points by which the edges of two parts of one table may differ."""
_MAX_HEADER = 3
_LOW = 0.6
"""A table that goes on reaches below this share of its page."""


@dataclass(frozen=True, slots=True)
class Joined:
    table: TableItem
    repeated: tuple[TablePiece, ...]
    """Cells of a header that the next page prints again."""


def continues(first: TableItem, second: TableItem, page_height: float) -> bool:
    """True if the one goes on in the other. What stands between them is the caller's to know."""
    if second.page != first.last_page + 1 or first.last_bottom < _LOW * page_height:
        return False
    if not (first.ruled and second.ruled):
        return first.ruled == second.ruled and _same_columns(first.lefts, second.lefts)
    if abs(first.lefts[0] - second.lefts[0]) > _EDGE or abs(first.lefts[-1] - second.lefts[-1]) > _EDGE:
        return False
    common = sum(any(abs(a - b) <= _EDGE for b in second.lefts) for a in first.lefts)
    return common >= 0.75 * min(len(first.lefts), len(second.lefts))


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Columns of tables without a grid: their edges lie where the text leaves room, so they vary."""
    if len(one) != len(other):
        return False
    pairs = zip(pairwise(one), pairwise(other), strict=True)
    return all(min(a[1], b[1]) - max(a[0], b[0]) > 0.5 * min(a[1] - a[0], b[1] - b[0]) for a, b in pairs)


def joined_table(first: TableItem, second: TableItem) -> Joined:
    lefts = _union(first.lefts, second.lefts) if first.ruled else first.lefts
    if first.ruled:
        first, second = _on_columns(first, lefts), _on_columns(second, lefts)
    header = _repeated_rows(first, second)
    repeated = tuple(cell for cell in second.cells if cell.row < header)
    rest = [replace(cell, row=cell.row - header) for cell in second.cells if cell.row >= header]
    head, tail = _meet(list(first.cells), rest, first.rows)
    removed = bool(rest) and not any(cell.row == 0 for cell in tail)
    shift = first.rows - removed
    cells = (*head, *(replace(cell, row=cell.row + shift) for cell in tail))
    table = replace(
        first,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        rows=shift + second.rows - header,
        lefts=lefts,
        last_page=second.last_page,
        header_rows=max(first.header_rows, header),
        last_bottom=second.last_bottom,
    )
    return Joined(table, repeated)


def _union(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    edges = list(one)
    edges += [edge for edge in other if all(abs(edge - each) > _EDGE for each in one)]
    return tuple(sorted(edges))


def _on_columns(table: TableItem, lefts: Sequence[float]) -> TableItem:
    """The table on finer columns: its cells span what their edges enclose."""

    def nearest(edge: float) -> int:
        return min(range(len(lefts)), key=lambda number: abs(lefts[number] - edge))

    cells = []
    for cell in table.cells:
        column, end = nearest(cell.box[0]), nearest(cell.box[2])
        cells.append(replace(cell, column=column, column_span=max(1, end - column)))
    return replace(table, cells=tuple(cells), lefts=tuple(lefts))


def _repeated_rows(first: TableItem, second: TableItem) -> int:
    """How many rows at the top of both are alike."""
    alike = 0
    for row in range(min(_MAX_HEADER, first.rows - 1, second.rows)):
        ours, theirs = _row(first.cells, row), _row(second.cells, row)
        if ours != theirs:
            break
        if any(text for _, _, text in ours):
            alike = row + 1
    return alike


def _row(cells: Sequence[TablePiece], row: int) -> list[tuple[int, int, str]]:
    return [(c.column, c.column_span, c.text) for c in cells if c.row == row]


def _meet(
    head: list[TablePiece], tail: list[TablePiece], rows: int
) -> tuple[list[TablePiece], list[TablePiece]]:
    """The last row above the page end and the first below it, joined where they are one row or one cell."""
    top = [cell for cell in tail if cell.row == 0]
    above = {cell.column: n for n, cell in enumerate(head) if cell.row + cell.row_span == rows}
    if not top or any(cell.column not in above for cell in top):
        return head, tail
    pairs = [(above[cell.column], cell) for cell in top]
    if _is_split(head, pairs):
        return _rejoin(head, tail, pairs)
    for number, cell in pairs:
        spans = cell.row_span > 1 or head[number].row_span > 1 or cell.column == 0
        if not cell.text and spans and len(top) > 1 and any(other.text for other in top):
            head[number] = replace(head[number], row_span=head[number].row_span + cell.row_span)
            tail = [each for each in tail if each is not cell]
    return head, tail


def _is_split(head: Sequence[TablePiece], pairs: Sequence[tuple[int, TablePiece]]) -> bool:
    """True if the page end cuts through one row: what stands below it goes on what stands above."""
    filled = [(head[number], cell) for number, cell in pairs if cell.text]
    if not pairs[0][1].text and len(pairs) > 2 and 2 * len(filled) <= len(pairs):
        return True
    if len(filled) == len(pairs) or any(above.text[-1:] in ("", *"。！？") for above, _ in filled):
        return False
    return all(above.full for above, _ in filled)


def _rejoin(
    head: list[TablePiece], tail: list[TablePiece], pairs: Sequence[tuple[int, TablePiece]]
) -> tuple[list[TablePiece], list[TablePiece]]:
    for number, cell in pairs:
        above = head[number]
        text = join(above.text, cell.text, spaced=not above.full)
        head[number] = replace(above, text=text, row_span=above.row_span + cell.row_span - 1)
    return head, [cell for cell in tail if cell.row > 0]
