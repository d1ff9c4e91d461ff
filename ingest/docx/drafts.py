"""Blocks in the making: what a block will be, and the look by which headings are told."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.docx.paragraph import Paragraph
from models.document import Block, BlockKind, Chart, Place, Table


@dataclass(slots=True)
class Draft:
    kind: BlockKind
    text: str
    page: int | None = None
    number: str = ""
    level: int | None = None
    table: Table | None = None
    chart: Chart | None = None
    hangs_on: Draft | None = None
    bold: bool = False
    size: float = 0.0
    centred: bool = False
    numbered: bool = False
    """By Word, with a number, not a bullet."""
    titled: bool = False
    """In the style for the title of a document."""
    ends_page: bool = False

    @property
    def label(self) -> str:
        """Text without blanks around it, with the computed number in front."""
        text = self.text.strip()
        return f"{self.number} {text}" if self.number else text


def paragraph_draft(paragraph: Paragraph, *, contents: bool) -> Draft:
    """A paragraph by what the file says of it: style, outline level, numbering, contents field."""
    kind, level = _kind(paragraph, contents)
    label = paragraph.label
    return Draft(
        kind=kind,
        text=paragraph.text,
        page=paragraph.page,
        number="" if label is None else label.text,
        level=level,
        bold=paragraph.bold,
        size=paragraph.size,
        centred=paragraph.centred,
        numbered=label is not None and not label.bullet,
        titled=paragraph.style.title,
        ends_page=paragraph.ends_page,
    )


_LONGEST_HEADING = 120
"""Some authors give whole paragraphs an outline level; Word's navigation pane then shows nonsense."""


def _kind(paragraph: Paragraph, contents: bool) -> tuple[BlockKind, int | None]:
    if contents or paragraph.contents or paragraph.style.contents:
        return "contents", None
    if paragraph.style.caption:
        return "caption", None
    if len(paragraph.text) <= _LONGEST_HEADING and paragraph.level is not None:
        return "heading", paragraph.level
    if paragraph.label is not None and paragraph.label.text:
        return "list", paragraph.label.depth + 1
    return "paragraph", None


def to_blocks(drafts: list[Draft]) -> tuple[Block, ...]:
    position = {id(draft): index for index, draft in enumerate(drafts)}
    return tuple(_block(index, draft, position) for index, draft in enumerate(drafts))


def _block(index: int, draft: Draft, position: dict[int, int]) -> Block:
    return Block(
        index=index,
        kind=draft.kind,
        text=draft.text,
        place=Place(page=draft.page),
        number=draft.number,
        level=draft.level,
        table=draft.table,
        chart=draft.chart,
        anchor=None if draft.hangs_on is None else position.get(id(draft.hangs_on)),
    )
