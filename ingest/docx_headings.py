"""Headings without a style: told by look, by number and by place, then ranked among themselves.

A third of real files have no styled heading; short bold lines and typed numbers are then candidates, and
so are their false friends: covers, captions, list items, signatures, bold lead-ins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.docx_drafts import Draft
from ingest.docx_wording import (
    CAPTION,
    MARKER,
    ORDER,
    REMARK,
    NumberForm,
    bare_number,
    ends_like_sentence,
    has_words,
    number_form,
)

_LONGEST = 50
_LONGEST_UNMARKED = 30
"""A heading that only its number gives away is short."""
_LARGER = 0.9
"""Points above the body's size from which type is larger."""
_ENOUGH_STYLED = 3
_PROSE = 60
_COVER = 40
"""Blocks within which a cover ends."""
_COVER_LINES = 3
_FIXED: frozenset[NumberForm] = frozenset({"chapter", "decimal"})
_LONE_FIGURE = ("decimal", 1)
_STRONG: frozenset[NumberForm] = frozenset({"chapter", "section", "decimal", "comma", "bracket"})


@dataclass(frozen=True, slots=True)
class _Body:
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Shape:
    """What headings of one level have in common."""

    size: float
    bold: bool
    form: NumberForm | None
    depth: int


def mark_headings(drafts: Sequence[Draft]) -> None:
    """Makes headings of paragraphs that are headings, and list items of typed ones that are not."""
    cover = _cover_end(drafts)
    for draft in drafts[cover:]:
        if draft.titled and draft.kind == "paragraph" and has_words(draft.text):
            draft.kind, draft.level = "heading", 1
    styled = sum(draft.kind == "heading" for draft in drafts)
    if styled >= _ENOUGH_STYLED:
        _mark_continued(drafts)
    else:
        _mark_by_look(drafts, cover)
    for draft in drafts:
        if draft.kind == "paragraph" and MARKER.match(draft.text.lstrip()):
            draft.kind, draft.level = "list", 1


def _mark_continued(drafts: Sequence[Draft]) -> None:
    """Among styled headings an unstyled one is believed only where its number goes on from theirs:
    4.1.2 under 4.1."""
    body = _body(drafts)
    above = ""
    for index, draft in enumerate(drafts):
        number = bare_number(_label(draft))
        if draft.kind == "heading":
            above = number or above
        elif _goes_on(number, above) and _could_be(drafts, index, body) and _stands_out(drafts, index, body):
            draft.kind, draft.level = "heading", number.count(".") + 1
            above = number


def _goes_on(number: str, above: str) -> bool:
    """Whether 4.1.2 may follow 4, 4.1, 4.1.1 or 4.1.1.3: its parent is one of them or holds them."""
    parent = number.rpartition(".")[0]
    return parent != "" and f"{above}.".startswith(f"{parent}.")


def _mark_by_look(drafts: Sequence[Draft], cover: int) -> None:
    body = _body(drafts)
    found = [
        draft
        for index, draft in enumerate(drafts)
        if index >= cover and _could_be(drafts, index, body) and _stands_out(drafts, index, body)
    ]
    levels = _Levels()
    for draft in found:
        draft.level = levels.of(_shape(draft))
        draft.kind = "heading"


def _could_be(drafts: Sequence[Draft], index: int, body: _Body) -> bool:
    draft = drafts[index]
    text = draft.text.strip()
    if draft.kind not in ("paragraph", "list") or not has_words(text) or "\n" in text or "\t" in text.strip():
        return False
    if len(text) > _LONGEST or ends_like_sentence(text) or CAPTION.match(text) or REMARK.match(text):
        return False
    if draft.kind == "list" and not draft.numbered:
        return False
    return draft.size >= body.size - 0.1 or number_form(_label(draft)) is not None


def _stands_out(drafts: Sequence[Draft], index: int, body: _Body) -> bool:
    """By its look, or, where it is short and no list item, by its number."""
    draft = drafts[index]
    form = number_form(_label(draft))
    larger = draft.size > body.size + _LARGER
    if larger or (draft.bold and not body.bold):
        return larger or form is not None or not draft.centred
    if form is None or form[0] not in _STRONG or form == _LONE_FIGURE:
        return False
    return len(draft.text.strip()) <= _LONGEST_UNMARKED and _opens_text(drafts, index, form)


def _opens_text(drafts: Sequence[Draft], index: int, form: tuple[NumberForm, int]) -> bool:
    """Whether something else than a sibling stands before and after: a list's items follow each other."""
    before = next((d for d in reversed(drafts[:index]) if d.text.strip()), None)
    after = next((d for d in drafts[index + 1 :] if d.text.strip()), None)
    if after is None or number_form(_label(after)) == form:
        return False
    return before is None or number_form(_label(before)) != form


class _Levels:
    """Levels of shapes: fixed by a decimal number or 第…章, else one below the nearest shape above."""

    def __init__(self) -> None:
        self._levels: dict[_Shape, int] = {}
        self._path: list[_Shape] = []

    def of(self, shape: _Shape) -> int:
        if shape not in self._levels:
            self._levels[shape] = self._new(shape)
        level = self._levels[shape]
        self._path = [above for above in self._path if self._levels[above] < level]
        self._path.append(shape)
        return level

    def _new(self, shape: _Shape) -> int:
        if shape.form in _FIXED:
            return shape.depth
        over = [above for above in self._path if _is_over(above, shape)]
        level = self._levels[over[-1]] + 1 if over else 1
        return min(level, 9)


def _is_over(above: _Shape, below: _Shape) -> bool:
    """Whether a heading of the first shape may hold one of the second."""
    if abs(above.size - below.size) > 0.4:
        return above.size > below.size
    if above.form != below.form:
        return _rank(above) < _rank(below)
    return above.bold and not below.bold


def _rank(shape: _Shape) -> int:
    return len(ORDER) if shape.form is None else ORDER.index(shape.form)


def _shape(draft: Draft) -> _Shape:
    form = number_form(_label(draft))
    return _Shape(draft.size, draft.bold, *(form or (None, 0)))


def _label(draft: Draft) -> str:
    text = draft.text.strip()
    return f"{draft.number} {text}" if draft.number else text


def _body(drafts: Sequence[Draft]) -> _Body:
    """What most of the running text is set in."""
    looks: Counter[tuple[float, bool]] = Counter()
    for draft in drafts:
        if draft.kind in ("paragraph", "list"):
            looks[draft.size, draft.bold] += len(draft.text)
    return _Body(*looks.most_common(1)[0][0]) if looks else _Body(0.0, False)


def _cover_end(drafts: Sequence[Draft]) -> int:
    """The block after the cover: short lines up to the first page break or contents list, or three and
    more centred ones."""
    for index, draft in enumerate(drafts[:_COVER]):
        if draft.kind == "contents" or draft.ends_page:
            return index + 1
        if len(draft.text) > _PROSE or draft.kind == "table":
            break
    centred = next((n for n, d in enumerate(drafts) if not d.centred or number_form(_label(d))), len(drafts))
    return centred if centred >= _COVER_LINES else 0
