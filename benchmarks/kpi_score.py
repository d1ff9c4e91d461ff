"""KPI series of an assessment against those that `make_report.py` put into its tables and charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.gold.score import kpi_name, number, prf, same, squash, unit
from benchmarks.reading_score import Scores, share
from benchmarks.truth import TrueKpi, Truth, Values

Series = dict[str, Any]
Pairs = list[tuple[TrueKpi, Series | None]]


def score_kpis(truth: Truth, assessment: dict[str, Any]) -> Scores:
    """Precision, recall and F1 of own values; recall of targets, comparisons, units, directions, charts.

    A name stands in several tables with other values, so series are paired one to one, best first.
    Only tables are labelled: series told in prose, and repetitions, are not held to be invented.
    """
    series = list(assessment["kpis"])
    pairs = _pair(truth.kpis, series)
    taken = {id(got) for _, got in pairs if got is not None}
    tables = [k for k in series if k["source"]["kind"] == "table" and (id(k) in taken or not _repeats(k))]
    wanted = sum(len(kpi.values) for kpi in truth.kpis)
    hits = sum(_hits(kpi.values, got["values"]) for kpi, got in pairs if got)
    in_tables = sum(_hits(k.values, g["values"]) for k, g in pairs if g and g["source"]["kind"] == "table")
    emitted = sum(len(k["values"]) for k in tables)
    result = prf(hits, max(0, emitted - in_tables), wanted - hits)
    return {
        "kpi_precision": result["precision"],
        "kpi_recall": result["recall"],
        "kpi_f1": result["f1"],
        "kpi_targets": _target_recall(pairs),
        "kpi_comparisons": _comparison_recall(pairs),
        "kpi_units": share(sum(_unit_right(kpi, got) for kpi, got in pairs), len(pairs)),
        "kpi_directions": share(
            sum(got is not None and got["direction"] == kpi.direction for kpi, got in pairs), len(pairs)
        ),
        "kpi_charts": _chart_recall(truth, series),
    }


def _repeats(series: Series) -> bool:
    return bool(series["source"].get("same_as"))


def _pair(wanted: Sequence[TrueKpi], series: Sequence[Series]) -> Pairs:
    by_name: dict[str, list[Series]] = {}
    for one in series:
        by_name.setdefault(kpi_name(one["name"]), []).append(one)
    ranked = sorted(
        (
            (_closeness(kpi, one), n, one)
            for n, kpi in enumerate(wanted)
            for one in by_name.get(kpi_name(kpi.name), ())
        ),
        key=lambda entry: entry[0],
        reverse=True,
    )
    chosen: dict[int, Series] = {}
    taken: set[int] = set()
    for _, n, one in ranked:
        if n not in chosen and id(one) not in taken:
            chosen[n] = one
            taken.add(id(one))
    return [(kpi, chosen.get(n)) for n, kpi in enumerate(wanted)]


def _closeness(kpi: TrueKpi, series: Series) -> tuple[int, bool, bool]:
    caption = squash(series["source"]["caption"])
    here = bool(kpi.caption) and squash(kpi.caption) == caption
    return _hits(kpi.values, series["values"]), here, series["source"]["kind"] == "table"


def _hits(wanted: Values, got: dict[str, Any]) -> int:
    return sum(year in got and same(value, got[year]) for year, value in wanted.items())


def _target_recall(pairs: Pairs) -> float | None:
    hits = sum(_hits(kpi.target, got["target"]) for kpi, got in pairs if got)
    return share(hits, sum(len(kpi.target) for kpi, _ in pairs))


def _comparison_recall(pairs: Pairs) -> float | None:
    hits = total = 0
    for kpi, got in pairs:
        for label, values in kpi.comparisons:
            total += len(values)
            hits += _comparison_hits(label, values, got["comparisons"] if got else ())
    return share(hits, total)


def _comparison_hits(label: str, values: Values, comparisons: Iterable[dict[str, Any]]) -> int:
    named = (c for c in comparisons if kpi_name(c["label"]) == kpi_name(label))
    return max((_hits(values, c["values"]) for c in named), default=0)


def _unit_right(kpi: TrueKpi, got: Series | None) -> bool:
    return got is not None and unit(got["unit"]) == unit(kpi.unit)


def _chart_recall(truth: Truth, series: Sequence[Series]) -> float | None:
    """Charts whose own series (the first) was read as one, from a chart."""
    charts = [one for one in series if one["source"]["kind"] == "chart"]
    hits = 0
    for chart in truth.charts:
        years = (str(int(number(category) or 0)) for category in chart.categories)
        values = dict(zip(years, chart.series[0][1], strict=True))
        named = (one for one in charts if kpi_name(one["name"]) == kpi_name(chart.kpi))
        hits += any(_hits(values, one["values"]) == len(values) for one in named)
    return share(hits, len(truth.charts))
