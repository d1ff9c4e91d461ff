"""Cells of a table without a grid.

Rows are the lines that fill most columns; each column's other lines belong to the row that they are
centred on, or hang below.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.pdf.columns import Band, Row, aligned_bands, band_of, bands, to_row
from ingest.pdf.flow import TableItem, TablePiece
from ingest.pdf.geometry import around
from ingest.pdf.lines import Line, joined_cell

_MOST_LINES = 12
"""In one cell."""
_SAME = 2.0
"""Points; what is nearer is at one height."""
_CROSSED = 10.0
"""What it costs a cell, in points, to reach over the row of another."""
_FULL_ROW = 0.5
"""Share of the columns that a line fills where it is a row of its own."""


def to_unruled(lines: Sequence[Line], lefts: Sequence[float] = ()) -> TableItem:
    """The table that some lines of one page make; ``lefts`` are the columns of a table that goes on here."""
    rows, found = _rows_and_bands(lines, lefts)
    ordered = all(len(row.segments) == len(found) for row in rows)
    columns: list[list[Line]] = [[] for _ in found]
    for row in rows:
        for number, segment in enumerate(row.segments):
            columns[number if ordered else band_of(segment, found)].append(segment)
    edges = tuple(lefts) or _edges(found)
    anchors = _anchors(rows, found, begun=bool(lefts))
    page = lines[0].page
    pieces = [
        piece
        for column, held in enumerate(columns)
        for piece in _column(page, column, held, anchors, (edges[column], edges[column + 1]))
    ]
    cells, count = _mended(pieces, len(anchors))
    box = around(line.box for line in lines)
    header = 0 if lefts else max(0, _header_rows(rows, found) - len(anchors) + count)
    return TableItem(page, page, box, edges, count, cells, header, box[3], ruled=False)


def _rows_and_bands(lines: Sequence[Line], lefts: Sequence[float]) -> tuple[list[Row], list[Band]]:
    """Narrow gaps part columns where this gives more of them, and no two segments of a row in one."""
    fine, coarse = [to_row(line, fine=True) for line in lines], [to_row(line) for line in lines]
    if lefts:
        return fine, list(pairwise(lefts))
    by_fine, by_coarse = aligned_bands(fine), bands(coarse)
    single = all(len({band_of(s, by_fine) for s in row.segments}) == len(row.segments) for row in fine)
    return (fine, by_fine) if single and len(by_fine) >= len(by_coarse) else (coarse, by_coarse)


def _anchors(rows: Sequence[Row], found: Sequence[Band], *, begun: bool) -> list[float]:
    """Heights of the rows. What stands above the first where a table goes on is the end of a row."""
    heights = [_centre(row.line) for row in rows if _is_anchor(row, found)]
    first = rows[0].line
    if not heights or (begun and heights[0] - _centre(first) > 1.1 * first.size):
        heights.insert(0, _centre(first))
    return heights


def _is_anchor(row: Row, found: Sequence[Band]) -> bool:
    filled = {band_of(segment, found) for segment in row.segments}
    return len(filled) >= max(2, _FULL_ROW * len(found))


def _edges(found: Sequence[Band]) -> tuple[float, ...]:
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(found)]
    return (found[0][0], *inner, found[-1][1])


def _header_rows(rows: Sequence[Row], found: Sequence[Band]) -> int:
    bold = [row.line.bold for row in rows if _is_anchor(row, found)]
    header = next((number for number, is_bold in enumerate(bold) if not is_bold), 0)
    return header if header <= 3 else 0


def _centre(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _middle(group: Sequence[Line]) -> float:
    return (_centre(group[0]) + _centre(group[-1])) / 2


def _column(
    page: int, column: int, lines: Sequence[Line], anchors: Sequence[float], edges: Band
) -> Iterator[TablePiece]:
    """The cells of one column, an empty one where a row has none."""
    groups = _share_out(lines, anchors)
    right = max((line.right for line in lines), default=edges[1])
    spans = {row: _span(row, groups, anchors) for row, group in enumerate(groups) if group}
    starts = {first: (row, count) for row, (first, count) in spans.items()}
    covered = {row for first, count in spans.values() for row in range(first, first + count)}
    for row in range(len(anchors)):
        if row in starts:
            own, count = starts[row]
            group = groups[own]
            full = group[-1].right > right - 1.2 * group[-1].size
            box = around(line.box for line in group)
            yield TablePiece(page, box, row, column, count, 1, joined_cell(group, right), full)
        elif row not in covered:
            box = (edges[0], anchors[row], edges[1], anchors[row])
            yield TablePiece(page, box, row, column, 1, 1, "", full=False)


def _share_out(lines: Sequence[Line], anchors: Sequence[float]) -> list[list[Line]]:
    """A column's lines by row, in order: each row's lines centred on its anchor, or hanging from it."""
    centred = _cheapest(lines, anchors, _middle)
    hanging = _cheapest(lines, anchors, lambda group: _centre(group[0]))
    return min((hanging, centred), key=lambda found: found[0])[1]


def _cheapest(
    lines: Sequence[Line], anchors: Sequence[float], middle: Callable[[Sequence[Line]], float]
) -> tuple[float, list[list[Line]]]:
    """Cuts the lines into one stretch per anchor, empty ones at no cost, so that the distances of their
    middles from the anchors add up to least."""
    costs: list[float] = [0.0] + [math.inf] * len(lines)
    steps: list[list[int]] = []
    for anchor in anchors:
        following, starts = list(costs), list(range(len(costs)))
        for end in range(1, len(costs)):
            for start in range(max(0, end - _MOST_LINES), end):
                cost = costs[start] + _strain(lines[start:end], middle, anchor, anchors)
                if cost < following[end]:
                    following[end], starts[end] = cost, start
        costs = following
        steps.append(starts)
    if math.isinf(costs[-1]):
        return math.inf, _by_nearness(lines, anchors)
    groups: list[list[Line]] = []
    end = len(lines)
    for starts in reversed(steps):
        groups.append(list(lines[starts[end] : end]))
        end = starts[end]
    return costs[-1], groups[::-1]


def _by_nearness(lines: Sequence[Line], anchors: Sequence[float]) -> list[list[Line]]:
    groups: list[list[Line]] = [[] for _ in anchors]
    for line in lines:
        groups[min(range(len(anchors)), key=lambda row: abs(anchors[row] - _centre(line)))].append(line)
    return groups


def _strain(
    group: Sequence[Line], middle: Callable[[Sequence[Line]], float], anchor: float, anchors: Sequence[float]
) -> float:
    """How ill a stretch of lines fits an anchor: its distance, and the other rows it reaches over."""
    first, last = _centre(group[0]) - _SAME, _centre(group[-1]) + _SAME
    crossed = sum(first < other < last for other in anchors if other != anchor)
    return abs(middle(group) - anchor) + _CROSSED * crossed


def _span(row: int, groups: Sequence[Sequence[Line]], anchors: Sequence[float]) -> tuple[int, int]:
    """First row and number of rows of a cell: merged, if its text stands in the middle of empty rows."""
    middle = _middle(groups[row])
    first = last = row
    while first > 0 and not groups[first - 1]:
        first -= 1
    while last + 1 < len(groups) and not groups[last + 1]:
        last += 1
    spans = [(start, end) for start in range(first, row + 1) for end in range(row, last + 1)]

    def off(span: tuple[int, int]) -> float:
        return round(abs((anchors[span[0]] + anchors[span[1]]) / 2 - middle) / _SAME)

    start, end = min(spans, key=lambda span: (off(span), span[1] - span[0]))
    return start, end - start + 1


def _mended(pieces: Sequence[TablePiece], rows: int) -> tuple[tuple[TablePiece, ...], int]:
    """Words made whole that a narrow column cut: where every line of a cell has a line of its neighbours
    beside it, rows and lines look alike."""
    cells = {(piece.row, piece.column): piece for piece in pieces}
    if rows > 2 and _goes_on_above([piece for piece in pieces if piece.row == 1]):
        for piece in [piece for piece in pieces if piece.row == 1]:
            cells[0, piece.column] = _with_below(cells[0, piece.column], piece)
        cells = {(row, column): cell for (row, column), cell in cells.items() if row != 1}
        cells = {(r - (r > 1), c): replace(cell, row=r - (r > 1)) for (r, c), cell in cells.items()}
        rows -= 1
    for row in range(1, rows):
        lone, above = cells.get((row, 0)), cells.get((row - 1, 0))
        if lone and above and above.row_span == 1 and _is_lone(lone.text) and len(above.text) > 1:
            cells[row - 1, 0] = replace(_with_below(above, lone), row_span=2)
            del cells[row, 0]
    return tuple(cells[place] for place in sorted(cells)), rows


def _goes_on_above(row: Sequence[TablePiece]) -> bool:
    """True for a second line of a header: ends of words, no value."""
    texts = [piece.text for piece in row if piece.text]
    return len(texts) > 1 and all(len(text) <= 3 and not re.search(r"[\d%％—/]", text) for text in texts)


def _is_lone(text: str) -> bool:
    return len(text) == 1 and "\u4e00" <= text <= "\u9fff"


def _with_below(above: TablePiece, below: TablePiece) -> TablePiece:
    return replace(above, text=above.text + below.text, box=around([above.box, below.box]))
