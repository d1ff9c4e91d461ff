"""Tables without a grid: three-line and unruled ones, by the gaps between their columns.

Lines of a table stand apart in segments; where the gaps of several lines fall together are columns.
Rows are the lines that fill most columns, and each column's other lines belong to the row that they
are centred on, or hang below.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.pdf_chars import Char
from ingest.pdf_flow import TableItem, TablePiece
from ingest.pdf_geometry import around
from ingest.pdf_lines import Line, joined_cell

_GAP = 0.9
"""Of the size: the least room between two columns."""
_FRAGMENT = 0.4
"""Of the text's width: a line without a gap that is wider is prose."""
_MOST_LINES = 12
"""In one cell."""
_SAME = 2.0
"""Points; what is nearer is at one height."""
_CROSSED = 10.0
_FULL_ROW = 0.5
"""Share of the columns that a line fills where it is a row of its own."""


@dataclass(frozen=True, slots=True)
class _Segment:
    line: Line

    @property
    def left(self) -> float:
        return self.line.left

    @property
    def right(self) -> float:
        return self.line.right


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the page in its segments, from left to right."""

    line: Line
    segments: tuple[_Segment, ...]


def segments(line: Line) -> tuple[_Segment, ...]:
    """The line cut where it shows a gap that may part columns."""
    held: list[Char] = []
    cut: list[list[Char]] = [held]
    for char in line.chars:
        if char.text.isspace():
            continue
        if held and char.left - held[-1].right > _GAP * line.size:
            held = []
            cut.append(held)
        held.append(char)
    return tuple(_Segment(Line(line.page, tuple(chars))) for chars in cut)


def find_unruled(
    lines: Sequence[Line], is_caption: Sequence[bool], width: float
) -> Iterator[tuple[int, int]]:
    """Bounds (first, past the last) of stretches of lines that make a table; ``width`` is the text's.

    A stretch under a caption needs two rows of two columns, one without a caption two rows of three.
    """
    rows = [_Row(line, segments(line)) for line in lines]
    first = 0
    while first < len(rows):
        end = first
        captioned = first > 0 and is_caption[first - 1]
        if captioned or len(rows[first].segments) > 1:
            while end < len(rows) and _belongs(rows, first, end, is_caption, width):
                end += 1
        while end > first and _hangs_loose(rows, end - 1):
            end -= 1
        if _is_table(rows[first:end], captioned):
            yield first, end
            first = end
        else:
            first += 1


def _belongs(rows: Sequence[_Row], first: int, at: int, is_caption: Sequence[bool], width: float) -> bool:
    row = rows[at]
    if is_caption[at]:
        return False
    if at > first:
        last = rows[at - 1].line
        room = (3.0 if len(row.segments) > 2 else 1.8) * last.size
        if abs(last.size - row.line.size) > 1.6 or row.line.top - last.bottom > room:
            return False
    if len(row.segments) > 1:
        return all(segment.right - segment.left < 0.75 * width for segment in row.segments)
    return row.line.right - row.line.left < _FRAGMENT * width


def _hangs_loose(rows: Sequence[_Row], at: int) -> bool:
    """A line without a gap, further from the one above than lines of one cell are."""
    if len(rows[at].segments) > 1 or at == 0:
        return False
    return rows[at].line.top - rows[at - 1].line.bottom > 0.6 * rows[at].line.size


def _is_table(rows: Sequence[_Row], captioned: bool) -> bool:
    if len(rows) < 2 or not rows or len(rows[0].segments) + len(rows[-1].segments) < 3:
        return False
    columns = 2 if captioned else 3
    gappy = [row for row in rows if len(row.segments) >= columns]
    if len(gappy) < 2 or (len(gappy) * 3 < len(rows) and not captioned):
        return False
    bands = _bands(rows)
    if all(len(row.segments) == len(bands) for row in rows):
        return len(bands) >= columns
    crowded = sum(len({_band_of(s, bands) for s in row.segments}) < len(row.segments) for row in rows)
    return len(bands) >= columns and crowded * 4 <= len(rows)


def to_unruled(lines: Sequence[Line]) -> TableItem:
    """The table that some lines of one page make."""
    rows = [_Row(line, segments(line)) for line in lines]
    bands = _bands(rows)
    columns: list[list[Line]] = [[] for _ in bands]
    ordered = all(len(row.segments) == len(bands) for row in rows)
    for row in rows:
        for number, segment in enumerate(row.segments):
            columns[number if ordered else _band_of(segment, bands)].append(segment.line)
    anchors = [_centre(row.line) for row in rows if _is_anchor(row, bands)]
    lefts = _lefts(bands)
    page = lines[0].page
    pieces = [
        piece
        for column, held in enumerate(columns)
        for piece in _column(page, column, held, anchors, (lefts[column], lefts[column + 1]))
    ]
    cells, count = _mended(pieces, len(anchors))
    box = around(line.box for line in lines)
    header = max(0, _header_rows(rows, bands) - len(anchors) + count)
    return TableItem(page, page, box, lefts, count, cells, header, box[3], ruled=False)


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


def _bands(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Left and right of each column, by the rows that have most segments: others may span columns."""
    most = max(len(row.segments) for row in rows)
    if most > 2 and all(len(row.segments) == most for row in rows):
        return _bands_in_order(rows)
    parts = sorted(
        (segment.left, segment.right)
        for row in rows
        if len(row.segments) >= max(2, 0.6 * most)
        for segment in row.segments
    )
    bands: list[tuple[float, float]] = []
    for left, right in parts:
        if bands and left < bands[-1][1] + 1.0:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return bands


