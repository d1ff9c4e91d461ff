"""Items, indicators and points that a person calls not applicable, or told in another way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from models.answers import Answer, Reply
from models.assessment import Assessment, Coverage, Finding, NodeAnswer
from models.criteria import Chapter, Criteria, Indicator, Item, Requirement


def mark_nodes(
    draft: Assessment, answers: Iterable[Answer], criteria: Criteria
) -> tuple[Assessment, dict[Answer, Reply]]:
    """The assessment with the rows and points of coverage that the answers take off the list.

    A mark of an item or chapter is one of each of its indicators. Passages found stay in the row."""
    rows = list(draft.coverage)
    replies: dict[Answer, Reply] = {}
    for answer in answers:
        if answer.about == "node":
            nodes = nodes_under(answer.id, criteria)
            marked = [_marked(row, answer, nodes) for row in rows]
            replies[answer] = _reply(answer, nodes, marked != rows, criteria)
            rows = marked
    return replace(draft, coverage=tuple(rows)), replies


def nodes_under(node: str, criteria: Criteria) -> frozenset[str]:
    """Ids of a node and all that stands under it; empty if the criteria have no such node."""
    found = criteria.by_id.get(dict(criteria.aliases).get(node, node))
    if isinstance(found, Chapter):
        return frozenset({found.id}).union(*(nodes_under(item.id, criteria) for item in found.items))
    if isinstance(found, Item):
        return frozenset({found.id}).union(*(nodes_under(i.id, criteria) for i in found.indicators))
    if isinstance(found, Indicator):
        return frozenset({found.id, *(point.id for point in found.requirements)})
    return frozenset({found.id}) if found else frozenset()


def _marked(row: Coverage, answer: Answer, nodes: frozenset[str]) -> Coverage:
    points = {point.id for point in row.requirements} & nodes
    whole = row.indicator in nodes
    if not points and not whole:
        return row
    said = NodeAnswer(row.indicator if whole else answer.id, answer.verdict, answer.sentence)
    others = tuple(known for known in row.answers if known.node != said.node)
    return replace(
        row,
        status="not_applicable" if whole else row.status,
        requirements=tuple(
            replace(point, status="not_applicable") if point.id in points else point
            for point in row.requirements
        ),
        answers=(*others, said),
    )


def _reply(answer: Answer, nodes: frozenset[str], marked: bool, criteria: Criteria) -> Reply:
    if not nodes:
        return Reply(answer, False, f"评价准则中没有“{answer.id}”，未采用这条答复。")
    if not marked:
        return Reply(answer, False, f"检查的文件不涉及“{answer.id}”，这条答复没有用到。")
    return Reply(answer, True, f"{_name(answer.id, criteria)}：{answer.sentence}")


def _name(node: str, criteria: Criteria) -> str:
    found = criteria.by_id[dict(criteria.aliases).get(node, node)]
    if isinstance(found, Requirement):
        return f"要点 {found.id}"
    return f"{found.id} {found.title}"


def marked_nodes(answers: Iterable[Answer], criteria: Criteria) -> frozenset[str]:
    """All nodes that the answers take off the list."""
    return frozenset().union(*(nodes_under(a.id, criteria) for a in answers if a.about == "node"))


def off_the_list(draft: Assessment, marked: frozenset[str], criteria: Criteria) -> Callable[[Finding], bool]:
    """Whether a finding asks for what a mark took off the list.

    What the rules themselves demand, and what is said of figures that were read, stays."""
    home = {passage.id: passage.indicators[0].id for passage in draft.passages if passage.indicators}

    def silent(finding: Finding) -> bool:
        if finding.severity == "error" or any(where.kpi for where in finding.where):
            return False
        if finding.subject in criteria.by_id:
            return finding.subject in marked
        homes = {home.get(where.passage or "", finding.indicator) for where in finding.where}
        return finding.indicator in marked and homes <= marked

    return silent
