"""A submission as drafts of its files, before they are read: what faults are planted into."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from api.options import Options
from models.assessment import UnreadableFile
from models.document import Block, Document, Ledger, Note, PageState, Part, PartKind


@dataclass(frozen=True, slots=True)
class Draft:
    """One file of a submission, before it is written: its blocks, numbered only when it is read."""

    kind: PartKind
    blocks: tuple[Block, ...]
    filename: str = "自评报告.docx"
    notes: tuple[Note, ...] = ()
    states: tuple[PageState, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """Files to be checked together. Every change gives a new submission; ``kind`` says in which file.

    Blocks are found by a piece of their text, cells of tables included; the first one counts.
    """

    drafts: tuple[Draft, ...]
    """Those of one file name are bound in one file, in their order."""
    earlier: Draft | None = None
    """The yearly report of the year before."""
    options: Options = field(default_factory=Options)
    unreadable: tuple[UnreadableFile, ...] = ()

    def draft(self, kind: PartKind) -> Draft:
        return next(draft for draft in self.drafts if draft.kind == kind)

    def with_draft(self, changed: Draft) -> Submission:
        """With the file of that kind changed, or added where there was none."""
        others = tuple(draft for draft in self.drafts if draft.kind != changed.kind)
        return replace(self, drafts=(*others, changed))

    def without_draft(self, kind: PartKind) -> Submission:
        return replace(self, drafts=tuple(draft for draft in self.drafts if draft.kind != kind))

    def insert(self, kind: PartKind, after: str, *new: str | Block) -> Submission:
        """With paragraphs (or blocks) behind the block, or the heading, that holds ``after``."""
        return self._spliced(kind, self._at(kind, after) + 1, 0, new)

    def replace(self, kind: PartKind, old: str, new: str) -> Submission:
        """With a piece of text changed wherever it stands in the file."""
        self._at(kind, old)
        draft = self.draft(kind)
        return self.with_draft(replace(draft, blocks=tuple(_reworded(b, old, new) for b in draft.blocks)))

    def remove(self, kind: PartKind, *texts: str) -> Submission:
        """Without the blocks that hold one of the texts."""
        made = self
        for text in texts:
            made = made._spliced(kind, made._at(kind, text), 1, ())
        return made

    def section(self, kind: PartKind, heading: str) -> tuple[Block, ...]:
        """Blocks below the heading that holds the text, up to the next one of its level."""
        start, end = self._bounds(kind, heading)
        return self.draft(kind).blocks[start:end]

    def with_section(self, kind: PartKind, heading: str, new: Iterable[str | Block]) -> Submission:
        """With other paragraphs (or blocks) below that heading."""
        start, end = self._bounds(kind, heading)
        return self._spliced(kind, start, end - start, new)

    def _spliced(self, kind: PartKind, at: int, gone: int, new: Iterable[str | Block]) -> Submission:
        draft = self.draft(kind)
        made = (Block(0, "paragraph", one) if isinstance(one, str) else one for one in new)
        return self.with_draft(replace(draft, blocks=(*draft.blocks[:at], *made, *draft.blocks[at + gone :])))

    def _at(self, kind: PartKind, text: str) -> int:
        for number, block in enumerate(self.draft(kind).blocks):
            if text in block.text:
                return number
        raise LookupError(f"not in the {kind}: {text}")

    def _bounds(self, kind: PartKind, heading: str) -> tuple[int, int]:
        blocks = self.draft(kind).blocks
        for number, block in enumerate(blocks):
            if block.kind == "heading" and heading in block.text:
                level = block.level or 1
                rest = range(number + 1, len(blocks))
                ends = (n for n in rest if blocks[n].kind == "heading" and (blocks[n].level or 1) <= level)
                return number + 1, next(ends, len(blocks))
        raise LookupError(f"no heading of the {kind}: {heading}")


def paragraph(text: str) -> Block:
    return Block(0, "paragraph", text)


def heading(text: str, level: int) -> Block:
    return Block(0, "heading", text, level=level)


def caption(text: str) -> Block:
    return Block(0, "caption", text)


def reading_part(draft: Draft) -> Part:
    """What the reader of a file would give, its blocks numbered."""
    return _bound([draft])[0]


def reading_parts(drafts: Sequence[Draft]) -> list[Part]:
    """The parts of all files."""
    files = dict.fromkeys(draft.filename for draft in drafts)
    return [part for name in files for part in _bound([d for d in drafts if d.filename == name])]


def _bound(drafts: Sequence[Draft]) -> list[Part]:
    """The parts of one file, one behind the other."""
    together = (block for draft in drafts for block in draft.blocks)
    blocks = tuple(replace(block, index=number) for number, block in enumerate(together))
    states = tuple(state for draft in drafts for state in draft.states)
    characters = sum(len("".join(block.text.split())) for block in blocks)
    digest = hashlib.sha256(repr(blocks).encode()).hexdigest()
    document = Document(
        Path(drafts[0].filename).name,
        digest,
        "docx",
        blocks,
        Ledger(len(states) or None, states, characters),
        notes=tuple(note for draft in drafts for note in draft.notes),
    )
    ends = tuple(accumulate(len(draft.blocks) for draft in drafts))
    return [
        Part("", draft.kind, document, end - len(draft.blocks), end - 1)
        for draft, end in zip(drafts, ends, strict=True)
    ]


def _reworded(block: Block, old: str, new: str) -> Block:
    if old not in block.text:
        return block
    table = block.table
    if table is not None:
        table = replace(
            table, cells=tuple(replace(cell, text=cell.text.replace(old, new)) for cell in table.cells)
        )
    return replace(block, text=block.text.replace(old, new), table=table)
