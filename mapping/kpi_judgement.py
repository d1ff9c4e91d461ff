"""What the figures of a series say: change on the year before, growth over the years, and gaps.

Nothing here is an opinion: a figure that cannot be computed from what is printed is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from models.kpi import ComparisonKind, KpiSeries

GapKind = Literal["target"] | ComparisonKind
_SHARES = frozenset({"%", "‰"})
POINTS = "百分点"


@dataclass(frozen=True, slots=True)
class Change:
    """The change to ``year`` on the year before: in per cent, or in points where the unit is a per cent."""

    year: str
    size: float
    unit: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Own value less the other one, in the unit of the series (points where that is a per cent).

    ``ahead``: whether that is on the good side; None where the good direction is not known."""

    kind: GapKind
    label: str
    year: str
    size: float
    ahead: bool | None


def changes(series: KpiSeries) -> tuple[Change, ...]:
    """Year on year, for years that follow each other. From a value of zero or less there is no growth."""
    told = ((a, b) for a, b in pairwise(sorted(series.values)) if _follows(a, b))
    return tuple(found for a, b in told if (found := _change(series, a, b)))


def _change(series: KpiSeries, before: str, year: str) -> Change | None:
    first, last = series.values[before], series.values[year]
    if series.unit in _SHARES:
        return Change(year, round(last - first, 9), POINTS if series.unit == "%" else "千分点")
    return Change(year, (last / first - 1) * 100, "%") if first > 0 and _is_amount(series) else None


def cagr(series: KpiSeries) -> float | None:
    """Compound growth a year in per cent, from the first to the last of three years or more.

    None for shares and ranks, whose growth is not told so, and where a value is zero or less."""
    years = sorted(series.values)
    if len(years) < 3 or series.unit in _SHARES or not _is_amount(series):
        return None
    first, last, span = series.values[years[0]], series.values[years[-1]], _span(years[0], years[-1])
    return ((last / first) ** (1 / span) - 1) * 100 if first > 0 and last > 0 and span > 0 else None


def gaps(series: KpiSeries) -> tuple[Gap, ...]:
    """Gaps to the target and to every comparison, by year, where own value and other one are printed."""
    return (*_gaps(series, "target", "目标", series.target), *_compared(series))


def _compared(series: KpiSeries) -> Iterator[Gap]:
    for other in series.comparisons:
        yield from _gaps(series, other.kind, other.label, other.values)


def _gaps(series: KpiSeries, kind: GapKind, label: str, others: Mapping[str, float]) -> Iterator[Gap]:
    for year in sorted(set(series.values) & set(others)):
        size = round(series.values[year] - others[year], 9)
        yield Gap(kind, label, year, size, _ahead(series, size))


def _ahead(series: KpiSeries, size: float) -> bool | None:
    if series.direction == "up":
        return size >= 0
    return size <= 0 if series.direction == "down" else None


def _is_amount(series: KpiSeries) -> bool:
    """Whether growth means something: a place in a ranking or a point of a scale does not grow."""
    rank = series.unit in ("名", "位") and any("第" in raw for raw in series.raw.values())
    return not rank


def _follows(before: str, year: str) -> bool:
    return _span(before, year) == 1


def _span(first: str, last: str) -> int:
    return int(last) - int(first) if first.isdigit() and last.isdigit() else 0
