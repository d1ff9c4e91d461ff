"""Answers that tell no method: an example in its place, the words of the criteria, or fine words only
(C30–C33). One indicator gets one of these lines at most, the first that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapping.checks.method_cues import EMPTY, EXAMPLE, NAMED, SENTENCE, has_method, is_concrete
from mapping.checks.parroting import asked, parroted, repeated
from mapping.checks.process_answer import Answer, places, process_answers
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria

_WHITE = re.compile(r"\s")
_CASE = re.compile(r"例如|比如|为例|典型案例|案例[:：]")
_SHOWN = 3


@check("example-for-process")
def example_for_process(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A warning where nothing but the example is found, a note where some method follows after it."""
    for answer in process_answers(draft, criteria):
        told = [passage for passage in answer.spoken if passage.kind != "text_box"]
        opening = example_opening(told) if answer.silent else None
        if opening is None:
            continue
        rest = [passage for passage in told[opening + 1 :] if passage.aspect == "approach"]
        if sum(len(p.text) for p in rest) * 2 <= sum(len(p.text) for p in told):
            yield rule.finding(
                answer.row.document, answer.indicator.id, indicator=answer.indicator.id,
                where=places(told[:_SHOWN]), severity="note" if rest else "warning", name=answer.name,
                quote=_quote(told[opening]),
            )  # fmt: skip


def example_opening(passages: Sequence[PassageRecord]) -> int | None:
    """Position of the passage whose example opens the answer: no figure, step, owner, system or period
    comes before it. None where something else opens it."""
    for position, passage in enumerate(passages):
        for sentence in SENTENCE.findall(passage.text):
            if EXAMPLE.match(sentence):
                return position
            if has_method(sentence) or NAMED.search(sentence):
                return None
    return None


@check("criteria-parroted")
def criteria_parroted(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A note where the answer may stand in a picture."""
    for answer in process_answers(draft, criteria):
        copied = () if answer.row.answers else parroted(answer, rule)
        if copied:
            yield rule.finding(
                answer.row.document, answer.indicator.id, indicator=answer.indicator.id, where=places(copied),
                severity=None if answer.silent else "note", name=answer.name, quote=_quote(copied[0]),
            )  # fmt: skip


@check("how-unanswered")
def how_unanswered(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Fine words and nothing that could be looked at. What only repeats the criteria is said elsewhere."""
    for answer in process_answers(draft, criteria):
        words = list(dict.fromkeys(EMPTY.findall(answer.text)))
        if not answer.silent or not _asks_how(answer) or len(words) < rule.numbers["words"]:
            continue
        copied = repeated("".join(p.text for p in answer.spoken), asked(answer))
        if copied < rule.numbers["repeated"] and not is_concrete(answer.text, answer.titles):
            named = "、".join(f"“{word}”" for word in words[:_SHOWN])
            yield rule.finding(
                answer.row.document, answer.indicator.id, indicator=answer.indicator.id,
                where=places(answer.spoken[:_SHOWN]), name=answer.name, words=named,
            )  # fmt: skip


@check("process-without-evidence")
def process_without_evidence(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A method and how it was carried out are told, but no figure, date, document or example. Where no method
    is told, or nothing of its deployment, that is said elsewhere."""
    for answer in process_answers(draft, criteria):
        length = sum(len(_WHITE.sub("", passage.text)) for passage in answer.own)
        if not answer.silent or not _told_in_full(answer) or length < rule.numbers["characters"]:
            continue
        text = answer.text
        if not NAMED.search(text) and not _CASE.search(text) and is_concrete(answer.text, answer.titles):
            yield rule.finding(
                answer.row.document, answer.indicator.id, indicator=answer.indicator.id,
                where=places(answer.own[:_SHOWN]), name=answer.name,
            )  # fmt: skip


def _told_in_full(answer: Answer) -> bool:
    return answer.row.approach > 0 and answer.row.status == "covered"


def _asks_how(answer: Answer) -> bool:
    return any("如何" in requirement.text for requirement in answer.indicator.requirements)


def _quote(passage: PassageRecord) -> str:
    return _WHITE.sub("", passage.text)[:16]
