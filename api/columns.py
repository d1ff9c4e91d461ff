"""Plain text in columns, where a Chinese character is two columns wide."""

from __future__ import annotations

import re
import unicodedata

COLUMNS = 80
# A word in Latin letters or digits stays whole; everything else may be parted after any character.
_UNIT = re.compile(r"[!-~]+|.", re.DOTALL)
_CLOSING = "，。；：、！？）》”’」】］…"
_OPENING = "（《“‘「【［"


def width(text: str) -> int:
    """Columns that a terminal needs for the text."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def fold(text: str, indent: str = "", first: str | None = None, columns: int = COLUMNS) -> str:
    """The text in lines of at most ``columns``, each after ``indent`` (the first after ``first``).

    A bracket or mark is not parted from what it opens or closes. A word longer than a line
    stays whole.
    """
    lines = [indent if first is None else first]
    empty = True
    for unit in _units(text):
        if not empty and width(lines[-1] + unit) > columns:
            lines.append(indent)
            empty = True
        if not (empty and unit.isspace()):
            lines[-1] += unit
            empty = False
    return "\n".join(line.rstrip() for line in lines)


def _units(text: str) -> list[str]:
    """Pieces that are not parted: a character or word with the marks around it."""
    units: list[str] = []
    for unit in _UNIT.findall(text):
        if units and (unit in _CLOSING or units[-1][-1] in _OPENING):
            units[-1] += unit
        else:
            units.append(unit)
    return units
