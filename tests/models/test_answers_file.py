"""The file of answers: what is written reads back equal, and what cannot be understood is said."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import codec
from models.answers import Answer, latest
from models.answers_file import read_answers, write_answers
from models.errors import UsageError

words = st.text(max_size=12).map(str.strip)
ids = st.text("abcdef0123456789.-", min_size=1, max_size=10)
nodes = st.builds(
    Answer,
    about=st.just("node"),
    id=ids,
    verdict=st.sampled_from(("not_applicable", "elsewhere")),
    sentence=words.filter(bool),
)
findings = st.builds(
    Answer, about=st.just("finding"), id=ids, verdict=st.sampled_from(("wrong", "done")), sentence=words
)
passages = st.builds(
    Answer,
    about=st.just("passage"),
    id=ids,
    verdict=st.just("wrong"),
    sentence=words,
    indicators=st.none() | st.lists(ids, max_size=3, unique=True).map(tuple),
    aspect=st.sampled_from((None, "approach", "deployment", "result", "none")),
).filter(lambda answer: answer.indicators is not None or answer.aspect is not None)
series = st.builds(
    Answer,
    about=st.just("kpi"),
    id=ids,
    verdict=st.just("wrong"),
    year=st.sampled_from(("2018", "2019")),
    target=st.booleans(),
    value=st.none() | st.floats(-1e200, 1e200),
)


@given(st.lists(nodes | findings | passages | series, max_size=6))
def test_what_is_written_reads_back_equal(answers: list[Answer]) -> None:
    text = write_answers(answers)
    assert sorted(map(repr, read_answers(tomllib.loads(text)))) == sorted(map(repr, answers))
    assert write_answers(read_answers(tomllib.loads(text))) == text


@given(nodes | findings | passages | series)
def test_an_answer_is_json_too(answer: Answer) -> None:
    assert codec.from_json(Answer, json.loads(json.dumps(codec.to_json(answer)))) == answer


def test_the_last_answer_to_a_thing_counts() -> None:
    first, other = Answer("node", "1.1", "elsewhere", "甲。"), Answer("finding", "1.1", "done")
    last = Answer("node", "1.1", "not_applicable", "乙。")
    assert latest((first, other, last)) == (last, other)


def test_unrelated_and_no_kpi_in_words() -> None:
    data = {"passage": [{"id": "p", "answer": "无关"}], "kpi": [{"id": "k", "answer": "不是指标"}]}
    passage, kpi = read_answers(data)
    assert (passage.indicators, passage.aspect) == ((), "none")
    assert (kpi.year, kpi.value) == ("", None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"nodes": []}, "不认识的表“nodes”"),
        ({"node": {"id": "1.1"}}, "须写成 [[node]]"),
        ({"node": ["1.1"]}, "不是一组键和值"),
        ({"node": [{"id": "1.1", "answer": "不适用"}]}, "缺少 sentence"),
        ({"node": [{"id": "1.1", "answer": "已处理", "sentence": "x"}]}, "不能是“已处理”"),
        ({"node": [{"answer": "不适用", "sentence": "x"}]}, "缺少 id"),
        ({"node": [{"id": 1.1, "answer": "不适用", "sentence": "x"}]}, "须是加引号的文字"),
        ({"finding": [{"id": "f-1"}]}, "缺少 answer"),
        ({"finding": [{"id": "f-1", "answer": "已处理", "value": 1}]}, "不认识的键“value”"),
        ({"passage": [{"id": "p-1"}]}, "没有写出正确的 indicators 或 aspect"),
        ({"passage": [{"id": "p-1", "indicators": [1.1]}]}, "须是编号的列表"),
        ({"passage": [{"id": "p-1", "aspect": "方法"}]}, "aspect 不能是“方法”"),
        ({"passage": [{"id": "p-1", "answer": "无关", "indicators": ["1.1.1"]}]}, "请只留一个"),
        ({"kpi": [{"id": "k-1", "year": "2018"}]}, "没有写出正确的 value"),
        ({"kpi": [{"id": "k-1", "value": 3}]}, "缺少 year"),
        ({"kpi": [{"id": "k-1", "year": "2018", "value": "九成"}]}, "value 须是数字"),
        ({"kpi": [{"id": "k-1", "year": "2018", "value": float("nan")}]}, "value 须是数字"),
        ({"kpi": [{"id": "k-1", "year": "2018", "value": 10**400}]}, "value 须是数字"),
        ({"kpi": [{"id": "k-1", "year": "去年", "value": 1}]}, "year 须是四位年份"),
        ({"kpi": [{"id": "k-1", "year": "2018", "value": True}]}, "value 须是数字"),
        ({"kpi": [{"id": "k-1", "year": "2018", "value": 1, "target": "是"}]}, "target 须是 true"),
        ({"kpi": [{"id": "k-1", "answer": "不是指标", "value": 1, "year": "2018"}]}, "请只留一个"),
    ],
)
def test_what_cannot_be_understood_is_said(data: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as error:
        read_answers(data)
    assert said in error.value.message and error.value.message.endswith("。")


names = st.sampled_from(("node", "kpi", "passage", "id", "answer", "value", "year"))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner),
)


@given(st.dictionaries(names, anything))
def test_no_data_breaks_the_reader(data: dict[str, Any]) -> None:
    try:
        read_answers(data)
    except UsageError as error:
        assert error.message
