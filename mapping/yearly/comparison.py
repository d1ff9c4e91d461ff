"""A yearly report beside the one of the year before, or beside the report that won the award."""

from __future__ import annotations

from collections.abc import Sequence

from mapping.yearly.kpi_years import compare_kpis
from mapping.yearly.promises import follow_promises
from mapping.yearly.same_text import same_passages, same_share
from models.annual import YearComparison
from models.assessment import Assessment, PassageRecord
from models.document import PartKind

_EARLIER: tuple[PartKind, ...] = ("annual", "report")


def compare_years(this: Assessment, last: Assessment) -> YearComparison | None:
    """The annual report of ``this`` beside that of ``last``, or beside its award report if it holds none.

    None where one of the two holds neither."""
    mine = next((d for d in this.documents if d.kind == "annual"), None)
    other = next((d for kind in _EARLIER for d in last.documents if d.kind == kind), None)
    if mine is None or other is None:
        return None
    passages, earlier = _passages(this, mine.id), _passages(last, other.id)
    same = same_passages(passages, earlier)
    kpis = compare_kpis(
        [one for one in this.kpis if one.document == mine.id],
        [one for one in last.kpis if one.document == other.id],
    )
    return YearComparison(
        filename=other.filename,
        kind=other.kind,
        year=next((record.covers.year for record in last.annual if record.document == other.id), None),
        same=same,
        same_share=same_share(same, passages),
        shared_kpis=kpis.shared,
        changes=kpis.changes,
        lost=kpis.lost,
        promises=follow_promises(passages, earlier),
    )


def _passages(assessment: Assessment, document: str) -> Sequence[PassageRecord]:
    return [passage for passage in assessment.passages if passage.document == document]
