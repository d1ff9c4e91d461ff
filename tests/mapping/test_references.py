"""The passages to look at first where an indicator has no answer."""

from __future__ import annotations

import numpy as np

from mapping.cache import Cache
from mapping.references import index_references
from tests.mapping.encoders import CharacterEncoder
from tests.mapping.readings import CRITERIA


def test_the_text_of_an_exemplar_is_closest_to_its_own_indicator() -> None:
    encoder = CharacterEncoder()
    references = index_references(CRITERIA, encoder, Cache())
    texts = ["公司董事会每年对高层领导进行绩效评价，评价结果用于改进治理机构的有效性。", "食堂供应早餐。"]
    closest = references.closest(encoder.encode(texts))
    assert closest["1.2.2"] == (0, 1)
    assert set(closest) == {i.id for i in (*CRITERIA.indicators, *CRITERIA.overview_indicators)}


def test_no_passages_have_no_closest() -> None:
    encoder = CharacterEncoder()
    closest = index_references(CRITERIA, encoder, Cache()).closest(
        np.zeros((0, encoder.dimensions), np.float32)
    )
    assert set(closest.values()) == {()}
