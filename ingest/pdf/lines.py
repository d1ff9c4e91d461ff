"""Characters to lines: rows of text, each from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.pdf.chars import Char
from ingest.pdf.geometry import around
from ingest.pdf.repair import is_wide
from models.document import BBox

_WIDE_GAP = 0.45
"""Of the size: more room than Word puts between an ideograph and a Latin letter (a quarter)."""
_LATIN_GAP = 0.18
_LARGE = 2.2
_NUMBER = re.compile(r"^(?:[表图]\s?)?[A-Z]?\d{1,2}(?:[.\-–—]\d{1,2})*$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


Column = tuple[int, int]
"""Width of the page in whole points, and the column of it: 1 left, 2 right, 0 where there is one."""
WHOLE: Column = (0, 0)


@dataclass(frozen=True, eq=False)
class Line:
    """One row of text on a page (from 1), characters from left to right, without outer white space."""

    page: int
    chars: tuple[Char, ...]
    column: Column = WHOLE

    @cached_property
    def box(self) -> BBox:
        return around(char[1:5] for char in self.chars)

    @cached_property
    def text(self) -> str:
        return text_of(self.chars)

    @cached_property
    def size(self) -> float:
        """Most frequent size of its characters."""
        sizes = [char.look.size for char in self.chars]
        return max(set(sizes), key=sizes.count)

    @cached_property
    def bold(self) -> bool:
        return sum(char.look.bold for char in self.chars) * 2 > len(self.chars)

    @property
    def turned(self) -> bool:
        """True if it does not stand upright on its page."""
        return bool(self.chars[0].look.angle)

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def top(self) -> float:
        return self.box[1]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def bottom(self) -> float:
        return self.box[3]


def to_lines(chars: Sequence[Char], page: int) -> tuple[Line, ...]:
    """Lines from top to bottom. What stands side by side is one line, however wide the gap."""
    return lines_of(tuple(runs(chars)), page)


def lines_of(parts: Sequence[Sequence[Char]], page: int, column: Column = WHOLE) -> tuple[Line, ...]:
    """Lines made of runs, from top to bottom. Turned text is a line of its own, in the order of the content;
    text far larger than the rest, as of a watermark, makes no line with it."""
    upright = [run for run in parts if not run[0].look.angle]
    sizes = sorted(char.look.size for run in upright for char in run)
    large = _LARGE * sizes[len(sizes) // 2] if sizes else 0.0
    rows = _rows([run for run in upright if run[0].look.size <= large])
    rows += _rows([run for run in upright if run[0].look.size > large])
    lines = [_line(_in_order(row), page, column) for row in rows]
    lines += [_line(list(run), page, column) for run in parts if run[0].look.angle]
    return tuple(sorted((line for line in lines if line), key=lambda line: line.top))


def _rows(parts: Sequence[Sequence[Char]]) -> list[list[Sequence[Char]]]:
    """Runs that stand side by side, from top to bottom."""
    rows: list[list[Sequence[Char]]] = []
    bounds: list[tuple[float, float]] = []
    for run in sorted(parts, key=_run_order):
        top, bottom = min(c.top for c in run), max(c.bottom for c in run)
        if rows and _same_row((top, bottom), bounds[-1]):
            rows[-1].append(run)
            if bottom - top > bounds[-1][1] - bounds[-1][0]:
                bounds[-1] = (top, bottom)
        else:
            rows.append([run])
            bounds.append((top, bottom))
    return rows


def _run_order(run: Sequence[Char]) -> float:
    return (min(c.top for c in run) + max(c.bottom for c in run)) / 2


def _same_row(one: tuple[float, float], other: tuple[float, float]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0.5 * min(one[1] - one[0], other[1] - other[0])


def runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Stretches of the content that go on in one row without a wide gap."""
    run: list[Char] = []
    for char in chars:
        if run and not _goes_on(run[-1], char):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _goes_on(last: Char, char: Char) -> bool:
    size = max(last.look.size, char.look.size, 1.0)
    if last.look.angle != char.look.angle:
        return False
    if char.look.angle:
        return max(abs(char.middle - last.middle), abs(char.centre - last.centre)) < 2 * size
    if not _same_row((last.top, last.bottom), (char.top, char.bottom)):
        return False
    return -0.5 * size < char.left - last.right < 1.5 * size


def _line(chars: list[Char], page: int, column: Column) -> Line | None:
    while chars and chars[0].text.isspace():
        chars.pop(0)
    trailing = [char for char in chars if not char.text.isspace()]
    while chars and chars[-1].text.isspace() and len(chars) > 1 and chars[-2].text.isspace():
        chars.pop()
    return Line(page, tuple(chars), column) if trailing else None


def _in_order(row: Sequence[Sequence[Char]]) -> list[Char]:
    """From left to right. Signs set in another font often come after the text they stand in, so that only
    the place tells the order; where runs are printed over each other each is kept whole."""
    ordered = sorted(row, key=lambda run: run[0].left)
    chars = sorted((char for run in ordered for char in run), key=lambda char: char.left + char.right)
    crossed = any(
        b.left < a.left + 0.4 * (a.right - a.left) for a, b in pairwise(chars) if not b.text.isspace()
    )
    return [char for run in ordered for char in run] if crossed else chars


def text_of(chars: Sequence[Char]) -> str:
    """The text of characters in one row, with a space where the page shows a gap. Raised figures are
    written as such, so that the mark of a note does not lengthen the number before it."""
    text = ""
    last: Char | None = None
    base = max(chars, key=lambda char: char.look.size) if chars else None
    for char in chars:
        if last is not None and _shows_gap(last, char, text):
            text += " "
        raised = base is not None and char.text.isdigit() and _is_raised(char, base)
        text += char.text.translate(_RAISED) if raised else char.text
        last = char
    return text.rstrip()


def _is_raised(char: Char, base: Char) -> bool:
    return char.look.size < 0.8 * base.look.size and char.bottom < base.bottom - 0.15 * base.look.size


def _shows_gap(last: Char, char: Char, before: str) -> bool:
    """Between a number that may be a heading's and its title the room of a thin space is enough."""
    if last.text.isspace() or char.text.isspace():
        return False
    gap = (char.left - last.right) / max(last.look.size, 1.0)
    if gap <= _LATIN_GAP:
        return False
    wide = is_wide(last.text) or is_wide(char.text)
    return gap > _WIDE_GAP or not wide or bool(_NUMBER.match(before))


def joined(lines: Sequence[Line]) -> str:
    """Lines of one paragraph as one text: no space at a line end beside an ideograph."""
    text = ""
    for line in lines:
        text = join(text, line.text)
    return text


def join(text: str, more: str, *, spaced: bool = True) -> str:
    """``spaced`` False joins Latin to Latin without a space, too."""
    if not text or not more:
        return text or more
    if is_wide(text[-1]) or is_wide(more[0]) or text[-1] in "-/" or not spaced:
        return text + more
    return f"{text} {more}"


def joined_cell(lines: Sequence[Line], right: float) -> str:
    """The text of a cell whose inner edge is at ``right``; a word cut at the edge is made whole."""
    text = ""
    last: Line | None = None
    for line in lines:
        cut = last is not None and right - last.right < 1.2 * last.size
        text = join(text, line.text, spaced=not cut)
        last = line
    return text
