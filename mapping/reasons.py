"""Why: how much each signal spoke for an indicator, as shares that add up to 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mapping.decode import Decoded
from mapping.fusion import fused, sigmoid
from mapping.heads import RESULT
from mapping.signals import Signals
from models.assessment import Why
from models.encoder import FloatArray


@dataclass(frozen=True)
class Reasons:
    """(passages, contexts) per signal: how far it speaks for each, against its average over all."""

    meaning: FloatArray
    words: FloatArray
    heading: FloatArray
    place: FloatArray
    neighbours: FloatArray

    def why(self, row: int, column: int, nearest: str | None) -> Why:
        """Shares of the signals that speak for the context; all in ``meaning`` if none does."""
        signals = (self.meaning, self.words, self.heading, self.place, self.neighbours)
        parts = [max(float(signal[row, column]), 0.0) for signal in signals]
        total = sum(parts)
        meaning, words, heading, place, neighbours = _rounded(
            [part / total for part in parts] if total > 0 else [1.0, 0.0, 0.0, 0.0, 0.0]
        )
        return Why(meaning, words, heading, place, neighbours, nearest)


def read_reasons(signals: Signals, decoded: Decoded) -> Reasons:
    weights = signals.weights
    return Reasons(
        meaning=weights.meaning * np.hstack([_centred(signals.meaning.of(g)) for g in signals.groups]),
        words=weights.words * np.hstack([_centred(signals.words.of(g)) for g in signals.groups]),
        heading=_lift(signals.evidence.headings),
        place=_told(signals),
        neighbours=_lift(decoded.neighbours),
    )


def _centred(logits: FloatArray) -> FloatArray:
    return logits - logits.mean(axis=1, keepdims=True)


def _lift(shares: FloatArray) -> FloatArray:
    """How much likelier than on average, as a logarithm."""
    floor = 1e-9
    return np.log(np.maximum(shares, floor) / np.maximum(shares.mean(axis=1, keepdims=True), floor))


def _told(signals: Signals) -> FloatArray:
    """How much the telling of results speaks for result indicators, and its absence for the others."""
    count = len(signals.evidence.contexts)
    if len(signals.groups) == 1:
        return np.zeros((len(signals.evidence.none), count))
    odds = signals.weights.told * fused(signals.words, signals.meaning, (RESULT,), signals.weights)
    told = np.clip(sigmoid(odds), 1e-3, 1 - 1e-3)
    of_results = np.array([context in signals.groups[-1] for context in signals.evidence.contexts])
    return np.log(2 * np.where(of_results, told, 1 - told))


def _rounded(shares: list[float]) -> list[float]:
    """Shares of four digits that still add up to 1: the largest takes the remainder."""
    rounded = [round(share, 4) for share in shares]
    largest = rounded.index(max(rounded))
    rounded[largest] = round(1 - sum(rounded[:largest] + rounded[largest + 1 :]), 4)
    return rounded
