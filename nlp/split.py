"""Cuts a part into passages: paragraph-sized units under their heading path.

Long paragraphs are cut at sentence ends, list items stay with their lead-in, captions with their
table or chart. Contents, running heads, pictures and invisible text give no passages.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.document import Block, Part
from models.passage import Passage, PassageKind

LONGEST = 360
"""Characters of a passage before it is cut. Labelled paragraphs have 50 to 300; one subject seldom
needs more, and a vector of a longer text blurs."""
_SENTENCE_END = re.compile(
    r"(?<=[。！？!?；;])(?=[^”’」』）)。！？!?；;])|(?<=[。！？!?；;][”’」』）)])|(?<=\n)"
)
_UNIT_LINE = re.compile(r"^[\s（(]*(?:计量)?单位[:：].{1,20}$")
_LEAD_IN = re.compile(r"[：:]\s*$")
_KINDS: dict[str, PassageKind] = {
    "paragraph": "paragraph",
    "list": "list",
    "caption": "caption",
    "table": "table",
    "chart": "chart",
    "text_box": "text_box",
    "footnote": "footnote",
}


@dataclass(frozen=True, slots=True)
class _Unit:
    """Blocks that make one passage before long ones are cut."""

    blocks: tuple[Block, ...]
    kind: PassageKind
    context: str = ""


def split_passages(part: Part) -> tuple[Passage, ...]:
    """Passages of one part; see ``split_parts``."""
    return split_parts((part,))


def split_parts(parts: Sequence[Part]) -> tuple[Passage, ...]:
    """Passages in reading order; their texts together are the texts of the blocks they come from.

    Ids are hashes of kind, normalised text and occurrence over all parts: the same text keeps its id
    from draft to draft wherever it moves.
    """
    return _with_ids([passage for part in parts for passage in _part_passages(part)])


def _part_passages(part: Part) -> Iterator[Passage]:
    paths = _heading_paths(part.blocks)
    for unit in _units(part.blocks):
        yield from _passages(unit, part.id, paths.get(_anchor(unit), ()))


def sentences(text: str) -> tuple[str, ...]:
    """Sentences with their end marks; joined they are the text."""
    return tuple(piece for piece in _SENTENCE_END.split(text) if piece)


def _heading_paths(blocks: Sequence[Block]) -> dict[int, tuple[Block, ...]]:
    """The headings above each block, outermost first."""
    stack: list[Block] = []
    paths: dict[int, tuple[Block, ...]] = {}
    for block in blocks:
        if block.kind == "heading":
            level = block.level or 1
            stack = [heading for heading in stack if (heading.level or 1) < level]
            stack.append(block)
        paths[block.index] = tuple(stack)
    return paths


def _anchor(unit: _Unit) -> int:
    block = unit.blocks[0]
    return block.index if block.anchor is None else block.anchor


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    position = 0
    while position < len(blocks):
        unit, used = _unit_at(blocks, position)
        if unit is not None:
            yield unit
        position += used


def _unit_at(blocks: Sequence[Block], position: int) -> tuple[_Unit | None, int]:
    """The unit that starts at a block, and how many blocks it takes."""
    block = blocks[position]
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if block.kind == "caption":
        head = _table_head(blocks, position)
        if head:
            return _Unit((blocks[position + len(head)],), "table", "\n".join(head)), len(head) + 1
    if block.kind == "chart" and following is not None and following.kind == "caption":
        return _Unit((block,), "chart", following.text), 2
    if block.kind == "paragraph" and following is not None and following.kind == "list":
        items = _run_of_items(blocks, position + 1)
        if _LEAD_IN.search(block.text) and _size((block, *items)) <= LONGEST:
            return _Unit((block, *items), "list"), 1 + len(items)
    if block.kind == "list":
        return _list_unit(blocks, position)
    if block.kind in _KINDS and block.text.strip():
        return _Unit((block,), _KINDS[block.kind]), 1
    return None, 1


def _table_head(blocks: Sequence[Block], position: int) -> tuple[str, ...]:
    """A caption and the line of units that may follow it, if a table comes next; else nothing."""
    texts = [blocks[position].text]
    after = blocks[position + 1 : position + 3]
    if len(after) == 2 and after[0].kind == "paragraph" and _UNIT_LINE.match(after[0].text):
        texts.append(after[0].text)
        after = after[1:]
    return tuple(texts) if after and after[0].kind == "table" else ()


def _list_unit(blocks: Sequence[Block], position: int) -> tuple[_Unit, int]:
    """Items that follow one another, up to the size of a passage, under the lead-in before them."""
    items: list[Block] = []
    for item in _run_of_items(blocks, position):
        if items and _size((*items, item)) > LONGEST:
            break
        items.append(item)
    lead_in = _lead_in(blocks, position)
    return _Unit(tuple(items), "list", lead_in), len(items)


def _lead_in(blocks: Sequence[Block], position: int) -> str:
    """The last sentence of the paragraph that announces the list, if it does."""
    before = position - 1
    while before >= 0 and blocks[before].kind == "list":
        before -= 1
    if before < 0 or blocks[before].kind != "paragraph" or not _LEAD_IN.search(blocks[before].text):
        return ""
    return sentences(blocks[before].text)[-1]


def _run_of_items(blocks: Sequence[Block], position: int) -> tuple[Block, ...]:
    end = position
    while end < len(blocks) and blocks[end].kind == "list":
        end += 1
    return tuple(blocks[position:end])


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _passages(unit: _Unit, part: str, path: tuple[Block, ...]) -> Iterator[Passage]:
    first, last = unit.blocks[0], unit.blocks[-1]
    text = "\n".join(block.label if unit.kind == "list" else block.text for block in unit.blocks)
    whole = Passage(
        id="",
        part=part,
        kind=unit.kind,
        text=text,
        heading_path=tuple(heading.label for heading in path),
        headings=tuple(heading.index for heading in path),
        block=first.index,
        last_block=last.index,
        start=0,
        place=first.place,
        context=unit.context,
    )
    if unit.kind != "paragraph" or len(text) <= LONGEST:
        yield whole
        return
    for start, piece in cut(text):
        yield replace(whole, text=piece, start=start)


def cut(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of about equal length, none far over ``LONGEST``, ending at sentence ends; joined they
    are the text. A single longer sentence stays whole."""
    pieces = -(-len(text) // LONGEST)
    goal = len(text) / pieces
    start, piece = 0, ""
    for sentence in sentences(text):
        if piece and len(piece) + len(sentence) / 2 > goal:
            yield start, piece
            start, piece = start + len(piece), ""
        piece += sentence
    if piece:
        yield start, piece


def _with_ids(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    seen: Counter[str] = Counter()
    named = []
    for passage in passages:
        normal = re.sub(r"\s+", "", unicodedata.normalize("NFKC", passage.full_text))
        key = f"{passage.kind}\0{normal}"
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:12]
        seen[key] += 1
        named.append(replace(passage, id=f"p-{digest}"))
    return tuple(named)
