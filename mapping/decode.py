"""Decoding over the sequence of passages: an applicant stays on a subject and keeps the criteria's order.

A hidden chain of contexts (what the report is about here) runs under the passages. A passage usually
answers the indicator of its context, sometimes another (an aside, a misplaced passage), sometimes none;
neither breaks the chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.criteria import Criteria
from models.encoder import FloatArray


@dataclass(frozen=True, slots=True)
class Habits:
    """How applicants write; chosen on development documents (``mapping.training.develop``)."""

    stay_under_heading: float = 0.75
    """Chance that the next passage under the same heading keeps the context."""
    stay_over_heading: float = 0.25
    """The same where a new heading begins."""
    next: float = 0.55
    """Of the moves: to the following indicator of the criteria."""
    near: float = 0.3
    """Of the moves: to one of the same item or the following item; the rest go anywhere."""
    aside: float = 0.06
    """Chance that a passage answers another indicator than that of its context."""


REPORT = Habits()
BRIEF = Habits(stay_under_heading=0.3, stay_over_heading=0.15, next=0.2, near=0.3)
"""An annual report has about one passage per indicator, several subjects under a heading, and an order
of its own."""


@dataclass(frozen=True)
class Evidence:
    """What is known of the passages before they are looked at together.

    ``contexts``: ids of indicators. ``answers``: (passages, contexts), how much likelier the text is
    if it answers the indicator than on average. ``none``: (passages,) the same if it answers none.
    ``headings``: (passages, contexts), how well the headings above fit the context. ``boundaries``:
    (passages,) true where another heading begins."""

    contexts: tuple[str, ...]
    answers: FloatArray
    none: FloatArray
    headings: FloatArray
    boundaries: FloatArray


@dataclass(frozen=True)
class Decoded:
    """Probabilities: (passages, contexts) that a passage answers an indicator, (passages,) that it
    answers none, and (passages, contexts) of the context from the neighbours alone."""

    answers: FloatArray
    none: FloatArray
    neighbours: FloatArray


def decode(evidence: Evidence, criteria: Criteria, habits: Habits) -> Decoded:
    """Forward and backward over the passages of one part."""
    count, states = evidence.answers.shape
    moves = transitions(evidence.contexts, criteria, habits)
    stay = np.where(evidence.boundaries, habits.stay_over_heading, habits.stay_under_heading)
    fits = _fits(evidence, habits.aside)
    before = _sweep(fits, stay, moves, range(count), states)
    after = _sweep(fits, np.append(stay[1:], 0.5), moves.T, range(count - 1, -1, -1), states)
    around = before * after
    neighbours = around / around.sum(axis=1, keepdims=True)
    return _answers(evidence, neighbours, habits.aside)


def transitions(contexts: Sequence[str], criteria: Criteria, habits: Habits) -> FloatArray:
    """(contexts, contexts): where the text goes when it leaves a context; rows add up to 1."""
    items = [criteria.indicator(context).item for context in contexts]
    order = list(dict.fromkeys(items))
    states = len(contexts)
    moves = np.zeros((states, states))
    for here in range(states):
        near = [
            there
            for there in range(states)
            if there != here and 0 <= order.index(items[there]) - order.index(items[here]) <= 1
        ]
        others = 1.0 - habits.next - habits.near
        moves[here] += others / states
        moves[here, near] += habits.near / max(1, len(near))
        moves[here, min(here + 1, states - 1)] += habits.next
        moves[here] /= moves[here].sum()
    return moves


def _fits(evidence: Evidence, aside: float) -> FloatArray:
    """(passages, contexts): likelihood of text and headings in each context."""
    anything = evidence.answers.mean(axis=1, keepdims=True)
    text = (1 - aside) * evidence.answers + aside * anything + evidence.none[:, None]
    return text * evidence.headings


def _sweep(fits: FloatArray, stay: FloatArray, moves: FloatArray, order: range, states: int) -> FloatArray:
    """(passages, contexts): what the passages on one side say of each passage's context."""
    out = np.empty_like(fits)
    belief = np.full(states, 1.0 / states)
    previous: int | None = None
    for here in order:
        if previous is not None:
            seen = belief * fits[previous]
            seen /= seen.sum()
            # Going back, the boundary lies at the passage that was just left.
            keep = stay[here]
            belief = keep * seen + (1 - keep) * (seen @ moves)
        out[here] = belief
        previous = here
    return out


def _answers(evidence: Evidence, neighbours: FloatArray, aside: float) -> Decoded:
    context = neighbours * evidence.headings
    context = context / context.sum(axis=1, keepdims=True)
    states = context.shape[1]
    answers = evidence.answers * ((1 - aside) * context + aside / states)
    total = answers.sum(axis=1) + evidence.none
    return Decoded(answers / total[:, None], evidence.none / total, neighbours)
