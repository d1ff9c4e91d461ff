"""Where lines stand in columns: tables without a grid, three-line and unruled ones.

Lines of a table stand apart in segments; where the gaps of several lines fall together are columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.chars import Char
from ingest.pdf.lines import Line
from ingest.pdf.repair import is_wide

_GAP = 0.9
"""Of the size: room that parts columns for certain."""
_FINE_GAP = 0.45
"""Of the size, beside an ideograph: room that parts narrow columns; inside a text it is seldom seen."""
_FRAGMENT = 0.4
"""Of the text's width: a line without a gap that is wider is prose."""

Band = tuple[float, float]
"""Left and right edge of a column's text."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page and its segments from left to right, lines themselves."""

    line: Line
    segments: tuple[Line, ...]


def to_row(line: Line, *, fine: bool = False) -> Row:
    """The line cut where it shows a gap that parts columns; ``fine`` takes narrow ones, too."""
    held: list[Char] = []
    cut: list[list[Char]] = [held]
    for char in line.chars:
        if char.text.isspace():
            continue
        if held and char.left - held[-1].right > _least_gap(held[-1], char, fine) * line.size:
            held = []
            cut.append(held)
        held.append(char)
    return Row(line, tuple(Line(line.page, tuple(chars)) for chars in cut))


def _least_gap(last: Char, char: Char, fine: bool) -> float:
    return _FINE_GAP if fine and (is_wide(last.text) or is_wide(char.text)) else _GAP


def find_unruled(
    lines: Sequence[Line], is_caption: Sequence[bool], width: float, *, goes_on: bool = False
) -> Iterator[tuple[int, int]]:
    """Bounds (first, past the last) of stretches of lines that make a table; ``width`` is the text's.

    A stretch under a caption needs two rows of two columns, one without a caption two rows of three;
    with ``goes_on`` a table of the page before may go on in the first line.
    """
    rows = [to_row(line) for line in lines]
    first = 0
    while first < len(rows):
        end = first
        begun = goes_on and first == 0
        captioned = begun or (first > 0 and is_caption[first - 1])
        if captioned or len(rows[first].segments) > 1:
            while end < len(rows) and _belongs(rows, first, end, is_caption, width, captioned):
                end += 1
        while end > first and _hangs_loose(rows, end - 1):
            end -= 1
        cut = captioned and end == len(rows)  # a header alone at the foot of its page
        if _is_table(rows[first:end], captioned, 1 if begun or cut else 2):
            yield first, end
            first = end
        else:
            first += 1


def _belongs(
    rows: Sequence[Row], first: int, at: int, is_caption: Sequence[bool], width: float, captioned: bool
) -> bool:
    row = rows[at]
    if is_caption[at]:
        return False
    if at > first:
        last = rows[at - 1].line
        room = (3.0 if captioned or len(row.segments) > 2 else 1.8) * last.size
        if abs(last.size - row.line.size) > 1.6 or row.line.top - last.bottom > room:
            return False
    if len(row.segments) > 1:
        return all(segment.right - segment.left < 0.75 * width for segment in row.segments)
    return row.line.right - row.line.left < _FRAGMENT * width


def _hangs_loose(rows: Sequence[Row], at: int) -> bool:
    """A line without a gap, further from the one above than lines of one cell are."""
    if len(rows[at].segments) > 1 or at == 0:
        return False
    return rows[at].line.top - rows[at - 1].line.bottom > 0.6 * rows[at].line.size


def _is_table(rows: Sequence[Row], captioned: bool, least: int) -> bool:
    columns = 2 if captioned and len(rows) > 1 else 3
    gappy = [row for row in rows if len(row.segments) >= columns]
    if len(gappy) < least or (len(gappy) * 3 < len(rows) and not captioned):
        return False
    found = bands(rows)
    if all(len(row.segments) == len(found) for row in rows):
        return len(found) >= columns
    crowded = sum(len({band_of(s, found) for s in row.segments}) < len(row.segments) for row in rows)
    return len(found) >= columns and crowded * 4 <= len(rows)


def bands(rows: Sequence[Row]) -> list[Band]:
    """Columns; where all rows have as many segments, the first ones are a column, and so on, aligned or
    not."""
    most = max(len(row.segments) for row in rows)
    ordered = most > 2 and all(len(row.segments) == most for row in rows)
    return _in_order(rows) if ordered else aligned_bands(rows)


def aligned_bands(rows: Sequence[Row]) -> list[Band]:
    """Columns by the rows that have most segments, as others may span several."""
    most = max(len(row.segments) for row in rows)
    counted = [row for row in rows if len(row.segments) >= max(2, 0.6 * most)]
    found = _united([(s.left, s.right) for row in counted for s in row.segments])
    others = [(s.left, s.right) for row in rows if row not in counted for s in row.segments]
    found = _united([*found, *(span for span in others if len(_touched(span, found)) < 2)])
    spans = [(s.left, s.right) for row in rows for s in row.segments]
    return [band for band in found if sum(_touched(span, [band]) != [] for span in spans) > 1] or found


def _united(spans: Sequence[Band]) -> list[Band]:
    """Spans that overlap made one, from left to right."""
    found: list[Band] = []
    for left, right in sorted(spans):
        if found and left < found[-1][1] + 1.0:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _touched(span: Band, found: Sequence[Band]) -> list[Band]:
    return [band for band in found if min(span[1], band[1]) > max(span[0], band[0])]


def _in_order(rows: Sequence[Row]) -> list[Band]:
    columns = zip(*(row.segments for row in rows), strict=True)
    spans = [(min(s.left for s in column), max(s.right for s in column)) for column in columns]
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    return list(pairwise([spans[0][0], *inner, spans[-1][1]]))


def band_of(segment: Line, found: Sequence[Band]) -> int:
    """The column that a segment shares most with, else the nearest."""
    return max(
        range(len(found)),
        key=lambda number: min(segment.right, found[number][1]) - max(segment.left, found[number][0]),
    )
