"""A native chart as a table: a row per series, a column per category."""

from __future__ import annotations

from models.document import Cell, Chart, Table
from models.glossary import Glossary
from nlp.kpi.captions import Caption
from nlp.kpi.labels import looks_like_kpi
from nlp.kpi.sheet import Sheet, sheet_of

_OWN = "本公司"


def chart_sheet(chart: Chart, caption: Caption, glossary: Glossary) -> Sheet:
    """Rows of the sheet are the series, from 1; a lone one that names no KPI shows that of the title."""
    names = [series.name.strip() for series in chart.series]
    if len(names) == 1 and not looks_like_kpi(names[0], glossary) and looks_like_kpi(caption.name, glossary):
        names = [_OWN]
    head = [Cell(text, 0, column) for column, text in enumerate(("", *chart.categories))]
    body = [
        Cell(text, row, column)
        for row, (name, series) in enumerate(zip(names, chart.series, strict=True), 1)
        for column, text in enumerate((name, *map(_written, series.values)))
    ]
    width = 1 + max([len(chart.categories), *(len(series.values) for series in chart.series)], default=0)
    return sheet_of(Table((*head, *body), 1 + len(names), width))


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"
