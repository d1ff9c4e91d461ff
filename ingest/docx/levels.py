"""Ranks headings: those with a style by their style, the others by number, size and what holds them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.docx.drafts import Draft
from ingest.docx.wording import ORDER, NumberForm, number_form

_DEEPEST = 9
_FEWEST = 2
"""Headings of one style and depth that are more than a slip."""
_SAME_SIZE = 0.4
_FIXED: frozenset[NumberForm] = frozenset({"chapter", "decimal"})


@dataclass(frozen=True, slots=True)
class _Shape:
    """What headings of one level have in common."""

    size: float
    bold: bool
    form: NumberForm | None
    depth: int
    styled: bool


def straighten(styled: Sequence[Draft]) -> None:
    """Corrects levels where one style serves headings of several depths: there the numbers say more."""
    depths: dict[int, Counter[int]] = defaultdict(Counter)
    for heading in styled:
        depths[heading.level or 1][_decimal_depth(heading)] += 1
    for heading in styled:
        depth = _decimal_depth(heading)
        counts = depths[heading.level or 1]
        several = [known for known, count in counts.items() if known and count >= _FEWEST]
        if depth and len(several) > 1:
            heading.level = depth


def _decimal_depth(heading: Draft) -> int:
    form = number_form(heading.label)
    return form[1] if form is not None and form[0] == "decimal" else 0


class Levels:
    """Ask in the order of the text. A number whose form styled headings carry has their level; 第…章 and
    decimals have that of their depth; another shape stands one below the nearest shape that may hold it,
    or, where none stands above it, below the forms that hold its own elsewhere in the text."""

    def __init__(self, styled: Sequence[Draft], unstyled: Sequence[Draft]) -> None:
        self._forms = {form[0] for heading in unstyled if (form := number_form(heading.label))}
        votes: dict[tuple[NumberForm, int], Counter[int]] = defaultdict(Counter)
        for heading in styled:
            if (form := number_form(heading.label)) is not None:
                votes[form][heading.level or 1] += 1
        self._learned = {form: levels.most_common(1)[0][0] for form, levels in votes.items()}
        self._levels: dict[_Shape, int] = {}
        self._path: list[tuple[_Shape, int]] = []

    def follow(self, heading: Draft) -> None:
        """A styled heading: its level is given."""
        self._push(_shape(heading, styled=True), heading.level or 1)

    def of(self, heading: Draft) -> int:
        """The level of a heading without a style."""
        shape = _shape(heading, styled=False)
        if shape not in self._levels:
            self._levels[shape] = self._new(shape)
        self._push(shape, self._levels[shape])
        return self._levels[shape]

    def _push(self, shape: _Shape, level: int) -> None:
        self._path = [(above, known) for above, known in self._path if known < level]
        self._path.append((shape, level))

    def _new(self, shape: _Shape) -> int:
        if shape.form is not None and (shape.form, shape.depth) in self._learned:
            return self._learned[shape.form, shape.depth]
        if shape.form in _FIXED:
            return shape.depth
        over = [level for above, level in self._path if _is_over(above, shape)]
        if over:
            return min(over[-1] + 1, _DEEPEST)
        return (
            1
            if shape.form is None
            else 1 + sum(_ranks(form) < _rank(shape) for form in self._forms - {"decimal"})
        )


def _is_over(above: _Shape, below: _Shape) -> bool:
    """Whether a heading of the first shape may hold one of the second."""
    if not above.styled and abs(above.size - below.size) > _SAME_SIZE:
        return above.size > below.size
    if above.form != below.form:
        return (above.styled and above.form is None) or _rank(above) < _rank(below)
    return above.styled or (above.bold and not below.bold)


def _rank(shape: _Shape) -> int:
    return _ranks(shape.form)


def _ranks(form: NumberForm | None) -> int:
    return len(ORDER) if form is None else ORDER.index(form)


def _shape(heading: Draft, *, styled: bool) -> _Shape:
    form, depth = number_form(heading.label) or (None, 0)
    return _Shape(heading.size, heading.bold, form, depth, styled)
