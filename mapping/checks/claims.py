"""Claims without anything to hold them against: how much and how many, best and first, lists of awards
(C36–C38). One line for each indicator, with all its places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping.checks.claim_cues import is_award_list, unbacked_claim, unsourced_superlative
from mapping.checks.process_answer import SPOKEN, places
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord
from models.criteria import Criteria, Indicator
from models.document import PartKind

_SHOWN = 3
_SOURCE_NOTE = re.compile(r"数据来[源自]|资料来源|来源[:：]|取自|摘自|引自")


@check("claim-without-number")
def claim_without_number(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    shown, unsure = _sections_with_data(draft), _unsure(draft)
    found: dict[tuple[str, str], list[tuple[str, PassageRecord]]] = {}
    for passage, indicator in _told(draft, criteria, ("report",)):
        beside = (passage.document, passage.heading_path) in shown and criteria.is_result(indicator.id)
        beside = beside or (passage.document, indicator.id) in unsure
        if not beside and (claim := unbacked_claim(passage.text)):
            found.setdefault((passage.document, indicator.id), []).append((claim, passage))
    yield from _one_each(found, criteria, rule)


@check("superlative-without-source")
def superlative_without_source(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """A note of a leading place; a warning where a report claims to be the first, the only or the largest."""
    strong: set[tuple[str, str]] = set()
    found: dict[tuple[str, str], list[tuple[str, PassageRecord]]] = {}
    sources = _sections_with_source(draft)
    reports = {document.id for document in draft.documents if document.kind == "report"}
    for passage, indicator in _told(draft, criteria, ("report", "overview")):
        if (passage.document, passage.heading_path) in sources:
            continue
        if claim := unsourced_superlative(passage.text):
            key = (passage.document, indicator.id)
            found.setdefault(key, []).append((claim.words, passage))
            if claim.strong and passage.document in reports:
                strong.add(key)
    yield from _one_each(found, criteria, rule, strong)


@check("awards-instead-of-method")
def awards_instead_of_method(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Lists of awards in the process chapters, where they are at least half of what is told."""
    told: dict[tuple[str, str], list[PassageRecord]] = {}
    for passage, indicator in _told(draft, criteria, ("report",)):
        if home := _process_home(passage, indicator, criteria):
            told.setdefault((passage.document, home), []).append(passage)
    for (document, home), passages in told.items():
        lists = [p for p in passages if is_award_list(p.text, rule.numbers["awards"])]
        most = 2 * sum(len(p.text) for p in lists) >= sum(len(p.text) for p in passages)
        if lists and most and (document, home) not in _unsure(draft):
            name = f"{home} {criteria.indicator(home).title}"
            yield rule.finding(document, home, indicator=home, where=places(lists), name=name)


def _process_home(passage: PassageRecord, indicator: Indicator, criteria: Criteria) -> str | None:
    """The indicator of a process chapter that the passage stands for: its own, or, where its results were
    linked elsewhere, the one whose heading it stands under."""
    if not criteria.is_result(indicator.id):
        return indicator.id
    node = passage.heading_node
    under = criteria.by_id.get(node) if node else None
    return under.id if isinstance(under, Indicator) and not criteria.is_result(under.id) else None


def _told(
    draft: Assessment, criteria: Criteria, kinds: tuple[PartKind, ...]
) -> Iterator[tuple[PassageRecord, Indicator]]:
    """Passages of running text with the first indicator that they answer."""
    wanted = {document.id for document in draft.documents if document.kind in kinds}
    for passage in draft.passages:
        if passage.document in wanted and passage.kind in SPOKEN and passage.indicators:
            yield passage, criteria.indicator(passage.indicators[0].id)


def _one_each(
    found: dict[tuple[str, str], list[tuple[str, PassageRecord]]],
    criteria: Criteria,
    rule: Rule,
    strong: set[tuple[str, str]] | None = None,
) -> Iterator[Finding]:
    for (document, node), claims in found.items():
        words = "、".join(
            f"“{words}”" for words in list(dict.fromkeys(words for words, _ in claims))[:_SHOWN]
        )
        yield rule.finding(
            document, node, indicator=node, where=places(passage for _, passage in claims),
            severity=None if strong is None or (document, node) in strong else "note",
            name=f"{node} {criteria.indicator(node).title}", words=words,
        )  # fmt: skip


def _unsure(draft: Assessment) -> set[tuple[str, str]]:
    """Indicators of which more may stand in a picture, or of which a person says something."""
    return {(row.document, row.indicator) for row in draft.coverage if row.unseen or row.answers}


def _sections_with_data(draft: Assessment) -> set[tuple[str, tuple[str, ...]]]:
    """Sections in which a table or a chart shows what the text speaks of."""
    return {(p.document, p.heading_path) for p in draft.passages if p.kind in ("table", "chart")}


def _sections_with_source(draft: Assessment) -> set[tuple[str, tuple[str, ...]]]:
    """Sections in which a note says where the comparisons come from."""
    return {(p.document, p.heading_path) for p in draft.passages if _SOURCE_NOTE.search(p.text)}
