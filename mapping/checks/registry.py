"""Checks: plain functions from the assessment so far to findings, registered by a decorator.

A file per family stands beside this one; ``mapping.checks`` imports them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from models.assessment import Assessment, Finding, Severity
from models.criteria import Criteria

CheckFunction = Callable[[Assessment, Criteria], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its id, its usual severity, and the rule it rests on."""

    id: str
    severity: Severity
    rule: str
    """Paragraph of the rules or C-number of the domain notes, in Chinese."""
    run: CheckFunction


_CHECKS: dict[str, Check] = {}
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def check(identity: str, *, severity: Severity, rule: str) -> Callable[[CheckFunction], CheckFunction]:
    """Registers a function as a check. Its findings carry the check's id whatever they say."""

    def register(function: CheckFunction) -> CheckFunction:
        _CHECKS[identity] = Check(identity, severity, rule, function)
        return function

    return register


def all_checks() -> tuple[Check, ...]:
    return tuple(_CHECKS.values())


def run_checks(
    draft: Assessment, criteria: Criteria, *, off: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Findings of every check that is not off: errors first, then in the order of the criteria."""
    found = [
        replace(finding, check=one.id)
        for one in all_checks()
        if one.id not in off
        for finding in one.run(draft, criteria)
    ]
    order = {indicator.id: n for n, indicator in enumerate(criteria.indicators)}
    last = len(order)
    ids = list(_CHECKS)
    return tuple(
        sorted(
            found,
            key=lambda f: (
                _SEVERITIES.index(f.severity),
                order.get(f.indicator or "", last),
                ids.index(f.check),
                f.subject,
            ),
        )
    )
