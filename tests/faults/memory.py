"""Keeps what the program makes of texts that it has seen: one fault leaves most of a submission as it was.

Nothing of the program is left out or replaced. Vectors, words and aspects are kept by text, and what is made
of a whole part by the part, so that ``assessed`` says the same as without, a few times faster.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from api.bootstrap import Tools
from api.options import Progress
from api.pipeline import judge
from mapping.coverage import Reading
from mapping.lexical import LexicalModel
from models.assessment import Assessment
from models.document import Part
from models.encoder import Encoder, FloatArray, Segmenter
from models.judgement import Aspect
from models.passage import Passage
from nlp.aspects import tag_aspects


@dataclass(frozen=True)
class KeptEncoder:
    """An encoder that encodes each text once."""

    encoder: Encoder
    vectors: dict[Hashable, FloatArray] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.encoder.name

    @property
    def dimensions(self) -> int:
        return self.encoder.dimensions

    @property
    def sha256(self) -> str:
        return self.encoder.sha256

    def encode(self, texts: Sequence[str]) -> FloatArray:
        if not texts:
            return self.encoder.encode(texts)
        return np.stack(_kept(self.vectors, texts, texts, self.encoder.encode))


@dataclass(frozen=True)
class KeptWords(LexicalModel):
    """A lexical model that looks at each text once."""

    rows: dict[Hashable, FloatArray] = field(default_factory=dict)

    def scores(self, texts: Sequence[str], segmenter: Segmenter) -> FloatArray:
        if not texts:
            return super().scores(texts, segmenter)
        own = super().scores
        return np.stack(_kept(self.rows, texts, texts, lambda new: own(new, segmenter)))


@dataclass(frozen=True)
class Judging:
    """``judge`` that keeps the aspects of passages, what is made of whole parts, and of earlier reports."""

    aspects: dict[Hashable, Aspect] = field(default_factory=dict)
    readings: dict[Hashable, Reading] = field(default_factory=dict)
    earlier: dict[Hashable, Assessment] = field(default_factory=dict)

    def __call__(self, part: Part, passages: Sequence[Passage], tools: Tools, progress: Progress) -> Reading:
        own = tuple(passage for passage in passages if passage.part == part.id)
        if (part, own) not in self.readings:
            self.readings[part, own] = judge(part, own, tools, progress, self._tag)
        return self.readings[part, own]

    def _tag(self, passages: Sequence[Passage]) -> list[Aspect]:
        keys = [(p.kind, p.context, p.text, p.heading_path) for p in passages]
        return _kept(self.aspects, keys, passages, tag_aspects)


def keeping(tools: Tools) -> Tools:
    """Tools that keep vectors and words by text."""
    encoder, index = KeptEncoder(tools.encoder), tools.index
    lexical, points = (
        KeptWords(one.featurizer, one.heads, one.weights, one.bias)
        for one in (index.lexical, index.point_words)
    )
    return replace(
        tools, encoder=encoder, index=replace(index, encoder=encoder, lexical=lexical, point_words=points)
    )


def _kept(
    store: dict[Hashable, Any],
    keys: Sequence[Hashable],
    things: Sequence[Any],
    make: Callable[[Sequence[Any]], Iterable[Any]],
) -> list[Any]:
    """What ``make`` makes of each thing, by its key; it is asked for those only that are new."""
    new = {key: thing for key, thing in zip(keys, things, strict=True) if key not in store}
    if new:
        store.update(zip(new, make(list(new.values())), strict=True))
    return [store[key] for key in keys]
