"""The assessment: the one result that command line, service and library share.

Field names and shapes are those of the contract (``docs/assessment.schema.json``). Fields may be
added; none is renamed or dropped without a new ``schema_version``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from models.annual import AnnualRecord
from models.answers import Reply, Verdict
from models.criteria import AspectName
from models.document import BBox, DocumentFormat, PartKind
from models.kpi import KpiSeries
from models.passage import PassageKind

SCHEMA_VERSION = "1"

LengthStatus = Literal["within", "near", "over", "depends", "none"]
CoverageStatus = Literal["covered", "partial", "missing", "unknown", "referred", "not_applicable"]
RequirementStatus = Literal["covered", "weak", "missing", "not_applicable"]
Severity = Literal["error", "warning", "note"]
Numbering = Literal["criteria", "national", "own"]
AspectLabel = Literal["approach", "deployment", "result", "none"]


@dataclass(frozen=True, slots=True)
class CriteriaRef:
    id: str
    title: str
    indicators: int
    status: str


@dataclass(frozen=True, slots=True)
class EncoderRef:
    name: str
    dimensions: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Years:
    reporting: tuple[str, ...]
    origin: Literal["given", "inferred"] = field(metadata={"json": "from"})


@dataclass(frozen=True, slots=True)
class Statistics:
    """The whole file as Word's 字数统计 shows it (boxes, notes and charts out, contents in)."""

    word: int
    characters: int
    characters_with_spaces: int
    han: int


@dataclass(frozen=True, slots=True)
class Length:
    limit: int | None
    count: int
    range: tuple[int, int]
    status: LengthStatus
    by_part: dict[str, int]
    excluded: dict[str, int]
    by_chapter: dict[str, int]
    statistics: Statistics
    uncounted_pictures: int
    by_item: dict[str, int] = field(default_factory=dict)
    """By scored item; what a chapter says before its first item is under the chapter's own id."""


@dataclass(frozen=True, slots=True)
class LedgerRecord:
    pages: int | None
    text: int
    ocr: int
    image_only: int
    blank: int
    unreadable: int
    characters: dict[str, int]
    complete: bool
    unread_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingNote:
    kind: str
    message: str
    page: int | None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One part of a file."""

    id: str
    kind: PartKind
    filename: str
    sha256: str
    blocks: tuple[int, int]
    pages: int | None
    page_range: tuple[int, int] | None
    numbering: Numbering
    kind_from: Literal["given", "inferred"]
    length: Length
    ledger: LedgerRecord
    notes: tuple[ReadingNote, ...]
    format: DocumentFormat = "docx"


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Why:
    """How much each signal spoke for the first indicator; shares that add up to 1."""

    meaning: float
    words: float
    heading: float
    place: float
    neighbours: float
    nearest: str | None


@dataclass(frozen=True, slots=True)
class PassageRecord:
    id: str
    document: str
    text: str
    heading_path: tuple[str, ...]
    kind: PassageKind
    page: int | None
    page_label: str | None
    page_exact: bool
    bbox: BBox | None
    paragraph: int
    indicators: tuple[IndicatorScore, ...]
    requirements: tuple[str, ...]
    aspect: AspectLabel
    aspects: dict[str, float]
    learning: bool
    integration: bool
    why: Why | None
    context: str = ""
    """Lead-in or caption that belongs to the text."""
    heading_node: str | None = None
    """Node of the criteria that the nearest naming heading above stands for."""
    corrected: tuple[Literal["indicators", "aspect"], ...] = ()
    """What of it a person set right."""


@dataclass(frozen=True, slots=True)
class TableRecord:
    document: str
    page: int | None
    caption: str
    cells: tuple[tuple[str, ...], ...]
    passage: str | None


@dataclass(frozen=True, slots=True)
class HeadingRecord:
    """A heading as printed, and the node of the criteria that it names, if any."""

    document: str
    text: str
    level: int
    page: int | None
    paragraph: int
    node: str | None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A paragraph or a table's row of an evidence part, which gives no passages."""

    document: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class RequirementCoverage:
    id: str
    status: RequirementStatus
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeAnswer:
    """A person's word on an indicator or one of its points: not applicable, or told in another way."""

    node: str
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Coverage:
    document: str
    indicator: str
    status: CoverageStatus
    expected: tuple[AspectName, ...]
    approach: int
    deployment: int
    result: int
    requirements: tuple[RequirementCoverage, ...]
    passages: tuple[str, ...]
    nearest: tuple[str, ...] = ()
    """Passages that come closest where none is over the threshold."""
    unseen: bool = False
    """Whether pictures or unread pages stand where more about the indicator may be."""
    answers: tuple[NodeAnswer, ...] = ()
    """What a person says of the indicator or its points: each is off the list."""

    def count(self, aspect: AspectName) -> int:
        return {"approach": self.approach, "deployment": self.deployment, "result": self.result}[aspect]


@dataclass(frozen=True, slots=True)
class Where:
    page: int | None = None
    passage: str | None = None
    kpi: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    severity: Severity
    document: str | None
    indicator: str | None
    subject: str
    message: str
    advice: str
    where: tuple[Where, ...] = ()
    id: str = ""
    """Stays the same from draft to draft while the fault does: see ``models.finding_id``."""


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A file of the submission that could not be read, and the sentence that says why."""

    filename: str
    message: str


@dataclass(frozen=True, slots=True)
class Assessment:
    schema_version: str
    criteria: CriteriaRef
    encoder: EncoderRef
    years: Years
    documents: tuple[DocumentRecord, ...]
    passages: tuple[PassageRecord, ...]
    tables: tuple[TableRecord, ...]
    kpis: tuple[KpiSeries, ...]
    coverage: tuple[Coverage, ...]
    findings: tuple[Finding, ...]
    unreadable: tuple[UnreadableFile, ...] = ()
    headings: tuple[HeadingRecord, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    annual: tuple[AnnualRecord, ...] = ()
    """One per yearly report: which year and whom it is about, and how it stands beside earlier ones."""
    answers: tuple[Reply, ...] = ()
    """What a person said to the assessment, and what became of it."""
