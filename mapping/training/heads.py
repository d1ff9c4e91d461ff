"""Which passages teach which head, with what label and weight.

Four questions are learnt apart, because two conventions of labelling meet in the data: does a passage
answer anything (``none``); is it a result (``result``); which process indicator would it answer; which
result indicator. A report puts the last three together by the place of the passage, a passage alone by
the answer to the second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapping.training.labelled import Labelled
from models.criteria import Criteria
from models.encoder import FloatArray

ALSO = 0.3
"""Share of the label that the other indicators of a passage get together."""
OWN_NONE = 3.0
"""Weight of our own passages where the question is whether a passage answers anything: what a report
leaves unanswered (introductions, references, notes) is seldom in the real passages, which leave other
things unanswered (the industry, the law, accounting)."""
ASIDE = 0.5
"""Weight of a passage in a head to which only its other indicators belong."""


@dataclass(frozen=True)
class Lesson:
    """One head's training: rows (places in the data), a share per class, a weight per row."""

    classes: tuple[str, ...]
    rows: FloatArray
    labels: FloatArray
    weight: FloatArray


def lessons(data: Sequence[Labelled], criteria: Criteria) -> tuple[Lesson, ...]:
    process = tuple(i.id for i in criteria.indicators if not criteria.is_result(i.id))
    results = tuple(i.id for i in criteria.indicators if criteria.is_result(i.id))
    overview = tuple(i.id for i in criteria.overview_indicators)
    chapters = [n for n, one in enumerate(data) if one.indicator not in overview]
    ours = [OWN_NONE if data[n].source == "corpus" else 1.0 for n in chapters]
    kinds = [_choice(data, range(len(data)), group) for group in (process, results, overview)]
    answered = [n for n in chapters if data[n].indicator is not None]
    told = [float(data[n].indicator in results or data[n].aspect == "result") for n in answered]
    empty = [float(data[n].indicator is None) for n in chapters]
    return (*kinds, _question("none", chapters, empty, ours), _question("result", answered, told))


def _choice(data: Sequence[Labelled], rows: Sequence[int] | range, classes: tuple[str, ...]) -> Lesson:
    """The classes' own passages, and at less weight those that answer one of them besides."""
    place = {name: n for n, name in enumerate(classes)}
    kept, labels, weight = [], [], []
    for row in rows:
        shares = np.zeros(len(classes), np.float32)
        others = [place[a] for a in data[row].also if a in place]
        main = place.get(data[row].indicator or "")
        for other in others:
            shares[other] += (ALSO if main is not None else 1.0) / len(others)
        if main is not None:
            shares[main] += 1 - shares.sum()
        if shares.any():
            kept.append(row)
            labels.append(shares)
            weight.append(1.0 if main is not None else ASIDE)
    shares = np.array(labels)
    return Lesson(classes, np.array(kept), shares, np.array(weight, np.float32) * _balance(shares))


def _balance(labels: FloatArray) -> FloatArray:
    """Rare classes count more: by the square root, or the few passages of some would drown."""
    first = labels.argmax(axis=1)
    counts = Counter(first.tolist())
    mean = len(first) / len(counts)
    return np.array([min(3.0, (mean / counts[c]) ** 0.5) for c in first.tolist()], np.float32)


def _question(name: str, rows: Sequence[int], yes: Sequence[float], factors: Sequence[float] = ()) -> Lesson:
    shares = np.array([[1 - y, y] for y in yes], np.float32)
    weight = _balance(shares) * np.array(factors or 1.0, np.float32)
    return Lesson(("", name), np.array(rows), shares, weight)
