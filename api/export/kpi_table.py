"""All KPI series as one table for the terminal: drawn on a terminal, aligned text in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from api.columns import width
from api.export import wording
from api.export.kpis import SeriesView, by_year, kpi_table
from api.export.lookup import Lookup
from models.assessment import Assessment, DocumentRecord
from models.kpi import KpiSeries

if TYPE_CHECKING:
    from rich.table import Table

_FRONT = ("条目", "指标", "单位")
_BACK = ("目标", "对比", "走势", "位置")
_NUMBERS = 3
"""Columns before the first year."""
_LEAST = {"条目": 5, "指标": 14, "目标": 6, "对比": 12, "走势": 8, "位置": 6}
"""Columns of the screen that a narrow terminal leaves to each."""


def write_table(assessment: Assessment) -> None:
    """Prints the table of every part that has series, and what is not in it."""
    lookup = Lookup(assessment)
    for document in lookup.documents:
        series = _shown(assessment, document)
        if series:
            _write(_title(document, series), *_cells(series, lookup))
    for line in _remarks(assessment):
        print(line)


def _shown(assessment: Assessment, document: DocumentRecord) -> list[KpiSeries]:
    """Series of one part that do not repeat another one, in the order of the criteria, then of the text."""
    own = [one for one in assessment.kpis if one.document == document.id and not one.source.same_as]
    return sorted(own, key=lambda one: [int(n) for n in (one.indicator or "99").split(".")])


def _title(document: DocumentRecord, series: Sequence[KpiSeries]) -> str:
    return f"{wording.PART_KINDS[document.kind]}　{document.filename}　{len(series)} 项"


def _cells(series: Sequence[KpiSeries], lookup: Lookup) -> tuple[list[str], list[list[str]]]:
    """Head and rows; every cell a text."""
    table = kpi_table(series, lookup)
    years = table.years if table else ()
    views = [view for group in table.groups for view in group.rows] if table else []
    return [*_FRONT, *years, *_BACK], [_row(view, lookup) for view in views]


def _row(view: SeriesView, lookup: Lookup) -> list[str]:
    return [
        view.series.indicator or "—",
        view.series.name,
        view.series.unit or "—",
        *(f"{value.text}{'?' if value.unsure else ''}" for value in view.values),
        _told(view.series, view.series.target, view.gap) or "—",
        "；".join(_compared(view)) or "—",
        f"{view.mark} {view.trend}",
        place_of(view.series, lookup),
    ]


def _told(series: KpiSeries, values: dict[str, float], gap: str) -> str:
    """Values with their years, and the gap; the last year of the series goes without saying."""
    last = max(series.values, default="")
    text = wording.figure(values[last]) if list(values) == [last] else by_year(values)
    return " ".join(filter(None, (text, gap)))


def _compared(view: SeriesView) -> Iterator[str]:
    for other, shown in zip(view.series.comparisons, view.comparisons, strict=True):
        yield f"{other.label} {_told(view.series, other.values, shown.gap)}"


def place_of(series: KpiSeries, lookup: Lookup) -> str:
    passage = lookup.passage.get(series.source.passage or "")
    return wording.place(passage) if passage else wording.page(series.source.page)


def _remarks(assessment: Assessment) -> Iterator[str]:
    if not assessment.kpis:
        yield "没有找到按年份给出数值的指标。"
    repeated = sum(bool(one.source.same_as) for one in assessment.kpis)
    if repeated:
        yield f"另有 {repeated} 处与上面的数据重复，未列出（--csv 中全部列出）。"
    if any(one.unsure for one in assessment.kpis):
        yield "数值后有“?”的读取不确定，请核对原文。"


def _write(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if sys.stdout.isatty():
        from rich.console import Console

        Console().print(_drawn(title, head, rows))
    else:
        print("\n".join([title, *aligned(head, rows), ""]))


def _drawn(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(head):
        figure, least = _is_figure(number, head), _LEAST.get(name, 4)
        whole = figure or name in ("条目", "走势", "位置")
        table.add_column(
            name, justify="right" if figure else "left", no_wrap=whole, overflow="fold", min_width=least
        )
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def _is_figure(number: int, head: Sequence[str]) -> bool:
    return _NUMBERS <= number < len(head) - len(_BACK)


def aligned(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines in which every column begins, or in the case of figures ends, at the same place."""
    lines = [list(head), *([printable(cell) for cell in row] for row in rows)]
    widths = [max(width(line[n]) for line in lines) for n in range(len(head))]
    return ["  ".join(_padded(line, widths, head)).rstrip() for line in lines]


def printable(cell: str) -> str:
    return " ".join(wording.printable(cell).split())


def _padded(line: Sequence[str], widths: Sequence[int], head: Sequence[str]) -> Iterator[str]:
    for number, (cell, room) in enumerate(zip(line, widths, strict=True)):
        space = " " * (room - width(cell))
        yield space + cell if _is_figure(number, head) else cell + space
