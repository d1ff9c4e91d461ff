"""Lays a person's answers on an assessment: what was read wrongly is set right, what does not apply or is
done comes off the list, and coverage, series and findings follow at once. No file is read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mapping.checks import run_checks
from mapping.checks.rulebook import Rulebook
from mapping.correction_kpis import correct_kpis, follow_passages
from mapping.correction_nodes import mark_nodes, marked_nodes, off_the_list
from mapping.correction_passages import correct_passages, recover
from models.answers import Answer, Reply, latest
from models.assessment import Assessment, Finding
from models.criteria import Criteria
from models.finding_id import same_fault


def correct(
    assessment: Assessment,
    answers: Sequence[Answer],
    criteria: Criteria,
    rules: Rulebook | None = None,
    *,
    off: frozenset[str] = frozenset(),
) -> Assessment:
    """The assessment with the answers laid on it; ``rules`` and ``off`` as when it was made.

    Each answer leaves a reply in ``answers``: applied, or why it no longer applies; none raises. Answers
    laid on earlier stay, a later one to the same thing wins, and laying the same on again changes nothing.
    To take an answer back, lay the others on the assessment as it was read.
    """
    if not answers:
        return assessment
    earlier = {reply.answer: reply for reply in assessment.answers if reply.applied}
    given = latest((*(reply.answer for reply in assessment.answers), *answers))
    passages, told = correct_passages(assessment.passages, given, criteria)
    kpis, figures = correct_kpis(follow_passages(assessment.kpis, passages, given), given)
    draft = replace(assessment, passages=passages, kpis=kpis, findings=(), answers=())
    draft = replace(draft, coverage=recover(assessment, draft, criteria))
    draft, marks = mark_nodes(draft, given, criteria)
    found = run_checks(draft, criteria, rules, off=off)
    kept, handled = _without_answered(found, given)
    silent = off_the_list(draft, marked_nodes(given, criteria), criteria)
    replies = {**told, **figures, **marks, **handled, **earlier}
    return replace(
        draft,
        findings=tuple(finding for finding in kept if not silent(finding)),
        answers=tuple(replies[answer] for answer in given),
    )


def _without_answered(
    findings: Iterable[Finding], answers: Iterable[Answer]
) -> tuple[list[Finding], dict[Answer, Reply]]:
    """The findings that nobody answered, and the replies to the answers."""
    kept = list(findings)
    replies: dict[Answer, Reply] = {}
    for answer in answers:
        if answer.about == "finding":
            meant = [finding for finding in kept if same_fault(answer.id, finding)]
            kept = [finding for finding in kept if finding not in meant]
            message = (
                meant[0].message if meant else f"发现 {answer.id} 在这一稿中已不再出现，这条答复不再适用。"
            )
            replies[answer] = Reply(answer, bool(meant), message)
    return kept, replies
