"""Reports of a few passages to the indicators of the process chapters, with the coverage that they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapping.checks import all_checks, shipped_rules
from mapping.criteria import load_criteria
from models.assessment import (
    AspectLabel,
    Assessment,
    Coverage,
    Finding,
    IndicatorScore,
    NodeAnswer,
    PassageRecord,
    TableRecord,
)
from models.criteria import Indicator
from models.document import PartKind
from models.kpi import KpiSeries
from models.passage import PassageKind
from tests.mapping.kpi_drafts import draft

CRITERIA = load_criteria()
METHOD = (
    "安委会每季度按《隐患排查办法》审议隐患台账，由安全部跟踪整改；2018年评审后把检查表由纸质改为移动端。"
)
WORK = "2019年带队检查机房14处，整改隐患31项，培训620人次。"
_CHECKS = {check.id: check for check in all_checks()}


def told(
    node: str | None,
    text: str,
    aspect: AspectLabel = "approach",
    *,
    kind: PassageKind = "paragraph",
    path: tuple[str, ...] = (),
    under: str | None = None,
    document: str = "d1",
    learning: bool = False,
) -> PassageRecord:
    """A passage that answers an indicator, under the heading of ``under`` where it is given."""
    scores = (IndicatorScore(node, 0.9),) if node else ()
    return PassageRecord(
        "", document, text, path or (node or "",), kind, 12, None, False, None, 0, scores, (), aspect,
        {}, learning, False, None, heading_node=under,
    )  # fmt: skip


def report(
    *passages: PassageRecord,
    unseen: Sequence[str] = (),
    answers: Sequence[NodeAnswer] = (),
    kinds: Sequence[PartKind] = ("report",),
    tables: Sequence[TableRecord] = (),
    kpis: Sequence[KpiSeries] = (),
) -> Assessment:
    """Passages in reading order. ``unseen``: indicators beside a picture; ``answers``: what a person says."""
    placed = tuple(replace(p, id=f"p-{n}", paragraph=n) for n, p in enumerate(passages, 1))
    made = draft(kpis, placed, tables, kinds)
    rows = tuple(
        _row(indicator, f"d{n}", placed, indicator.id in unseen, answers)
        for n, kind in enumerate(kinds, 1)
        if kind in ("report", "annual")
        for indicator in CRITERIA.indicators
    )
    return replace(made, coverage=rows)


def run(check: str, made: Assessment) -> list[Finding]:
    return list(_CHECKS[check].run(made, CRITERIA, shipped_rules()[check]))


def _row(
    indicator: Indicator,
    document: str,
    passages: Sequence[PassageRecord],
    unseen: bool,
    answers: Sequence[NodeAnswer],
) -> Coverage:
    own = [p for p in passages if p.document == document and any(s.id == indicator.id for s in p.indicators)]
    count = {aspect: sum(p.aspect == aspect for p in own) for aspect in ("approach", "deployment", "result")}
    whole = all(count[aspect] for aspect in indicator.expected)
    said = tuple(answer for answer in answers if answer.node.startswith(indicator.id))
    return Coverage(
        document=document,
        indicator=indicator.id,
        status="covered" if own and whole else "partial" if own else "unknown" if unseen else "missing",
        expected=indicator.expected,
        approach=count["approach"],
        deployment=count["deployment"],
        result=count["result"],
        requirements=(),
        passages=tuple(passage.id for passage in own),
        unseen=unseen,
        answers=said,
    )
