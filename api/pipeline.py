"""The life of a report: files, documents, parts, passages, matches, aspects, KPIs, assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from api.bootstrap import Tools
from api.options import Options, Progress, Reader, silent
from api.records import (
    annual_record,
    document_record,
    evidence_lines,
    heading_node,
    heading_records,
    passage_records,
    table_records,
)
from ingest.doubt import doubtful_blocks
from ingest.length import measure
from ingest.parts import find_parts, given_parts
from ingest.read import read_document
from mapping.checks import run_checks
from mapping.coverage import Reading, cover
from mapping.kpi_place import place_kpis
from mapping.match import match
from mapping.outline import chapter_starts, item_starts, read_outline
from models.assessment import (
    SCHEMA_VERSION,
    Assessment,
    Coverage,
    CriteriaRef,
    DocumentRecord,
    EncoderRef,
    UnreadableFile,
    Years,
)
from models.document import Document, Part, PartKind
from models.errors import UnreadableFile as UnreadableError
from models.errors import UsageError
from models.judgement import Aspect
from models.kpi import KpiSeries
from models.passage import Passage
from nlp.aspects import tag_aspects
from nlp.kpis import extract_kpis
from nlp.split import split_parts
from nlp.years import infer_reporting_years

_KINDS: tuple[PartKind, ...] = ("overview", "report", "annual", "evidence", "other")
_JUDGED: frozenset[PartKind] = frozenset({"overview", "report", "annual"})
Judge = Callable[[Part, Sequence[Passage], Tools, Progress], Reading]
Tagger = Callable[[Sequence[Passage]], Sequence[Aspect]]


def assess(
    files: Sequence[Path],
    tools: Tools,
    options: Options | None = None,
    progress: Progress = silent,
    read: Reader = read_document,
) -> Assessment:
    """Reads the files of one submission and holds them against the criteria.

    The order of the files changes nothing. A file that cannot be read is recorded and the others are
    still checked; raises its error if no file could be read.
    """
    options = options or Options()
    documents, unreadable = read_all(files, tools, options, progress, read)
    parts = number_parts(cut_parts(documents, tools, options))
    return assess_parts(parts, tools, options, unreadable, progress)


def assess_parts(
    parts: Sequence[Part],
    tools: Tools,
    options: Options,
    unreadable: tuple[UnreadableFile, ...] = (),
    progress: Progress = silent,
    judged_by: Judge | None = None,
) -> Assessment:
    """Holds numbered parts against the criteria; ``unreadable`` are the files that gave none.

    ``judged_by`` other than ``judge`` may keep what that made of parts and passages seen before."""
    judged = [part for part in parts if part.kind in _JUDGED]
    passages = split_parts(judged)
    years = options.years or infer_reporting_years(judged)
    readings = tuple((judged_by or judge)(part, passages, tools, progress) for part in judged)
    kpis = tuple(series for reading in readings for series in read_kpis(reading, years, tools))
    draft = Assessment(
        schema_version=SCHEMA_VERSION,
        criteria=_criteria_ref(tools),
        encoder=EncoderRef(tools.encoder.name, tools.encoder.dimensions, tools.encoder.sha256),
        years=Years(years, "given" if options.years else "inferred"),
        documents=_documents(parts, readings, tools, options),
        passages=tuple(record for reading in readings for record in passage_records(reading)),
        tables=tuple(record for reading in readings for record in table_records(reading)),
        kpis=kpis,
        coverage=tuple(row for reading in readings for row in read_coverage(reading, tools)),
        findings=(),
        unreadable=unreadable,
        headings=tuple(record for reading in readings for record in heading_records(reading)),
        evidence=tuple(line for part in parts if part.kind == "evidence" for line in evidence_lines(part)),
        annual=tuple(annual_record(part, options.covers) for part in parts if part.kind == "annual"),
    )
    progress("核对", "", 0, None)
    return replace(draft, findings=run_checks(draft, tools.criteria, tools.rules, off=options.checks_off))


def read_all(
    files: Sequence[Path],
    tools: Tools,
    options: Options,
    progress: Progress,
    read: Reader = read_document,
) -> tuple[tuple[Document, ...], tuple[UnreadableFile, ...]]:
    """Documents of the files, each content once, and the files that could not be read."""
    documents: dict[str, Document] = {}
    errors: list[tuple[str, UnreadableError]] = []
    for path in sorted(files, key=lambda file: (file.name, str(file))):

        def on_page(done: int, total: int | None, name: str = path.name) -> None:
            progress("阅读", name, done, total)

        on_page(0, None)
        try:
            document = read(path, limits=tools.limits, password=options.password, on_page=on_page)
        except UnreadableError as error:
            errors.append((path.name, error))
        else:
            documents.setdefault(document.sha256, document)
    if errors and not documents:
        raise errors[0][1]
    unreadable = sorted((name, error.message) for name, error in errors)
    return tuple(documents.values()), tuple(UnreadableFile(*one) for one in unreadable)


def cut_parts(documents: Iterable[Document], tools: Tools, options: Options) -> list[Part]:
    """The parts of all documents. Bounds given by a person are those of the only document."""
    documents = tuple(documents)
    if options.parts:
        if len(documents) != 1:
            raise UsageError("--parts 只用于一个文件，请一次只检查一册。")
        return list(given_parts(documents[0], options.parts))
    return [
        part for document in documents for part in find_parts(document, tools.criteria, kind=options.kind)
    ]


def number_parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Parts by kind and content, with ids d1, d2, … in that order."""
    ordered = sorted(parts, key=lambda p: (_KINDS.index(p.kind), p.document.sha256, p.first))
    return tuple(replace(part, id=f"d{n}") for n, part in enumerate(ordered, 1))


