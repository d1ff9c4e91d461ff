"""KPI series in the workbook: numbers as numbers, in a format that fits the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.export import wording
from api.export.kpis import by_year, origin_of
from api.export.lookup import Lookup
from api.export.xlsx_cells import Column, Value, colour_words, table
from models.criteria import Criteria, Indicator
from models.kpi import KpiSeries

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_FRONT = (
    Column("部分", 16),
    Column("指标", 9),
    Column("指标名称", 16, wrap=True),
    Column("绩效指标", 28, wrap=True),
    Column("单位", 11),
    Column("方向", 11),
)
_BACK = (
    Column("目标年", 8, number="0"),
    Column("目标值", 11, number="0"),
    Column("竞争对手", 26, wrap=True),
    Column("标杆", 26, wrap=True),
    Column("行业、其他对比", 26, wrap=True),
    Column("走势", 12),
    Column("出处", 40, wrap=True),
    Column("原文与数值不同处", 30, wrap=True, printed=False),
    Column("编号", 18, printed=False),
)
_TREND_COLOURS = {"向好": "24663F", "变差": "A3262A", "有升有降": "855300"}


def add_kpis(book: Workbook, lookup: Lookup, criteria: Criteria) -> None:
    from openpyxl.utils import get_column_letter

    series = [k for d in lookup.documents for k in lookup.assessment.kpis if k.document == d.id]
    years = sorted({year for one in series for year in (*one.values, *one.raw)})
    columns = [*_FRONT, *(Column(year, 11, number="0") for year in years), *_BACK]
    sheet = table(book, "KPI", columns, (_row(one, years, lookup, criteria) for one in series))
    first, target = len(_FRONT) + 1, len(_FRONT) + len(years) + 2
    for number, one in enumerate(series, 2):
        written = number_format(one)
        for column in (*range(first, first + len(years)), target):
            sheet.cell(number, column).number_format = written
    sheet.freeze_panes = "E2"
    trend = get_column_letter(len(_FRONT) + len(years) + 6)
    colour_words(sheet, trend, len(series), _TREND_COLOURS)


def number_format(series: KpiSeries) -> str:
    """Thousands apart, the decimals that the values have, and a sign of percentage behind the number."""
    places = wording.decimals(series.values.values())
    plain = "#,##0" + ("." + "0" * places if places else "")
    return f'{plain}"{series.unit}"' if series.unit in ("%", "‰") else plain


def _row(series: KpiSeries, years: list[str], lookup: Lookup, criteria: Criteria) -> list[Value]:
    node = criteria.by_id.get(series.indicator or "")
    last = max(series.target, default=None)
    return [
        wording.PART_KINDS[lookup.document[series.document].kind],
        series.indicator or "未归入",
        node.title if isinstance(node, Indicator) else "",
        series.name,
        series.unit or "未写单位",
        wording.DIRECTIONS[series.direction],
        *(series.values.get(year, series.raw.get(year)) for year in years),
        int(last) if last and last.isdigit() else last,
        series.target[last] if last else None,
        _compared(series, ("competitor",)),
        _compared(series, ("benchmark",)),
        _compared(series, ("industry", "other")),
        f"{wording.TREND_MARKS[series.trend]} {wording.TRENDS[series.trend]}",
        origin_of(series, lookup)[0],
        _as_written(series),
        series.id,
    ]


def _compared(series: KpiSeries, kinds: tuple[str, ...]) -> str:
    return "\n".join(f"{c.label} {by_year(c.values)}" for c in series.comparisons if c.kind in kinds)


def _as_written(series: KpiSeries) -> str:
    """Cells as written where the number alone does not say the same."""
    different = (
        (year, raw)
        for year, raw in series.raw.items()
        if year in series.values and raw.strip().rstrip("%‰").replace(",", "") != f"{series.values[year]:g}"
    )
    return "，".join(f"{year} {raw}" for year, raw in different)
