"""The index: everything that mapping needs to know of one set of criteria and one encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mapping.cache import Arrays, Cache
from mapping.exemplars import FOLDER, read_exemplars
from mapping.heads import Kinds, Scores, kinds_of
from mapping.lexical import LexicalModel, lexical_from_texts, load_lexical
from mapping.meaning import (
    Points,
    VectorHeads,
    describe,
    every_indicator,
    heads_from_criteria,
    heads_from_exemplars,
    index_points,
    load_heads,
)
from mapping.references import References, index_references
from models.criteria import Criteria
from models.encoder import Encoder, FloatArray, Segmenter


@dataclass(frozen=True)
class IndicatorIndex:
    criteria: Criteria
    kinds: Kinds
    points: Points
    lexical: LexicalModel
    point_words: LexicalModel
    """Requirement points as heads: likeness of character n-grams."""
    meaning: VectorHeads
    encoder: Encoder
    segmenter: Segmenter
    cache: Cache

    @cached_property
    def references(self) -> References:
        """Made when first asked for: only reports with something not found need it."""
        return index_references(self.criteria, self.encoder, self.cache)

    def closest(self, vectors: FloatArray) -> dict[str, tuple[int, ...]]:
        return self.references.closest(vectors)

    def point_likeness(self, texts: Sequence[str]) -> FloatArray:
        """(texts, points) in the order of ``points.ids``."""
        return self.point_words.scores(texts, _no_words)

    def words(self, texts: Sequence[str]) -> Scores:
        return Scores(self.lexical.heads, self.lexical.scores(texts, self.segmenter))

    def sense(self, vectors: FloatArray) -> Scores:
        return self.meaning.scores(vectors)


def build_index(
    criteria: Criteria,
    encoder: Encoder,
    segmenter: Segmenter,
    cache: Cache = Cache(),  # noqa: B008
) -> IndicatorIndex:
    """Trained weights where they fit the criteria and the encoder; else what can be had from the
    shipped passages, or from the text of the criteria alone, and is kept in ``cache``."""
    trained = load_heads(FOLDER / f"meaning-{criteria.id}.npz", encoder)
    cache = cache if trained is None else Cache()
    points = [point for indicator in every_indicator(criteria) for point in indicator.requirements]
    return IndicatorIndex(
        criteria=criteria,
        kinds=kinds_of(criteria),
        points=index_points(criteria, encoder, cache),
        lexical=_lexical(criteria, segmenter),
        point_words=lexical_from_texts({point.id: point.text for point in points}, _no_words),
        meaning=trained or _fitted(criteria, encoder, cache),
        encoder=encoder,
        segmenter=segmenter,
        cache=cache,
    )


def _no_words(_text: str) -> tuple[str, ...]:
    """Points are short, and cutting every passage into words again takes longer than all the rest."""
    return ()


def _lexical(criteria: Criteria, segmenter: Segmenter) -> LexicalModel:
    trained = FOLDER / f"lexical-{criteria.id}.npz"
    if trained.exists():
        return load_lexical(trained)
    texts = {indicator.id: describe(indicator, criteria) for indicator in every_indicator(criteria)}
    return lexical_from_texts(texts, segmenter)


def _fitted(criteria: Criteria, encoder: Encoder, cache: Cache) -> VectorHeads:
    exemplars = read_exemplars(criteria)
    if not exemplars:
        return heads_from_criteria(criteria, encoder, cache)
    texts = [exemplar.text for exemplar in exemplars]

    def fit() -> Arrays:
        fitted = heads_from_exemplars(exemplars, cache.encode(encoder, texts), kinds_of(criteria))
        return {"heads": np.array(fitted.heads), "weights": fitted.weights, "bias": fitted.bias}

    key = ("heads", criteria.id, repr(kinds_of(criteria)), *map(repr, exemplars))
    kept = cache.arrays(encoder, key, texts, fit)
    return VectorHeads(tuple(kept["heads"].tolist()), kept["weights"], kept["bias"])
