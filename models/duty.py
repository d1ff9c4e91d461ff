"""What a winner owes: a report for each of the years after the award, when, and how it stands.

实施细则 四（二）: in each of the three years after the award, by the end of the first quarter, a report on
the year before. States are worked out from facts and a day; nothing here is stored.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

DutyState = Literal["not_due", "near", "received", "late", "correction", "checked"]
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class DutyTerms:
    """What the rules and the office lay down; from ``mapping/data/annual.toml``."""

    years: int
    """Years after the award in which a report is due."""
    due_month: int
    due_day: int
    near_days: int
    """Days before the due date from which a duty is near."""
    states: Mapping[DutyState, str]
    """Names of the states, as an office calls them."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A later due date for one covered year, and why it was granted."""

    year: int
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Winner:
    """An organisation and its award. ``award`` as the office writes it (质量管理奖, 提名奖)."""

    name: str
    award_year: int
    former: tuple[str, ...] = ()
    """Former and short names under which reports may come."""
    round: str = ""
    award: str = ""
    obliged: bool = True
    """Whether the award obliges to reports: the rules do not say so for 提名奖."""
    first_due: int | None = None
    """Year of the first due date; None: the year after the award."""
    extensions: tuple[Extension, ...] = ()
    withdrawn: date | None = None
    """Day on which the award was withdrawn: what falls due later is owed no more."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One report that is owed: on ``year``, by ``due``."""

    organisation: str
    year: int
    due: date
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a report came, and what the office has done with it since."""

    received_on: date | None
    """Day on which it was handed in, on paper, disc or here; None: not known."""
    correction_asked: bool = False
    checked: bool = False


@dataclass(frozen=True, slots=True)
class DutyStanding:
    duty: Duty
    state: DutyState
    days_late: int = 0
    """Days after the due date on which it came, or that have passed since without it; 0 in time."""


@dataclass(frozen=True, slots=True)
class Roll:
    """Winners, found by any of their names."""

    winners: tuple[Winner, ...] = ()
    _index: dict[str, Winner] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {name_key(name): w for w in reversed(self.winners) for name in (*w.former, w.name)}
        object.__setattr__(self, "_index", index)

    def find(self, names: Iterable[str]) -> Winner | None:
        """The winner that one of the names belongs to, the first name first."""
        return next((w for name in names if (w := self._index.get(name_key(name)))), None)


def name_key(name: str) -> str:
    """An organisation's name for comparison: narrow brackets, no spaces, one case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()


def due_date(year: int, terms: DutyTerms) -> date:
    """The day by which the report on a year is due: fixed, also where it is no working day."""
    return date(year + 1, terms.due_month, terms.due_day)


def duties_of(winner: Winner, terms: DutyTerms) -> tuple[Duty, ...]:
    """What a winner owes, the earliest first; nothing where the award obliges to nothing."""
    if not winner.obliged:
        return ()
    first = (winner.first_due or winner.award_year + 1) - 1
    extensions = {extension.year: extension for extension in winner.extensions}
    duties = []
    for year in range(first, first + terms.years):
        extension = extensions.get(year)
        due = extension.until if extension else due_date(year, terms)
        if winner.withdrawn is None or due < winner.withdrawn:
            duties.append(Duty(winner.name, year, due, extension))
    return tuple(duties)


def standing(duty: Duty, receipt: Receipt | None, on: date, terms: DutyTerms) -> DutyStanding:
    """How a duty stands on a day. Only ``received_on`` decides whether a report came late."""
    if receipt is None:
        passed = (on - duty.due).days
        if passed > 0:
            return DutyStanding(duty, "late", passed)
        return DutyStanding(duty, "near" if -passed <= terms.near_days else "not_due")
    late = max(0, (receipt.received_on - duty.due).days) if receipt.received_on else 0
    state: DutyState = (
        "checked" if receipt.checked else "correction" if receipt.correction_asked else "received"
    )
    return DutyStanding(duty, state, late)


def day(when: date) -> str:
    """``2021-03-31（星期三）``."""
    return f"{when.isoformat()}（星期{WEEKDAYS[when.weekday()]}）"
