"""Ruled lines in the image of a page, in the form that the table finder reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.pdf.shapes import Shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST_ACROSS, _LEAST_DOWN = 24.0, 16.0
"""Points; strokes of characters are shorter. A row of a table is seldom lower than 16 points."""
_CONTRAST = 55
"""Gray levels between the paper and a line."""
_MOST = 2_000
_MOST_RUNS = 50_000
_BLACK = (0, 0, 0)


def find_rulings(image: NDArray[np.uint8], scale: float) -> tuple[Shape, ...]:
    """Lines across and down as shapes in points. A scan a little askew breaks a line into pieces, which
    the table finder joins. No lines for an image so full of them that it is a picture."""
    import numpy as np

    gray = image.mean(axis=2)
    dark = gray < np.median(gray) - _CONTRAST
    across = list(_lines(dark, round(_LEAST_ACROSS * scale)))
    down = list(_lines(dark.T, round(_LEAST_DOWN * scale)))
    if len(across) + len(down) > _MOST:
        return ()
    shapes = [_shape(first / scale, y / scale, last / scale, y / scale) for y, first, last in across]
    shapes += [_shape(x / scale, first / scale, x / scale, last / scale) for x, first, last in down]
    return tuple(shapes)


def _lines(dark: NDArray[np.bool_], least: int) -> Iterator[tuple[float, int, int]]:
    """Height, first and last pixel of each line across; a thick line is taken at its middle."""
    import numpy as np

    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    above: list[_Run] = []
    found = 0
    for row in np.flatnonzero(thick.sum(axis=1) >= least):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], thick[row], [False])).astype(np.int8)))
        runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]
        found += len(runs)
        if found > _MOST_RUNS:
            return
        still = [run for run in above if run.bottom == row - 1]
        yield from (run.line for run in above if run.bottom < row - 1)
        above = _grown(still, runs, int(row))
        yield from (run.line for run in still if run.bottom == row - 1)
    yield from (run.line for run in above)


@dataclass(slots=True)
class _Run:
    """Dark pixels that lie over each other in neighbouring rows."""

    top: int
    bottom: int
    first: int
    last: int

    @property
    def line(self) -> tuple[float, int, int]:
        return (self.top + self.bottom + 1) / 2, self.first, self.last


def _grown(above: list[_Run], runs: list[tuple[int, int]], row: int) -> list[_Run]:
    """The runs that end in this row: those of the row before that go on, and new ones."""
    found: list[_Run] = []
    for first, last in runs:
        same = next((run for run in above if first < run.last and run.first < last), None)
        if same is None:
            found.append(_Run(row, row, first, last))
            continue
        same.first, same.last = min(same.first, first), max(same.last, last)
        if same.bottom != row:
            same.bottom = row
            found.append(same)
    return found


def _shape(x0: float, y0: float, x1: float, y1: float) -> Shape:
    return Shape("line", ((x0, y0), (x1, y1)), (x0, y0, x1, y1), filled=False, stroked=True, color=_BLACK)
