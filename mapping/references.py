"""Texts whose indicator is known, as vectors in FAISS, and the passages that come closest to each.

They answer one question: where a reader should look first when no passage answers an indicator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mapping.cache import Cache
from mapping.exemplars import read_exemplars
from mapping.meaning import describe, every_indicator
from models.criteria import Criteria
from models.encoder import Encoder, FloatArray


@dataclass(frozen=True)
class References:
    """Indicators' own texts and exemplars; ``indicators`` names the indicator of each vector."""

    indicators: tuple[str, ...]
    index: object

    def closest(self, vectors: FloatArray, most: int = 3) -> dict[str, tuple[int, ...]]:
        """For every indicator the positions of the passages nearest to any of its texts, nearest first.

        A passage's likeness is taken against its mean over all indicators: some are near to everything.
        """
        likeness = _centred(self._likeness(vectors))
        return {
            indicator: tuple(
                sorted(range(len(likeness)), key=lambda row: (-likeness[row, column], row))[:most]
            )
            for column, indicator in enumerate(sorted(set(self.indicators)))
        }

    def _likeness(self, vectors: FloatArray) -> FloatArray:
        """(passages, indicators in the order of their ids): the best cosine with a text of each."""
        rows = np.ascontiguousarray(vectors, np.float32)
        names = sorted(set(self.indicators))
        best = np.full((len(rows), len(names)), -1.0, np.float32)
        if len(rows):
            cosines, places = self.index.search(rows, len(self.indicators))  # type: ignore[attr-defined]
            columns = np.searchsorted(names, self.indicators)
            for row in range(len(rows)):
                np.maximum.at(best[row], columns[places[row]], cosines[row])
        return np.round(best, 4)


def index_references(criteria: Criteria, encoder: Encoder, cache: Cache) -> References:
    """The references of all indicators, the overview's too."""
    import faiss

    own = every_indicator(criteria)
    exemplars = read_exemplars(criteria)
    index = faiss.IndexFlatIP(encoder.dimensions)
    described = cache.encode(encoder, [describe(indicator, criteria) for indicator in own])
    vectors = cache.encode(encoder, [exemplar.text for exemplar in exemplars])
    answering = [n for n, exemplar in enumerate(exemplars) if exemplar.indicator is not None]
    index.add(np.ascontiguousarray(np.vstack([described, vectors[answering]]), np.float32))
    return References((*(i.id for i in own), *(exemplars[n].indicator or "" for n in answering)), index)


def _centred(likeness: FloatArray) -> FloatArray:
    return likeness - likeness.mean(axis=1, keepdims=True)
