from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.criteria import load_criteria
from mapping.decode import Decoded, Evidence, Habits, decode, transitions
from models.encoder import FloatArray

CRITERIA = load_criteria()
CONTEXTS = tuple(i.id for i in CRITERIA.indicators)


def decoded(
    answers: FloatArray, headings: FloatArray | None = None, none: FloatArray | None = None
) -> Decoded:
    count = len(answers)
    fits = np.ones((count, len(CONTEXTS))) if headings is None else headings
    silent = np.full(count, 0.1) if none is None else none
    evidence = Evidence(CONTEXTS, answers, silent, fits, np.zeros(count, bool))
    return decode(evidence, CRITERIA, Habits())


def speaking(*strengths: tuple[str, float] | None) -> FloatArray:
    """Texts that speak for one indicator each, or for none in particular."""
    rows = np.ones((len(strengths), len(CONTEXTS)))
    for row, strength in enumerate(strengths):
        if strength:
            rows[row, CONTEXTS.index(strength[0])] = strength[1]
    return rows


def firsts(found: Decoded) -> list[str]:
    return [CONTEXTS[n] for n in found.answers.argmax(axis=1)]


def test_a_vague_passage_follows_its_neighbours() -> None:
    found = decoded(speaking(("3.2.2", 500), None, ("3.2.2", 500)))
    assert firsts(found)[1] == "3.2.2"


def test_an_aside_does_not_break_the_chain() -> None:
    found = decoded(speaking(("3.2.2", 500), ("1.3.3", 1e5), None, ("3.2.2", 500)))
    assert firsts(found) == ["3.2.2", "1.3.3", "3.2.2", "3.2.2"]


def test_a_weak_contradiction_yields_to_the_neighbours() -> None:
    found = decoded(speaking(("3.2.2", 500), ("1.3.3", 5), ("3.2.2", 500)))
    assert firsts(found)[1] == "3.2.2"


def test_a_passage_that_answers_nothing_leaves_the_chain_alone() -> None:
    found = decoded(speaking(("3.2.2", 500), None, ("3.2.2", 500)), none=np.array([0.1, 1e4, 0.1]))
    assert found.none[1] > 0.9
    assert firsts(found)[2] == "3.2.2"


def test_the_text_goes_on_to_the_following_indicator() -> None:
    moves = transitions(CONTEXTS, CRITERIA, Habits())
    here = CONTEXTS.index("4.1.2")
    assert CONTEXTS[moves[here].argmax()] == "4.1.3"
    assert moves[here, CONTEXTS.index("4.1.4")] > moves[here, CONTEXTS.index("1.1.1")] > 0


@pytest.mark.parametrize("states", [1, 2, 57])
def test_moves_are_probabilities(states: int) -> None:
    moves = transitions(CONTEXTS[:states], CRITERIA, Habits())
    assert np.allclose(moves.sum(axis=1), 1)


@given(
    arrays(float, (5, len(CONTEXTS)), elements=st.floats(1e-9, 1e6)),
    arrays(float, (5, len(CONTEXTS)), elements=st.floats(1e-6, 1)),
    arrays(float, 5, elements=st.floats(0, 1e6)),
)
def test_probabilities_add_up(answers: FloatArray, headings: FloatArray, none: FloatArray) -> None:
    found = decoded(answers, headings, none)
    assert np.allclose(found.answers.sum(axis=1) + found.none, 1)
    assert (found.answers >= 0).all()
    assert np.allclose(found.neighbours.sum(axis=1), 1)
