"""Just enough of units to hold two printed figures against each other."""

from __future__ import annotations

import re

_FACTORS = {"亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3}
_DIGITS = re.compile(r"\d[\d,，]*(?:\.(\d+))?")


def comparable(value: float, unit: str) -> tuple[float, str]:
    """A value in the unit without its 万 or 亿, and that unit."""
    for word, factor in _FACTORS.items():
        if unit.startswith(word) and len(unit) > len(word):
            return value * factor, unit[len(word) :]
    return value, unit


def last_digit(text: str) -> float:
    """What one more in the last printed digit is worth: 0.1 for 92.1, 1 for 1,820; 0 where there is none."""
    found = _DIGITS.search(text)
    if not found:
        return 0.0
    return float(10 ** -len(found[1])) if found[1] else 1.0
