"""Titles that a soft line break, not a paragraph, parts from their text (pasted pages do this)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.docx.drafts import Draft
from ingest.docx.wording import NumberForm, ends_like_sentence, has_words, number_form

_LONGEST = 30
_OPENS: frozenset[NumberForm] = frozenset({"chapter", "section", "comma", "bracket", "decimal"})


def split_titles(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with each numbered title among the lines of a paragraph as a draft of its own.

    The last piece is the draft itself, so that what hangs on it stays there.
    """
    return [piece for draft in drafts for piece in _pieces(draft)]


def _pieces(draft: Draft) -> Iterator[Draft]:
    if draft.kind not in ("paragraph", "list") or "\n" not in draft.text or draft.number:
        yield draft
        return
    *before, last = _parted(draft.text.split("\n"))
    for text in before:
        yield replace(draft, text=text, hangs_on=None, ends_page=False)
    draft.text = last
    yield draft


def _parted(lines: Sequence[str]) -> list[str]:
    """Lines that stay together, joined; titles alone."""
    parts: list[list[str]] = [[]]
    for index, line in enumerate(lines):
        if _is_title(lines, index):
            parts += [[line], []]
        else:
            parts[-1].append(line)
    return ["\n".join(part) for part in parts if any(line.strip() for line in part)] or [""]


def _is_title(lines: Sequence[str], index: int) -> bool:
    """A short numbered line; lines of one form that follow each other are a list."""
    text = lines[index].strip()
    form = number_form(text)
    if form is None or form[0] not in _OPENS or form == ("decimal", 1):
        return False
    if len(text) > _LONGEST or ends_like_sentence(text) or not has_words(text) or "\t" in text:
        return False
    beside = [lines[n].strip() for n in (index - 1, index + 1) if 0 <= n < len(lines)]
    return form not in [number_form(line) for line in beside]
