"""What stands on the pages, in reading order, without heads and feet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf_lines import Line
from ingest.pdf_tables import Grid
from models.document import BBox


@dataclass(frozen=True, slots=True)
class TableItem:
    page: int
    grid: Grid

    @property
    def box(self) -> BBox:
        return self.grid.box


@dataclass(frozen=True, slots=True)
class PictureItem:
    page: int
    box: BBox


@dataclass(frozen=True, slots=True)
class BoxItem:
    """Text apart from the flow: a text box, a chart's labels, a note, hidden text."""

    page: int
    box: BBox
    kind: str
    lines: tuple[Line, ...]


Item = Line | TableItem | PictureItem | BoxItem


@dataclass(frozen=True, slots=True)
class Measure:
    """How the running text of the document is set."""

    size: float
    left: float
    right: float


def measure(lines: Sequence[Line]) -> Measure:
    """Size and edges of the running text: what most characters have."""
    if not lines:
        return Measure(10.5, 0.0, 0.0)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.chars)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) < 0.6]
    lefts = Counter(round(line.left) for line in body)
    rights = sorted(line.right for line in body if len(line.chars) > 10) or [body[0].right]
    return Measure(
        size, float(min(lefts, key=lambda left: (-lefts[left], left))), rights[len(rights) * 9 // 10]
    )
