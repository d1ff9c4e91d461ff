"""Checks: plain functions from the assessment so far to findings, registered by a decorator.

A file per family stands beside this one; ``mapping.checks`` imports them all. What a check is called,
how severe it is, what it says and from where on stand in ``mapping/data/checks.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mapping.checks.rule import SEVERITIES, Rule
from mapping.checks.rulebook import Rulebook, shipped_rules
from models.assessment import Assessment, Finding
from models.criteria import Criteria
from models.finding_id import identify

CheckFunction = Callable[[Assessment, Criteria, Rule], Iterable[Finding]]
"""Findings are made by the rule, so that they have its id, its words and no more than its severity."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its id and the function that looks for it."""

    id: str
    run: CheckFunction


_CHECKS: dict[str, Check] = {}


def check(identity: str) -> Callable[[CheckFunction], CheckFunction]:
    """Registers a function as the check of that id in the data file."""

    def register(function: CheckFunction) -> CheckFunction:
        _CHECKS[identity] = Check(identity, function)
        return function

    return register


def all_checks() -> tuple[Check, ...]:
    return tuple(_CHECKS.values())


def run_checks(
    draft: Assessment,
    criteria: Criteria,
    rules: Rulebook | None = None,
    *,
    off: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """Findings of every check that is not off: errors first, then in the order of the criteria. Of two
    that tell of the same fault of an indicator, the more telling one."""
    order = {indicator.id: n for n, indicator in enumerate(criteria.indicators)}
    ids = list(_CHECKS)

    def key(finding: Finding) -> tuple[int, int, int, str]:
        place = order.get(finding.indicator or "", len(order))
        return SEVERITIES.index(finding.severity), place, ids.index(finding.check), finding.subject

    used = rules or shipped_rules()
    found = sorted(_told_once(tuple(_findings(draft, criteria, used, off)), used), key=key)
    return identify(found, draft.documents)


def _findings(
    draft: Assessment, criteria: Criteria, rules: Rulebook, off: frozenset[str]
) -> Iterator[Finding]:
    for one in all_checks():
        rule = rules[one.id]
        if not rule.off and one.id not in off:
            yield from one.run(draft, criteria, rule)


def _told_once(findings: Sequence[Finding], rules: Rulebook) -> Iterator[Finding]:
    """Without those in whose stead another stands: of the same indicator of the same document, and no less
    severe, so that nothing sinks to a note."""
    standing: dict[tuple[str, str | None, str], int] = {}
    for finding in findings:
        for other in rules[finding.check].instead_of if finding.indicator else ():
            place = (other, finding.document, finding.indicator or "")
            standing[place] = min(SEVERITIES.index(finding.severity), standing.get(place, len(SEVERITIES)))
    for finding in findings:
        place = (finding.check, finding.document, finding.indicator or "")
        if standing.get(place, len(SEVERITIES)) > SEVERITIES.index(finding.severity):
            yield finding
