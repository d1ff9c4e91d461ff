"""Assessments that hold KPI series and little else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mapping.checks import all_checks, shipped_rules
from models.assessment import (
    SCHEMA_VERSION,
    Assessment,
    CriteriaRef,
    DocumentRecord,
    EncoderRef,
    Finding,
    IndicatorScore,
    LedgerRecord,
    Length,
    PassageRecord,
    Statistics,
    TableRecord,
    Years,
)
from models.criteria import Criteria
from models.document import PartKind
from models.kpi import Comparison, Direction, KpiSeries, KpiSource, SourceKind, Trend
from models.passage import PassageKind

YEARS = ("2017", "2018", "2019")
_LENGTH = Length(None, 0, (0, 0), "none", {}, {}, {}, Statistics(0, 0, 0, 0), 0)
_LEDGER = LedgerRecord(None, 0, 0, 0, 0, 0, {}, True)
COMPARED = (Comparison("竞争对手A", "competitor", {"2019": 1.0}),)


def series(
    name: str = "顾客满意度",
    values: Sequence[float | None] = (91.2, 93.0, 95.1),
    *,
    unit: str = "%",
    direction: Direction = "up",
    indicator: str | None = "7.2.1",
    comparisons: tuple[Comparison, ...] = COMPARED,
    target: dict[str, float] | None = None,
    trend: Trend = "improving",
    kind: SourceKind = "table",
    document: str = "d1",
    passage: str | None = "p-1",
    same_as: str | None = None,
    years: Sequence[str] = YEARS,
    raw: dict[str, str] | None = None,
    identity: str = "",
) -> KpiSeries:
    told = {year: value for year, value in zip(years, values, strict=False) if value is not None}
    pairs = zip(years, values, strict=False)
    written = {year: "—" if value is None else f"{value:g}" for year, value in pairs}
    source = KpiSource(kind, 88, "表7.2-1 顾客", 1, passage, same_as, 5)
    return KpiSeries(
        identity or f"k-{name}-{document}-{kind}", document, name, name, unit, direction, indicator, told,
        raw or written, target if target is not None else {"2019": 94.5}, comparisons, trend, source,
    )  # fmt: skip


def passage(
    text: str = "",
    identity: str = "p-1",
    *,
    indicator: str | None = "7.2.1",
    kind: PassageKind = "paragraph",
    document: str = "d1",
    path: tuple[str, ...] = ("7 结果", "7.2 顾客与市场结果"),
) -> PassageRecord:
    indicators = (IndicatorScore(indicator, 0.9),) if indicator else ()
    return PassageRecord(
        identity, document, text, path, kind, 88, None, False, None, 5, indicators, (),
        "result", {}, False, False, None,
    )  # fmt: skip


def draft(
    kpis: Iterable[KpiSeries] = (),
    passages: Iterable[PassageRecord] = (),
    tables: Iterable[TableRecord] = (),
    kinds: Sequence[PartKind] = ("report",),
) -> Assessment:
    documents = tuple(
        DocumentRecord(
            f"d{n}",
            kind,
            f"{n}.docx",
            "0" * 64,
            (0, 9),
            None,
            None,
            "criteria",
            "given",
            _LENGTH,
            _LEDGER,
            (),
        )
        for n, kind in enumerate(kinds, 1)
    )
    return Assessment(
        SCHEMA_VERSION, CriteriaRef("bjqa-2020", "准则", 57, "draft"), EncoderRef("none", 1, "0"),
        Years(YEARS, "given"), documents, tuple(passages), tuple(tables), tuple(kpis), (), (),
    )  # fmt: skip


def checked(identity: str) -> Callable[[Assessment, Criteria], tuple[Finding, ...]]:
    """What one check says of a draft, by the shipped rules and in its own order."""
    (one,) = (one for one in all_checks() if one.id == identity)
    return lambda draft, criteria: tuple(one.run(draft, criteria, shipped_rules()[identity]))
