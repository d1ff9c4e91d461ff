"""Why: how much each signal spoke for an indicator, as shares that add up to 1."""

from __future__ import annotations

import numpy as np

from mapping.decode import Decoded
from mapping.fusion import sigmoid
from mapping.heads import RESULT
from mapping.signals import Signals
from models.assessment import Why


def explain(row: int, column: int, signals: Signals, decoded: Decoded, nearest: str | None) -> Why:
    """Each signal's advantage for the indicator over the average of all, as far as it is positive."""
    context = signals.evidence.contexts[column]
    group = next(group for group in signals.groups if context in group)
    place = group.index(context)
    weights = signals.weights
    parts = np.array(
        [
            weights.meaning * _advantage(signals.meaning.of(group)[row], place),
            weights.words * _advantage(signals.words.of(group)[row], place),
            _lift(signals.evidence.headings[row], column),
            _told(row, group == signals.groups[-1], signals),
            _lift(decoded.neighbours[row], column),
        ]
    )
    positive = np.maximum(parts, 0.0)
    total = positive.sum()
    shares = positive / total if total > 0 else np.array([1.0, 0, 0, 0, 0])
    meaning, words, heading, where, neighbours = _rounded(shares)
    return Why(meaning, words, heading, where, neighbours, nearest)


def _advantage(logits: np.ndarray, place: int) -> float:
    return float(logits[place] - logits.mean())


def _lift(shares: np.ndarray, column: int) -> float:
    """How much likelier than on average, as a logarithm."""
    return float(np.log(max(float(shares[column]), 1e-9) / max(float(shares.mean()), 1e-9)))


def _told(row: int, of_results: bool, signals: Signals) -> float:
    """How much the telling of results speaks for a result indicator, or its absence for a process one."""
    if len(signals.groups) == 1:
        return 0.0
    odds = signals.weights.words * signals.words.of((RESULT,)) + signals.weights.meaning * signals.meaning.of(
        (RESULT,)
    )
    told = float(sigmoid(odds)[row, 0])
    return float(np.log(2 * max(told if of_results else 1 - told, 1e-3)))


def _rounded(shares: np.ndarray) -> tuple[float, ...]:
    """Shares of four digits that still add up to 1: the largest takes the remainder."""
    rounded = [round(float(share), 4) for share in shares]
    largest = rounded.index(max(rounded))
    rounded[largest] = round(1 - sum(rounded[:largest] + rounded[largest + 1 :]), 4)
    return tuple(rounded)
