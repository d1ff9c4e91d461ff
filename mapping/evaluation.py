"""How well an encoder's vectors alone tell the indicators apart, on the passages that are shipped.

Heads in closed form are fitted on three quarters of the passages and judge the rest; an industry is never
on both sides. A passage is ranked among the indicators of its own kind (process, result, overview), as
under a heading that says which. Words, headings and neighbours take no part: the figure is there to
compare encoders, not to say how good the program is.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.exemplars import Exemplar, read_exemplars
from mapping.heads import Kinds, kinds_of
from mapping.meaning import heads_from_exemplars
from models.criteria import Criteria
from models.encoder import Encoder, FloatArray

FOLDS = 4


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Counts: passages, those whose indicator comes first, those where it is among the first three."""

    passages: int = 0
    first: int = 0
    third: int = 0

    def __add__(self, other: Accuracy) -> Accuracy:
        return Accuracy(self.passages + other.passages, self.first + other.first, self.third + other.third)


@dataclass(frozen=True, slots=True)
class Evaluation:
    process: Accuracy
    result: Accuracy
    overview: Accuracy
    encoding: float
    """CPU seconds for 1,000 passages, all threads together."""

    @property
    def total(self) -> Accuracy:
        return self.process + self.result + self.overview


def evaluate_encoder(criteria: Criteria, encoder: Encoder) -> Evaluation:
    """Of the shipped passages for these criteria; all counts are 0 where there are none."""
    exemplars = read_exemplars(criteria)
    begun = time.process_time()
    vectors = np.asarray(encoder.encode([exemplar.text for exemplar in exemplars]), np.float32)
    encoding = (time.process_time() - begun) * 1000 / max(len(exemplars), 1)
    kinds = kinds_of(criteria)
    folds = [_judged(exemplars, vectors, fold, kinds) for fold in range(FOLDS)] if exemplars else []
    process, result, overview = (sum((f[n] for f in folds), Accuracy()) for n in range(3))
    return Evaluation(process, result, overview, encoding)


def fold_of(exemplar: Exemplar) -> int:
    return zlib.crc32(exemplar.group.encode()) % FOLDS


def _judged(
    exemplars: Sequence[Exemplar], vectors: FloatArray, fold: int, kinds: Kinds
) -> tuple[Accuracy, ...]:
    """Of one fold, by kind."""
    seen = [n for n, one in enumerate(exemplars) if fold_of(one) != fold]
    heads = heads_from_exemplars([exemplars[n] for n in seen], vectors[seen], kinds)
    accuracies = []
    for group in (kinds.process, kinds.result, kinds.overview):
        rows = [n for n, one in enumerate(exemplars) if fold_of(one) == fold and one.indicator in group]
        known = tuple(name for name in group if name in heads.heads)
        ranked = np.argsort(-heads.scores(vectors[rows]).of(known), axis=1, kind="stable")
        answers = ([known[column] for column in row] for row in ranked[:, :3])
        accuracies.append(_counted((exemplars[n].indicator for n in rows), answers))
    return tuple(accuracies)


def _counted(wanted: Iterable[str | None], answers: Iterable[Sequence[str]]) -> Accuracy:
    pairs = list(zip(wanted, answers, strict=True))
    return Accuracy(len(pairs), sum(w in a[:1] for w, a in pairs), sum(w in a for w, a in pairs))
