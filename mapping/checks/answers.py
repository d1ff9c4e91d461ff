"""Items, indicators and aspects that no passage answers (C03, C04, C28, C29).

A claim about what was found, never about what is there: 未找到. Where pictures or unread pages stand
in the section, nothing is called not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Coverage, Finding, Severity, Where
from models.criteria import Criteria, Item

_NAMED = 6
_QUOTED = 16


@check("item-missing")
def item_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in draft.documents:
        severity: Severity = "warning" if document.kind == "report" else "note"
        for item, rows in _items(draft, criteria, document.id):
            if all(row.status == "missing" for row in rows):
                yield rule.finding(
                    document.id,
                    item.id,
                    indicator=rows[0].indicator,
                    where=_near(rows),
                    severity=severity,
                    item=f"{item.id} {item.title}",
                    points=item.points,
                )


@check("indicator-missing")
def indicator_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Of reports only, and not where the whole item is not found: one line per fault."""
    for document in _reports(draft):
        for item, rows in _items(draft, criteria, document):
            missing = [row for row in rows if row.status == "missing"]
            for row in missing if len(missing) < len(rows) else ():
                yield rule.finding(
                    document,
                    row.indicator,
                    indicator=row.indicator,
                    where=_near([row]),
                    name=_name(criteria, row.indicator),
                    item=f"{item.id} {item.title}",
                    points=item.points,
                )


@check("indicator-unsure")
def indicator_unsure(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Indicators that a heading names or an unsure passage may answer, and no passage answers surely."""
    reports = _reports(draft)
    for row in draft.coverage:
        if row.document in reports and row.status == "partial" and not row.passages:
            yield rule.finding(
                row.document,
                row.indicator,
                indicator=row.indicator,
                where=_near([row]),
                name=_name(criteria, row.indicator),
            )


@check("aspect-missing")
def aspect_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per indicator that has passages but lacks an expected aspect."""
    reports = _reports(draft)
    for row in draft.coverage:
        if row.document not in reports or row.status != "partial" or not row.passages:
            continue
        lacking = "-".join(aspect for aspect in row.expected if not row.count(aspect))
        if lacking:
            yield rule.finding(
                row.document,
                row.indicator,
                indicator=row.indicator,
                where=(Where(passage=passage) for passage in row.passages[:3]),
                saying=f"{lacking}-unseen" if row.unseen else lacking,
                severity="note" if row.unseen else "warning",
                name=_name(criteria, row.indicator),
                count=len(row.passages),
            )


@check("unread-section")
def unread_section(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per document and chapter: the pages to look at are the same."""
    for document, chapter in product(_reports(draft), criteria.chapters):
        inside = {indicator.id for item in chapter.items for indicator in item.indicators}
        rows = [
            row
            for row in draft.coverage
            if row.document == document and row.status == "unknown" and row.indicator in inside
        ]
        if rows:
            names = "、".join(row.indicator for row in rows[:_NAMED]) + ("等" if len(rows) > _NAMED else "")
            yield rule.finding(
                document,
                chapter.id,
                indicator=rows[0].indicator,
                where=_near(rows),
                chapter=f"{chapter.id} {chapter.title}",
                count=len(rows),
                names=names,
            )


@check("passage-misplaced")
def passage_misplaced(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Text about one process item under the heading of another. Results are told in many places."""
    reports = _reports(draft)
    for passage in draft.passages:
        if passage.document not in reports or not passage.indicators or passage.heading_node is None:
            continue
        best = passage.indicators[0]
        item = criteria.indicator(best.id).item
        sure = best.score >= rule.numbers["probability"]
        if sure and not criteria.is_result(best.id) and _elsewhere(passage.heading_node, item):
            yield rule.finding(
                passage.document,
                best.id,
                indicator=best.id,
                where=(Where(page=passage.page, passage=passage.id),),
                opening=" ".join(passage.text.split())[:_QUOTED],
                heading=passage.heading_node,
                name=_name(criteria, best.id),
                item=item,
            )


def _reports(draft: Assessment) -> tuple[str, ...]:
    return tuple(document.id for document in draft.documents if document.kind == "report")


def _name(criteria: Criteria, indicator: str) -> str:
    return f"{indicator} {criteria.indicator(indicator).title}"


def _elsewhere(node: str, item: str) -> bool:
    """Whether a heading's node is another process item, or an indicator of one."""
    parts = node.split(".")
    return len(parts) >= 2 and ".".join(parts[:2]) != item  # a chapter's own text may be about any item


def _items(draft: Assessment, criteria: Criteria, document: str) -> Iterator[tuple[Item, list[Coverage]]]:
    """Items of the criteria with the coverage rows of their indicators in one document."""
    rows = {row.indicator: row for row in draft.coverage if row.document == document}
    for item in criteria.items:
        found = [rows[indicator.id] for indicator in item.indicators if indicator.id in rows]
        if found:
            yield item, found


def _near(rows: Sequence[Coverage]) -> tuple[Where, ...]:
    near = dict.fromkeys(passage for row in rows for passage in row.nearest)
    return tuple(Where(passage=passage) for passage in list(near)[:3])
