"""Charts, diagrams and text boxes: what is drawn on a page beside its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.pdf.chars import Char
from ingest.pdf.charts import read_chart
from ingest.pdf.geometry import Frame, area, around, contains
from ingest.pdf.labels import Label, to_labels
from ingest.pdf.lines import Line, to_lines
from ingest.pdf.shapes import Shape
from ingest.pdf.tables import Grid
from models.document import BBox, Chart

DrawingKind = Literal["chart", "text_box", "picture"]
_TOUCH = 3.0
"""Points between shapes of one drawing."""
_PAGE_SHARE = 0.7
"""A shape that covers more of the page is its border or background."""
_CHART_SHAPES = 8
_NUMBER = re.compile(r"^[-+±≤≥<>（(]?\d[\d,.，]*\s*[%％‰年月）)]?$")
_MAX_SHAPES = 4_000


@dataclass(frozen=True, slots=True)
class Drawing:
    page: int
    box: BBox
    kind: DrawingKind
    lines: tuple[Line, ...]
    """Labels of a chart, text of a box; none in a picture drawn with lines."""
    labels: tuple[Label, ...] = ()
    chart: Chart | None = None


def is_chart_grid(grid: Grid) -> bool:
    """True for a chart's gridlines: few cells hold anything, and that is numbers."""
    texts = ["".join(char.text for char in cell.chars).strip() for cell in grid.cells if cell.chars]
    numbers = sum(bool(re.fullmatch(r"[\d.,%\s-]+", text)) for text in texts)
    return len(texts) < 0.25 * len(grid.cells) and 2 * numbers >= len(texts)


def find_drawings(
    shapes: Sequence[Shape], grids: Sequence[Grid], chars: Sequence[Char], frame: Frame, page: int
) -> tuple[tuple[Drawing, ...], set[int]]:
    """Drawings of a page from top to bottom, and the positions in ``chars`` of their text."""
    rest = [shape for shape in shapes if not _is_background(shape, frame) and not _in_grids(shape, grids)]
    drawings: list[Drawing] = []
    taken: set[int] = set()
    for cluster in _clusters(rest[:_MAX_SHAPES]):
        box = around(shape.box for shape in cluster)
        inside = [n for n, char in enumerate(chars) if contains(box, char.middle, char.centre)]
        lines = to_lines([chars[n] for n in inside], page)
        kind = _kind(cluster, box, lines)
        if kind is not None and not taken.intersection(inside):
            drawn = Drawing(page, box, kind, lines)
            drawings.append(_chart(drawn, cluster, [chars[n] for n in inside]) if kind == "chart" else drawn)
            taken.update(inside)
    return tuple(sorted(drawings, key=lambda drawing: drawing.box[1])), taken


def _chart(drawing: Drawing, cluster: Sequence[Shape], chars: Sequence[Char]) -> Drawing:
    labels = to_labels(chars)
    return replace(drawing, labels=labels, chart=read_chart(labels, cluster))


def _is_background(shape: Shape, frame: Frame) -> bool:
    return area(shape.box) > _PAGE_SHARE * frame.width * frame.height


def _in_grids(shape: Shape, grids: Sequence[Grid]) -> bool:
    left, top, right, bottom = shape.box
    return any(
        contains(grid.box, left, top, slack=4) and contains(grid.box, right, bottom, slack=4)
        for grid in grids
    )


def _clusters(shapes: Sequence[Shape]) -> Iterator[list[Shape]]:
    """Shapes that touch, directly or through others. Swept from top to bottom."""
    open_: list[tuple[BBox, list[Shape]]] = []
    for shape in sorted(shapes, key=lambda shape: shape.box[1]):
        near = [_touch(box, shape.box) for box, _ in open_]
        joined = [entry for entry, touches in zip(open_, near, strict=True) if touches]
        open_ = [entry for entry, touches in zip(open_, near, strict=True) if not touches]
        box = around([shape.box, *(entry[0] for entry in joined)])
        open_.append((box, [shape, *(each for entry in joined for each in entry[1])]))
    yield from _merged(open_)


def _merged(entries: list[tuple[BBox, list[Shape]]]) -> Iterator[list[Shape]]:
    """Clusters whose boxes have grown into each other, made one."""
    done: list[tuple[BBox, list[Shape]]] = []
    for box, shapes in sorted(entries, key=lambda entry: -area(entry[0])):
        host = next((n for n, entry in enumerate(done) if _touch(entry[0], box)), None)
        if host is None:
            done.append((box, shapes))
        else:
            done[host] = (around([done[host][0], box]), done[host][1] + shapes)
    yield from (shapes for _, shapes in done)


def _touch(one: BBox, other: BBox) -> bool:
    return (
        one[0] - _TOUCH <= other[2]
        and other[0] - _TOUCH <= one[2]
        and one[1] - _TOUCH <= other[3]
        and other[1] - _TOUCH <= one[3]
    )


def _kind(cluster: Sequence[Shape], box: BBox, lines: Sequence[Line]) -> DrawingKind | None:
    width, height = box[2] - box[0], box[3] - box[1]
    if width < 30 or height < 12:  # a rule, an underline, a bullet
        return None
    words = [word for line in lines for word in line.text.split()]
    numbers = sum(bool(_NUMBER.match(word)) for word in words)
    if len(cluster) >= _CHART_SHAPES and numbers >= 3 and height > 40:
        return "chart"
    if words:
        return "text_box" if any(_is_frame(shape, lines) for shape in cluster) else None
    drawn = any(shape.kind == "curve" for shape in cluster) or len(cluster) >= _CHART_SHAPES
    return "picture" if drawn and width > 60 and height > 40 else None


def _is_frame(shape: Shape, lines: Sequence[Line]) -> bool:
    """A closed outline around some of the text."""
    left, top, right, bottom = box = shape.box
    if not shape.stroked or len(shape.points) < 4 or shape.points[0] != shape.points[-1]:
        return False
    if right - left < 20 or bottom - top < 10:
        return False
    return any(
        contains(box, line.left, line.top, 1) and contains(box, line.right, line.bottom, 1) for line in lines
    )
