"""Native charts and diagrams: what their parts hold as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ingest.docx.drawings import drawn_text
from ingest.docx.xml import CX, DGM, A, C, Element, to_int
from models.document import Chart, ChartSeries

_MOST_POINTS = 10_000
_DAY_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets, with the leap day that 1900 did not have allowed for."""
_LAST_DAY = 2_958_466


def read_chart(root: Element) -> Chart:
    """Title, categories and series of a ``c:chartSpace`` or ``cx:chartSpace``, by its cached values."""
    if root.tag.startswith(CX):
        return _read_extended(root)
    series = tuple(_series(element) for element in root.iter(C + "ser"))
    names = next((c for c in (_categories(e) for e in root.iter(C + "ser")) if c), ())
    width = max([len(names), *(len(one.values) for one in series)], default=0)
    return Chart(
        title=_title(root, series),
        categories=names,
        series=tuple(_padded(one, width) for one in series),
        axis=_axis(root),
    )


def _axis(root: Element) -> str:
    title = next((axis.find(C + "title") for axis in root.iter(C + "valAx")), None)
    return "" if title is None else drawn_text(title)


def chart_text(chart: Chart) -> str:
    """Title, categories and series names, a line each: what is counted of a chart."""
    lines = (chart.title, *chart.categories, *(series.name for series in chart.series))
    return "\n".join(line for line in lines if line.strip())


def diagram_text(root: Element) -> str:
    """Texts of the nodes of a SmartArt diagram, a line each, in the order of its data."""
    texts = (drawn_text(node) for node in root.iter(DGM + "t"))
    return "\n".join(text for text in texts if text.strip())


def _title(root: Element, series: tuple[ChartSeries, ...]) -> str:
    """The title as written; a chart with one series and no title of its own shows the series' name."""
    title = root.find(f"{C}chart/{C}title")
    if title is None:
        return ""
    text = title.find(C + "tx")
    if text is not None:
        rich = drawn_text(text)
        return rich or "\n".join(p for p in _points(text) if p)
    return series[0].name if len(series) == 1 else ""


def _series(element: Element) -> ChartSeries:
    name = element.find(C + "tx")
    values = element.find(C + "val")
    if values is None:
        values = element.find(C + "yVal")
    named = "" if name is None else " ".join(p for p in _points(name) if p)
    if values is None:
        return ChartSeries(named.strip(), ())
    read = tuple(_number(point) for point in _points(values))
    if not _is_percent(values):
        return ChartSeries(named.strip(), read)
    # the cache holds 0.915 where the chart prints 91.5%; ten places undo what binary fractions add
    percent = tuple(None if value is None else round(value * 100, 10) for value in read)
    return ChartSeries(named.strip(), percent, "%")


def _format_code(values: Element) -> str:
    return next((code.text or "" for code in values.iter(C + "formatCode")), "")


def _is_percent(values: Element) -> bool:
    return "%" in _format_code(values)


def _padded(series: ChartSeries, width: int) -> ChartSeries:
    return replace(series, values=series.values + (None,) * (width - len(series.values)))


def _categories(series: Element) -> tuple[str, ...]:
    found = series.find(C + "cat")
    if found is None:
        found = series.find(C + "xVal")
    if found is None:
        return ()
    levels = found.findall(f".//{C}lvl")
    if not levels:
        code = _format_code(found)
        return tuple(_as_date(text, code) for text in _points(found))
    return _joined_levels([_points(level) for level in levels])


def _as_date(text: str, code: str) -> str:
    """A serial day number as the year, or year and month, that its format prints; else the text itself."""
    plain = re.sub(r'"[^"]*"|\\.', "", code).lower()
    serial = to_int(text)
    if "y" not in plain or serial is None or not 0 < serial < _LAST_DAY:
        return text
    day = _DAY_ZERO + timedelta(days=serial)
    return f"{day.year}年{day.month}月" if "m" in plain else f"{day.year}年"


def _joined_levels(levels: list[list[str]]) -> tuple[str, ...]:
    """Categories of several levels, the innermost first in the file; outer ones are written once."""
    width = max(map(len, levels))
    filled = [_filled(level, width) for level in levels[1:]]
    inner = levels[0] + [""] * (width - len(levels[0]))
    return tuple(
        " ".join(text for text in (*(level[i] for level in reversed(filled)), inner[i]) if text)
        for i in range(width)
    )


def _filled(level: list[str], width: int) -> list[str]:
    filled, last = [], ""
    for index in range(width):
        last = (level[index] if index < len(level) else "") or last
        filled.append(last)
    return filled


def _points(parent: Element) -> list[str]:
    """Cached points by their index; a point that is missing is empty. A literal ``c:v`` is one point."""
    points = {to_int(p.get("idx"), 0) or 0: _value(p) for p in parent.iter(C + "pt")}
    points = {index: text for index, text in points.items() if 0 <= index < _MOST_POINTS}
    if not points:
        literal = parent.find(C + "v")
        return [] if literal is None else [(literal.text or "").strip()]
    declared = max((to_int(c.get("val"), 0) or 0 for c in parent.iter(C + "ptCount")), default=0)
    width = max(max(points) + 1, min(declared, _MOST_POINTS))
    return [points.get(index, "") for index in range(width)]


def _value(point: Element) -> str:
    found = point.find(C + "v")
    return "" if found is None else (found.text or "").strip()


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def _read_extended(root: Element) -> Chart:
    """The newer charts (waterfall, funnel, treemap) keep one block of data per series."""
    data = {element.get("id"): element for element in root.iter(CX + "data")}
    series: list[ChartSeries] = []
    names: tuple[str, ...] = ()
    for element in root.iter(CX + "series"):
        own = element.find(CX + "dataId")
        held = data.get(None if own is None else own.get("val"))
        if held is not None:
            names = names or tuple(_dimension(held, "strDim"))
            values = tuple(_number(text) for text in _dimension(held, "numDim"))
            series.append(ChartSeries(" ".join(_extended_texts(element)), values))
    title = next(root.iter(CX + "title"), None)
    return Chart(
        "" if title is None else "".join(t.text or "" for t in title.iter(A + "t")), names, tuple(series)
    )


def _dimension(data: Element, name: str) -> Iterator[str]:
    found = data.find(CX + name)
    level = None if found is None else found.find(CX + "lvl")
    for point in level.findall(CX + "pt") if level is not None else ():
        yield (point.text or "").strip()


def _extended_texts(series: Element) -> Iterator[str]:
    name = series.find(CX + "tx")
    for value in name.iter(CX + "v") if name is not None else ():
        if value.text and value.text.strip():
            yield value.text.strip()
