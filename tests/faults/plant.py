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

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import tests.faults
from api.annual.beside import beside_earlier
from api.bootstrap import Tools, build_tools
from api.options import Options
from api.pipeline import assess_parts, number_parts
from mapping.checks import all_checks
from models.assessment import Assessment, Finding, UnreadableFile
from models.document import PartKind
from tests.faults.gold import gold_blocks, load_gold, table_block
from tests.faults.last_year import last_year
from tests.faults.memory import Judging, keeping
from tests.faults.submission import (
    Draft,
    Submission,
    caption,
    heading,
    paragraph,
    reading_part,
    reading_parts,
)

VARIANTS = 10
_TITLES: dict[PartKind, str] = {
    "overview": "组织概述",
    "report": "自评报告",
    "annual": "年度自我评价报告",
    "evidence": "证实性材料",
}
Planter = Callable[[Submission, int], "Planted"]
_PLANTERS: dict[str, Planter] = {}


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
    """Overview, report, evidence and the annual report that is due beside that of the year before, without
    a true fault."""
    gold = load_gold("report_c_complete")
    drafts = (Draft(kind, gold_blocks(gold[kind]), f"{title}.docx") for kind, title in _TITLES.items())
    earlier = Draft("annual", last_year(), "2019年度自我评价报告.docx")
    return Submission(tuple(drafts), earlier, Options(covers="2020"))


@cache
def tools() -> Tools:
    return build_tools()


def assessed(submission: Submission) -> Assessment:
    """What the program makes of a submission: every stage but the reading of files. What it made of texts
    and parts that it has seen is kept."""
    kept, judging = _memory()
    return _checked(submission, kept, judging)


def assessed_anew(submission: Submission) -> Assessment:
    """The same with nothing kept, to hold ``assessed`` against."""
    return _checked(submission, tools(), None)


def _checked(submission: Submission, used: Tools, judging: Judging | None) -> Assessment:
    """Where an earlier report is there, the checks run once, when it stands beside."""
    options = submission.options
    if submission.earlier is None:
        return _assess(submission.drafts, used, options, judging, submission.unreadable)
    without = replace(options, checks_off=frozenset(check.id for check in all_checks()))
    made = _assess(submission.drafts, used, without, judging, submission.unreadable)
    known = judging.earlier if judging else {}
    if submission.earlier not in known:
        known[submission.earlier] = _assess([submission.earlier], used, Options(), judging)
    beside = [known[submission.earlier]]
    return beside_earlier(made, beside, used.criteria, used.rules, off=options.checks_off)


def _assess(
    drafts: Sequence[Draft],
    used: Tools,
    options: Options,
    judging: Judging | None,
    unreadable: tuple[UnreadableFile, ...] = (),
) -> Assessment:
    parts = number_parts(reading_parts(drafts))
    return assess_parts(parts, used, options, unreadable, judged_by=judging)


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
