"""Lines to paragraphs, over line ends and page ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.flow import Measure
from ingest.pdf.lines import Line, joined
from ingest.pdf.repair import is_wide

MARKER = re.compile(
    r"^(?:[•●■◆▪➢○◇★▶►·\-–—]\s*(?=\S)|[①-⑳]|[（(]\s*(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})\s*[）)]"
    r"|(?:\d{1,2}|[a-zA-Z])\s*[)）]|\d{1,2}\s*[、．.](?![\d])|[一二三四五六七八九十]{1,3}、)"
)
NUMBER = re.compile(
    r"^(?:第\s*[一二三四五六七八九十百\d]+\s*[章节篇部编条]|[A-Z]?\d{1,2}(?:[.．]\d{1,2}){1,4}(?![\d%])|\d{1,2}(?=\s+\S))"
)
CAPTION = re.compile(
    r"^(?:续?[表图]|附[表图])\s*[A-Z]?[\d一二三四五六七八九十]+(?:\s*[.\-–—．]\s*\d+)*(?!\d|[年月日个项]|所示|中)"
)
"""The start of a caption: 表 7.2-1, 图3."""
_NO_START = "，。、；：？！）】》〉」』”’…—%％℃,.;:?!)]}"
_NO_END = "（【《〈「『“‘([{"
_OPENING = "√□☑☐☒•●■◆▪➢◇★▶►"
"""Boxes before the answers of a form, bullets: they stand in no sentence."""
_NOTE_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ENDS = "。！？；：.!?;:…"


@dataclass(frozen=True)
class Paragraph:
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return joined(self.lines)


def to_paragraphs(lines: Sequence[Line], measure: Measure) -> Iterator[Paragraph]:
    """Lines that follow each other without a table or picture between them, cut into paragraphs."""
    held: list[Line] = []
    for line in lines:
        if held and _is_new(held, line, measure):
            yield Paragraph(tuple(held))
            held = []
        held.append(line)
    if held:
        yield Paragraph(tuple(held))


def _is_new(held: Sequence[Line], line: Line, measure: Measure) -> bool:
    last = held[-1]
    if last.column != line.column and last.page == line.page and 0 in (last.column[1], line.column[1]):
        return True
    ended = last.text.rstrip(_NOTE_MARKS)[-1:] in _ENDS
    if abs(last.size - line.size) > 0.6 or (last.bold != line.bold and (ended or len(held) == 1)):
        return True
    below = last.page == line.page and line.top - last.top > 1.3 * _pitch(held, line)
    to_the_right = last.column == line.column and line.left - last.left > 8 * line.size
    # A unit, a date, a signature stand to the right.
    if below or to_the_right or line.text[0] in _OPENING:
        return True
    room = _room(last, line, measure)
    if room > 4 * line.size or (room > 0.3 * line.size and (ended or _is_indented(held, line, measure))):
        return True
    if MARKER.match(line.text):  # an item after an item; else （2） may stand anywhere in a sentence
        return ended and bool(MARKER.match(held[0].text))
    if NUMBER.match(line.text):
        return ended
    return _is_indented(held, line, measure) and (ended or len(held) > 1 or held[0].left > line.left + 1)


def _pitch(held: Sequence[Line], line: Line) -> float:
    """Distance from line to line: as so far in the paragraph, else what its size makes likely."""
    pairs = [b.top - a.top for a, b in pairwise(held) if a.page == b.page and b.top > a.top]
    return pairs[-1] if pairs else 2.1 * line.size


def _room(last: Line, line: Line, measure: Measure) -> float:
    """Room left on ``last`` after the first unit of ``line``; below 0 where it did not fit."""
    return measure.right(last) - last.right - _first_unit(line)


def _first_unit(line: Line) -> float:
    """Width of what cannot be parted at the start of a line: a Latin word, an ideograph with its sign."""
    chars = line.chars
    end = 1
    while end < len(chars) and _sticks(chars[end - 1].text, chars[end].text):
        end += 1
    return chars[end - 1].right - chars[0].left


def _sticks(char: str, following: str) -> bool:
    if following in _NO_START or char in _NO_END:
        return True
    if char in _NO_START:  # programs differ on whether a line may end between a sign and a number
        return not is_wide(following)
    return not (is_wide(char) or is_wide(following) or char.isspace() or following.isspace())


def _is_indented(held: Sequence[Line], line: Line, measure: Measure) -> bool:
    """Set in from the lines before it; on another page, where these do not count, from the edge."""
    if held[-1].page != line.page or held[-1].column != line.column:
        return line.left > measure.left(line) + 1.2 * line.size
    beside = [each.left for each in held if each.column == line.column and each.page == line.page]
    return line.left > min(beside) + 1.2 * line.size
