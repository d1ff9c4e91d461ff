"""What changed between two drafts of one submission. Documents are compared by their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.answers import Answer
from models.assessment import CoverageStatus, Finding, LengthStatus, PassageRecord
from models.document import PartKind

ChangeKind = Literal["added", "removed", "changed", "moved"]
EditKind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text: in both drafts, only in the old one, or only in the new one."""

    kind: EditKind
    text: str


@dataclass(frozen=True, slots=True)
class PassageChange:
    """One passage that is not as it was; a passage that is neither moved nor changed has none."""

    kind: ChangeKind
    old: PassageRecord | None
    new: PassageRecord | None
    edits: tuple[Edit, ...] = ()
    """Of a changed passage: joined without what was added they are the old text, without what was
    removed the new one."""
    moved: bool = False
    """Of a changed passage: whether it stands elsewhere as well."""
    previous_id: str | None = None
    """Id of the passage in the old draft."""


@dataclass(frozen=True, slots=True)
class IndicatorDiff:
    """An indicator of one kind of document; None: passages that answer no indicator."""

    document: PartKind
    indicator: str | None
    status: tuple[CoverageStatus | None, CoverageStatus | None]
    """Coverage in the old and in the new draft; None where a draft has no such document."""
    passages: tuple[PassageChange, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that is not what it was; None where a draft has none."""

    what: str
    """``value``, ``target``, or the label of what is compared with."""
    year: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True)
class KpiChange:
    name: str
    document: PartKind
    indicator: str | None
    old: str | None
    """Id of the series in the old draft; None: it is new."""
    new: str | None
    """Id in the new draft; None: it is gone."""
    units: tuple[str, str]
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class LengthChange:
    document: PartKind
    count: tuple[int, int]
    limit: int | None
    status: tuple[LengthStatus | None, LengthStatus | None]
    by_item: dict[str, tuple[int, int]]
    """Items whose 字 changed."""


@dataclass(frozen=True, slots=True)
class FindingsDiff:
    solved: tuple[Finding, ...]
    new: tuple[Finding, ...]
    left: tuple[Finding, ...]
    """Still there, as the new draft has them."""


@dataclass(frozen=True, slots=True)
class DraftDiff:
    schema_version: str
    old: tuple[str, ...]
    """Names of the files of the old draft."""
    new: tuple[str, ...]
    lengths: tuple[LengthChange, ...]
    indicators: tuple[IndicatorDiff, ...]
    """Those of which something changed, in the order of the criteria."""
    findings: FindingsDiff
    kpis: tuple[KpiChange, ...]
    previous: dict[str, str]
    """Id in the old draft of every passage of the new one that was there before."""
    previous_kpis: dict[str, str]
    """The same of the series."""
    carried: tuple[Answer, ...] = ()
    """Answers to the old draft that hold for the new one."""
