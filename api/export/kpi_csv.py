"""KPI series as CSV for a spreadsheet: one row per series, numbers as numbers, texts that stay texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from api.export import wording
from api.export.growth import gap_text, last_gap, signed
from api.export.kpis import by_year
from api.export.lookup import Lookup
from mapping.kpi_judgement import cagr, changes
from models.assessment import Assessment
from models.kpi import KpiSeries

BOM = "\ufeff"
"""Tells Excel that the file is UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FRONT = ("编号", "部分", "文件", "指标", "绩效指标", "规范名称", "单位", "方向")
_BACK = ("目标", "与目标", "对比", "与对比", "走势", "年均增长%", "较上年", "较上年单位", "不确定的年份")
_PLACE = ("出处", "页", "段块", "行", "列", "重复")


def to_csv(assessment: Assessment) -> str:
    """The whole file, with a byte order mark. Every series is a row, repetitions too."""
    lookup = Lookup(assessment)
    series = [one for d in lookup.documents for one in assessment.kpis if one.document == d.id]
    years = sorted({year for one in series for year in (*one.values, *one.raw)})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*_FRONT, *years, *_BACK, *_PLACE])
    for one in series:
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in _row(one, years, lookup)])
    return BOM + out.getvalue()


def safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    plain = wording.printable(text)
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain


def _row(series: KpiSeries, years: Sequence[str], lookup: Lookup) -> Iterator[str | float | int | None]:
    document = lookup.document[series.document]
    yield from (series.id, wording.PART_KINDS[document.kind], document.filename, series.indicator or "")
    yield from (series.name, series.canonical, series.unit, wording.direction(series))
    yield from (_figure(series, year) for year in years)
    yield from (by_year(series.target), gap_text(last_gap(series)))
    yield from ("；".join(cell) for cell in _compared(series))
    yield from (wording.TRENDS[series.trend], _rounded(cagr(series)))
    yield from _last_change(series)
    yield "、".join(series.unsure)
    yield from _place(series)


def _figure(series: KpiSeries, year: str) -> str | float:
    if year not in series.values:
        return series.raw.get(year, "")
    value = series.values[year]
    return int(value) if value.is_integer() else value


def _compared(series: KpiSeries) -> tuple[list[str], list[str]]:
    gaps = [(c.label, gap_text(last_gap(series, c.label))) for c in series.comparisons]
    values = [f"{c.label} {by_year(c.values)}" for c in series.comparisons]
    return values, [f"{label} {gap}" for label, gap in gaps if gap]


def _last_change(series: KpiSeries) -> tuple[float | None, str]:
    last = [change for change in changes(series) if change.year == max(series.values)]
    return (_rounded(last[0].size), last[0].unit) if last else (None, "")


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(signed(value, 2).replace(",", ""))


def _place(series: KpiSeries) -> Iterator[str | int | None]:
    source = series.source
    first = series.cells.get(min(series.cells, default=""))
    yield source.caption or wording.SOURCES[source.kind]
    yield from (source.page, source.block, None if source.row is None else source.row + 1)
    yield None if first is None else first.column + 1
    yield "重复" if source.same_as else ""
