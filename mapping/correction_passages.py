"""Passages that a person set right, and the coverage that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mapping.coverage import Surroundings, Voice, answering, coverage_row, maybe
from models.answers import Answer, Reply
from models.assessment import Assessment, Coverage, HeadingRecord, IndicatorScore, PassageRecord
from models.criteria import ASPECTS, Criteria, Indicator, Requirement

_ASPECTS = {"approach": "采用方法", "deployment": "工作展开", "result": "实施结果", "none": "未分方面"}
_START = 16


def correct_passages(
    passages: Sequence[PassageRecord], answers: Iterable[Answer], criteria: Criteria
) -> tuple[tuple[PassageRecord, ...], dict[Answer, Reply]]:
    """The passages with what a person says of them: certain, and without the reasons of the model."""
    known = {passage.id: passage for passage in passages}
    replies: dict[Answer, Reply] = {}
    for answer in answers:
        if answer.about == "passage":
            replies[answer] = reply = _reply(answer, known, criteria)
            if reply.applied:
                known[answer.id] = _corrected(known[answer.id], answer, criteria)
    return tuple(known[passage.id] for passage in passages), replies


def _reply(answer: Answer, known: dict[str, PassageRecord], criteria: Criteria) -> Reply:
    if answer.id not in known:
        return Reply(answer, False, f"段落 {answer.id} 在这一稿中已不存在或已改写，这条更正不再适用。")
    strange = [node for node in answer.indicators or () if _indicator(node, criteria) is None]
    if strange:
        return Reply(answer, False, f"评价准则中没有指标或要点“{strange[0]}”，未采用这条更正。")
    text = " ".join(known[answer.id].text.split())
    start = text if len(text) <= _START else text[:_START] + "…"
    said = []
    if answer.indicators is not None:
        said.append(f"对应 {'、'.join(answer.indicators)}" if answer.indicators else "与各指标无关")
    if answer.aspect is not None and answer.indicators != ():
        said.append(f"方面为{_ASPECTS[answer.aspect]}")
    return Reply(answer, True, f"“{start}”更正为：{'，'.join(said) or '未分方面'}。")


def _corrected(passage: PassageRecord, answer: Answer, criteria: Criteria) -> PassageRecord:
    if answer.indicators is not None:
        nodes = dict.fromkeys(i.id for n in answer.indicators if (i := _indicator(n, criteria)))
        points = {node for node in answer.indicators if isinstance(criteria.by_id.get(node), Requirement)}
        kept = {point for point in passage.requirements if point.rsplit("-", 1)[0] in nodes}
        passage = replace(
            passage,
            indicators=tuple(IndicatorScore(node, 1.0) for node in nodes),
            requirements=tuple(sorted(points or kept)),
            why=None,
        )
    if answer.aspect is not None:
        shares: dict[str, float] = {aspect: float(aspect == answer.aspect) for aspect in ASPECTS}
        passage = replace(passage, aspect=answer.aspect, aspects=shares)
    right = {*passage.corrected, *(["indicators"] if answer.indicators is not None else [])}
    right |= {"aspect"} if answer.aspect is not None else set()
    return replace(passage, corrected=tuple(name for name in ("indicators", "aspect") if name in right))


def _indicator(node: str, criteria: Criteria) -> Indicator | None:
    """The indicator of an id, an alias or a point; None if the criteria have none."""
    found = criteria.by_id.get(dict(criteria.aliases).get(node, node))
    if isinstance(found, Requirement):
        found = criteria.by_id.get(found.id.rsplit("-", 1)[0])
    return found if isinstance(found, Indicator) else None


def recover(before: Assessment, after: Assessment, criteria: Criteria) -> tuple[Coverage, ...]:
    """The coverage, with those rows made anew that a corrected passage answered or answers now."""
    changed = [(old, new) for old, new in zip(before.passages, after.passages, strict=True) if old != new]
    touched = {(p.document, score.id) for pair in changed for p in pair for score in p.indicators}
    documents = {document for document, _ in touched}
    voices = {d: [_voice(p) for p in after.passages if p.document == d] for d in documents}
    answers = {document: answering(own) for document, own in voices.items()}
    perhaps = {document: maybe(own, criteria) for document, own in voices.items()}

    def row(old: Coverage) -> Coverage:
        if (old.document, old.indicator) not in touched:
            return old
        around = Surroundings(
            old.indicator in perhaps[old.document], _named(after, old), old.unseen, old.nearest
        )
        answering = answers[old.document].get(old.indicator, ())
        return coverage_row(old.document, criteria.indicator(old.indicator), answering, around)

    return tuple(map(row, before.coverage))


def _voice(passage: PassageRecord) -> Voice:
    return Voice(
        passage.id, passage.text, passage.indicators, passage.requirements, passage.aspect, passage.aspects
    )


def _named(assessment: Assessment, row: Coverage) -> bool:
    """Whether a heading of the document names the indicator and text stands under it."""
    if any((p.document, p.heading_node) == (row.document, row.indicator) for p in assessment.passages):
        return True
    headings = [heading for heading in assessment.headings if heading.document == row.document]
    return any(
        any(
            passage.document == row.document and heading.paragraph < passage.paragraph < end
            for passage in assessment.passages
        )
        for heading, end in _sections(headings)
        if heading.node == row.indicator
    )


def _sections(headings: Sequence[HeadingRecord]) -> Iterable[tuple[HeadingRecord, float]]:
    """Each heading with the block at which the next one of its level or above stands."""
    for place, heading in enumerate(headings):
        ends = (h.paragraph for h in headings[place + 1 :] if h.level <= heading.level)
        yield heading, next(ends, float("inf"))
