"""Which series of the old draft each series of the new one was, and which figures changed."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping

from models.assessment import Assessment
from models.diff import CellChange, KpiChange
from models.document import PartKind
from models.kpi import KpiSeries


def pair_series(old: Assessment, new: Assessment) -> dict[str, str]:
    """Old id by new id: equal ids, then the same name in the same kind of document and source, in order."""
    known = {series.id for series in old.kpis}
    pairs = {series.id: series.id for series in new.kpis if series.id in known}
    waiting: defaultdict[tuple[str, ...], deque[str]] = defaultdict(deque)
    before, after = _kinds(old), _kinds(new)
    taken = set(pairs.values())
    for series in old.kpis:
        if series.id not in taken:
            waiting[before[series.document], series.canonical, series.source.kind].append(series.id)
    for series in new.kpis:
        key = (after[series.document], series.canonical, series.source.kind)
        if series.id not in pairs and waiting.get(key):
            pairs[series.id] = waiting[key].popleft()
    return pairs


def kpi_changes(old: Assessment, new: Assessment, pairs: Mapping[str, str]) -> Iterator[KpiChange]:
    """Changed and new series in the order of the new draft, then those that are gone."""
    known = {series.id: series for series in old.kpis}
    before, after = _kinds(old), _kinds(new)
    for series in new.kpis:
        was = known.get(pairs.get(series.id, ""))
        cells = tuple(_cells(was, series))
        if was is None or cells or was.unit != series.unit:
            units = (was.unit if was else "", series.unit)
            past = was.id if was else None
            kind = after[series.document]
            yield KpiChange(series.name, kind, series.indicator, past, series.id, units, cells)
    gone = set(known) - set(pairs.values())
    for series in old.kpis:
        if series.id in gone:
            cells = tuple(_cells(series, None))
            units = (series.unit, "")
            kind = before[series.document]
            yield KpiChange(series.name, kind, series.indicator, series.id, None, units, cells)


def _kinds(draft: Assessment) -> dict[str, PartKind]:
    return {document.id: document.kind for document in draft.documents}


def _cells(old: KpiSeries | None, new: KpiSeries | None) -> Iterator[CellChange]:
    before, after = _figures(old), _figures(new)
    for what, year in dict.fromkeys((*after, *before)):
        one, other = before.get((what, year)), after.get((what, year))
        if one != other:
            yield CellChange(what, year, one, other)


def _figures(series: KpiSeries | None) -> dict[tuple[str, str], float]:
    """By what a figure is and its year."""
    if series is None:
        return {}
    rows = [("value", series.values), ("target", series.target)]
    rows += [(other.label, other.values) for other in series.comparisons]
    return {(what, year): values[year] for what, values in rows for year in sorted(values)}
