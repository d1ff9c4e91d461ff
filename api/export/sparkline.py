"""A KPI series as a small SVG line: own values drawn through, comparisons dashed, the target marked.

A year without a value leaves a gap; nothing is drawn that was not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from api.export.wording import TRENDS, figure, printable
from models.kpi import KpiSeries

WIDTH, HEIGHT = 132, 40
_LEFT, _TOP = 6.0, 6.0
_MOST_COMPARISONS = 2
_MOST_YEARS = 30
Point = tuple[float, float]


def years_of(series: KpiSeries) -> tuple[str, ...]:
    """Years in which the series, its target or a comparison has a value, with the years between."""
    named = set(series.values) | set(series.target)
    for comparison in series.comparisons:
        named |= set(comparison.values)
    if named and all(year.isdigit() and len(year) == 4 for year in named):
        first, last = int(min(named)), int(max(named))
        if last - first < _MOST_YEARS:
            return tuple(str(year) for year in range(first, last + 1))
    return tuple(sorted(named))


def description(series: KpiSeries) -> str:
    """The drawing in words, for those who do not see it."""
    own = "，".join(f"{year}年 {figure(value)}" for year, value in sorted(series.values.items()))
    parts = [f"{own or '没有数值'}{series.unit}；走势：{TRENDS[series.trend]}"]
    if series.target:
        parts.append("目标 " + "，".join(f"{y}年 {figure(v)}" for y, v in sorted(series.target.items())))
    for comparison in series.comparisons:
        values = "，".join(f"{y}年 {figure(v)}" for y, v in sorted(comparison.values.items()))
        parts.append(f"{comparison.label} {values}")
    return "；".join(parts)


def sparkline(series: KpiSeries) -> str:
    """The SVG element; empty if fewer than two years or no value at all."""
    years = years_of(series)
    if not series.values or len(years) < 2:
        return ""
    compared = [comparison.values for comparison in series.comparisons[:_MOST_COMPARISONS]]
    scale = _Scale(years, [series.values, series.target, *compared])
    drawn = [
        *(_comparison(scale.points(values)) for values in compared),
        *(_target(point) for point in scale.known(series.target)),
        *_line(scale.points(series.values), "own"),
        _last(scale.known(series.values)[-1]),
    ]
    identity = escape(series.id, {'"': "&quot;"})
    name, words = (escape(printable(text)) for text in (series.name, description(series)))
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-labelledby="t-{identity} s-{identity}"><title id="t-{identity}">{name}</title>'
        f'<desc id="s-{identity}">{words}</desc>{"".join(drawn)}</svg>'
    )


class _Scale:
    def __init__(self, years: Sequence[str], groups: Sequence[Mapping[str, float]]) -> None:
        values = [value for group in groups for value in group.values()]
        self.years = years
        self.low, self.high = min(values), max(values)

    def points(self, values: Mapping[str, float]) -> list[Point | None]:
        """One point per year, None where there is no value."""
        return [self._point(n, values[year]) if year in values else None for n, year in enumerate(self.years)]

    def known(self, values: Mapping[str, float]) -> list[Point]:
        return [point for point in self.points(values) if point is not None]

    def _point(self, position: int, value: float) -> Point:
        across = _LEFT + (WIDTH - 2 * _LEFT) * position / (len(self.years) - 1)
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return round(across, 1), round(_TOP + (HEIGHT - 2 * _TOP) * (1 - share), 1)


def _line(points: Sequence[Point | None], name: str) -> Iterable[str]:
    """A line per unbroken run of years; a dot for a year that stands alone."""
    for run in _runs(points):
        if len(run) == 1:
            yield f'<circle class="{name}" cx="{run[0][0]:g}" cy="{run[0][1]:g}" r="2"/>'
        else:
            path = " ".join(f"{x:g},{y:g}" for x, y in run)
            yield f'<polyline class="{name}" points="{path}"/>'


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _comparison(points: Sequence[Point | None]) -> str:
    return "".join(_line(points, "other"))


def _target(point: Point) -> str:
    return f'<path class="target" d="M{point[0] - 5:g} {point[1]:g}h10"/>'


def _last(point: Point) -> str:
    return f'<circle class="last" cx="{point[0]:g}" cy="{point[1]:g}" r="2.6"/>'
