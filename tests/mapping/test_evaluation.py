"""An encoder's figures on the shipped passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from mapping.evaluation import Accuracy, evaluate_encoder, fold_of
from mapping.exemplars import read_exemplars
from models.encoder import FloatArray
from tests.mapping.encoders import CharacterEncoder
from tests.mapping.readings import CRITERIA


@dataclass(frozen=True)
class Blind:
    """Tells nothing from anything."""

    name: str = "blind"
    dimensions: int = 16
    sha256: str = "2" * 64

    def encode(self, texts: Sequence[str]) -> FloatArray:
        return np.tile(np.float32(0.25), (len(texts), self.dimensions))


@pytest.fixture(scope="module")
def exemplars() -> tuple[str, ...]:
    return tuple(e.indicator for e in read_exemplars(CRITERIA) if e.indicator is not None)


def test_every_passage_that_answers_something_is_judged_once(exemplars: tuple[str, ...]) -> None:
    found = evaluate_encoder(CRITERIA, CharacterEncoder())
    results = sum(CRITERIA.is_result(one) for one in exemplars if not one.startswith("0."))
    overview = sum(one.startswith("0.") for one in exemplars)
    assert found.total.passages == len(exemplars)
    assert (found.result.passages, found.overview.passages) == (results, overview)
    assert found.total == found.process + found.result + found.overview


def test_even_characters_tell_more_than_nothing() -> None:
    found, blind = evaluate_encoder(CRITERIA, CharacterEncoder()), evaluate_encoder(CRITERIA, Blind())
    assert 0 < found.total.first < found.total.third < found.total.passages
    assert found.total.first > 3 * blind.total.first


def test_an_industry_is_never_on_both_sides() -> None:
    exemplars = read_exemplars(CRITERIA)
    assert all(one.group for one in exemplars)
    folds = {one.group: fold_of(one) for one in exemplars}
    assert all(fold_of(one) == folds[one.group] for one in exemplars)
    assert set(folds.values()) == {0, 1, 2, 3}


def test_criteria_without_passages_have_no_figures() -> None:
    found = evaluate_encoder(replace(CRITERIA, id="other"), CharacterEncoder())
    assert found.total == Accuracy()
