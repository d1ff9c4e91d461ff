"""Chosen series side by side, drawn as one SVG: each on its own scale, or as a share of its first value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.kpi import KpiSeries

WIDTH, HEIGHT = 720.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 16.0, 16.0, 34.0
MOST = 6
"""Series in one drawing: more lines than that nobody tells apart."""


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One series. ``number`` from 1 names its colour and its mark."""

    number: int
    name: str
    unit: str
    path: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class ChartView:
    years: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    lines: tuple[LineView, ...]
    about: str
    """What the upright scale shows."""


def chart(series: Sequence[KpiSeries]) -> ChartView | None:
    """At most MOST series; those of one unit by their values, others as per cent of their first value.

    None where no series has a value, or the first value of one is 0 and units differ.
    """
    shown = [one for one in series if one.values][:MOST]
    same = len({one.unit for one in shown}) == 1
    scaled = [dict(one.values) if same else _share(one) for one in shown]
    if not shown or not all(scaled):
        return None
    years = sorted({year for values in scaled for year in values})
    every = [value for values in scaled for value in values.values()]
    low, high = min(every), max(every)
    across = _across(years)
    return ChartView(
        tuple(Tick(across[year], year) for year in years),
        tuple(Tick(_up(level, low, high), f"{level:,.4g}") for level in _levels(low, high)),
        tuple(
            _line(number, one, values, across, (low, high))
            for number, (one, values) in enumerate(zip(shown, scaled, strict=True), 1)
        ),
        f"单位：{shown[0].unit or '未写单位'}" if same else "各以第一年为 100",
    )


def _share(one: KpiSeries) -> dict[str, float]:
    first = one.values[min(one.values)]
    return {year: value / first * 100 for year, value in one.values.items()} if first else {}


def _line(
    number: int, one: KpiSeries, values: dict[str, float], across: dict[str, float], span: tuple[float, float]
) -> LineView:
    years = sorted(values)
    places = [(across[year], _up(values[year], *span)) for year in years]
    dots = tuple(
        Dot(x, y, f"{one.name} {year}年 {one.values[year]:,.12g}{one.unit}")
        for (x, y), year in zip(places, years, strict=True)
    )
    return LineView(number, one.name, one.unit, " ".join(f"{x:g},{y:g}" for x, y in places), dots)


def _across(years: Sequence[str]) -> dict[str, float]:
    room = WIDTH - _LEFT - _RIGHT
    last = max(len(years) - 1, 1)
    return {year: round(_LEFT + room * n / last, 1) for n, year in enumerate(years)}


def _up(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - share), 1)


def _levels(low: float, high: float) -> list[float]:
    return [low + (high - low) * n / 4 for n in range(5)] if high > low else [low]
