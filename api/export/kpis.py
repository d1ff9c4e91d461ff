"""KPI tables: one row per series, one column per year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from api.export import wording
from api.export.growth import gap_text, growth_text, last_gap
from api.export.lookup import Lookup
from api.export.sparkline import sparkline
from models.kpi import KpiSeries


@dataclass(frozen=True, slots=True)
class ValueView:
    text: str
    raw: str
    """As written, where that says more than the number."""
    number: bool
    unsure: bool = False
    cell: str = ""
    """Row and column of the table, from 1."""
    anchor: str | None = None
    """The cell on the page that the value was read from."""


@dataclass(frozen=True, slots=True)
class ComparedView:
    label: str
    kind: str
    values: str
    gap: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    series: KpiSeries
    unit: str
    direction: str
    values: tuple[ValueView, ...]
    target: str
    gap: str
    comparisons: tuple[ComparedView, ...]
    trend: str
    growth: str
    mark: str
    spark: str
    repeats: str | None


@dataclass(frozen=True, slots=True)
class OriginView:
    """Series from one table, chart or sentence."""

    origin: str
    anchor: str | None
    rows: tuple[SeriesView, ...]


@dataclass(frozen=True, slots=True)
class KpiTableView:
    years: tuple[str, ...]
    groups: tuple[OriginView, ...]


def kpi_table(series: Sequence[KpiSeries], lookup: Lookup) -> KpiTableView | None:
    """Series in their order, under the place they come from; None if there is no series."""
    if not series:
        return None
    years = tuple(sorted({year for one in series for year in (*one.values, *one.raw)}))
    groups = []
    for (origin, anchor), members in groupby(series, key=lambda one: origin_of(one, lookup)):
        groups.append(OriginView(origin, anchor, tuple(_row(one, years, lookup) for one in members)))
    return KpiTableView(years, tuple(groups))


def origin_of(series: KpiSeries, lookup: Lookup) -> tuple[str, str | None]:
    """Where a series stands, in words, and the passage that it stands in."""
    source = series.source
    passage = lookup.passage.get(source.passage or "")
    place = wording.place(passage) if passage else wording.page(source.page)
    return "　".join(filter(None, (place, source.caption or wording.SOURCES[source.kind]))), (
        passage.id if passage else None
    )


def _row(series: KpiSeries, years: Sequence[str], lookup: Lookup) -> SeriesView:
    source = series.source
    decimals = wording.decimals(series.values.values())
    return SeriesView(
        series=series,
        unit=series.unit or "未写单位",
        direction=wording.direction(series) + _corrected(series),
        values=tuple(_value(series, year, decimals, lookup) for year in years),
        target=by_year(series.target),
        gap=gap_text(last_gap(series)),
        comparisons=tuple(
            ComparedView(
                c.label, wording.COMPARISONS[c.kind], by_year(c.values), gap_text(last_gap(series, c.label))
            )
            for c in series.comparisons
        ),
        trend=wording.TRENDS[series.trend],
        growth=growth_text(series),
        mark=wording.TREND_MARKS[series.trend],
        spark=sparkline(series),
        repeats=source.same_as if source.same_as in lookup.kpi else None,
    )


def _corrected(series: KpiSeries) -> str:
    return f"；{'、'.join(series.corrected)}年由使用者更正" if series.corrected else ""


def _value(series: KpiSeries, year: str, decimals: int, lookup: Lookup) -> ValueView:
    raw = series.raw.get(year, "")
    cell, anchor = _cell(series, year), _anchor(series, year, lookup)
    if year not in series.values:
        return ValueView(raw, "", False, cell=cell, anchor=anchor)
    value = series.values[year]
    plain = {"", wording.figure(value), f"{value:,.{decimals}f}", f"{value:.{decimals}f}", f"{value:g}"}
    written = raw if raw.strip() not in plain else ""
    return ValueView(f"{value:,.{decimals}f}", written, True, year in series.unsure, cell, anchor)


def _cell(series: KpiSeries, year: str) -> str:
    place = series.cells.get(year)
    if place is None or series.source.kind != "table":
        return ""
    return f"第{place.row + 1}行第{place.column + 1}列"


def _anchor(series: KpiSeries, year: str, lookup: Lookup) -> str | None:
    """Where the page shows the cell, if it shows the table."""
    place, passage = series.cells.get(year), series.source.passage
    table = lookup.table.get(passage or "")
    if place is None or table is None or series.source.kind != "table":
        return None
    inside = place.row < len(table.cells) and place.column < len(table.cells[place.row])
    return f"{passage}-{place.row}-{place.column}" if inside else None


def by_year(values: Mapping[str, float]) -> str:
    """``94.5（2019）``, years in order."""
    return "，".join(f"{wording.figure(value)}（{year}）" for year, value in sorted(values.items()))
