"""Answers to the old draft that hold for the new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.answers import Answer
from models.assessment import Assessment
from models.kpi import KpiSeries


def carry(
    old: Assessment, new: Assessment, passages: Mapping[str, str], series: Mapping[str, str]
) -> tuple[Answer, ...]:
    """The answers laid on the old draft, with the ids of the new one; ``passages`` and ``series``: old id
    by new id.

    What does not apply stays so. 识别有误 goes with its finding or passage. 已处理 is not carried: whether it
    is done is for the new draft to show. A value set right is carried where the new draft prints the same."""
    now = {was: is_now for is_now, was in passages.items()}
    figures = {was: is_now for is_now, was in series.items()}
    before = {one.id: one for one in old.kpis}
    after = {one.id: one for one in new.kpis}
    carried = []
    for reply in old.answers:
        answer = reply.answer
        if answer.about == "node" or (answer.about == "finding" and answer.verdict == "wrong"):
            carried.append(answer)
        elif answer.about == "passage" and answer.id in now:
            carried.append(replace(answer, id=now[answer.id]))
        elif answer.about == "kpi" and _same_print(before.get(answer.id), after, figures, answer):
            carried.append(replace(answer, id=figures.get(answer.id, answer.id)))
    return tuple(carried)


def _same_print(
    was: KpiSeries | None, after: Mapping[str, KpiSeries], figures: Mapping[str, str], answer: Answer
) -> bool:
    is_now = after.get(figures.get(answer.id, answer.id))
    if is_now is None or not answer.year:
        return is_now is not None
    printed = was.raw.get(answer.year) if was else None
    return printed is None or printed == is_now.raw.get(answer.year)
