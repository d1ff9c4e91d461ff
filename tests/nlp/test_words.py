"""The segmenter: nothing lost, terms whole, no file of its own in the shared temporary folder."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.words import words, words_within

TERMS = Path(__file__).resolve().parents[2] / "nlp" / "data" / "words" / "terms.txt"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("质量管理体系顾客满意度达99.5%，。\n\t ab中国ISO９"), max_size=60))
def test_joined_words_are_the_text_without_white_space(text: str) -> None:
    assert "".join(words(text)) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    "term", ["顾客满意度", "卓越绩效", "平衡计分卡", "市场占有率", "净资产收益率", "一票否决"]
)
def test_terms_stay_whole(term: str) -> None:
    assert term in words(f"三年来{term}的情况如下。")


def test_a_longer_name_is_cut_at_its_joint() -> None:
    assert words("信息系统可用率") in [("信息系统", "可用率"), ("信息系统", "可用", "率")]


def test_terms_are_listed_once() -> None:
    terms = TERMS.read_text(encoding="utf-8").split()
    assert len(terms) == len(set(terms))


def test_no_cache_in_the_shared_temporary_folder(tmp_path: Path) -> None:
    code = "import sys; import nlp.words; assert 'jieba' not in sys.modules; nlp.words.words('质量管理体系')"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={"TMPDIR": str(tmp_path), "PATH": ""},
    )
    assert list(tmp_path.iterdir()) == []
    assert done.stderr == ""


def test_words_within_hold_the_shorter_words_of_a_longer_one() -> None:
    assert set(words("顾客满意度调查")) <= set(words_within("顾客满意度调查"))
    assert {"顾客", "满意度"} <= set(words_within("顾客满意度调查"))
