"""字数 of a part, line by line, held against its limit; and the ledger of what was read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.characters import solid
from ingest.doubt import unread_pages
from ingest.word_count import count, count_words
from models.assessment import LedgerRecord, Length, LengthStatus
from models.criteria import Limit
from models.document import Block, BlockKind, Document, DocumentFormat, Part

_COUNTED: dict[BlockKind, str] = {
    "heading": "body",
    "paragraph": "body",
    "list": "body",
    "caption": "body",
    "table": "tables",
    "text_box": "text_boxes",
    "footnote": "footnotes",
    "chart": "charts",
}
_EXCLUDED: dict[BlockKind, str] = {
    "contents": "contents",
    "margin": "headers_footers",
    "invisible": "invisible",
}
_MAIN_STORY: frozenset[BlockKind] = frozenset(
    {"heading", "paragraph", "list", "caption", "table", "contents"}
)
_TOLERANCE: dict[DocumentFormat, float] = {"docx": 0.0015, "pdf": 0.005}
"""The certified error of the rule; a PDF also holds computed numbers and pieces of formulas."""
_NEAR = 0.95
_PROSE = 60
"""A paragraph longer than this does not stand on a cover."""


def measure(
    part: Part,
    limit: Limit | None,
    chapters: Sequence[tuple[int, str]],
    items: Sequence[tuple[int, str]] = (),
) -> Length:
    """The length of a part. ``chapters`` and ``items``: first block and id of each, in order.

    ``by_chapter`` holds what stands before the first chapter under none. ``statistics`` are those of
    the whole file, for comparing with Word's own.
    """
    words = {block.index: block_words(block) for block in part.blocks}
    by_part = _sums(part.blocks, words, _COUNTED)
    excluded = _sums(part.blocks, words, _EXCLUDED)
    smallest, largest = _bounds(part, limit, words, by_part, excluded)
    allowed = None if limit is None else limit.words
    return Length(
        limit=allowed,
        count=sum(by_part.values()),
        range=(smallest, largest),
        status=_status(allowed, smallest, largest),
        by_part=by_part,
        excluded=excluded,
        by_chapter=_by_section(part.blocks, words, chapters),
        by_item=_by_section(part.blocks, words, items),
        statistics=count(_main_story(part.document)),
        uncounted_pictures=sum(block.kind == "picture" for block in part.blocks),
    )


def block_words(block: Block) -> int:
    """字数 of one block; cells of a table are counted one by one."""
    return sum(count_words(unit) for unit in units(block))


def units(block: Block) -> Iterator[str]:
    if block.table is None:
        yield block.text
    else:
        for cell in block.table.cells:
            yield cell.text


def ledger(part: Part) -> LedgerRecord:
    """The pages of the file; complete if none of the part is unread and all characters are accounted for.

    What a file lost cannot be placed, so it is missing from each of its parts.
    """
    document = part.document
    states = document.ledger.states
    blocks = sum(_size(block) for block in part.blocks)
    excluded = sum(_size(block) for block in part.blocks if block.kind in _EXCLUDED)
    gap = document.ledger.found - sum(_size(block) for block in document.blocks)
    return LedgerRecord(
        pages=document.ledger.pages,
        text=states.count("text"),
        ocr=states.count("ocr"),
        image_only=states.count("image_only"),
        blank=states.count("blank"),
        unreadable=states.count("unreadable"),
        characters={"found": blocks + gap, "in_blocks": blocks - excluded, "excluded": excluded},
        complete=gap == 0 and not unread_pages(part),
    )


def _size(block: Block) -> int:
    """Characters that are not white space. The description of a picture is no text of the page."""
    return 0 if block.kind == "picture" else solid(block.text)


def _sums(blocks: Sequence[Block], words: dict[int, int], names: dict[BlockKind, str]) -> dict[str, int]:
    sums = dict.fromkeys(names.values(), 0)
    for block in blocks:
        if block.kind in names:
            sums[names[block.kind]] += words[block.index]
    return sums


def _by_section(
    blocks: Sequence[Block], words: dict[int, int], starts: Sequence[tuple[int, str]]
) -> dict[str, int]:
    sums = {section: 0 for _, section in starts}
    bounds = [*starts, (math.inf, "")]
    for (first, section), (end, _) in pairwise(bounds):
        sums[section] += sum(
            words[block.index] for block in blocks if first <= block.index < end and block.kind in _COUNTED
        )
    return sums


def _bounds(
    part: Part,
    limit: Limit | None,
    words: dict[int, int],
    by_part: dict[str, int],
    excluded: dict[str, int],
) -> tuple[int, int]:
    """Smallest and largest count that can be defended, rounded outward.

    Open are contents, cover, boxes and notes; charts where the rules do not say that they count.
    """
    counted = sum(by_part.values())
    charts = 0 if limit is not None and limit.charts else by_part["charts"]
    cover = sum(words[index] for index in _cover(part.blocks))
    least = counted - cover - by_part["text_boxes"] - by_part["footnotes"] - charts
    most = counted + excluded["contents"]
    tolerance = _TOLERANCE[part.document.format]
    return math.floor(max(least, 0) * (1 - tolerance)), math.ceil(most * (1 + tolerance))


def _cover(blocks: Sequence[Block]) -> Iterator[int]:
    """Counted body blocks of the cover: short lines before the contents list, or before the first
    heading where there is none."""
    front: list[Block] = []
    for block in blocks:
        if block.kind == "contents":
            break
        if block.kind == "table" or len(block.text) > _PROSE:
            front = _before_heading(front)
            break
        front.append(block)
    else:
        front = []
    return (block.index for block in front if _COUNTED.get(block.kind) == "body")


def _before_heading(front: list[Block]) -> list[Block]:
    first = next((n for n, block in enumerate(front) if block.kind == "heading"), len(front))
    return front[:first]


def _status(limit: int | None, smallest: int, largest: int) -> LengthStatus:
    if limit is None:
        return "none"
    if smallest > limit:
        return "over"
    if largest > limit:
        return "depends"
    return "near" if largest >= _NEAR * limit else "within"


def _main_story(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if block.kind in _MAIN_STORY:
            yield from units(block)
