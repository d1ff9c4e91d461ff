from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mapping.criteria import load_criteria
from mapping.exemplars import FOLDER, read_exemplars
from mapping.grams import grams, normal
from mapping.lexical import lexical_from_texts, load_lexical, save_lexical
from mapping.training.vocabulary import LONGEST_WORD, learn_features

TEXTS = {"a": "如何了解顾客的需求和期望", "b": "如何制定和实施员工的培训计划", "c": "如何管理供方和合作伙伴"}


def characters(text: str) -> tuple[str, ...]:
    return tuple(text)


def test_likest_text_comes_first() -> None:
    model = lexical_from_texts(TEXTS, characters)
    scores = model.scores(["顾客需求调查", "年度培训计划", "供方管理办法"], characters)
    assert [model.heads[n] for n in scores.argmax(axis=1)] == ["a", "b", "c"]


def test_text_without_a_known_feature_says_nothing() -> None:
    model = lexical_from_texts(TEXTS, characters)
    assert model.scores(["", "xyz"], characters).tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]


def test_saved_and_loaded(tmp_path: Path) -> None:
    model = lexical_from_texts(TEXTS, characters)
    save_lexical(tmp_path / "model.npz", model)
    again = load_lexical(tmp_path / "model.npz")
    texts = ["顾客需求", "培训", "设备"]
    assert again.heads == model.heads
    assert np.allclose(again.scores(texts, characters), model.scores(texts, characters), atol=0.2)


@given(st.text())
def test_normal_text_has_no_white_space_and_no_values(text: str) -> None:
    once = normal(text)
    assert not any(character.isspace() for character in once)
    assert normal(f"{text} 12.5") == normal(f"{text} 7")


def test_values_are_not_features() -> None:
    assert normal("满意度由92.1%升到９５．０％") == "满意度由0%升到0%"
    assert grams("顾客")["顾客"] == 1


def test_names_of_one_document_are_no_features() -> None:
    texts = ["华彩公司建立培训制度", "华彩公司开展培训", "远山集团建立培训制度"]
    features = learn_features(texts, ["甲", "甲", "乙"], characters)
    assert "培训" in features.grams.places
    assert "华彩" not in features.grams.places


def test_shipped_vocabulary_holds_no_sentence() -> None:
    criteria = load_criteria()
    model = load_lexical(FOLDER / f"lexical-{criteria.id}.npz")
    assert max(map(len, model.featurizer.grams.places)) <= 3
    assert max(map(len, model.featurizer.words.places)) <= LONGEST_WORD
    assert set(model.heads) - {"none", "result"} <= set(criteria.by_id)


def test_exemplars_carry_ids_of_the_criteria() -> None:
    criteria = load_criteria()
    exemplars = read_exemplars(criteria)
    known = {i.id for i in (*criteria.indicators, *criteria.overview_indicators)}
    assert {e.indicator for e in exemplars} == known | {None}
