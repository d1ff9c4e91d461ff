"""Length against the limits of the rules (实施细则 二（二）4（3）, 四（二）; C01)."""

from __future__ import annotations

from collections.abc import Iterator

from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, DocumentRecord, Finding, LengthStatus
from models.criteria import Criteria


@check("length-over")
def over(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    return _with_status(draft, criteria, rule, "over")


@check("length-depends")
def depends(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    return _with_status(draft, criteria, rule, "depends")


@check("length-near")
def near(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    return _with_status(draft, criteria, rule, "near")


@check("length-pictures")
def pictures(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in draft.documents:
        length = document.length
        if length.limit is not None and length.uncounted_pictures and length.status != "over":
            yield _finding(document, criteria, rule)


def _with_status(
    draft: Assessment, criteria: Criteria, rule: Rule, status: LengthStatus
) -> Iterator[Finding]:
    for document in draft.documents:
        if document.length.status == status:
            yield _finding(document, criteria, rule)


def _finding(document: DocumentRecord, criteria: Criteria, rule: Rule) -> Finding:
    """``surplus`` is the least by which the limit is passed, ``left`` the least room that is left."""
    length = document.length
    named = criteria.limit(document.kind)
    limit, (low, high) = length.limit or 0, length.range
    return rule.finding(
        document.id,
        document.filename,
        title=named.title if named else document.filename,
        count=length.count,
        limit=limit,
        low=low,
        high=high,
        surplus=low - limit,
        left=max(0, limit - high),
        pictures=length.uncounted_pictures,
    )
