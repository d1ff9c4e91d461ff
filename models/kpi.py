"""KPI series as they are read: values by year, target, comparisons, and the place they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["up", "down", "band", "unknown"]
Trend = Literal["improving", "worsening", "mixed", "flat", "unknown"]
ComparisonKind = Literal["competitor", "benchmark", "industry", "other"]
SourceKind = Literal["table", "chart", "prose"]


@dataclass(frozen=True, slots=True)
class Comparison:
    label: str
    kind: ComparisonKind
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class KpiSource:
    kind: SourceKind
    page: int | None
    caption: str
    row: int | None
    """Row of the table, from 0, header included; of a chart the series; None in prose."""
    passage: str | None
    same_as: str | None = None
    """Id of the series that this one repeats."""
    block: int = -1
    """Block number in the document."""


@dataclass(frozen=True, slots=True)
class KpiSeries:
    """``values`` are numbers in the unit given (92.1 with "%"); ``raw`` the cells as written."""

    id: str
    document: str
    name: str
    canonical: str
    unit: str
    direction: Direction
    indicator: str | None
    values: dict[str, float]
    raw: dict[str, str]
    target: dict[str, float]
    comparisons: tuple[Comparison, ...]
    trend: Trend
    source: KpiSource
