"""Sentences that may tell of an accident, a penalty or a lawsuit (实施细则 四（三）): for the office to read.

A hint is a sentence to be read, never a finding: what did not happen, drills, rules, precautions and other
people's accidents are passed over, and nothing is concluded from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping.yearly.hint_words import (
    CONCRETE,
    CONDITIONAL,
    DRILL,
    EVENTS,
    FIELDS,
    JOINED,
    NEGATED,
    OTHERS,
    OWN_PUNISHES,
    SYSTEM,
    VERBS,
)
from mapping.yearly.kpi_years import printed
from models.annual import Hint, HintEvent, HintField
from models.assessment import Assessment, PassageRecord
from models.kpi import KpiSeries

_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_CLAUSE = re.compile(r"[^，,：:]+")
_LONGEST = 300
_COUNTED = re.compile(r"事故|伤亡|死亡|重伤|职业病|处罚|召回|诉讼|纠纷|违法|败诉|火灾|污染事件|院感事件")
_NO_COUNT = re.compile(
    r"率|度|指数|比例|占比|投入|费用|演练|培训|预案|整改|处理|满意|挽回|天数|时间|下降|避免|追回"
)
_EVENT_OF_KPI: tuple[tuple[HintEvent, re.Pattern[str]], ...] = (
    ("penalty", re.compile(r"处罚|违法")),
    ("lawsuit", re.compile(r"诉讼|纠纷|败诉")),
)


def find_hints(assessment: Assessment) -> tuple[Hint, ...]:
    """Hints of the yearly reports, in the order of the text, then those of figures above nought."""
    documents = {record.document: record.covers.year for record in assessment.annual}
    told: dict[str, Hint] = {}
    for passage in assessment.passages:
        if passage.document in documents and passage.kind != "chart":
            for hint in hints_of(passage):
                told.setdefault(hint.sentence, hint)
    figures = (h for one in assessment.kpis if one.document in documents for h in _figure(one, documents))
    return (*told.values(), *figures)


def hints_of(passage: PassageRecord) -> Iterator[Hint]:
    """The sentences of one passage that tell of something that has happened."""
    for sentence in _SENTENCE.findall(passage.text.replace("\t", "，")):
        found = event_of(sentence)
        if found is not None:
            event, field = found
            yield Hint(event, field, sentence.strip()[:_LONGEST], passage.id, passage.page)


def event_of(sentence: str) -> tuple[HintEvent, HintField] | None:
    """What a sentence tells to have happened, and in which of the four fields; None for nothing."""
    if DRILL.search(sentence):
        return None
    clauses = _CLAUSE.findall(sentence)
    concrete = bool(CONCRETE.search(sentence))
    for event, pattern in EVENTS:
        for number, clause in enumerate(clauses):
            if pattern.search(clause) and not _passed_over(clauses, number, concrete=concrete):
                return event, field_of(sentence)
    for number, clause in enumerate(clauses):
        told = JOINED.search("，".join(clauses[max(0, number - 1) : number + 1]))
        if (told or (concrete and VERBS.search(clause))) and not _passed_over(
            clauses, number, concrete=concrete
        ):
            return "accident", field_of(sentence)
    return None


def field_of(sentence: str) -> HintField:
    """The field whose words stand in the sentence most often."""
    counts = {field: len(pattern.findall(sentence)) for field, pattern in FIELDS}
    field = max(counts, key=lambda one: counts[one])
    return field if counts[field] else "other"


def _passed_over(clauses: list[str], number: int, *, concrete: bool) -> bool:
    clause = clauses[number]
    before = clauses[number - 1] if number else ""
    if NEGATED.search(clause) or OTHERS.search(clause) or OWN_PUNISHES.search(clause):
        return True
    if CONDITIONAL.search(clause.strip()) or re.match(
        r"\s*(?:如果?|若|一旦|凡|当)(?!年|月|日|期|下)", before
    ):
        return True
    return not concrete and bool(SYSTEM.search(clause))


def _figure(one: KpiSeries, documents: dict[str, str | None]) -> Iterator[Hint]:
    """A count of accidents, penalties or suits above nought in the year covered."""
    year = documents[one.document]
    if year is None or one.source.kind == "prose" or one.values.get(year, 0.0) <= 0:
        return
    if _COUNTED.search(one.name) and not _NO_COUNT.search(one.name) and one.unit not in ("%", "‰"):
        events = (event for event, pattern in _EVENT_OF_KPI if pattern.search(one.name))
        event: HintEvent = next(events, "accident")
        text = f"{one.source.caption} {one.name}：{year}年 {printed(one, year)}".strip()
        yield Hint(event, field_of(one.name), text, one.source.passage or "", one.source.page)
