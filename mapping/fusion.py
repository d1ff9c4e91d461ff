"""Signals put together: words and meaning to likelihoods, headings to fits of contexts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.heads import NONE, RESULT, Kinds, Scores
from models.criteria import Chapter, Criteria, Indicator, Item
from models.document import PartKind
from models.encoder import FloatArray
from models.judgement import HeadingTarget, Outline
from models.passage import Passage

FULL_LENGTH = 90
"""Characters from which a passage's logits are believed in full."""
UNTAUGHT_NONE = 0.1
"""Odds that a passage answers nothing where no labelled passage has taught what that looks like."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts; chosen on development documents (``mapping.training.develop``)."""

    words: float = 1.5
    meaning: float = 1.1
    slip: float = 0.01
    """Chance that words and meaning mislead altogether: no text alone is believed beyond that."""
    heading_doubt: float = 0.004
    """How well a heading that certainly names another node still fits a context."""
    own_title: float = 0.4
    """Of the logits of a title that names no node."""
    result_in_results: float = 0.9
    """Share of passages that tell results, where the criteria ask for results."""
    result_in_process: float = 0.27
    """The same under process indicators, which hold results of their own."""
    figures: float = 6.0
    """How much likelier a table or chart of figures stands under a result than under a process indicator,
    beyond what its text says: the heads have only seen prose."""
    told: float = 1.0
    """Of the log-odds that a passage tells results."""
    none: float = 1.0
    """Of the log-odds that a passage answers nothing."""
    none_shift: float = 1.5
    unsure: float = 0.15
    """Probability under which an indicator is not named. Low on purpose: to overlook an answer is the
    dearest mistake, and the score says how sure it is."""


ALONE = Weights(
    words=0.9,
    meaning=0.5,
    slip=0.015,
    told=0.7,
    result_in_process=0.02,
    result_in_results=0.98,
    none=0.6,
    none_shift=0.0,
    unsure=0.1,
)
"""For a passage under no heading and without neighbours. Nothing corrects the text here, so it is believed
less; and by the convention for passages alone a result stands under the result indicator. Fitted by log
loss on the real development passages, each judged by heads that have not seen its document, and rounded."""


def weights_for(passages: Sequence[Passage]) -> Weights:
    """The weights of the situation: a passage alone, or a report."""
    return ALONE if len(passages) == 1 and not passages[0].headings else Weights()


def softmax(logits: FloatArray) -> FloatArray:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def sigmoid(logits: FloatArray) -> FloatArray:
    return 1 / (1 + np.exp(-logits))


def confidence(texts: Sequence[str]) -> FloatArray:
    """(texts, 1) in 0..1: how far a text's logits may be believed. They come from features of unit
    length and do not know how few a short text has."""
    sizes = np.array([len(text) for text in texts], float)
    return np.minimum(1.0, np.sqrt(sizes / FULL_LENGTH))[:, None]


def fused(words: Scores, meaning: Scores, heads: Sequence[str], weights: Weights) -> FloatArray:
    """(passages, heads): weighted sum of both signals' logits."""
    return (weights.words * words.of(heads) + weights.meaning * meaning.of(heads)).astype(np.float64)


def likelihoods(
    words: Scores, meaning: Scores, groups: Sequence[tuple[str, ...]], weights: Weights
) -> FloatArray:
    """(passages, heads of all groups): how much likelier the text is under an indicator than on
    average. Two groups are process and result indicators, one is the overview's."""
    slip = weights.slip
    shares = [
        slip + (1 - slip) * len(group) * softmax(fused(words, meaning, group, weights)) for group in groups
    ]
    if len(groups) == 1:
        return shares[0]
    told = sigmoid(weights.told * fused(words, meaning, (RESULT,), weights))
    by_group = (weights.result_in_process, weights.result_in_results)
    return np.hstack(
        [
            share * 2 * (told * rate + (1 - told) * (1 - rate))
            for share, rate in zip(shares, by_group, strict=True)
        ]
    )


def none_odds(words: Scores, meaning: Scores, weights: Weights) -> FloatArray:
    """(passages,) odds that a passage answers nothing against that it answers something."""
    if NONE not in (*words.heads, *meaning.heads):
        return np.full(len(words.logits), UNTAUGHT_NONE)
    return np.exp(weights.none * fused(words, meaning, (NONE,), weights)[:, 0] + weights.none_shift)


def groups_of(kind: PartKind, kinds: Kinds) -> tuple[tuple[str, ...], ...]:
    if kind == "overview":
        return (kinds.overview,)
    return tuple(group for group in (kinds.process, kinds.result) if group)


def heading_fits(
    passages: Sequence[Passage],
    outline: Outline,
    contexts: Sequence[str],
    own_titles: Mapping[int, FloatArray],
    criteria: Criteria,
    weights: Weights,
) -> FloatArray:
    """(passages, contexts): how well the headings above each passage fit a context.

    ``own_titles`` gives log-shares per context for headings that name no node; it speaks at the first
    passage under the heading only, for the chain carries it on.
    """
    named = {
        target.block: _fit(target, contexts, criteria, weights.heading_doubt)
        for target in outline.targets
        if target.node is not None
    }
    fits = np.ones((len(passages), len(contexts)))
    seen: set[int] = set()
    for row, passage in enumerate(passages):
        for block in passage.headings:
            if block in named:
                fits[row] *= named[block]
            elif block in own_titles and block not in seen:
                fits[row] *= np.exp(weights.own_title * own_titles[block])
            seen.add(block)
    return fits / fits.max(axis=1, keepdims=True)


def _fit(target: HeadingTarget, contexts: Sequence[str], criteria: Criteria, doubt: float) -> FloatArray:
    under = indicators_under(target.node or "", criteria)
    missed = doubt + 0.5 * (1 - target.certainty) ** 2
    return np.array([1.0 if context in under else missed for context in contexts])


def indicators_under(node: str, criteria: Criteria) -> frozenset[str]:
    """Ids of the indicators of a chapter, item or indicator."""
    found = criteria.by_id[node]
    if isinstance(found, Chapter):
        return frozenset(i.id for item in found.items for i in item.indicators)
    if isinstance(found, Item):
        return frozenset(i.id for i in found.indicators)
    return frozenset({node} if isinstance(found, Indicator) else ())


def boundaries(passages: Sequence[Passage]) -> FloatArray:
    """(passages,) true where the innermost heading is not that of the passage before."""
    inner = [passage.headings[-1:] for passage in passages]
    return np.array([n > 0 and inner[n] != inner[n - 1] for n in range(len(inner))], bool)
