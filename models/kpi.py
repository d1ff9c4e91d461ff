"""KPI series as they are read: values by year, target, comparisons, and the place they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from models.document import BBox

Direction = Literal["up", "down", "band", "unknown"]
Trend = Literal["improving", "worsening", "mixed", "flat", "unknown"]
ComparisonKind = Literal["competitor", "benchmark", "industry", "other"]
SourceKind = Literal["table", "chart", "prose"]


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The cell that a value stands in; row and column from 0, head and merged cells counted as they lie.

    Of a chart the row is the series and the column the category. ``bbox`` is known for a PDF only."""

    row: int
    column: int
    page: int | None = None
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    label: str
    kind: ComparisonKind
    values: dict[str, float]
    cells: dict[str, CellPlace] = field(default_factory=dict)


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
    """``values`` are numbers in the unit given (92.1 with "%"); ``raw`` the cells as written.

    ``cells`` and ``target_cells`` say where values by year stand; a value told in a sentence has no cell.
    ``unsure`` are the years whose value the reader would have a person look at."""

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
    unsure: tuple[str, ...] = ()
    cells: dict[str, CellPlace] = field(default_factory=dict)
    target_cells: dict[str, CellPlace] = field(default_factory=dict)
    direction_sure: bool = True
    """False where the direction is only what most quantities of the kind have."""
    corrected: tuple[str, ...] = ()
    """Years whose value or target a person set right."""
