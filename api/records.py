"""Turns what the stages made into the records of the assessment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.doubt import page_range, unread_pages
from ingest.length import ledger
from mapping.coverage import Reading
from models.annual import AnnualRecord
from models.assessment import (
    DocumentRecord,
    EvidenceLine,
    HeadingRecord,
    Length,
    Numbering,
    PassageRecord,
    ReadingNote,
    TableRecord,
)
from models.document import Part
from models.judgement import Aspect, Match, Outline
from models.passage import Passage
from nlp.covered_year import find_covered_year
from nlp.organisation import find_organisation

_COVER_BLOCKS = 40
"""A part that begins within so many blocks has what stands before it as its cover."""


def document_record(part: Part, numbering: Numbering, length: Length, *, given: bool) -> DocumentRecord:
    document = part.document
    pages = page_range(part)
    whole = part.first == 0
    return DocumentRecord(
        id=part.id,
        kind=part.kind,
        filename=document.filename,
        sha256=document.sha256,
        format=document.format,
        blocks=(part.first, part.last),
        pages=document.ledger.pages,
        page_range=pages,
        numbering=numbering,
        kind_from="given" if given else "inferred",
        length=length,
        ledger=replace(ledger(part), unread_pages=unread_pages(part)),
        notes=tuple(
            ReadingNote(note.kind, note.message, note.page)
            for note in document.notes
            if _inside(note.page, pages, whole)
        ),
    )


def _inside(page: int | None, pages: tuple[int, int] | None, whole: bool) -> bool:
    """Whether a note belongs to the part: by its page, or, without one, to the first part."""
    if page is None or pages is None:
        return whole
    return pages[0] <= page <= pages[1] or (whole and page < pages[0])


def passage_records(reading: Reading) -> Iterator[PassageRecord]:
    for passage, match, aspect in zip(reading.passages, reading.matches, reading.aspects, strict=True):
        yield _passage_record(passage, match, aspect, heading_node(passage, reading.outline))


def heading_node(passage: Passage, outline: Outline) -> str | None:
    """Node of the nearest heading above that names one."""
    targets = (outline.target(heading) for heading in reversed(passage.headings))
    return next((target.node for target in targets if target and target.node), None)


def _passage_record(
    passage: Passage, match: Match, aspect: Aspect, heading_node: str | None
) -> PassageRecord:
    place = passage.place
    return PassageRecord(
        id=passage.id,
        document=passage.part,
        text=passage.text,
        heading_path=passage.heading_path,
        kind=passage.kind,
        page=place.page,
        page_label=place.label,
        page_exact=place.exact,
        bbox=place.bbox,
        paragraph=passage.block,
        indicators=match.indicators,
        requirements=match.requirements,
        aspect=aspect.label,
        aspects=aspect.shares,
        learning=aspect.learning,
        integration=aspect.integration,
        why=match.why,
        context=passage.context,
        heading_node=heading_node,
    )


def heading_records(reading: Reading) -> Iterator[HeadingRecord]:
    for block in reading.part.blocks:
        if block.kind == "heading":
            target = reading.outline.target(block.index)
            yield HeadingRecord(
                document=reading.part.id,
                text=block.label,
                level=block.level or 1,
                page=block.place.page,
                paragraph=block.index,
                node=target.node if target else None,
            )


def evidence_lines(part: Part) -> Iterator[EvidenceLine]:
    """What an evidence part lists: a line per paragraph and per row of a table."""
    for block in part.blocks:
        if block.kind not in ("contents", "margin", "invisible"):
            for line in block.text.splitlines():
                if line.strip():
                    yield EvidenceLine(part.id, block.place.page, " ".join(line.split()))


def table_records(reading: Reading) -> Iterator[TableRecord]:
    passages = {passage.block: passage for passage in reading.passages if passage.kind == "table"}
    for block in reading.part.blocks:
        if block.table is not None:
            passage = passages.get(block.index)
            yield TableRecord(
                document=reading.part.id,
                page=block.place.page,
                caption=passage.context if passage else "",
                cells=block.table.grid(),
                passage=passage.id if passage else None,
            )


def annual_record(part: Part, due: str | None) -> AnnualRecord:
    """Year and organisation of a yearly report; ``due`` is the year that was asked for, if known."""
    whole = replace(part, first=0) if part.first < _COVER_BLOCKS else part
    return AnnualRecord(part.id, find_covered_year(whole), find_organisation(whole), due)
