"""Linear heads: one column of weights per question, over any kind of features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.criteria import Criteria
from models.encoder import FloatArray

NONE, RESULT = "none", "result"
"""Heads beside the indicators' ids: the passage answers nothing; it tells results."""


@dataclass(frozen=True)
class Scores:
    """What one signal says of each passage: logits by head; 0 for a head that the signal lacks."""

    heads: tuple[str, ...]
    logits: FloatArray

    def scaled(self, factors: FloatArray) -> Scores:
        """Each row times its factor; ``factors`` is (passages, 1). Whether a passage answers anything
        is left: a short one answers nothing rather than something vague."""
        left = np.array([head == NONE for head in self.heads])
        return Scores(self.heads, np.where(left, self.logits, self.logits * factors))

    def of(self, heads: Sequence[str]) -> FloatArray:
        """(passages, heads) in the order asked for."""
        places = {head: n for n, head in enumerate(self.heads)}
        out = np.zeros((len(self.logits), len(heads)), np.float32)
        for column, head in enumerate(heads):
            if head in places:
                out[:, column] = self.logits[:, places[head]]
        return out


@dataclass(frozen=True)
class Kinds:
    """Ids of the indicators that compete with each other: process, result, overview."""

    process: tuple[str, ...]
    result: tuple[str, ...]
    overview: tuple[str, ...]


def kinds_of(criteria: Criteria) -> Kinds:
    scored = criteria.indicators
    return Kinds(
        tuple(i.id for i in scored if not criteria.is_result(i.id)),
        tuple(i.id for i in scored if criteria.is_result(i.id)),
        tuple(i.id for i in criteria.overview_indicators),
    )
