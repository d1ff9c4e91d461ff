"""What a person says to an assessment: not applicable, told elsewhere, read wrongly, done.

An answer names what it is about by an id that does not hang on wording or place, so that it can be kept
apart from the assessment, laid on it again after every reading, and carried to the next draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.criteria import AspectName

About = Literal["node", "finding", "passage", "kpi"]
Verdict = Literal["not_applicable", "elsewhere", "wrong", "done"]
VERDICTS: dict[About, tuple[Verdict, ...]] = {
    "node": ("not_applicable", "elsewhere"),
    "finding": ("wrong", "done"),
    "passage": ("wrong",),
    "kpi": ("wrong",),
}
"""What can be said of each."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a person says. Fields that do not concern ``about`` stay empty."""

    about: About
    id: str
    """Node of the criteria (chapter, item, indicator, point), or id of a finding, passage or series."""
    verdict: Verdict
    sentence: str = ""
    """In the person's words; a node needs one."""
    indicators: tuple[str, ...] | None = None
    """Of a passage: the right indicators or points, best first; empty: it answers none; None: as read."""
    aspect: AspectName | Literal["none"] | None = None
    """Of a passage: the right one; None: as read."""
    year: str = ""
    """Of a series: the year of the cell; empty: the series as a whole."""
    target: bool = False
    """Of a cell: whether it is the year's target and not its value."""
    value: float | None = None
    """Of a cell: the right number in the unit of the series; None: the cell or series is no KPI."""

    @property
    def key(self) -> tuple[str, str, str, bool]:
        """What the answer is about: a later answer to the same replaces the earlier."""
        return self.about, self.id, self.year, self.target


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one answer: it was laid on the assessment, or it no longer applies."""

    answer: Answer
    applied: bool
    message: str
    """In Chinese: what the answer is about, and what was set right or why it no longer applies. The verdict
    itself is in the answer."""


def latest(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """One answer for each thing, the last one given, in the order in which the things were first named."""
    return tuple({answer.key: answer for answer in answers}.values())
