"""The meaning signal: linear heads on the vectors of one encoder, and the points nearest in meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mapping.cache import Cache
from mapping.discriminant import Discriminant, discriminant
from mapping.exemplars import Exemplar
from mapping.heads import NONE, RESULT, Kinds, Scores
from models.criteria import Criteria, Indicator
from models.encoder import Encoder, FloatArray

SHARPNESS = 20.0
"""Of cosines as logits where no labelled passage says how sharp they should be."""


@dataclass(frozen=True)
class VectorHeads:
    """Linear heads of one encoder's vectors."""

    heads: tuple[str, ...]
    weights: FloatArray
    bias: FloatArray

    def scores(self, vectors: FloatArray) -> Scores:
        return Scores(self.heads, np.asarray(vectors, np.float32) @ self.weights + self.bias)


@dataclass(frozen=True)
class Points:
    """Requirement points in FAISS; ``ids`` in the order of the criteria."""

    ids: tuple[str, ...]
    index: object

    def likeness(self, vectors: FloatArray) -> FloatArray:
        """(passages, points): cosine of each passage with each point."""
        rows = np.ascontiguousarray(vectors, np.float32)
        out = np.zeros((len(rows), len(self.ids)), np.float32)
        if len(rows):
            cosines, places = self.index.search(rows, len(self.ids))  # type: ignore[attr-defined]
            np.put_along_axis(out, places, cosines, axis=1)
        return out


def index_points(criteria: Criteria, encoder: Encoder, cache: Cache) -> Points:
    import faiss

    points = [(p.id, f"{i.title}：{p.text}") for i in every_indicator(criteria) for p in i.requirements]
    index = faiss.IndexFlatIP(encoder.dimensions)
    index.add(np.ascontiguousarray(cache.encode(encoder, [text for _, text in points]), np.float32))
    return Points(tuple(name for name, _ in points), index)


def every_indicator(criteria: Criteria) -> tuple[Indicator, ...]:
    return (*criteria.indicators, *criteria.overview_indicators)


def describe(indicator: Indicator, criteria: Criteria) -> str:
    """All that the criteria say of an indicator, as one text."""
    item = criteria.by_id[indicator.item]
    points = "".join(point.text for point in indicator.requirements)
    title = getattr(item, "title", "")
    return f"{title} {indicator.title} {' '.join(indicator.printed)}：{points}"


def heads_from_criteria(criteria: Criteria, encoder: Encoder, cache: Cache) -> VectorHeads:
    """Without a labelled passage: cosine with the indicator's own text."""
    indicators = every_indicator(criteria)
    vectors = cache.encode(encoder, [describe(indicator, criteria) for indicator in indicators])
    weights = SHARPNESS * np.asarray(vectors, np.float32).T
    return VectorHeads(tuple(i.id for i in indicators), weights, np.zeros(len(indicators), np.float32))


def heads_from_exemplars(exemplars: Sequence[Exemplar], vectors: FloatArray, kinds: Kinds) -> VectorHeads:
    """Linear discriminants in closed form, a set per question; takes a second."""
    labels = [exemplar.indicator for exemplar in exemplars]
    told = [exemplar.result for exemplar in exemplars]
    scored = {*kinds.process, *kinds.result}
    questions: list[tuple[tuple[str, ...], list[str | None]]] = [
        *(
            (group, [label if label in group else None for label in labels])
            for group in (kinds.process, kinds.result, kinds.overview)
        ),
        (("", NONE), [NONE if label is None else "" if label in scored else None for label in labels]),
        (
            ("", RESULT),
            [
                None if label not in scored else RESULT if r else ""
                for label, r in zip(labels, told, strict=True)
            ],
        ),
    ]
    found = [discriminant(classes, answers, vectors) for classes, answers in questions if any(answers)]
    parts = [_odds(one) if "" in one.classes else one for one in found]
    return VectorHeads(
        tuple(head for one in parts for head in one.classes),
        np.hstack([one.weights for one in parts]).astype(np.float32),
        np.concatenate([one.bias for one in parts]).astype(np.float32),
    )


def _odds(question: Discriminant) -> Discriminant:
    """Yes against no, the class without a name."""
    no = question.classes.index("")
    yes = [n for n in range(len(question.classes)) if n != no]
    return Discriminant(
        tuple(question.classes[n] for n in yes),
        question.weights[:, yes] - question.weights[:, [no]],
        question.bias[yes] - question.bias[no],
    )


def load_heads(path: Path, encoder: Encoder) -> VectorHeads | None:
    """The trained heads, if they were trained on this very encoder's vectors."""
    if not path.exists():
        return None
    with np.load(path) as data:
        if str(data["encoder"]) != encoder.sha256:
            return None
        return VectorHeads(tuple(data["heads"].tolist()), data["weights"].astype(np.float32), data["bias"])


def save_heads(path: Path, heads: VectorHeads, encoder: Encoder) -> None:
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            encoder=np.array(encoder.sha256),
            heads=np.array(heads.heads),
            weights=heads.weights.astype(np.float16),
            bias=heads.bias.astype(np.float32),
        )