def judge(
    part: Part,
    passages: Sequence[Passage],
    tools: Tools,
    progress: Progress = silent,
    tag: Tagger = tag_aspects,
) -> Reading:
    """What the model says of the passages of one part."""
    progress("对照", part.document.filename, 0, None)
    own = tuple(passage for passage in passages if passage.part == part.id)
    outline = read_outline(part, tools.criteria)
    vectors = tools.encoder.encode([passage.full_text for passage in own])
    return Reading(
        part=part,
        outline=outline,
        passages=own,
        matches=match(own, vectors, outline, part.kind, tools.index),
        aspects=tuple(tag(own)),
        doubtful_blocks=doubtful_blocks(part),
        vectors=vectors,
    )


def read_coverage(reading: Reading, tools: Tools) -> tuple[Coverage, ...]:
    """What of the criteria one part answers, and where to look for what was not found."""
    return cover(reading, tools.criteria, tools.index.closest)


def read_kpis(reading: Reading, years: Sequence[str], tools: Tools) -> tuple[KpiSeries, ...]:
    """The KPI series of one part, each with the indicator it belongs to."""
    series = extract_kpis(reading.part, reading.passages, tools.glossary, years)
    matches = {p.id: m for p, m in zip(reading.passages, reading.matches, strict=True)}
    nodes = ((p.id, heading_node(p, reading.outline)) for p in reading.passages)
    headings = {passage: node for passage, node in nodes if node}
    return place_kpis(series, matches, tools.criteria, tools.glossary, headings)


def _documents(
    parts: Sequence[Part], readings: Sequence[Reading], tools: Tools, options: Options
) -> tuple[DocumentRecord, ...]:
    outlines = {reading.part.id: reading.outline for reading in readings}
    given = options.kind is not None or bool(options.parts)
    records = []
    for part in parts:
        outline = outlines.get(part.id) or read_outline(part, tools.criteria)
        chapters = chapter_starts(part, outline, tools.criteria)
        items = item_starts(part, outline, tools.criteria)
        length = measure(part, tools.criteria.limit(part.kind), chapters, items)
        records.append(document_record(part, outline.numbering, length, given=given))
    return tuple(records)


def _criteria_ref(tools: Tools) -> CriteriaRef:
    criteria = tools.criteria
    return CriteriaRef(criteria.id, criteria.title, len(criteria.indicators), criteria.status)
