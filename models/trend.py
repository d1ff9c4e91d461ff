"""Which way the values of a series went."""

from __future__ import annotations

from models.kpi import Direction, Trend


def trend_of(values: dict[str, float], direction: Direction) -> Trend:
    """How the series went, seen by what is good. Worse: the last value is worse than the first and than the
    one before it (the contract); better: better than the first and not worse than the one before."""
    series = [values[year] for year in sorted(values)]
    if len(series) < 2 or direction not in ("up", "down"):
        return "unknown"
    sign = 1 if direction == "up" else -1
    first, before, last = (sign * value for value in (series[0], series[-2], series[-1]))
    if len(set(series)) == 1:
        return "flat"
    if last < first and last < before:
        return "worsening"
    return "improving" if last > first and last >= before else "mixed"
