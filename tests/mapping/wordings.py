"""Assessments of a few passages under headings, for the checks of wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapping.criteria import load_criteria
from models.assessment import Assessment, Coverage, EvidenceLine, Finding, HeadingRecord, PassageRecord
from models.document import PartKind
from models.passage import PassageKind
from tests.mapping.kpi_drafts import checked, draft, passage

CRITERIA = load_criteria()


def told(
    text: str,
    indicator: str = "1.1.1",
    *,
    document: str = "d1",
    kind: PassageKind = "paragraph",
    context: str = "",
) -> PassageRecord:
    """A passage under the heading of its item; its number is set by ``submission``."""
    node = ".".join(indicator.split(".")[:2])
    made = passage(text, indicator=indicator, kind=kind, document=document, path=(node,))
    return replace(made, context=context, heading_node=node)


def submission(
    *passages: PassageRecord,
    kinds: Sequence[PartKind] = ("report",),
    headings: Sequence[HeadingRecord] = (),
    evidence: Sequence[str] = (),
    coverage: Sequence[Coverage] = (),
) -> Assessment:
    """Passages in order, with ids p-0, p-1, … ; documents d1, d2, … of the kinds."""
    numbered = tuple(replace(one, id=f"p-{n}", paragraph=2 * n) for n, one in enumerate(passages))
    lines = tuple(EvidenceLine("d9", None, line) for line in evidence)
    made = draft(passages=numbered, kinds=kinds)
    return replace(made, headings=tuple(headings), evidence=lines, coverage=tuple(coverage))


def heading(text: str, node: str | None, level: int = 2, document: str = "d1") -> HeadingRecord:
    return HeadingRecord(document, text, level, None, 1, node)


def findings(check: str, made: Assessment) -> list[Finding]:
    return list(checked(check)(made, CRITERIA))


def subjects(check: str, made: Assessment) -> list[str]:
    return [finding.subject for finding in findings(check, made)]
