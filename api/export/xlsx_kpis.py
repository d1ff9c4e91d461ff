"""KPI series in the workbook: numbers as numbers, in a format that fits the unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.export import wording
from api.export.kpis import by_year, origin_of
from api.export.lookup import Lookup
from api.export.xlsx_cells import FONT, Column, Value, colour_words, table
from api.export.xlsx_sheets import PASSAGES, listed_passages
from mapping.kpi_judgement import Change, cagr, changes, gaps
from models.criteria import Criteria, Indicator
from models.kpi import KpiSeries

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

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
    Column("竞争对手", 22, wrap=True),
    Column("标杆", 22, wrap=True),
    Column("行业、其他对比", 22, wrap=True),
    Column("走势", 12),
    Column("年均增长", 10, number="0.0%"),
    Column("较上年", 12, number="0.0%"),
    Column("出处", 34, wrap=True),
    Column("与目标之差", 11, number="0", printed=False),
    Column("与对手之差", 11, number="0", printed=False),
    Column("与标杆之差", 11, number="0", printed=False),
    Column("读取不确定的年份", 12, wrap=True, printed=False),
    Column("原文与数值不同处", 30, wrap=True, printed=False),
    Column("编号", 18, printed=False),
)
_VALUES, _GAPS = ("目标值",), ("与目标之差", "与对手之差", "与标杆之差")
_LINK = "1F5673"
_TREND_COLOURS = {"向好": "24663F", "变差": "A3262A", "有升有降": "855300"}


def add_kpis(book: Workbook, lookup: Lookup, criteria: Criteria) -> None:
    from openpyxl.utils import get_column_letter

    series = [k for d in lookup.documents for k in lookup.assessment.kpis if k.document == d.id]
    years = sorted({year for one in series for year in (*one.values, *one.raw)})
    columns = [*_FRONT, *(Column(year, 11, number="0") for year in years), *_BACK]
    at = {column.title: number for number, column in enumerate(columns, 1)}
    sheet = table(book, "KPI", columns, (_row(one, years, lookup, criteria) for one in series))
    rows = {passage.id: row for row, passage in enumerate(listed_passages(lookup), 2)}
    for number, one in enumerate(series, 2):
        _formats(sheet, number, one, at, years)
        _link(sheet.cell(number, at["出处"]), rows.get(one.source.passage or ""))
    sheet.freeze_panes = "E2"
    colour_words(sheet, get_column_letter(at["走势"]), len(series), _TREND_COLOURS)


def _formats(sheet: Worksheet, row: int, series: KpiSeries, at: dict[str, int], years: Sequence[str]) -> None:
    written = number_format(series)
    for title in (*years, *_VALUES):
        sheet.cell(row, at[title]).number_format = written
    for title in _GAPS:
        sheet.cell(row, at[title]).number_format = f"+{written};-{written};{written}"
    change = _last_change(series)
    if change:
        sheet.cell(row, at["较上年"]).number_format = (
            "+0.0%;-0.0%;0.0%" if change.unit == "%" else f'+0.0#"{change.unit}";-0.0#"{change.unit}";0'
        )


def _link(cell: Cell | MergedCell, row: int | None) -> None:
    """A click leads to the row of the passage in its sheet, which names page and text."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    if row is not None:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{PASSAGES}'!A{row}")
        cell.font = Font(name=FONT, size=10, color=_LINK, underline="single")


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
        wording.direction(series),
        *(series.values.get(year, series.raw.get(year)) for year in years),
        int(last) if last and last.isdigit() else last,
        series.target[last] if last else None,
        _compared(series, ("competitor",)),
        _compared(series, ("benchmark",)),
        _compared(series, ("industry", "other")),
        f"{wording.TREND_MARKS[series.trend]} {wording.TRENDS[series.trend]}",
        _share(cagr(series)),
        _change(series),
        origin_of(series, lookup)[0],
        *(_gap(series, kind) for kind in ("target", "competitor", "benchmark")),
        "、".join(series.unsure),
        _as_written(series),
        series.id,
    ]


def _gap(series: KpiSeries, kind: str) -> float | None:
    """Own value less the other one in the last year that has both; of several parties the first."""
    found = [gap for gap in gaps(series) if gap.kind == kind]
    last = max((gap.year for gap in found), default="")
    return next((gap.size for gap in found if gap.year == last), None)


def _share(percent: float | None) -> float | None:
    return None if percent is None else round(percent / 100, 6)


def _change(series: KpiSeries) -> float | None:
    """The last change: a share of one for per cent, else the points."""
    change = _last_change(series)
    if change is None:
        return None
    return _share(change.size) if change.unit == "%" else change.size


def _last_change(series: KpiSeries) -> Change | None:
    return next((change for change in changes(series) if change.year == max(series.values)), None)


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
