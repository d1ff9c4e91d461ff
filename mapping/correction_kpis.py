"""Series that a person set right: a value, a target, or what is no KPI at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from models.answers import Answer, Reply
from models.assessment import PassageRecord
from models.kpi import KpiSeries
from models.trend import trend_of

T = TypeVar("T")


def follow_passages(
    series: Sequence[KpiSeries], passages: Iterable[PassageRecord], answers: Iterable[Answer]
) -> tuple[KpiSeries, ...]:
    """The series of a passage whose indicator was set right stand under the right one too."""
    meant = {a.id for a in answers if a.about == "passage" and a.indicators is not None}
    places = {p.id: p for p in passages if p.id in meant and "indicators" in p.corrected}

    def follow(one: KpiSeries) -> KpiSeries:
        passage = places.get(one.source.passage or "")
        if passage is None:
            return one
        return replace(one, indicator=passage.indicators[0].id if passage.indicators else None)

    return tuple(map(follow, series))


def correct_kpis(
    series: Sequence[KpiSeries], answers: Iterable[Answer]
) -> tuple[tuple[KpiSeries, ...], dict[Answer, Reply]]:
    """The series with what a person says of their cells; a series without a value left is gone."""
    known = {one.id: one for one in series}
    replies: dict[Answer, Reply] = {}
    for answer in answers:
        if answer.about == "kpi":
            old = known.get(answer.id)
            new = _corrected(old, answer) if old else None
            replies[answer] = _reply(answer, old, new)
            if old and (new is None or not new.values):
                del known[answer.id]
            elif new:
                known[answer.id] = new
    return tuple(_unlinked(known[one.id], known) for one in series if one.id in known), replies


def _corrected(one: KpiSeries, answer: Answer) -> KpiSeries | None:
    """None: the series as a whole is no KPI."""
    if not answer.year:
        return None
    told = one.target if answer.target else one.values
    if answer.value is None and answer.year not in told:
        return one
    values = _set(told, answer.year, answer.value)
    corrected = tuple(sorted({*one.corrected, answer.year}))
    if answer.target:
        cells = one.target_cells if answer.value is not None else _without(one.target_cells, answer.year)
        return replace(one, target=values, target_cells=cells, corrected=corrected)
    gone = answer.value is None
    return replace(
        one,
        values=values,
        raw=_without(one.raw, answer.year) if gone else one.raw,
        cells=_without(one.cells, answer.year) if gone else one.cells,
        trend=trend_of(values, one.direction),
        unsure=tuple(year for year in one.unsure if year != answer.year),
        corrected=corrected,
    )


def _reply(answer: Answer, old: KpiSeries | None, new: KpiSeries | None) -> Reply:
    if old is None:
        return Reply(answer, False, f"指标数据 {answer.id} 在这一稿中已不存在，这条更正不再适用。")
    if new is old:
        return Reply(answer, False, f"“{old.name}”在 {answer.year} 年没有读到数值，这条更正不再适用。")
    cell = f"{answer.year} 年的{'目标' if answer.target else '数值'}" if answer.year else ""
    if answer.value is None:
        return Reply(answer, True, f"“{old.name}”{cell}不是指标，已去掉。")
    return Reply(answer, True, f"“{old.name}”{cell}更正为 {answer.value:g}{old.unit}。")


def _set(values: Mapping[str, float], year: str, value: float | None) -> dict[str, float]:
    """By year; None takes the year out."""
    kept = {known: number for known, number in values.items() if known != year}
    return dict(sorted(kept.items() if value is None else {**kept, year: value}.items()))


def _without(cells: Mapping[str, T], year: str) -> dict[str, T]:
    return {known: cell for known, cell in cells.items() if known != year}


def _unlinked(one: KpiSeries, known: Mapping[str, KpiSeries]) -> KpiSeries:
    """A series that repeated one which is gone repeats nothing."""
    if one.source.same_as is None or one.source.same_as in known:
        return one
    return replace(one, source=replace(one.source, same_as=None))
