"""Puts a yearly report beside earlier ones and runs the checks that need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapping.checks import Rulebook, run_checks
from mapping.yearly.comparison import compare_years
from models.assessment import Assessment
from models.criteria import Criteria


def beside_earlier(
    this: Assessment,
    earlier: Sequence[Assessment],
    criteria: Criteria,
    rules: Rulebook | None = None,
    *,
    off: frozenset[str] = frozenset(),
) -> Assessment:
    """``this`` with its comparisons and the findings that follow from them.

    ``earlier``: assessments of last year's report, of the award report, or both. An assessment without a
    yearly report is given back as it is."""
    found = (compare_years(this, one) for one in earlier)
    comparisons = tuple(one for one in found if one is not None)
    if not this.annual or not comparisons:
        return this
    first, *others = this.annual
    annual = (replace(first, comparisons=comparisons), *others)
    draft = replace(this, annual=annual, findings=())
    return replace(draft, findings=run_checks(draft, criteria, rules, off=off))
