"""From a page's own space to the page as displayed: origin top left, rotated and cropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.document import BBox

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page. ``left`` to ``top`` are PDF coordinates of the crop box."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def point(self, x: float, y: float) -> Point:
        """Distance from the left and from the top edge of the displayed page."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def turned(self, degrees: int) -> Frame:
        """The same part of the page with the text of that angle upright."""
        return replace(self, rotation=(self.rotation - degrees) % 360)

    def back(self, box: BBox, displayed: Frame) -> BBox:
        """A box of this frame as it lies on the page as displayed."""
        (x0, y0), (x1, y1) = self._origin(box[0], box[1]), self._origin(box[2], box[3])
        return displayed.box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _origin(self, x: float, y: float) -> Point:
        """The PDF coordinates of a displayed point."""
        if self.rotation == 90:
            return self.left + y, self.bottom + x
        if self.rotation == 180:
            return self.right - x, self.bottom + y
        if self.rotation == 270:
            return self.right - y, self.top - x
        return self.left + x, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        if (
            self.rotation == 0 and left <= right and bottom <= top
        ):  # nearly every character of nearly every page
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def around(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around some (at least one)."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def contains(outer: BBox, x: float, y: float, slack: float = 0.0) -> bool:
    return outer[0] - slack <= x <= outer[2] + slack and outer[1] - slack <= y <= outer[3] + slack


def overlap(one: BBox, other: BBox) -> float:
    """Area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def area(box: BBox) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
