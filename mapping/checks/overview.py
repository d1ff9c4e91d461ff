"""The overview against its points (C06). It is not scored: notes only, one line for all points."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from mapping.checks.prose import passages_of, squash
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Coverage, DocumentRecord, Finding, Where
from models.criteria import Criteria, Requirement

CUES = Path(__file__).parents[1] / "data" / "overview-cues.toml"
_NEAREST = 3


@check("overview-point-missing")
def overview_point_missing(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    for document in draft.documents:
        if document.kind != "overview":
            continue
        text = "\n".join(squash(p.text) for p in passages_of(draft, "overview") if p.document == document.id)
        rows = {row.indicator: row for row in draft.coverage if row.document == document.id}
        lacking = [
            (point, rows[indicator.id])
            for indicator in criteria.overview_indicators
            if indicator.id in rows
            for point in indicator.requirements
            if not _told(point, rows[indicator.id], text)
        ]
        if lacking:
            yield _finding(document, lacking, rule)


def _told(point: Requirement, row: Coverage, text: str) -> bool:
    """By a passage that answers the point, or by words that speak of nothing else."""
    status = next((one.status for one in row.requirements if one.id == point.id), "covered")
    if status in ("covered", "not_applicable"):
        return True
    cue = _cues().get(point.id)
    return cue is not None and cue.search(text) is not None


def _finding(document: DocumentRecord, lacking: list[tuple[Requirement, Coverage]], rule: Rule) -> Finding:
    near = dict.fromkeys(
        passage for _, row in lacking for passage in (*row.passages, *row.nearest)[:_NEAREST]
    )
    unseen = any(row.unseen for _, row in lacking) or document.length.uncounted_pictures > 0
    return rule.finding(
        document.id,
        "、".join(point.id for point, _ in lacking),
        where=[Where(passage=passage) for passage in list(near)[:_NEAREST]],
        saying="unseen" if unseen else "usual",
        number=len(lacking),
        points="；".join(f"{point.id} {point.text.rstrip('；。')}" for point, _ in lacking),
    )


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    data = tomllib.loads(CUES.read_text(encoding="utf-8"))
    return {point: re.compile("|".join(words)) for point, words in data.items()}
