"""Numbers as Word writes them in lists: 1, 一, 甲, ①, iv, b; by the names of ``w:numFmt``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def format_number(value: int, name: str) -> str:
    """``value`` in a format of ``w:numFmt``; plain decimal for formats not known here."""
    known = _FORMATS.get(name)
    return known(value) if known and value > 0 else ("" if name == "none" else str(value))


def _counting(digits: str, units: Sequence[str], *, bare_ten: bool) -> Callable[[int], str]:
    """Chinese numerals with units; ``bare_ten``: 十一, not 一十一."""

    def write(value: int) -> str:
        if value >= 10_000:
            return write(value // 10_000) + "万" + _rest(value % 10_000)
        text = _below_ten_thousand(value)
        return text[1:] if bare_ten and 10 <= value < 20 else text

    def _rest(value: int) -> str:
        if value == 0:
            return ""
        return (digits[0] if value < 1000 else "") + _below_ten_thousand(value)

    def _below_ten_thousand(value: int) -> str:
        text, gap = "", False
        for place in range(3, -1, -1):
            digit = value // 10**place % 10
            if digit:
                text += (digits[0] if gap and text else "") + digits[digit] + units[place]
            gap = digit == 0
        return text

    return write


def _digit_by_digit(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(figure)] for figure in str(value))


def _cycle(letters: str) -> Callable[[int], str]:
    return lambda value: letters[(value - 1) % len(letters)]


def _letters(first: str) -> Callable[[int], str]:
    """a … z, aa, bb …: Word repeats the letter."""
    return lambda value: chr(ord(first) + (value - 1) % 26) * min((value - 1) // 26 + 1, 30)


def _roman(value: int) -> str:
    text = ""
    pairs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
             (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    if value >= 4000:
        return str(value)
    for worth, letters in pairs:
        text += letters * (value // worth)
        value %= worth
    return text


def _ranges(*ranges: tuple[int, int, int]) -> Callable[[int], str]:
    """Ready-made characters: (first value, last value, code of the first); decimal outside them."""

    def write(value: int) -> str:
        for first, last, code in ranges:
            if first <= value <= last:
                return chr(code + value - first)
        return str(value)

    return write


_CHINESE = _counting("零一二三四五六七八九", ("", "十", "百", "千"), bare_ten=True)
_LEGAL = _counting(_LEGAL_DIGITS, ("", "拾", "佰", "仟"), bare_ten=False)
_CIRCLED = _ranges((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalFullWidth2": lambda value: str(value).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _ranges((1, 20, 0x2474)),
    "decimalEnclosedFullstop": _ranges((1, 20, 0x2488)),
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": lambda value: (
        f"{value}{'th' if value % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
    ),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "chineseCounting": _CHINESE,
    "chineseCountingThousand": _CHINESE,
    "taiwaneseCounting": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "japaneseCounting": _CHINESE,
    "koreanCounting": _CHINESE,
    "chineseLegalSimplified": _LEGAL,
    "ideographLegalTraditional": _LEGAL,
    "japaneseLegal": _LEGAL,
    "ideographDigital": _digit_by_digit(_DIGITS),
    "taiwaneseDigital": _digit_by_digit(_DIGITS),
    "japaneseDigitalTenThousand": _digit_by_digit(_DIGITS),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _ranges((1, 10, 0x3280)),
    "none": lambda _: "",
}
