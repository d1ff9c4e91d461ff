"""Aspect of tables and charts: told by what their columns are, not by their words."""

from __future__ import annotations

import re

from models.assessment import AspectLabel
from models.passage import Passage

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"^[<>≥≤约]?[-+]?\d[\d,]*(?:\.\d+)?\s*[^\d\s]{0,4}$")
_PLAN = re.compile(r"目标|计划|规划|预算|路标|预测|预计|20\d\dE")
_ACTUAL = re.compile(r"实际|完成|达成|实绩|结果|现状|同期|行业|标杆|竞争|对比|平均")
_MEASURES = re.compile(r"措施|举措|行动|对策|任务|方案")
_DONE = re.compile(r"完成(情况|时间|结果)|落实情况|进展|成效|效果|实施情况")
_HEADER_ROWS = 2
_NUMERIC = 0.25
"""Share of cells that are numbers from which a table is one of data."""

Shares = tuple[float, float, float]
"""Of approach, deployment and result."""
RESULT: Shares = (0.03, 0.07, 0.9)
PLAN: Shares = (0.85, 0.1, 0.05)
MEASURES: Shares = (0.35, 0.45, 0.2)
"""Measure, owner, date and what came of it: all three in each row."""


def table_shares(passage: Passage) -> Shares | None:
    """None where the columns do not tell, so that the words must."""
    if passage.kind == "chart":
        return PLAN if _planned(passage.full_text) else RESULT
    rows = [line.split("\t") for line in passage.text.split("\n")]
    head = " ".join([passage.context, *(cell for row in rows[:_HEADER_ROWS] for cell in row)])
    if _MEASURES.search(head) and _DONE.search(head):
        return MEASURES
    if _numeric_share(rows) < _NUMERIC:
        return None
    if _planned(head):
        return PLAN
    years = {*_YEAR.findall(head), *(year for row in rows for year in _YEAR.findall(row[0]))}
    return RESULT if len(years) > 1 or _ACTUAL.search(head) else None


def _planned(head: str) -> bool:
    """Targets without anything to hold them against."""
    return _PLAN.search(head) is not None and _ACTUAL.search(head) is None and not _has_bare_year(head)


def _has_bare_year(head: str) -> bool:
    """A year that no word of planning follows: its column holds what was reached."""
    years = [match.end() for match in _YEAR.finditer(head)]
    return any(not _PLAN.search(head[end : end + 6]) for end in years) and len(years) > 1


def _numeric_share(rows: list[list[str]]) -> float:
    cells = [cell.strip() for row in rows[1:] for cell in row[1:]]
    return sum(bool(_NUMBER.match(cell)) for cell in cells) / max(len(cells), 1)


def label(shares: Shares) -> AspectLabel:
    names: tuple[AspectLabel, ...] = ("approach", "deployment", "result")
    return names[max(range(3), key=lambda n: (shares[n], -n))]
