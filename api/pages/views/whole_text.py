"""A report from front to end, with the indicator and aspect of each passage in the margin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.export import wording
from api.pages.report import Report
from models.assessment import DocumentRecord, HeadingRecord, PassageRecord, TableRecord


@dataclass(frozen=True, slots=True)
class MarkView:
    """What stands in the margin beside a passage."""

    indicator: str
    title: str
    aspect: str
    href: str
    certainty: str
    findings: int


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading (``level`` from 1) or a passage."""

    level: int | None
    text: str
    page: str
    """Where a new page begins, its name; else empty."""
    paragraph: int
    passage: PassageRecord | None
    table: TableRecord | None
    mark: MarkView | None


@dataclass(frozen=True, slots=True)
class WholeText:
    document: DocumentRecord
    others: tuple[DocumentRecord, ...]
    blocks: tuple[TextBlock, ...]
    contents: tuple[tuple[str, str, int], ...]
    """Anchor, text and level of the headings of the first two levels."""


def whole_text(report: Report, document: DocumentRecord) -> WholeText:
    headings = [h for h in report.assessment.headings if h.document == document.id]
    blocks = tuple(_blocks(report, document, headings))
    return WholeText(
        document,
        tuple(d for d in report.lookup.judged if d.id != document.id),
        blocks,
        tuple((f"h-{h.paragraph}", h.text, h.level) for h in headings if h.level <= 2),
    )


def _blocks(report: Report, document: DocumentRecord, headings: list[HeadingRecord]) -> Iterator[TextBlock]:
    """Headings and passages by their place in the file."""
    noted: dict[str, int] = {}
    for finding in report.assessment.findings:
        for where in finding.where:
            if where.passage:
                noted[where.passage] = noted.get(where.passage, 0) + 1
    parts: list[tuple[int, HeadingRecord | PassageRecord]] = [
        *((h.paragraph, h) for h in headings),
        *((p.paragraph, p) for p in report.passages(document.id)),
    ]
    page = None
    for _, part in sorted(parts, key=lambda one: one[0]):
        turned = part.page is not None and part.page != page
        page = part.page if part.page is not None else page
        if isinstance(part, HeadingRecord):
            name = wording.page(part.page) if turned else ""
            yield TextBlock(part.level, part.text, name, part.paragraph, None, None, None)
        else:
            yield TextBlock(
                None,
                part.text,
                wording.place(part) if turned else "",
                part.paragraph,
                part,
                report.lookup.table.get(part.id),
                _mark(report, part, noted.get(part.id, 0)),
            )


def _mark(report: Report, passage: PassageRecord, findings: int) -> MarkView | None:
    if not passage.indicators:
        return None
    best = passage.indicators[0]
    return MarkView(
        best.id,
        report.criteria.indicator(best.id).title,
        wording.ASPECT_LABELS[passage.aspect],
        report.links.passage(passage),
        wording.certainty(best.score),
        findings,
    )
