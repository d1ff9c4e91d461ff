"""The yearly report of a winner: which year and whom it is about, and how it stands beside the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.document import PartKind

Origin = Literal["label", "title", "cover", "text", "head", "tables", "date", "filename", "none"]
"""Where a fact was read: after a label (单位名称：), in the title, on the cover, in a sentence, in the
running head, in the tables, from the date of the cover, from the file's name."""

HintEvent = Literal["accident", "penalty", "lawsuit"]
HintField = Literal["quality", "safety", "environment", "health", "other"]
"""The four kinds of 实施细则 四（三）, and what a sentence does not tie to one of them."""


@dataclass(frozen=True, slots=True)
class CoveredYear:
    """The year that a report is about, and the words it was read from.

    ``sure`` is False where a person should look; ``others`` are the years that other places speak for."""

    year: str | None
    origin: Origin
    sentence: str
    page: int | None
    sure: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """Whose report it is, and the words the name was read from; ``sure`` and ``others`` as for the year."""

    name: str | None
    origin: Origin
    sentence: str
    page: int | None
    sure: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SamePassage:
    """A passage of this report whose words stood in the earlier one."""

    passage: str
    page: int | None
    last_passage: str
    last_page: int | None
    likeness: float
    """Share of the words in common, from 0 to 1; 1 for the same words."""
    characters: int


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value of one year that the two reports print differently, as printed, with its unit."""

    name: str
    year: str
    now: str
    before: str
    kpi: str
    page: int | None
    last_page: int | None


@dataclass(frozen=True, slots=True)
class LostKpi:
    """A series of the earlier report that was not found in this one."""

    name: str
    unit: str
    last_page: int | None


@dataclass(frozen=True, slots=True)
class Promise:
    """An improvement that the earlier report announced, and the passages of this one that speak of it."""

    sentence: str
    last_passage: str
    last_page: int | None
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearComparison:
    """A yearly report beside an earlier one: last year's, or the report that won the award."""

    filename: str
    kind: PartKind
    year: str | None
    """Year that the earlier one covers; None for the award report."""
    same: tuple[SamePassage, ...]
    same_share: float
    """Characters of running text that stood there before, as a share of all running text."""
    shared_kpis: int
    changes: tuple[ValueChange, ...]
    lost: tuple[LostKpi, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class AnnualRecord:
    """What is known of one yearly report beside its content."""

    document: str
    covers: CoveredYear
    organisation: OrganisationName
    due: str | None = None
    """The year that was to be reported on, where a person said which."""
    comparisons: tuple[YearComparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence that may tell of an accident, a penalty or a lawsuit: for the award office, to read."""

    event: HintEvent
    field: HintField
    sentence: str
    passage: str
    page: int | None
