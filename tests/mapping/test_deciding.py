"""The sentences that are underlined for a reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.deciding import Points, deciding_sentences, index_points, sentences
from models.assessment import IndicatorScore, PassageRecord
from nlp.encoder import load_encoder
from tests.mapping.readings import CRITERIA


@pytest.fixture(scope="module")
def points() -> Points:
    return index_points(CRITERIA, load_encoder(None))


def spoken(text: str, indicator: str) -> PassageRecord:
    return PassageRecord(
        id="p-1",
        document="d1",
        text=text,
        heading_path=(),
        kind="paragraph",
        page=1,
        page_label=None,
        page_exact=True,
        bbox=None,
        paragraph=1,
        indicators=(IndicatorScore(indicator, 0.9),),
        requirements=(),
        aspect="approach",
        aspects={},
        learning=False,
        integration=False,
        why=None,
    )


def underlined(passage: PassageRecord, points: Points) -> list[str]:
    spans = deciding_sentences([passage], points).get(passage.id, ())
    return [passage.text[start:end] for start, end in spans]


def test_sentence_about_the_indicator_is_underlined(points: Points) -> None:
    text = "办公楼共有十二层。公司建立安全生产责任制，制定应急预案并定期演练。食堂在一层。"
    assert underlined(spoken(text, "1.1.3"), points) == ["公司建立安全生产责任制，制定应急预案并定期演练。"]


def test_at_most_two_sentences(points: Points) -> None:
    text = "顾客满意度每季度调查。" * 6
    assert 1 <= len(underlined(spoken(text, "3.2.2"), points)) <= 2


def test_one_sentence_needs_no_line(points: Points) -> None:
    assert underlined(spoken("公司建立安全生产责任制。", "1.1.3"), points) == []


def test_passage_that_answers_nothing_has_no_line(points: Points) -> None:
    assert deciding_sentences([replace(spoken("一。二。", "1.1.3"), indicators=())], points) == {}


def test_every_indicator_has_points(points: Points) -> None:
    assert {i.id for i in (*CRITERIA.indicators, *CRITERIA.overview_indicators)} == set(points.vectors)


@given(st.text(alphabet="公司。！；\n安全,. ", max_size=60))
def test_sentences_are_the_whole_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in sentences(text)) == text
