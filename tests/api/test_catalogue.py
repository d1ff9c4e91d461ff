"""What `ziping criteria` and `ziping criteria show ID` print."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue import catalogue_text, node_text
from api.columns import COLUMNS, fold, width
from mapping.criteria import load_criteria
from models.criteria import Criteria, Requirement
from models.errors import UsageError

CRITERIA = load_criteria()
TEXT = catalogue_text(CRITERIA)


def test_every_node_above_the_points_stands_on_its_own_line() -> None:
    lines = [line.strip() for line in TEXT.splitlines()]
    for node in CRITERIA.nodes():
        if not isinstance(node, Requirement):
            assert sum(line.startswith(f"{node.id} {node.title}（") for line in lines) == 1


def test_points_stand_at_chapters_items_and_total_only() -> None:
    assert "1 领导（110分）" in TEXT
    assert "  1.1 高层领导的作用（50分）" in TEXT
    assert "    1.1.1 组织文化（4个要点）" in TEXT
    assert "0 组织概述（不评分）" in TEXT
    assert "7章，23个条目，57个指标，1000分" in TEXT
    assert len(re.findall(r"\d分）", TEXT)) == 7 + 23


def test_requirement_counts_are_told() -> None:
    flat = TEXT.replace("\n", "")
    for words in ("过程要点114个", "结果要求15句", "组织概述要点14个", "不超过60,000字，含图表"):
        assert words in flat


def test_counting_note_is_told_in_two_sentences() -> None:
    assert CRITERIA.counting_note.count("。") == 2
    assert CRITERIA.counting_note in TEXT.replace("\n", "")


def test_nothing_is_wider_than_the_terminal() -> None:
    texts = [TEXT, *(node_text(CRITERIA, node.id) for node in CRITERIA.nodes())]
    assert max(width(line) for text in texts for line in text.splitlines()) <= COLUMNS


def test_indicator_shows_points_aspects_links_and_source() -> None:
    text = node_text(CRITERIA, "4.3.2")
    for words in (
        "4.3 信息和知识资源（20分）",
        "采用方法、工作展开",
        "7.4.2 信息结果",
        "评价准则 五、4.3 2）",
    ):
        assert words in text
    for number, requirement in enumerate(CRITERIA.indicator("4.3.2").requirements, 1):
        assert f"（{number}）{requirement.text}" in text


def test_links_are_shown_from_both_ends() -> None:
    assert "结合的过程：2 战略；4.2 财务资源；6 测量、分析与改进" in node_text(CRITERIA, "7.3.1")
    for node in ("2", "2.1", "2.1.2", "2.1.2-1", "4.2.1", "6.2"):
        assert "7.3.1 财务结果" in node_text(CRITERIA, node)
    assert "7.3.1" not in node_text(CRITERIA, "4.1.1")


def test_result_sentence_is_printed_without_number() -> None:
    assert "（1）" not in node_text(CRITERIA, "7.1.2")
    assert "实施结果" in node_text(CRITERIA, "7.1.2")


def test_conditions_are_told() -> None:
    assert "适用时”才适用" in node_text(CRITERIA, "1.1.4-1").replace("\n    ", "")
    assert "必要时”才适用" in node_text(CRITERIA, "7.6")
    assert "才适用" not in node_text(CRITERIA, "1.1.4-2")


def test_alias_is_told_and_followed() -> None:
    text = node_text(CRITERIA, "4.6.2")
    assert text.startswith("4.6.2 计入 4.6.1。\n4.6.1 关系管理、合作支持\n")


def test_full_width_id_is_understood() -> None:
    assert node_text(CRITERIA, " １.１.１ ") == node_text(CRITERIA, "1.1.1")


@pytest.mark.parametrize(
    ("unknown", "near"),
    [
        ("4.3.9", "4.3.1 信息管理；4.3.2 信息系统；4.3.3 知识管理"),
        ("1.1.1-7", "1.1.1-4"),
        ("品牌", "1.1.2 品牌建设；7.6.3 品牌结果"),
        ("9.1.1", "1 领导"),
        ("", "7 结果"),
    ],
)
def test_unknown_id_names_near_ones(unknown: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        node_text(CRITERIA, unknown)
    assert near in caught.value.message
    assert "ziping criteria" in caught.value.message


def test_other_criteria_are_told_by_their_own_numbers() -> None:
    chapter = CRITERIA.chapters[1]
    other: Criteria = replace(CRITERIA, chapters=(chapter,), limits=(), result_years=5, status="试行")
    text = catalogue_text(other).replace("\n", "")
    assert "合计：1章，2个条目，4个指标，90分" in text
    assert "5年" in text and "状态：试行" in text


@given(st.text(alphabet="质量（）《》，。；“”ab1. ", max_size=200), st.integers(20, 60))
def test_folding_loses_only_spaces_at_line_ends(text: str, columns: int) -> None:
    folded = fold(text, "  ", "", columns)
    assert folded.replace("\n", "").replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="质量管理 ", max_size=200), st.integers(20, 60))
def test_folded_lines_fit(text: str, columns: int) -> None:
    assert all(width(line) <= columns for line in fold(text, "  ", "", columns).splitlines())


def test_closing_mark_stays_with_what_it_closes() -> None:
    assert fold("一二三四五。", columns=10) == "一二三四\n五。"
    assert fold("一二三四（五）", columns=10) == "一二三四\n（五）"
