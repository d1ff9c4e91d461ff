"""Footnotes: small lines under a short rule at the foot of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.pdf.flow import measure
from ingest.pdf.lines import Line
from ingest.pdf.pages import PageContent
from ingest.pdf.paragraphs import Paragraph

_MARK = re.compile(r"^(?:[\d¹²³⁰⁴-⁹]{1,3}(?![\d.])|[①-⑳]|[\[［【]\d{1,3}[\]］】]|[*＊†‡]+|注\s*\d*[:：])")
_WIDEST = 0.6
"""Of the page: a wider rule belongs to a table or a foot."""


def find_footnotes(pages: Sequence[PageContent]) -> dict[int, tuple[Line, ...]]:
    """Footnote lines by page, from top to bottom."""
    size = measure([line for page in pages for line in page.lines]).size
    return {page.number: _under_rule(page, size) for page in pages}


def _under_rule(page: PageContent, size: float) -> tuple[Line, ...]:
    for top in sorted(_rules(page)):
        notes: list[Line] = []
        for line in sorted((line for line in page.lines if line.top > top - 1), key=lambda line: line.top):
            if line.size > size - 0.4 or line.top - (notes[-1].bottom if notes else top) > 2 * line.size:
                break
            notes.append(line)
        if notes and _MARK.match(notes[0].text):
            return tuple(notes)
    return ()


def _rules(page: PageContent) -> Iterator[float]:
    """Tops of short rules in the lower part of the page, below its tables."""
    for shape in page.shapes:
        left, top, right, bottom = shape.box
        short = 40 < right - left < _WIDEST * page.frame.width and bottom - top < 2.5
        inside = any(grid.box[1] - 2 < top < grid.box[3] + 2 for grid in page.grids)
        if short and top > 0.3 * page.frame.height and not inside:
            yield top


def to_notes(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Each note with the lines that go on with it."""
    held: list[Line] = []
    for line in lines:
        if held and _MARK.match(line.text):
            yield Paragraph(tuple(held))
            held = []
        held.append(line)
    if held:
        yield Paragraph(tuple(held))
