"""Which requirement points of an indicator a passage speaks to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapping.index import IndicatorIndex
from models.encoder import FloatArray
from models.passage import Passage

MARGIN = 0.6
"""A point counts beside the nearest one if it is at least so near in comparison."""
WORDS = 0.5
"""Weight of the likeness in words beside that in meaning."""


@dataclass(frozen=True)
class Nearness:
    """(passages, points): how near each passage is to each point, in meaning and in words."""

    points: tuple[str, ...]
    values: FloatArray

    def nearest(self, row: int, indicator: str) -> tuple[str, ...]:
        """The points of an indicator that a passage is near to, nearest first; at least one, unless
        it has none."""
        columns = [n for n, point in enumerate(self.points) if point.rpartition("-")[0] == indicator]
        ranked = sorted(columns, key=lambda n: (-self.values[row, n], self.points[n]))
        if not ranked:
            return ()
        least = MARGIN * max(float(self.values[row, ranked[0]]), 0.0)
        near = [n for n in ranked[1:] if self.values[row, n] > least]
        return tuple(self.points[n] for n in (ranked[0], *near))


def nearness(passages: Sequence[Passage], vectors: FloatArray, index: IndicatorIndex) -> Nearness:
    """Each point's likeness is taken against its mean over the passages: some points are near to all."""
    meaning = index.points.likeness(vectors)
    words = index.point_likeness([passage.full_text for passage in passages])
    values = np.round(_centred(meaning) + WORDS * _centred(words / max(float(words.max()), 1e-6)), 4)
    return Nearness(index.points.ids, values)


def _centred(likeness: FloatArray) -> FloatArray:
    return likeness - likeness.mean(axis=0) if len(likeness) > 1 else likeness
