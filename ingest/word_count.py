"""字数 as Word and WPS count it: one for an Asian character, one for a run of others.

Rule and evidence: the measured rule agrees with the numbers that Word and WPS stored in files to within
0.15 %. It works on units of text (a paragraph, a cell): a run of Latin characters never goes on from one
unit into the next, nor over a space, tab or line break.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from models.assessment import Statistics

_IGNORED = frozenset(map(chr, (*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD)))
_SPACES = frozenset(
    map(chr, (0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0xA0, 0x3000, *range(0x2002, 0x200B), 0x202F))
)
_IN_WITH_SPACES = _SPACES - {"\f"}
"""A page break costs nothing in 字符数（计空格）, a soft line break one."""
_EN_DASH = "\u2013"
_BLOCKS = (
    (0x3001, 0x33FF),  # punctuation, kana, bopomofo, enclosed and squared signs
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFFEF),
    (0x20000, 0x3FFFF),
    (0x1100, 0x11FF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
)
_LATIN_RUN = re.compile("L+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@lru_cache(maxsize=4096)
def _class_of(char: str) -> str:
    """``-`` ignored, ``_`` space, ``A`` Asian, ``L`` Latin."""
    if char in _IGNORED:
        return "-"
    if char in _SPACES:
        return "_"
    return "A" if _is_asian(char) else "L"


def _is_asian(char: str) -> bool:
    code = ord(char)
    if any(first <= code <= last for first, last in _BLOCKS):
        return True
    if code < 0x80 or char == _EN_DASH or unicodedata.category(char)[0] in "LM":
        return False
    return unicodedata.east_asian_width(char) in "WFA"


def count_words(text: str) -> int:
    """字数 of one unit of text."""
    classes = "".join(map(_class_of, text)).replace("-", "")
    return classes.count("A") + len(_LATIN_RUN.findall(classes))


def count(units: Iterable[str]) -> Statistics:
    """The four figures of Word's 字数统计 for units of text (paragraphs, cells)."""
    word = characters = spaces = han = 0
    for unit in units:
        word += count_words(unit)
        classes = "".join(map(_class_of, unit))
        characters += classes.count("A") + classes.count("L")
        spaces += sum(char in _IN_WITH_SPACES for char in unit)
        han += len(_HAN.findall(unit))
    return Statistics(word, characters, characters + spaces, han)
