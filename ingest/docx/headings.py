"""Headings without a style: told by look, by number and by place, then ranked among themselves.

A third of real files have no styled heading, and many style only some; short bold lines and typed numbers
are then candidates, and so are their false friends: covers, captions, list items, signatures, bold lead-ins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.docx.drafts import Draft
from ingest.docx.levels import Levels, straighten
from ingest.docx.wording import (
    CAPTION,
    MARKER,
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
_LONGEST_NUMBER = 8
"""A tab may stand between the number and the title, not within it."""
_LARGER = 0.9
"""Points above the body's size from which type is larger."""
_ENOUGH_STYLED = 3
_PROSE = 60
_COVER = 40
"""Blocks within which a cover ends."""
_COVER_LINES = 3
_LONE_FIGURE = ("decimal", 1)
_STRONG: frozenset[NumberForm] = frozenset({"chapter", "section", "decimal", "comma", "bracket"})
_ITEM: frozenset[NumberForm] = frozenset({"figure_bracket", "circle"})


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the running text is set in, and how far the file's own styles can be relied on."""

    size: float
    bold: bool
    styled: bool


def mark_headings(drafts: Sequence[Draft]) -> None:
    """Makes headings of paragraphs that are headings, and list items of typed ones that are not."""
    cover = _cover_end(drafts)
    for draft in drafts[cover:]:
        if draft.titled and draft.kind == "paragraph" and has_words(draft.text):
            draft.kind, draft.level = "heading", 1
    _mark_unstyled(drafts, cover)
    for draft in drafts:
        if draft.kind == "paragraph" and MARKER.match(draft.text.lstrip()):
            draft.kind, draft.level = "list", 1


def _mark_unstyled(drafts: Sequence[Draft], cover: int) -> None:
    setting = _setting(drafts)
    styled = [draft for draft in drafts if draft.kind == "heading"]
    straighten(styled)
    found = _unstyled(drafts, cover, setting)
    levels = Levels(styled, found)
    unstyled = set(map(id, found))
    for draft in drafts:
        if id(draft) in unstyled:
            draft.kind, draft.level = "heading", levels.of(draft)
        elif draft.kind == "heading":
            levels.follow(draft)


def _unstyled(drafts: Sequence[Draft], cover: int, setting: _Setting) -> list[Draft]:
    """Paragraphs that are headings without a style."""
    found = []
    above = ""
    for index, draft in enumerate(drafts):
        is_new = index >= cover and draft.kind != "heading" and _is_heading(drafts, index, setting, above)
        if is_new:
            found.append(draft)
        if is_new or draft.kind == "heading":
            above = bare_number(draft.label) or above
    return found


def _is_heading(drafts: Sequence[Draft], index: int, setting: _Setting, above: str) -> bool:
    draft = drafts[index]
    form = number_form(draft.label)
    larger = draft.size > setting.size + _LARGER
    marked = larger or (draft.bold and not setting.bold)
    if not _could_be(draft, setting, colon=marked and form is not None and form[0] in _STRONG):
        return False
    if form is None:
        return marked and not setting.styled and (larger or not draft.centred)
    if marked:
        return _is_numbered_title(drafts, index, form, setting)
    short = len(draft.text.strip()) <= _LONGEST_UNMARKED and form != _LONE_FIGURE
    if not short or form[0] not in _STRONG or not _opens_text(drafts, index, form):
        return False
    return not setting.styled or _goes_on(bare_number(draft.label), above)


def _is_numbered_title(
    drafts: Sequence[Draft], index: int, form: tuple[NumberForm, int], setting: _Setting
) -> bool:
    """Of a bold or large numbered line: a title if nothing speaks for an item of a list."""
    if form[0] in _STRONG and form != _LONE_FIGURE:
        return True
    return not setting.styled or (form[0] not in _ITEM and _opens_text(drafts, index, form))


def _could_be(draft: Draft, setting: _Setting, *, colon: bool) -> bool:
    text = draft.text.strip()
    if draft.kind not in ("paragraph", "list") or not has_words(text) or "\n" in text:
        return False
    if "\t" in text[_LONGEST_NUMBER:]:
        return False
    if len(text) > _LONGEST or CAPTION.match(text) or REMARK.match(text):
        return False
    if ends_like_sentence(text) and not (colon and text[-1] in "：:"):
        return False
    if draft.kind == "list" and not draft.numbered:
        return False
    return draft.size >= setting.size - 0.1 or number_form(draft.label) is not None


def _goes_on(number: str, above: str) -> bool:
    """Whether 4.1.2 may follow 4, 4.1, 4.1.1 or 4.1.1.3: its parent is one of them or holds them."""
    parent = number.rpartition(".")[0]
    return parent != "" and f"{above}.".startswith(f"{parent}.")


def _opens_text(drafts: Sequence[Draft], index: int, form: tuple[NumberForm, int]) -> bool:
    """Whether something else than a sibling stands before and after: a list's items follow each other."""
    before, after = _neighbour(drafts, index, -1), _neighbour(drafts, index, 1)
    if after is None or number_form(after.label) == form:
        return False
    return before is None or number_form(before.label) != form


def _neighbour(drafts: Sequence[Draft], index: int, step: int) -> Draft | None:
    """The nearest draft with text, forwards or backwards."""
    index += step
    while 0 <= index < len(drafts) and not drafts[index].text.strip():
        index += step
    return drafts[index] if 0 <= index < len(drafts) else None


def _setting(drafts: Sequence[Draft]) -> _Setting:
    looks: Counter[tuple[float, bool]] = Counter()
    for draft in drafts:
        if draft.kind in ("paragraph", "list"):
            looks[draft.size, draft.bold] += len(draft.text)
    size, bold = looks.most_common(1)[0][0] if looks else (0.0, False)
    return _Setting(size, bold, has_styled_headings(drafts))


def has_styled_headings(drafts: Sequence[Draft]) -> bool:
    """Whether the file's own styles mark headings. Ask before others are marked by look."""
    return sum(draft.kind == "heading" for draft in drafts) >= _ENOUGH_STYLED


def _cover_end(drafts: Sequence[Draft]) -> int:
    """The block after the cover: short lines up to the first page break or contents list, or three and
    more centred ones."""
    for index, draft in enumerate(drafts[:_COVER]):
        if draft.kind == "contents" or draft.ends_page:
            return index + 1
        if len(draft.text) > _PROSE or draft.kind == "table":
            break
    centred = next((n for n, d in enumerate(drafts) if not d.centred or number_form(d.label)), len(drafts))
    return centred if centred >= _COVER_LINES else 0
