"""Indicators told in a few words against the points of their item (C05): a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping.checks.process_answer import Answer, places, process_answers
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding
from models.criteria import Criteria

_WHITE = re.compile(r"\s")


@check("thin-indicator")
def thin_indicator(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Held against a share of the limit, not against the rest of the report: a short report is no fault,
    and more text elsewhere makes no indicator thin. Where the method or its deployment is not found, that
    is said elsewhere."""
    for answer in process_answers(draft, criteria):
        length = sum(len(_WHITE.sub("", passage.text)) for passage in answer.every)
        if (
            answer.silent
            and answer.row.status == "covered"
            and length < rule.numbers["share"] * room(answer, criteria)
        ):
            yield rule.finding(
                answer.row.document, answer.indicator.id, indicator=answer.indicator.id, where=places(answer.own),
                name=answer.name, count=length, item=answer.item.id, points=answer.item.points,
            )  # fmt: skip


def room(answer: Answer, criteria: Criteria) -> float:
    """Characters that the limit of a report leaves to the indicator by the points of its item; 0 without
    a limit."""
    limit = criteria.limit("report")
    if limit is None:
        return 0.0
    whole = sum(chapter.points for chapter in criteria.chapters)
    return limit.words * answer.item.points / whole / len(answer.item.indicators)
