"""Characters that look right on the page and match nothing: radicals, presentation forms, missing maps.

Text layers of real files hold Kangxi and CJK radicals in place of ideographs, private-use bullets
and code points that no Unicode map backs. One character in gives one character out, so that sums close.
"""

from __future__ import annotations

import re
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

_CODES = re.compile(r"\(cid:\d{1,6}\)")
"""What a converter wrote for glyphs that it could not read."""
_LEAST_LETTERS = 40
"""Fewer tell nothing."""
_WITHIN_ONE_SET = 0.75


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


def is_garbled(text: str) -> bool:
    """True for a text layer whose map is wrong: its characters mean something, but never together.

    Printed Chinese stays within one of the two old character sets nearly throughout; ideographs taken at
    random do so to a third and two thirds. Other scripts beside it are as unlikely.
    """
    solid = "".join(text.split())
    codes = sum(len(found) for found in _CODES.findall(solid))
    if codes >= _LEAST_LETTERS and codes * 5 > len(solid):
        return True
    letters = [char for char in text if char.isalpha() and char > "\u007f"]
    han = "".join(char for char in letters if _is_han(char))
    if len(letters) < _LEAST_LETTERS:
        return False
    if len(han) * 2 < len(letters):
        return sum(_is_likely(char) for char in letters) * 2 < len(letters)
    return max(_share(han, "gb2312"), _share(han, "big5")) < _WITHIN_ONE_SET


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


def _is_likely(char: str) -> bool:
    """Of a script that Chinese reports hold: ideographs, Latin with accents, Greek, Cyrillic, kana."""
    return _is_han(char) or char < "\u0500" or "\u3040" <= char <= "\u30ff" or char >= "\uff00"


def _share(text: str, encoding: str) -> float:
    return len(text.encode(encoding, "ignore").decode(encoding)) / max(1, len(text))
