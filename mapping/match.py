"""Which indicators each passage answers, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Sequence

from mapping.decode import Decoded, Habits, decode
from mapping.fusion import Weights, fused, sigmoid, softmax
from mapping.heads import RESULT
from mapping.index import IndicatorIndex
from mapping.reasons import explain
from mapping.requirements import Nearness, nearness
from mapping.signals import Signals, read_signals
from models.assessment import IndicatorScore
from models.criteria import Criteria
from models.document import PartKind
from models.encoder import FloatArray
from models.judgement import Match, Outline
from models.passage import Passage

UNSURE = 0.25
"""Probability under which an indicator is not named."""
SHOWN = 0.02
"""Probability from which a second or third indicator is listed beside the first."""
RANKS = 3
DIGITS = 4
"""Digits that are kept: what lies beyond differs from machine to machine."""


def match(
    passages: Sequence[Passage],
    vectors: FloatArray,
    outline: Outline,
    kind: PartKind,
    index: IndicatorIndex,
) -> tuple[Match, ...]:
    """One match per passage, in order; all empty for parts that are not held against indicators.

    ``vectors`` are those of the passages' full text, one row each, by the index's encoder."""
    if kind in ("evidence", "other") or not passages:
        return tuple(Match((), (), None) for _ in passages)
    signals = read_signals(passages, vectors, outline, kind, index, Weights())
    decoded = decode(signals.evidence, index.criteria, Habits())
    near = nearness(passages, vectors, index)
    links = _linked_results(signals, index)
    return tuple(_match(row, signals, decoded, near, links[row]) for row in range(len(passages)))


def _match(
    row: int, signals: Signals, decoded: Decoded, near: Nearness, links: dict[str, IndicatorScore]
) -> Match:
    contexts = signals.evidence.contexts
    scores = [round(float(score), DIGITS) for score in decoded.answers[row]]
    order = sorted(range(len(contexts)), key=lambda n: (-scores[n], n))
    best = IndicatorScore(contexts[order[0]], scores[order[0]])
    if best.score < UNSURE or best.score < decoded.none[row]:
        return Match((), (), None, best)
    points = near.nearest(row, best.id)
    why = explain(row, order[0], signals, decoded, points[0] if points else None)
    others = [IndicatorScore(contexts[n], scores[n]) for n in order[1:] if scores[n] >= SHOWN]
    return Match(_ranked(best, links.get(best.id), others), points, why, best)


def _ranked(
    best: IndicatorScore, linked: IndicatorScore | None, others: Sequence[IndicatorScore]
) -> tuple[IndicatorScore, ...]:
    """The first, then the result indicator that a told result belongs to, then what else is likely."""
    if linked is None:
        return (best, *others[: RANKS - 1])
    rest = [other for other in others if other.id != linked.id]
    return (best, linked, *rest[: RANKS - 2])


def _linked_results(signals: Signals, index: IndicatorIndex) -> tuple[dict[str, IndicatorScore], ...]:
    """Per passage, for every process indicator the likeliest of the result indicators that refer to
    it: the passage's chance of telling results, times the indicator's share among those."""
    count = len(signals.evidence.none)
    if len(signals.groups) == 1 or not index.kinds.result:
        return tuple({} for _ in range(count))
    results = index.kinds.result
    told = sigmoid(fused(signals.words, signals.meaning, (RESULT,), signals.weights))[:, 0]
    shares = softmax(fused(signals.words, signals.meaning, results, signals.weights))
    referred = {p: _referring(p, index.criteria) for p in index.kinds.process}
    return tuple(
        _likeliest(told[row], dict(zip(results, shares[row], strict=True)), referred) for row in range(count)
    )


def _referring(process: str, criteria: Criteria) -> tuple[str, ...]:
    """Result indicators whose text refers to the indicator's item, or else to its chapter."""
    item = criteria.indicator(process).item
    chapter = item.rpartition(".")[0]
    results = [i for i in criteria.indicators if criteria.is_result(i.id)]
    return tuple(i.id for i in results if item in i.links) or tuple(
        i.id for i in results if chapter in i.links
    )


def _likeliest(
    told: float, shares: dict[str, float], referred: dict[str, tuple[str, ...]]
) -> dict[str, IndicatorScore]:
    found = {}
    for process, results in referred.items():
        total = sum(shares[r] for r in results)
        if told >= 0.5 and total > 0:
            first = max(results, key=lambda r: shares[r])
            found[process] = IndicatorScore(first, round(float(told * shares[first] / total), DIGITS))
    return found
