"""Readings and assessments of a few passages, built in code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapping.coverage import Reading, cover
from mapping.criteria import load_criteria
from models.assessment import (
    AspectLabel,
    Assessment,
    CriteriaRef,
    DocumentRecord,
    EncoderRef,
    IndicatorScore,
    LedgerRecord,
    Length,
    LengthStatus,
    ReadingNote,
    Statistics,
    Years,
)
from models.document import PageState, PartKind
from models.judgement import Aspect, HeadingTarget, Match, Outline
from nlp.split import split_passages
from tests.documents import Spec, part

CRITERIA = load_criteria()
Answer = tuple[str, AspectLabel] | None


def reading(
    specs: Sequence[Spec],
    answers: Sequence[Answer],
    *,
    kind: PartKind = "report",
    targets: Sequence[tuple[int, str]] = (),
    doubtful: Sequence[int] = (),
    states: tuple[PageState, ...] = (),
) -> Reading:
    """A part whose passages answer what is said, in order; ``targets`` are headings that name nodes."""
    made = part(specs, kind, states)
    passages = split_passages(made)
    assert len(passages) == len(answers)
    return Reading(
        part=made,
        outline=Outline("criteria", tuple(HeadingTarget(b, node, 1.0) for b, node in targets)),
        passages=passages,
        matches=tuple(_match(answer) for answer in answers),
        aspects=tuple(_aspect(answer) for answer in answers),
        doubtful_blocks=frozenset(doubtful),
    )


def _match(answer: Answer) -> Match:
    if answer is None:
        return Match((), (), None, IndicatorScore("1.1.1", 0.2))
    return Match((IndicatorScore(answer[0], 0.9),), (f"{answer[0]}-1",), None, None)


def _aspect(answer: Answer) -> Aspect:
    label = answer[1] if answer else "none"
    shares = {name: float(label == name) for name in ("approach", "deployment", "result")}
    return Aspect(label, **shares)


def length(status: LengthStatus = "within", count: int = 50_000, pictures: int = 0) -> Length:
    return Length(
        limit=60_000,
        count=count,
        range=(count - 100, count + 100),
        status=status,
        by_part={"body": count},
        excluded={},
        by_chapter={},
        statistics=Statistics(count, count, count, count),
        uncounted_pictures=pictures,
    )


def document(
    identity: str = "d1",
    kind: PartKind = "report",
    measured: Length | None = None,
    unread: tuple[int, ...] = (),
    notes: tuple[ReadingNote, ...] = (),
) -> DocumentRecord:
    return DocumentRecord(
        id=identity,
        kind=kind,
        filename="自评报告.pdf",
        sha256="0" * 64,
        blocks=(0, 9),
        pages=10,
        page_range=(1, 10),
        numbering="criteria",
        kind_from="inferred",
        length=measured or length(),
        ledger=LedgerRecord(10, 10 - len(unread), 0, len(unread), 0, 0, {}, not unread, unread),
        notes=notes,
    )


def assessment(*readings: Reading, documents: Sequence[DocumentRecord] = ()) -> Assessment:
    rows = tuple(row for one in readings for row in cover(one, CRITERIA))
    return Assessment(
        schema_version="1",
        criteria=CriteriaRef(CRITERIA.id, CRITERIA.title, len(CRITERIA.indicators), CRITERIA.status),
        encoder=EncoderRef("test", 2, "0" * 64),
        years=Years(("2017", "2018", "2019"), "given"),
        documents=tuple(documents) or tuple(document(kind=one.part.kind) for one in readings),
        passages=(),
        tables=(),
        kpis=(),
        coverage=rows,
        findings=(),
    )


def full_report() -> Reading:
    """A report in which every indicator has each aspect that is expected of it."""
    wanted: list[tuple[str, AspectLabel]] = [
        (indicator.id, aspect) for indicator in CRITERIA.indicators for aspect in indicator.expected
    ]
    specs: list[Spec] = [("paragraph", f"{node} {aspect}") for node, aspect in wanted]
    return reading(specs, wanted)


def without(report: Reading, *nodes: str) -> Reading:
    """The report with the answers to some indicators taken away."""
    kept = [
        match if not (match.indicators and match.indicators[0].id.startswith(nodes)) else _match(None)
        for match in report.matches
    ]
    return replace(report, matches=tuple(kept))
