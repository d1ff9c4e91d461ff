"""Indicators told in a few words against the points of their item (C05): a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping.checks.process_answer import Answer, places, process_answers
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding
from models.criteria import Criteria, Item

_WHITE = re.compile(r"\s")


@check("thin-indicator")
def thin_indicator(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Held against a share of the limit, not against the rest of the report: a short report is no fault,
    and more text elsewhere makes no indicator thin."""
    for answer in process_answers(draft, criteria):
        length = sum(len(_WHITE.sub("", passage.text)) for passage in answer.every)
        if answer.silent and length < rule.numbers["share"] * room(answer, criteria):
            item = criteria.by_id[answer.indicator.item]
            points = item.points if isinstance(item, Item) else 0
            yield rule.finding(
                answer.row.document, answer.indicator.id, indicator=answer.indicator.id, where=places(answer.own),
                name=answer.name, count=length, item=answer.indicator.item, points=points,
            )  # fmt: skip


def room(answer: Answer, criteria: Criteria) -> float:
    """Characters that the limit of a report leaves to the indicator by the points of its item; 0 without
    a limit."""
    item, limit = criteria.by_id[answer.indicator.item], criteria.limit("report")
    if limit is None or not isinstance(item, Item):
        return 0.0
    whole = sum(chapter.points for chapter in criteria.chapters)
    return limit.words * item.points / whole / len(item.indicators)
