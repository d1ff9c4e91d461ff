"""Characters that look right on the page and match nothing: radicals, presentation forms, missing maps.

Text layers of real files hold Kangxi and CJK radicals in place of ideographs, private-use bullets
and code points that no Unicode map backs. One character in gives one character out, so that sums close.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

UNKNOWN = "\ufffd"
"""Stands for a character that the file gives no meaning for."""

# Bullets of the Symbol and Wingdings fonts, which Word writes as private-use characters.
_BULLETS = {
    0xF06C: "●",
    0xF06E: "■",
    0xF075: "◆",
    0xF0A7: "▪",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0FC: "√",
    0xF0A8: "□",
}
# CJK radicals supplement without a compatibility mapping in Unicode; those that stand for a character.
_RADICALS = dict(
    zip(
        "⺁⺄⺈⺋⺌⺍⺗⺙⺛⺝⺟⺠⺡⺢⺣⺤⺥⺧⺩⺪⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙刀㔾小小心攵旡月母民水水火爪爪牛王疋示示竹糸纟罓罒网网网羊羊羊老聿聿肉臼艹艹艹虎衤西西见角讠贝足车辶辶辶阝钅長镸长门阝阝雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿龍龙龜龟龟",
        strict=True,
    )
)


@lru_cache(maxsize=65536)
def repaired(code: int) -> str:
    """The character meant by a code point of the text layer, or UNKNOWN."""
    if code in _BULLETS:
        return _BULLETS[code]
    if code in (0x02, 0xAD):  # pdfium's mark for a hyphen at a line end
        return "-"
    char = chr(code)
    if _is_radical(code):
        return _RADICALS.get(char) or _single(unicodedata.normalize("NFKC", char), char)
    if 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        return _single(unicodedata.normalize("NFC", char), char)
    return UNKNOWN if _is_meaningless(code, char) else char


def _is_radical(code: int) -> bool:
    return 0x2E80 <= code <= 0x2FDF


def _single(text: str, otherwise: str) -> str:
    return text if len(text) == 1 else otherwise


def _is_meaningless(code: int, char: str) -> bool:
    if char in "\t\n\r\x0b\x0c":
        return False
    return code == 0 or unicodedata.category(char) in ("Cc", "Co", "Cn", "Cs")


def is_wide(char: str) -> bool:
    """True for ideographs, kana, hangul and full-width signs: between these a line end is no space."""
    return (char >= "\u2e80" and char not in "\ufeff\ufffd") or char in "“”‘’—…·、。"
