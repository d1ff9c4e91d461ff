"""Pages set in two columns: where the gutter runs, and the order of reading it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.chars import Char
from ingest.pdf.geometry import around
from models.document import BBox

_MIDDLE = 0.3, 0.7
"""Shares of the text's width between which a gutter is looked for."""
_LEAST_ROWS = 5
_FILLED = 0.65
"""Share of its column's width that a line of text fills on average; cells of a table fill less."""

_APART = 2.5
"""Of a row's height: more room above a row than lines of a column leave."""

Run = Sequence[Char]


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a page in two columns, parted at ``split``."""

    top: float
    bottom: float
    split: float

    def side(self, box: BBox) -> int:
        """1 left, 2 right, 0 for what stands outside or runs across."""
        middle = (box[1] + box[3]) / 2
        if not self.top <= middle <= self.bottom or box[0] < self.split - 1 < self.split + 1 < box[2]:
            return 0
        return 1 if box[2] <= self.split + 1 else 2


def side_of(box: BBox, zones: Sequence[Zone]) -> int:
    return next((side for zone in zones if (side := zone.side(box))), 0)


def reading_order(box: BBox, zones: Sequence[Zone]) -> tuple[float, int, float, float]:
    """Sorts boxes of a page: down the left column, then down the right one."""
    for zone in zones:
        if side := zone.side(box):
            return zone.top, side, box[1], box[0]
    return box[1], 0, box[1], box[0]


def find_zones(runs: Sequence[Run]) -> tuple[Zone, ...]:
    rows = _rows([run for run in runs if any(not char.text.isspace() for char in run)])
    split = _gutter(rows)
    if split is None:
        return ()
    return tuple(zone for stretch in _stretches(rows, split) if (zone := _zone(stretch, split)))


_Row = list[BBox]
"""Boxes of the runs in one row, from left to right."""


def _rows(runs: Sequence[Run]) -> list[_Row]:
    boxes = sorted((around(char[1:5] for char in run) for run in runs), key=lambda box: box[1] + box[3])
    rows: list[_Row] = []
    for box in boxes:
        if rows and box[1] < (rows[-1][0][1] + rows[-1][0][3]) / 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row) for row in rows]


def _gutter(rows: Sequence[_Row]) -> float | None:
    """Where most rows have a gap, if these are enough to be columns."""
    left = min((row[0][0] for row in rows), default=0.0)
    right = max((row[-1][2] for row in rows), default=0.0)
    low, high = left + _MIDDLE[0] * (right - left), left + _MIDDLE[1] * (right - left)
    gaps = [
        (max(one[2], low), min(other[0], high))
        for row in rows
        for one, other in pairwise(row)
        if other[0] - one[2] > 6 and other[0] > low and one[2] < high
    ]
    points = sorted({end for _, end in gaps})
    counted = [(sum(a <= x <= b for a, b in gaps), -x) for x in points]
    most, at = max(counted, default=(0, 0.0))
    if most < _LEAST_ROWS:
        return None
    start = max(a for a, b in gaps if a <= -at <= b)
    return (start - at) / 2


def _stretches(rows: Sequence[_Row], split: float) -> Iterator[list[_Row]]:
    """Rows one after another that nothing runs across; a wide gap sets the foot of the page apart."""
    held: list[_Row] = []
    for row in rows:
        if held and row[0][1] - held[-1][0][3] > _APART * _height(row):
            yield held
            held = []
        if any(box[0] < split < box[2] for box in row):
            yield held
            held = []
        else:
            held.append(row)
    yield held


def _zone(rows: Sequence[_Row], split: float) -> Zone | None:
    both = [row for row in rows if row[0][2] <= split <= row[-1][0]]
    if len(both) < _LEAST_ROWS:
        return None
    edges = min(row[0][0] for row in both), max(row[-1][2] for row in both)
    fills = [_fill(row, edges, split) for row in both]
    if min(sum(left for left, _ in fills), sum(right for _, right in fills)) < _FILLED * len(both):
        return None
    kept = list(rows)
    while max(_fill(kept[-1], edges, split)) < _FILLED and _height(kept[-1]) < 0.9 * _height(kept[-2]):
        kept.pop()  # a foot, set smaller
    boxes = [box for row in kept for box in row]
    return Zone(min(box[1] for box in boxes), max(box[3] for box in boxes), split)


def _fill(row: _Row, edges: tuple[float, float], split: float) -> tuple[float, float]:
    """Shares of the left and the right column that a row fills."""
    left = sum(box[2] - box[0] for box in row if box[2] <= split)
    right = sum(box[2] - box[0] for box in row if box[0] >= split)
    return left / (split - edges[0]), right / (edges[1] - split)


def _height(row: _Row) -> float:
    return row[0][3] - row[0][1]
