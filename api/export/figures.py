"""What lists of many reports show of one assessment: a few numbers, kept beside it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from api.export.digest import digest
from models.assessment import Assessment, DocumentRecord
from models.criteria import Criteria

_MAIN = ("report", "annual", "overview")
FOUND = frozenset({"covered", "partial", "referred"})
"""Statuses of an indicator for which something was found."""


def figures(assessment: Assessment, criteria: Criteria) -> dict[str, Any]:
    """JSON: length by part, status of the main part's indicators, lines of findings, what was not read."""
    lines = Counter(line.severity for line in digest(assessment, criteria))
    main = main_document(assessment)
    return {
        "documents": [_document(one) for one in assessment.documents],
        "main": main.kind if main else None,
        "coverage": {
            row.indicator: row.status for row in assessment.coverage if main and row.document == main.id
        },
        "lines": {severity: lines[severity] for severity in ("error", "warning", "note")},
        "unread": sum(len(one.ledger.unread_pages) for one in assessment.documents),
        "unreadable": len(assessment.unreadable),
        "kpis": len({(one.name, one.unit) for one in assessment.kpis if not one.source.same_as}),
        "annual": _annual(assessment),
    }


def main_document(assessment: Assessment) -> DocumentRecord | None:
    """The part that is read item by item."""
    judged = {row.document for row in assessment.coverage}
    found = [one for one in assessment.documents if one.id in judged and one.kind in _MAIN]
    return min(found, key=lambda one: _MAIN.index(one.kind), default=None)


def _document(document: DocumentRecord) -> dict[str, Any]:
    length = document.length
    return {
        "kind": document.kind,
        "filename": document.filename,
        "pages": document.pages,
        "count": length.count,
        "low": length.range[0],
        "high": length.range[1],
        "limit": length.limit,
        "status": length.status,
    }


def _annual(assessment: Assessment) -> dict[str, Any] | None:
    """Year and organisation that a yearly report was read to be about."""
    if not assessment.annual:
        return None
    covers, whose = assessment.annual[0].covers, assessment.annual[0].organisation
    return {
        "year": covers.year,
        "year_sure": covers.sure,
        "year_others": list(covers.others),
        "name": whose.name,
        "name_sure": whose.sure,
        "name_others": list(whose.others),
    }
