"""A round of yearly reports: what came, whose it is, how each duty stands, what a person has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.annual import AnnualRecord, Hint, OrganisationName
from models.assessment import Assessment, DocumentRecord
from models.duty import DutyStanding, Receipt, Winner


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file after the check; ``assessment`` is None where it could not be read, and ``error`` says why."""

    name: str
    sha256: str
    assessment: Assessment | None = None
    organisation: OrganisationName | None = None
    hints: tuple[Hint, ...] = ()
    long: bool = False
    """Whether it is far longer than a yearly report may be, as award reports are."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """A report that was read: an annual one, or the report that won the award (``record`` is None)."""

    name: str
    assessment: Assessment
    document: DocumentRecord
    record: AnnualRecord | None
    organisation: str
    """The winner's name where the roll knows it, else as printed; empty where none was found."""
    winner: Winner | None
    year: int | None
    receipt: Receipt
    hints: tuple[Hint, ...] = ()
    asks: tuple[str, ...] = ()
    """What a person has to look at, a sentence each."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file that is not among the reports, and the sentence that says why."""

    name: str
    reason: str
    failed: bool = True
    """False for what is no loss: a duplicate, a file of another kind."""


@dataclass(frozen=True, slots=True)
class AnnualRound:
    covers: int
    """The year that the reports were to be about."""
    on: date
    """The day for which the states hold."""
    reports: tuple[AnnualReport, ...]
    earlier: tuple[AnnualReport, ...]
    standings: tuple[DutyStanding, ...]
    """By organisation and year; only where winners are known."""
    not_read: tuple[NotRead, ...]
    winners: tuple[Winner, ...] = ()
