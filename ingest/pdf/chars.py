"""Characters of a page with their boxes and looks, as pdfium gives them."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.pdf.geometry import Frame
from ingest.pdf.repair import UNKNOWN, repaired

MAX_CHARS = 50_000
"""Per page; a printed page of Chinese holds two thousand."""

SLANTED = 45
_BOLD_NAME = re.compile(r"bold|heavy|black|simhei|黑体|hei\b|heiti|-?w[789]\b", re.IGNORECASE)
_FILL_AND_STROKE, _INVISIBLE = 2, 3


@dataclass(frozen=True, slots=True)
class Look:
    """What the characters of one text object share; ``size`` in points as printed."""

    size: float
    bold: bool
    font: str
    white: bool
    hidden: bool
    """Drawn in render mode 3: neither filled nor stroked."""
    angle: int
    """0, 90, 180 or 270 degrees clockwise, as displayed; SLANTED for what lies between."""


class Char(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float
    look: Look

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def centre(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PageChars:
    """Characters in the order of the content; ``found`` counts those that are not white space."""

    chars: tuple[Char, ...]
    found: int
    unknown: int
    """Characters that the file gives no meaning for."""
    cut: bool = False
    """True where the page holds more than MAX_CHARS."""


def read_chars(page: Any, frame: Frame) -> PageChars:
    """All characters that stand in the file. Those pdfium makes up (spaces, line ends) are left out; text
    printed again over itself, a makeshift bold, it gives once."""
    textpage = page.get_textpage()
    try:
        raw = list(_raw_chars(textpage.raw, frame))
    finally:
        textpage.close()
    cut = len(raw) > MAX_CHARS
    chars = tuple(raw[:MAX_CHARS])
    solid = [char for char in chars if not char.text.isspace()]
    unknown = sum(char.text == UNKNOWN for char in solid)
    return PageChars(chars, len(solid), unknown, cut)


def _raw_chars(textpage: Any, frame: Frame) -> Iterator[Char]:
    from pypdfium2 import raw as pdfium

    looks: dict[int, Look] = {}
    reader = _LookReader(pdfium, textpage, frame.rotation)
    rect = pdfium.FS_RECTF()
    generated, unmapped = pdfium.FPDFText_IsGenerated, pdfium.FPDFText_HasUnicodeMapError
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    high = 0
    for index in range(min(pdfium.FPDFText_CountChars(textpage), MAX_CHARS * 2)):
        if generated(textpage, index) == 1:
            continue
        code = unicode_of(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        box_of(textpage, index, rect)
        owner = pdfium.FPDFText_GetTextObject(textpage, index)
        key = ctypes.addressof(owner.contents) if owner else 0
        look = looks.get(key)
        if look is None:
            look = looks[key] = reader.look(index, owner)
        text = UNKNOWN if unmapped(textpage, index) == 1 else repaired(code)
        yield Char(text, *frame.box(rect.left, rect.bottom, rect.right, rect.top), look)


class _LookReader:
    """Asks pdfium how the characters of one page look; a page holds hundreds of text objects."""

    def __init__(self, pdfium: Any, textpage: Any, rotation: int) -> None:
        self._pdfium = pdfium
        self._textpage = textpage
        self._rotation = rotation
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._colour = tuple(ctypes.c_uint() for _ in range(4))

    def look(self, index: int, owner: Any) -> Look:
        pdfium, textpage, matrix = self._pdfium, self._textpage, self._matrix
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = abs(pdfium.FPDFText_GetFontSize(textpage, index)) * scale
        mode = pdfium.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
        font, bold = self._font(index)
        heavy = pdfium.FPDFText_GetFontWeight(textpage, index) >= 600 or mode == _FILL_AND_STROKE
        turn = -math.degrees(math.atan2(matrix.b, matrix.a)) + self._rotation
        return Look(
            size=round(size, 1),
            bold=heavy or bold,
            font=font,
            white=self._is_white(index),
            hidden=mode == _INVISIBLE,
            angle=_angle(turn),
        )

    def _font(self, index: int) -> tuple[str, bool]:
        self._name[0] = b"\0"
        self._pdfium.FPDFText_GetFontInfo(self._textpage, index, self._name, 128, self._flags)
        return _font(self._name.value)

    def _is_white(self, index: int) -> bool:
        if not self._pdfium.FPDFText_GetFillColor(self._textpage, index, *self._colour):
            return False
        red, green, blue, alpha = (part.value for part in self._colour)
        return min(red, green, blue) >= 250 or alpha == 0


@lru_cache(maxsize=1024)
def _font(raw: bytes) -> tuple[str, bool]:
    """The name of a font without the mark of its subset, and whether it says that the font is bold."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")
    name = name.split("+", 1)[-1]
    return name, bool(_BOLD_NAME.search(name))


def _angle(turn: float) -> int:
    upright = round(turn / 90) * 90
    return upright % 360 if abs(turn - upright) < 8 else SLANTED
