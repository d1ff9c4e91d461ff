"""The main text in its order, as drafts of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.characters import solid
from ingest.docx.drafts import Draft, paragraph_draft
from ingest.docx.flow import flat_text, hanging_drafts
from ingest.docx.notes import Notes, margin_parts, part_story
from ingest.docx.paragraph import read_paragraph
from ingest.docx.story import Story, raw_characters
from ingest.docx.tables import is_coloured_cell, read_table
from ingest.docx.xml import Element, W, content, value

_PROSE = 60
"""Characters: a cell with more holds running text."""
_NOT_A_FRAME = (W + "sdt", f"{W}tr/{W}sdt", f"{W}tr/{W}trPr/{W}del", f"{W}tr/{W}tc/{W}tcPr/{W}cellDel")
_CONTENTS_GALLERY = "Table of Contents"


def body_drafts(
    body: Element, story: Story, notes: Notes, *, contents: bool = False, coloured: bool = False
) -> Iterator[Draft]:
    """Paragraphs and tables, each followed by what hangs on it."""
    for child in content(body):
        tag = child.tag
        if tag == W + "p":
            yield from _paragraph_drafts(child, story, notes, contents=contents, coloured=coloured)
        elif tag == W + "tbl":
            yield from _table_drafts(child, story, notes)
        elif tag == W + "sdt":
            inner = child.find(W + "sdtContent")
            if inner is not None:
                within = contents or _is_contents(child)
                yield from body_drafts(inner, story, notes, contents=within, coloured=coloured)
        elif tag == W + "altChunk":
            story.tally.note("alt-chunk", story.pages.current)


def _table_drafts(element: Element, story: Story, notes: Notes) -> Iterator[Draft]:
    """A table; a frame of one cell around prose or other tables is no table but text."""
    frame = _frame(element)
    if frame is not None:
        yield from body_drafts(frame, story, notes, coloured=is_coloured_cell(element, frame, story))
        return
    table, hanging = read_table(element, story, notes)
    if table.text.strip():
        yield table
        yield from _hung(hanging, table)
    else:
        yield from hanging  # a grid that only arranges pictures


def _frame(table: Element) -> Element | None:
    """The only cell of a table, if it holds running text or tables."""
    cells = table.findall(f"{W}tr/{W}tc")
    if len(cells) != 1 or any(table.find(path) is not None for path in _NOT_A_FRAME):
        return None
    holds_table = cells[0].find(W + "tbl") is not None
    return cells[0] if holds_table or raw_characters(cells[0]) > _PROSE else None


def margin_drafts(main: Story, notes: Notes) -> Iterator[Draft]:
    """Running heads and feet, each distinct text once, pictures in them left out."""
    seen: set[str] = set()
    for name, root in margin_parts(main):
        hanging: list[Draft] = []
        number = main.pages.number
        lines = [flat_text(root, part_story(main, name, root), notes, hanging)]
        main.pages.back_to(number)
        lines += [draft.text for draft in hanging if draft.kind == "text_box"]
        text = "\n".join(line for line in lines if line.strip())
        if text.strip() and text not in seen:
            seen.add(text)
            main.tally.found += solid(text)
            yield Draft("margin", text)


def _paragraph_drafts(
    element: Element, story: Story, notes: Notes, *, contents: bool, coloured: bool
) -> Iterator[Draft]:
    paragraph = read_paragraph(element, story, coloured=coloured)
    draft = paragraph_draft(paragraph, contents=contents)
    hanging = hanging_drafts(paragraph, story, notes)
    if paragraph.text.strip():
        yield draft
        yield from _hung(hanging, draft)
    else:
        if draft.ends_page:
            yield draft
        yield from hanging


def _hung(hanging: Iterable[Draft], owner: Draft) -> Iterator[Draft]:
    for draft in hanging:
        draft.hangs_on = draft.hangs_on or owner
        yield draft


def _is_contents(control: Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return value(gallery) == _CONTENTS_GALLERY
