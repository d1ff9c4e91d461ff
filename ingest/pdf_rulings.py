"""Ruled lines in the image of a page, in the form that the table finder reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.pdf_shapes import Shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST_ACROSS, _LEAST_DOWN = 24.0, 16.0
"""Points; strokes of characters are shorter. A row of a table is seldom lower than 16 points."""
_CONTRAST = 55
"""Gray levels between the paper and a line."""
_MOST = 2_000
_BLACK = (0, 0, 0)


def find_rulings(image: NDArray[np.uint8], scale: float) -> tuple[Shape, ...]:
    """Lines across and down as shapes in points. A scan a little askew breaks a line into pieces, which
    the table finder joins. None for an image so full of lines that it is a picture."""
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
    open_: dict[int, list[tuple[int, int, int]]] = {}
    for row in np.flatnonzero(thick.sum(axis=1) >= least):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], thick[row], [False])).astype(np.int8)))
        runs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]
        open_[int(row)] = [(int(row), int(a), int(b)) for a, b in runs]
    yield from _middles(open_)


def _middles(rows: dict[int, list[tuple[int, int, int]]]) -> Iterator[tuple[float, int, int]]:
    """Runs that lie over each other in neighbouring rows as one line."""
    held: list[list[int]] = []
    for row in sorted(rows):
        for _, first, last in rows[row]:
            for line in held:
                if line[1] == row - 1 and first < line[3] and line[2] < last:
                    line[1], line[2], line[3] = row, min(line[2], first), max(line[3], last)
                    break
            else:
                held.append([row, row, first, last])
    for top, bottom, first, last in held:
        yield (top + bottom + 1) / 2, first, last


def _shape(x0: float, y0: float, x1: float, y1: float) -> Shape:
    return Shape("line", ((x0, y0), (x1, y1)), (x0, y0, x1, y1), filled=False, stroked=True, color=_BLACK)
