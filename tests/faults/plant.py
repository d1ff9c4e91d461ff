"""Plants one fault into a clean submission and looks at what the checks say of it.

A planter stands in a module of this package beside its family and is found by itself::

    @planter("claim-unsourced")
    def claim_unsourced(clean: Submission, variant: int) -> Planted:
        claim = ("我司技术水平国内第一。", "产品性能国际领先。")[variant % 2]   # vary the wording, ten times
        return Planted(clean.insert("report", "4.4 技术资源", claim), needle=claim[:6])

    found("claim-unsourced", 3)     # whether variant 3 is found: True
    raised_on_clean()               # findings on the clean submission, all checks

``needle`` is text that the finding must point to: in its subject or message, or in a passage, table or
series that it names. A finding that the clean submission has too does not count. ``variant`` runs from 0
to ``VARIANTS`` - 1. What a planter asks to change must be there: LookupError otherwise.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import tests.faults
from api.bootstrap import Tools, build_tools
from api.options import Options
from api.pipeline import assess_parts, number_parts
from models.assessment import Assessment, Finding, UnreadableFile
from models.document import Block, Document, Ledger, Note, PageState, Part, PartKind
from tests.faults.gold import gold_blocks, load_gold, table_block
from tests.faults.memory import Judging, keeping

VARIANTS = 10
_TITLES: dict[PartKind, str] = {
    "overview": "组织概述",
    "report": "自评报告",
    "annual": "年度自我评价报告",
    "evidence": "证实性材料",
}
Planter = Callable[["Submission", int], "Planted"]
_PLANTERS: dict[str, Planter] = {}


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


@dataclass(frozen=True, slots=True)
class Planted:
    """A submission with one fault, and text that its finding must point to."""

    submission: Submission
    needle: str


def planter(check: str) -> Callable[[Planter], Planter]:
    """Registers a planter of faults that the check of that id has to find."""

    def register(function: Planter) -> Planter:
        _PLANTERS[check] = function
        return function

    return register


def planters() -> dict[str, Planter]:
    """Planters of all modules of this package by the ids of their checks."""
    for module in pkgutil.iter_modules(tests.faults.__path__):
        importlib.import_module(f"tests.faults.{module.name}")
    return dict(_PLANTERS)


@cache
def clean() -> Submission:
    """Overview, report, annual report and evidence without a true fault."""
    gold = load_gold("report_c_complete")
    return Submission(
        tuple(Draft(kind, gold_blocks(gold[kind]), f"{title}.docx") for kind, title in _TITLES.items())
    )


@cache
def tools() -> Tools:
    return build_tools()


def assessed(submission: Submission) -> Assessment:
    """What the program makes of a submission: every stage but the reading of files. What it made of texts
    and parts that it has seen is kept."""
    parts = number_parts([reading_part(draft) for draft in submission.drafts])
    kept, judging = _memory()
    return assess_parts(parts, kept, submission.options, submission.unreadable, judged_by=judging)


def assessed_anew(submission: Submission) -> Assessment:
    """The same with nothing kept, to hold ``assessed`` against."""
    parts = number_parts([reading_part(draft) for draft in submission.drafts])
    return assess_parts(parts, tools(), submission.options, submission.unreadable)


@cache
def _memory() -> tuple[Tools, Judging]:
    return keeping(tools()), Judging()


@cache
def raised_on_clean() -> tuple[Finding, ...]:
    return assessed(clean()).findings


def found(check: str, variant: int) -> bool:
    """Whether the check finds this variant of the fault that its planter plants."""
    return bool(hits(check, planters()[check](clean(), variant)))


def hits(check: str, planted: Planted) -> tuple[Finding, ...]:
    """Findings of the check that point to the planted fault and are not raised on the clean submission."""
    made = assessed(planted.submission)
    known = {(finding.check, finding.subject, finding.message) for finding in raised_on_clean()}
    return tuple(
        finding
        for finding in made.findings
        if finding.check == check
        and (finding.check, finding.subject, finding.message) not in known
        and any(planted.needle in text for text in _shown(made, finding))
    )


def paragraph(text: str) -> Block:
    return Block(0, "paragraph", text)


def heading(text: str, level: int) -> Block:
    return Block(0, "heading", text, level=level)


def caption(text: str) -> Block:
    return Block(0, "caption", text)


__all__ = [
    "VARIANTS",
    "Draft",
    "Planted",
    "Planter",
    "Submission",
    "assessed",
    "assessed_anew",
    "caption",
    "clean",
    "found",
    "heading",
    "hits",
    "paragraph",
    "planter",
    "planters",
    "raised_on_clean",
    "reading_part",
    "table_block",
    "tools",
]


def _shown(made: Assessment, finding: Finding) -> Iterator[str]:
    """Texts that a reader of the finding is led to."""
    yield from (finding.subject, finding.message)
    passages = {where.passage for where in finding.where}
    series = {where.kpi for where in finding.where}
    yield from (passage.text for passage in made.passages if passage.id in passages)
    yield from (table.caption for table in made.tables if table.passage in passages)
    yield from (one.name for one in made.kpis if one.id in series)


def reading_part(draft: Draft) -> Part:
    """What the reader of a file would give, its blocks numbered."""
    blocks = tuple(replace(block, index=number) for number, block in enumerate(draft.blocks))
    characters = sum(len("".join(block.text.split())) for block in blocks)
    digest = hashlib.sha256(repr(blocks).encode()).hexdigest()
    ledger = Ledger(len(draft.states) or None, draft.states, characters)
    name = Path(draft.filename).name
    document = Document(name, digest, "docx", blocks, ledger, notes=draft.notes)
    return Part("", draft.kind, document, 0, len(blocks) - 1)


def _reworded(block: Block, old: str, new: str) -> Block:
    if old not in block.text:
        return block
    table = block.table
    if table is not None:
        table = replace(
            table, cells=tuple(replace(cell, text=cell.text.replace(old, new)) for cell in table.cells)
        )
    return replace(block, text=block.text.replace(old, new), table=table)
