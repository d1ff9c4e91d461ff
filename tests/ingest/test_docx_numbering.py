"""Automatic numbers as Word prints them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.docx.number_formats import format_number
from tests.ingest.docx_builder import STYLES, numbered, para, read, style, styled


def level(depth: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{more}{"".join(levels)}</w:abstractNum>'


def instance(identity: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def restart(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


OUTLINE = abstract(
    0,
    level(0, "第%1章", "chineseCounting"),
    level(1, "%1.%2", more="<w:isLgl/>"),
    level(2, "%1.%2.%3", more="<w:isLgl/>"),
)


def labels(folder: Path, numbering: str, items: list[tuple[int, int]], styles: str = STYLES) -> list[str]:
    """Labels of paragraphs given as (numbering instance, level)."""
    body = "".join(numbered("文字", number, depth) for number, depth in items)
    return [block.number for block in read(folder, body, numbering=numbering, styles=styles).blocks]


def test_chapters_and_sections(tmp_path: Path) -> None:
    items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2), (1, 2)]
    assert labels(tmp_path, OUTLINE + instance(1, 0), items) == [
        "第一章", "1.1", "1.2", "1.2.1", "第二章", "2.1", "2.1.1", "2.1.2",
    ]  # fmt: skip


def test_the_number_is_not_in_the_text(tmp_path: Path) -> None:
    block = read(tmp_path, numbered("领导", 1), numbering=OUTLINE + instance(1, 0)).blocks[0]
    assert (block.text, block.number, block.label) == ("领导", "第一章", "第一章 领导")
    assert (block.kind, block.level) == ("list", 1)


def test_instances_of_a_list_go_on_unless_they_start_anew(tmp_path: Path) -> None:
    numbering = abstract(0, level(0, "%1.")) + instance(1, 0) + instance(2, 0) + instance(3, 0, restart(0, 5))
    items = [(1, 0), (2, 0), (1, 0), (3, 0), (3, 0)]
    assert labels(tmp_path, numbering, items) == ["1.", "2.", "3.", "5.", "6."]


def test_an_override_may_bring_its_own_level(tmp_path: Path) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）", "chineseCounting", 3)}</w:lvlOverride>'
    assert labels(tmp_path, abstract(0, level(0, "%1.")) + instance(1, 0, own), [(1, 0), (1, 0)]) == [
        "（三）",
        "（四）",
    ]


def test_a_level_may_not_restart(tmp_path: Path) -> None:
    numbering = abstract(0, level(0, "%1"), level(1, "表%2", more='<w:lvlRestart w:val="0"/>')) + instance(
        1, 0
    )
    assert labels(tmp_path, numbering, [(1, 0), (1, 1), (1, 0), (1, 1)]) == ["1", "表1", "2", "表2"]


def test_a_higher_level_that_has_not_come_shows_its_start(tmp_path: Path) -> None:
    numbering = abstract(0, level(0, "%1"), level(1, "%1.%2")) + instance(1, 0)
    assert labels(tmp_path, numbering, [(1, 1), (1, 0), (1, 1)]) == ["1.1", "1", "1.1"]


def test_bullets(tmp_path: Path) -> None:
    numbering = abstract(
        0, level(0, "\uf0b7", "bullet"), level(1, "○", "bullet"), level(2, "\uf012", "bullet")
    )
    assert labels(tmp_path, numbering + instance(1, 0), [(1, 0), (1, 1), (1, 2)]) == ["•", "○", "•"]


def test_number_by_style_and_its_removal(tmp_path: Path) -> None:
    tied = level(0, "%1", more='<w:pStyle w:val="h1"/>') + level(1, "%1.%2", more='<w:pStyle w:val="h2"/>')
    numbers = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{}"/></w:pPr>'
    styles = style("h1", "heading 1", numbers.format(0)) + style("h2", "heading 2", numbers.format(1))
    none = '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("领导", "h1") + styled("高层领导", "h2") + para("附录", none) + styled("战略", "h1")
    blocks = read(tmp_path, body, numbering=abstract(0, tied) + instance(1, 0), styles=styles).blocks
    assert [(b.label, b.kind, b.level) for b in blocks] == [
        ("1 领导", "heading", 1),
        ("1.1 高层领导", "heading", 2),
        ("附录", "heading", 1),
        ("2 战略", "heading", 1),
    ]


def test_lists_linked_by_a_style(tmp_path: Path) -> None:
    linked = abstract(1, more='<w:numStyleLink w:val="外观"/>')
    real = abstract(2, level(0, "%1)"), more='<w:styleLink w:val="外观"/>')
    assert labels(tmp_path, linked + real + instance(1, 1), [(1, 0), (1, 0)]) == ["1)", "2)"]


def test_empty_paragraphs_count_and_unknown_lists_do_not(tmp_path: Path) -> None:
    body = numbered("甲", 1) + numbered("", 1) + numbered("乙", 1) + numbered("丙", 99)
    blocks = read(tmp_path, body, numbering=abstract(0, level(0, "%1")) + instance(1, 0)).blocks
    assert [(b.number, b.kind) for b in blocks] == [("1", "list"), ("3", "list"), ("", "paragraph")]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {3: "03"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 60: "60"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 27: "AA"}),
        ("lowerLetter", {28: "bb"}),
        ("chineseCounting", {1: "一", 10: "十", 12: "十二", 20: "二十", 101: "一百零一"}),
        ("japaneseCounting", {11: "十一"}),
        ("chineseLegalSimplified", {2: "贰", 10: "壹拾"}),
        ("ideographDigital", {10: "一〇"}),
        ("ideographTraditional", {1: "甲", 11: "甲"}),
        ("ideographZodiac", {12: "亥"}),
        ("ordinal", {1: "1st", 11: "11th", 22: "22nd"}),
        ("none", {1: ""}),
        ("somethingNew", {7: "7"}),
    ],
)
def test_number_formats(form: str, numbers: dict[int, str]) -> None:
    assert {value: format_number(value, form) for value in numbers} == numbers


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_can_be_read_back(value: int) -> None:
    assert _read_chinese(format_number(value, "chineseCounting")) == value


def _read_chinese(text: str) -> int:
    if "万" in text:
        high, low = text.split("万")
        return _read_chinese(high) * 10_000 + (_read_chinese(low) if low else 0)
    total, digit = 0, 0
    for char in text:
        if char in "十百千":
            total += max(digit, 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(char)
    return total + digit
