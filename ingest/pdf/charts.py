"""What a drawn chart says: bars and points measured on its axis, each confirmed by a printed label.

A height alone gives no exact value, and a label alone no series and year. A value is read where both
agree; where they do not it stays open, and a chart without any has no data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from ingest.pdf.labels import Label
from ingest.pdf.shapes import Color, Shape
from models.document import Chart, ChartSeries

_MARKER = 14.0
"""Points: the keys of a legend and the points of a line are no larger."""
_STANDS = 4.0
"""Points between the foot of a bar and zero."""
_MOST_LABELS = 7
"""Over one category; more are not told apart."""
_OFF = 0.02
"""Share of the axis by which height and label of one value may differ."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """Value at a height: ``start`` at the top of the page, ``step`` more for each point down."""

    start: float
    step: float
    labels: tuple[Label, ...]

    def value(self, height: float) -> float:
        return self.start + self.step * height

    @property
    def zero(self) -> float:
        """Height on which bars stand: that of zero, or the foot of the plot."""
        heights = [label.centre for label in self.labels]
        return min(max(heights), max(min(heights), -self.start / self.step))

    @property
    def span(self) -> float:
        heights = [label.centre for label in self.labels]
        return abs(self.step) * (max(heights) - min(heights))


@dataclass(frozen=True, slots=True)
class _Point:
    middle: float
    value: float
    """As measured."""


def read_chart(labels: Sequence[Label], shapes: Sequence[Shape]) -> Chart | None:
    """The data of a chart of bars or lines with categories below and values at the left, or None."""
    axis = _axis(labels)
    if axis is None:
        return None
    categories = _categories(labels, axis)
    if len(categories) < 2:
        return None
    keys: Sequence[tuple[Color | None, str]] = _legend(labels, shapes, axis, categories) or [(None, "")]
    points = [_points(shapes, color, axis) for color, _ in keys]
    values = [label for label in labels if label.value is not None and label not in axis.labels]
    columns = [_column(category, categories, points, values, axis) for category in categories]
    title = _title(labels, axis, [name for _, name in keys])
    series = tuple(
        ChartSeries(name or title, tuple(column[number] for column in columns))
        for number, (_, name) in enumerate(keys)
    )
    if not all(any(value is not None for value in each.values) for each in series):
        return None
    return Chart(title, tuple(category.text for category in categories), series)


def _axis(labels: Sequence[Label]) -> _Axis | None:
    """Numbers one above the other, evenly spaced: those farthest to the left that fit a scale."""
    columns: dict[int, list[Label]] = defaultdict(list)
    for label in labels:
        if label.value is not None:
            for edge in {round(label.box[2] / 3), round(label.box[2] / 3 + 0.5)}:
                columns[edge].append(label)
    for _, column in sorted(columns.items()):
        fitted = _fitted(sorted(column, key=lambda label: label.centre))
        if fitted is not None:
            return fitted
    return None


def _fitted(column: Sequence[Label]) -> _Axis | None:
    if len(column) < 3:
        return None
    top, foot = column[0], column[-1]
    high, low = top.value or 0.0, foot.value or 0.0
    if high <= low or foot.centre - top.centre < 30:
        return None
    step = (low - high) / (foot.centre - top.centre)
    axis = _Axis(high - step * top.centre, step, tuple(column))
    fits = all(abs(axis.value(each.centre) - (each.value or 0.0)) < _OFF * (high - low) for each in column)
    return axis if fits else None


def _categories(labels: Sequence[Label], axis: _Axis) -> list[Label]:
    """The row of labels along the foot of the plot, or along its zero, from left to right."""
    edge = max(label.box[2] for label in axis.labels)
    for height in (axis.zero, max(label.centre for label in axis.labels)):
        row = _row_under(height, [each for each in labels if each.middle > edge and each not in axis.labels])
        if len(row) > 1:
            return row
    return []


def _row_under(height: float, labels: Sequence[Label]) -> list[Label]:
    below = [label for label in labels if height - 2 < label.centre < height + 45]
    texts = [label for label in below if not label.is_value]
    if not texts:
        return []
    first = min(label.centre for label in texts)
    row = sorted((each for each in texts if abs(each.centre - first) < 4), key=lambda each: each.middle)
    return row if all(a.box[2] < b.box[0] for a, b in pairwise(row)) else []


def _legend(
    labels: Sequence[Label], shapes: Sequence[Shape], axis: _Axis, categories: Sequence[Label]
) -> list[tuple[Color, str]]:
    """Colours of the keys and the names beside them, in order."""
    found: list[tuple[float, Color, str]] = []
    for label in labels:
        if label.value is not None or label in categories or label in axis.labels:
            continue
        for shape in shapes:
            room = label.box[0] - shape.box[2]
            beside = -1 < room < 20 and shape.box[1] - 2 < label.centre < shape.box[3] + 2
            if beside and _is_marker(shape) and shape.color is not None:
                found.append((label.middle, shape.color, label.text))
                break
    return [(color, name) for _, color, name in sorted(found, key=lambda entry: entry[0])]


def _is_marker(shape: Shape) -> bool:
    left, top, right, bottom = shape.box
    return shape.filled and 2 < right - left < _MARKER and 2 < bottom - top < _MARKER


def _points(shapes: Sequence[Shape], color: Color | None, axis: _Axis) -> list[_Point]:
    """Ends of bars and middles of markers of one colour, or of any where there is no legend."""
    head, foot = min(each.centre for each in axis.labels), max(each.centre for each in axis.labels)
    edge = max(label.box[2] for label in axis.labels)
    found = []
    for shape in shapes:
        left, top, right, bottom = shape.box
        inside = left > edge and top > head - 12 and bottom < foot + 12 and right - left > 2
        alike = not shape.light if color is None else shape.color == color
        if not (shape.filled and inside and alike) or shape.kind == "line":
            continue
        height = _height(shape, axis)
        if height is not None:
            found.append(_Point((left + right) / 2, axis.value(height)))
    return found


def _height(shape: Shape, axis: _Axis) -> float | None:
    """Where a bar that stands on zero ends, up or down; the middle of a marker."""
    if abs(shape.box[3] - axis.zero) < _STANDS:
        return shape.box[1]
    if abs(shape.box[1] - axis.zero) < _STANDS:
        return shape.box[3]
    return (shape.box[1] + shape.box[3]) / 2 if _is_marker(shape) else None


def _column(
    category: Label,
    categories: Sequence[Label],
    points: Sequence[Sequence[_Point]],
    values: Sequence[Label],
    axis: _Axis,
) -> list[float | None]:
    """The printed value of each series over one category: labels shared out so that heights and places
    fit best together; none where more than one point, or no label, stands there."""
    width = (categories[-1].middle - categories[0].middle) / (len(categories) - 1)
    over = [[p for p in each if abs(p.middle - category.middle) < width / 2] for each in points]
    single = [(number, each[0]) for number, each in enumerate(over) if len(each) == 1]
    near = [label for label in values if abs(label.middle - category.middle) < width / 2][:_MOST_LABELS]
    column: list[float | None] = [None] * len(points)
    best = min(
        permutations(near, len(single)),
        key=lambda order: sum(
            _misfit(p, label, axis, width) for (_, p), label in zip(single, order, strict=True)
        ),
        default=(),
    )
    for (number, point), label in zip(single, best, strict=False):
        if label.value is not None and abs(label.value - point.value) <= _OFF * axis.span:
            column[number] = label.value
    return column


def _misfit(point: _Point, label: Label, axis: _Axis, width: float) -> float:
    """How far a label is from a point, in value and sideways, as shares of the axis and of a category."""
    off = abs((label.value or 0.0) - point.value) / axis.span
    return off + 0.1 * abs(label.middle - point.middle) / width + (1.0 if off > _OFF else 0.0)


def _title(labels: Sequence[Label], axis: _Axis, names: Sequence[str]) -> str:
    head = min(label.box[1] for label in axis.labels)
    above = [each for each in labels if each.box[3] <= head + 4 and each.value is None]
    return " ".join(label.text for label in above if label.text not in names)
