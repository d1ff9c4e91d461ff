"""Growth and gaps of a series in words: ``年均 +20.3%``, ``较上年 +2.1 百分点``, ``优 4.8``."""

from __future__ import annotations

from api.export.wording import decimals, figure
from mapping.kpi_judgement import Gap, cagr, changes, gaps
from models.kpi import KpiSeries


def growth_text(series: KpiSeries) -> str:
    """Compound growth a year where there is one, else the last change; empty where neither can be told."""
    yearly = cagr(series)
    if yearly is not None:
        return f"年均 {signed(yearly)}%"
    last = latest_change(series)
    return f"较上年 {last}" if last else ""


def latest_change(series: KpiSeries) -> str:
    """``+2.1 百分点`` or ``-3.4%``: the change to the last year on the year before."""
    found = [change for change in changes(series) if change.year == max(series.values)]
    if not found:
        return ""
    if found[0].unit == "%":
        return f"{signed(found[0].size)}%"
    return f"{signed(found[0].size, decimals(series.values.values()))} {found[0].unit}"


def signed(value: float, places: int = 1) -> str:
    """The number with its sign; nothing is 0 without one."""
    text = f"{value:+,.{places}f}"
    return text[1:] if float(text.replace(",", "")) == 0 else text


def last_gap(series: KpiSeries, label: str | None = None) -> Gap | None:
    """Gap of the last year for which one can be told: to the target, or to the comparison of that label."""
    wanted = [g for g in gaps(series) if (g.kind == "target" if label is None else _is_of(g, label))]
    return max(wanted, key=lambda gap: gap.year, default=None)


def _is_of(gap: Gap, label: str) -> bool:
    return gap.kind != "target" and gap.label == label


def gap_text(gap: Gap | None) -> str:
    """``优 4.8`` or ``差 1.2`` by the good direction, ``高`` and ``低`` where that is not known."""
    if gap is None:
        return ""
    if gap.size == 0:
        return "持平"
    words = {True: "优", False: "差", None: "高" if gap.size > 0 else "低"}
    return f"{words[gap.ahead]} {figure(abs(gap.size))}"
