"""字数: the worked examples of the measured rule, and what must hold of any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.word_count import count, count_words

TEXT = st.text(
    st.one_of(
        st.sampled_from("公司质量abcXYZ019%.,-–—“”…·①Ⅰ●□√→é中，。（）\u200b\u00ad\u3000\u00a0 \t\nＡ％"),
        st.characters(exclude_categories=["Cs"]),
    )
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C++", 1),
        ("3.5%", 1),
        ("2019-2021", 1),
        ("a@b.cn", 1),
        ("(1978–1994)[J]", 1),
        ("你好,世界", 5),
        ("“质量”——改进…", 9),
        ("A\u200bB", 1),
        ("A\u00a0B", 2),
        ("A\tB\nC", 3),
        ("2017年、2018年", 5),
        ("café Ωμέγα", 2),
        ("①②Ⅰ●□√→", 7),
        ("１２％", 3),
        ("", 0),
    ],
)
def test_examples_of_the_rule(text: str, words: int) -> None:
    assert count_words(text) == words


def test_the_four_figures() -> None:
    figures = count(["质量 ISO 9001\n体系", "A–B"])
    assert figures.word == 4 + 2 + 1
    assert figures.characters == 4 + 7 + 3
    assert figures.characters_with_spaces == figures.characters + 3
    assert figures.han == 4


@given(TEXT)
def test_the_printed_rule_gives_the_same(text: str) -> None:
    assert count_words(text) == _as_printed(text)


@given(st.lists(TEXT))
def test_units_add_up(units: list[str]) -> None:
    figures = count(units)
    assert figures.word == sum(map(count_words, units))
    assert figures.han <= figures.word <= figures.characters <= figures.characters_with_spaces


@given(TEXT, st.sampled_from(" \t\n\u3000\u00a0\u200b"))
def test_blanks_around_a_text_do_not_count(text: str, blank: str) -> None:
    assert count_words(blank + text + blank) == count_words(text)


@given(TEXT, TEXT)
def test_a_blank_parts_units_and_nothing_else(first: str, second: str) -> None:
    parted = count_words(first) + count_words(second)
    assert count_words(f"{first} {second}") == parted
    assert parted - 1 <= count_words(first + second) <= parted


def _as_printed(text: str) -> int:
    """The rule as its description prints it, character by character."""
    ignored = {*map(chr, range(0x200B, 0x2010)), "\u2060", "\ufeff", "\u00ad"}
    spaces = {*" \t\n\r\x0b\x0c\u00a0\u3000\u202f", *map(chr, range(0x2002, 0x200B))}
    total, in_run = 0, False
    for char in text:
        if char in ignored:
            continue
        if char in spaces:
            in_run = False
        elif _asian_as_printed(char):
            total, in_run = total + 1, False
        else:
            total, in_run = total + (not in_run), True
    return total


def _asian_as_printed(char: str) -> bool:
    code, width = ord(char), unicodedata.east_asian_width(char)
    if 0x3001 <= code <= 0x33FF or 0xFE30 <= code <= 0xFE4F or 0xFF01 <= code <= 0xFFEF:
        return True
    if code < 0x80 or code == 0x2013:
        return False
    if 0x1100 <= code <= 0x11FF or 0x3400 <= code <= 0x9FFF or 0xA960 <= code <= 0xA97F:
        return True
    if 0xAC00 <= code <= 0xD7FF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF:
        return True
    return width in "WFA" and unicodedata.category(char)[0] not in "LM"
