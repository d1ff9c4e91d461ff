"""KPI series of a yearly report beside those of an earlier one: the same name and unit, year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mapping.checks.kpi_units import comparable, last_digit
from models.annual import LostKpi, ValueChange
from models.glossary import kpi_key
from models.kpi import KpiSeries

Key = tuple[str, str]
"""Name and unit for comparison, the unit without 万 or 亿."""


@dataclass(frozen=True, slots=True)
class KpiComparison:
    shared: int
    """Series of the earlier report that this one goes on with."""
    changes: tuple[ValueChange, ...]
    lost: tuple[LostKpi, ...]


def compare_kpis(this: Sequence[KpiSeries], last: Sequence[KpiSeries]) -> KpiComparison:
    """Values restated since, and printed series of the earlier report that were not found again.

    A name that stands several times in a report with different values (per product, per customer group)
    cannot be told apart and is left out of the changes, as is one that both only tell in sentences."""
    now, before = by_key(this), by_key(last)
    names = {name for name, _ in now}
    lost = (
        LostKpi(group[0].name, group[0].unit, group[0].source.page)
        for (name, _), group in before.items()
        if name not in names and any(one.source.kind != "prose" for one in group)
    )
    shared = [key for key in before if key in now]
    changes = tuple(change for key in shared for change in _changes(now[key], before[key]))
    return KpiComparison(len(shared), changes, tuple(lost))


def by_key(series: Iterable[KpiSeries]) -> dict[Key, list[KpiSeries]]:
    """Own series with figures by name and unit, in the order of the report; printed before told ones."""
    groups: defaultdict[Key, list[KpiSeries]] = defaultdict(list)
    for one in series:
        if one.values and not one.source.same_as:
            groups[kpi_key(one.name), comparable(0.0, one.unit)[1]].append(one)
    return {key: sorted(group, key=lambda one: one.source.kind == "prose") for key, group in groups.items()}


def printed(one: KpiSeries, year: str) -> str:
    """A value as printed, with its unit."""
    raw = one.raw.get(year) or f"{one.values[year]:.12g}"
    return raw if not one.unit or raw.rstrip("）)").endswith(one.unit) else f"{raw}{one.unit}"


def _changes(now: Sequence[KpiSeries], before: Sequence[KpiSeries]) -> Iterator[ValueChange]:
    for year in sorted({year for one in now for year in one.values}):
        mine = [one for one in now if year in one.values]
        theirs = [one for one in before if year in one.values]
        if not mine or not theirs or _several(mine, year) or _several(theirs, year):
            continue
        one, other = mine[0], theirs[0]
        told_only = one.source.kind == other.source.kind == "prose"
        if not told_only and _differ(one, other, year):
            yield ValueChange(
                one.name,
                year,
                printed(one, year),
                printed(other, year),
                one.id,
                one.source.page,
                other.source.page,
            )


def _several(series: Sequence[KpiSeries], year: str) -> bool:
    return any(_differ(series[0], one, year) for one in series[1:])


def _differ(one: KpiSeries, other: KpiSeries, year: str) -> bool:
    """Whether two values differ by more than the rounding of what is printed."""
    a, b = (comparable(s.values[year], s.unit)[0] for s in (one, other))
    room = max(comparable(last_digit(s.raw.get(year, "")), s.unit)[0] for s in (one, other))
    return abs(a - b) > max(room / 2 * 1.001, 1e-9 * max(abs(a), abs(b)))
