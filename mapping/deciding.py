"""Which sentences of a passage speak most for the indicator that it was matched with.

They are shown to a reader, who sees in a moment whether the match is right; nothing is decided by them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.assessment import PassageRecord
from models.criteria import Criteria
from models.encoder import Encoder, FloatArray

Span = tuple[int, int]
"""First character of a sentence and the one behind its last."""

_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]?")
_ENOUGH = 0.9
"""Share of the best sentence's likeness from which another one counts too."""
_MOST = 2
_SPOKEN = frozenset({"paragraph", "list", "text_box", "footnote"})


@dataclass(frozen=True)
class Points:
    """Vectors of the requirement points of every indicator, made once per criteria and encoder."""

    vectors: Mapping[str, FloatArray]
    encoder: Encoder


def index_points(criteria: Criteria, encoder: Encoder) -> Points:
    """Indicators with their points; one without points has its title."""
    indicators = (*criteria.indicators, *criteria.overview_indicators)
    texts = {i.id: [point.text for point in i.requirements] or [i.title] for i in indicators}
    vectors = encoder.encode([text for own in texts.values() for text in own])
    ends = np.cumsum([len(own) for own in texts.values()])[:-1]
    return Points(dict(zip(texts, np.split(vectors, ends), strict=True)), encoder)


def deciding_sentences(passages: Sequence[PassageRecord], points: Points) -> dict[str, tuple[Span, ...]]:
    """By passage the one or two sentences nearest to a point of its first indicator, in their order.

    Nothing for a passage of one sentence, a table, or one that answers no indicator.
    """
    spans = {p.id: sentences(p.text) for p in passages if p.indicators and p.kind in _SPOKEN}
    several = [p for p in passages if len(spans.get(p.id, ())) > 1]
    texts = [p.text[start:end] for p in several for start, end in spans[p.id]]
    vectors = points.encoder.encode(texts)
    found, row = {}, 0
    for passage in several:
        own = spans[passage.id]
        target = points.vectors.get(passage.indicators[0].id)
        if target is not None:
            likeness = (vectors[row : row + len(own)] @ target.T).max(axis=1)
            found[passage.id] = _best(own, likeness)
        row += len(own)
    return found


def sentences(text: str) -> tuple[Span, ...]:
    """Where the sentences of a text stand; together they are the whole text."""
    return tuple(found.span() for found in _SENTENCE.finditer(text) if found.group())


def _best(spans: Sequence[Span], likeness: FloatArray) -> tuple[Span, ...]:
    order = np.argsort(-likeness, kind="stable")[:_MOST]
    floor = likeness[order[0]] * _ENOUGH
    return tuple(sorted(spans[n] for n in order if likeness[n] >= floor > 0))