def _bands_in_order(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Bands where all rows have as many segments: the first are a column, and so on, aligned or not."""
    columns = zip(*(row.segments for row in rows), strict=True)
    bands = [(min(s.left for s in column), max(s.right for s in column)) for column in columns]
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(bands)]
    return list(pairwise([bands[0][0], *inner, bands[-1][1]]))


def _band_of(segment: _Segment, bands: Sequence[tuple[float, float]]) -> int:
    """The column that a segment shares most with, else the nearest."""

    def shared(band: tuple[float, float]) -> float:
        return min(segment.right, band[1]) - max(segment.left, band[0])

    return max(range(len(bands)), key=lambda number: shared(bands[number]))


def _is_anchor(row: _Row, bands: Sequence[tuple[float, float]]) -> bool:
    filled = {_band_of(segment, bands) for segment in row.segments}
    return len(filled) >= max(2, _FULL_ROW * len(bands))


def _lefts(bands: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(bands)]
    return (bands[0][0], *inner, bands[-1][1])


def _centre(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _middle(group: Sequence[Line]) -> float:
    return (_centre(group[0]) + _centre(group[-1])) / 2


def _column(
    page: int, column: int, lines: Sequence[Line], anchors: Sequence[float], edges: tuple[float, float]
) -> Iterator[TablePiece]:
    """The cells of one column, an empty one where a row has none."""
    groups = _share_out(lines, anchors)
    covered: dict[int, tuple[int, int]] = {}
    for row, group in enumerate(groups):
        if group:
            covered[row] = _span(row, group, groups, anchors)
    hidden = {row for first, count in covered.values() for row in range(first, first + count)} - {
        first for first, _ in covered.values()
    }
    starts = {first: (row, count) for row, (first, count) in covered.items()}
    for row in range(len(anchors)):
        if row in starts:
            own, count = starts[row]
            group = groups[own]
            right = max(line.right for line in lines)
            full = group[-1].right > right - 1.2 * group[-1].size
            box = around(line.box for line in group)
            yield TablePiece(page, box, row, column, count, 1, joined_cell(group, right), full)
        elif row not in hidden:
            box = (edges[0], anchors[row], edges[1], anchors[row])
            yield TablePiece(page, box, row, column, 1, 1, "", False)


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
    groups: list[list[Line]] = []
    end = len(lines)
    for starts in reversed(steps):
        groups.append(list(lines[starts[end] : end]))
        end = starts[end]
    return costs[-1], groups[::-1]


def _strain(
    group: Sequence[Line], middle: Callable[[Sequence[Line]], float], anchor: float, anchors: Sequence[float]
) -> float:
    """How ill a stretch of lines fits an anchor: its distance, and the other rows it reaches over."""
    first, last = _centre(group[0]) - _SAME, _centre(group[-1]) + _SAME
    crossed = sum(first < other < last for other in anchors if other != anchor)
    return abs(middle(group) - anchor) + _CROSSED * crossed


def _span(
    row: int, group: Sequence[Line], groups: Sequence[Sequence[Line]], anchors: Sequence[float]
) -> tuple[int, int]:
    """First row and number of rows of a merged cell: its text stands in the middle of empty rows."""
    middle = _middle(group)
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


def _header_rows(rows: Sequence[_Row], bands: Sequence[tuple[float, float]]) -> int:
    bold = [row.line.bold for row in rows if _is_anchor(row, bands)]
    header = next((number for number, is_bold in enumerate(bold) if not is_bold), 0)
    return header if header <= 3 else 0
