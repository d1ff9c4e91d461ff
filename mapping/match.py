"""Which indicators each passage answers, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.decode import BRIEF, REPORT, Decoded, decode
from mapping.fusion import Weights, fused, sigmoid, softmax, weights_for
from mapping.heads import RESULT
from mapping.index import IndicatorIndex
from mapping.reasons import Reasons, read_reasons
from mapping.requirements import Nearness, nearness
from mapping.signals import Signals, read_signals
from models.assessment import IndicatorScore
from models.criteria import Criteria
from models.document import PartKind
from models.encoder import FloatArray
from models.judgement import Match, Outline
from models.passage import Passage

UNSURE = Weights().unsure
"""Probability under which an indicator counts as not answered by a passage of a report."""
SILENT = 0.5
"""Probability of answering nothing from which a passage is left unmapped."""
SHOWN = 0.02
"""Probability from which another indicator is listed beside the first."""
TOLD = 0.5
"""Chance of telling results from which the linked result indicator is named second."""
LINKED = 0.3
"""How often a result told under a process indicator is held to answer the linked result indicator as
well: of those in the development report (gold C) three in ten."""
LINKED_SECOND = 0.6
"""Probability of the first from which the linked result is the second; below, the rivals of the first come
before it."""
RANKS = 4
DIGITS = 4
"""Digits that are kept: what lies beyond differs from machine to machine."""


def match(
    passages: Sequence[Passage],
    vectors: FloatArray,
    outline: Outline,
    kind: PartKind,
    index: IndicatorIndex,
    weights: Weights | None = None,
) -> tuple[Match, ...]:
    """One match per passage, in order; all empty for parts that are not held against indicators.

    ``vectors`` are those of the passages' full text, one row each, by the index's encoder. ``weights``
    other than those of the situation are for measuring what a signal is worth."""
    if kind in ("evidence", "other") or not passages:
        return tuple(Match((), (), None) for _ in passages)
    used = weights or weights_for(passages)
    signals = read_signals(passages, vectors, outline, kind, index, used)
    decoded = decode(signals.evidence, index.criteria, BRIEF if kind == "annual" else REPORT)
    reasons = read_reasons(signals, decoded)
    near = nearness(passages, vectors, index)
    links = _linked_results(signals, index)
    return tuple(
        _match(row, signals.evidence.contexts, decoded, reasons, near, links, used.unsure)
        for row in range(len(passages))
    )


def _match(
    row: int,
    contexts: tuple[str, ...],
    decoded: Decoded,
    reasons: Reasons,
    near: Nearness,
    links: _Links,
    unsure: float,
) -> Match:
    scores = np.round(decoded.answers[row], DIGITS).tolist()
    order = sorted(range(len(contexts)), key=lambda n: (-scores[n], n))
    best = IndicatorScore(contexts[order[0]], scores[order[0]])
    if best.score < unsure or decoded.none[row] > SILENT:
        return Match((), (), None, best)
    points = near.nearest(row, best.id)
    why = reasons.why(row, order[0], points[0] if points else None)
    others = [IndicatorScore(contexts[n], scores[n]) for n in order[1:] if scores[n] >= SHOWN]
    return Match(_ranked(best, links.likeliest(row, best.id), others), points, why, best)


def _ranked(
    best: IndicatorScore, linked: IndicatorScore | None, others: Sequence[IndicatorScore]
) -> tuple[IndicatorScore, ...]:
    """The first, then the result indicator that a told result belongs to, then what else is likely."""
    if linked is None:
        return (best, *others[: RANKS - 1])
    second = IndicatorScore(linked.id, round(LINKED * best.score * linked.score, DIGITS))
    rest = [other for other in others if other.id != linked.id][: RANKS - 2]
    return (best, second, *rest) if best.score >= LINKED_SECOND else (best, *rest, second)


@dataclass(frozen=True)
class _Links:
    """Result indicators that refer to a process indicator, and how likely each passage belongs there."""

    results: tuple[str, ...]
    told: FloatArray
    """(passages,) chance that the passage tells results."""
    shares: FloatArray
    """(passages, results)"""
    referring: Mapping[str, tuple[str, ...]]

    def likeliest(self, row: int, process: str) -> IndicatorScore | None:
        """The result indicator that a result told under a process indicator belongs to."""
        columns = [self.results.index(result) for result in self.referring.get(process, ())]
        if not columns or self.told[row] < TOLD:
            return None
        shares = self.shares[row, columns] / self.shares[row, columns].sum()
        best = int(shares.argmax())
        return IndicatorScore(
            self.results[columns[best]], round(float(self.told[row] * shares[best]), DIGITS)
        )


def _linked_results(signals: Signals, index: IndicatorIndex) -> _Links:
    results = index.kinds.result if len(signals.groups) > 1 else ()
    told = fused(signals.words, signals.meaning, (RESULT,), signals.weights)[:, 0]
    shares = softmax(fused(signals.words, signals.meaning, results, signals.weights)) if results else told
    referring = {p: _referring(p, index.criteria) for p in index.kinds.process} if results else {}
    return _Links(results, sigmoid(told), shares, referring)


def _referring(process: str, criteria: Criteria) -> tuple[str, ...]:
    """Result indicators whose text refers to the indicator's item, or else to its chapter."""
    item = criteria.indicator(process).item
    chapter = item.rpartition(".")[0]
    results = [i for i in criteria.indicators if criteria.is_result(i.id)]
    return tuple(i.id for i in results if item in i.links) or tuple(
        i.id for i in results if chapter in i.links
    )
