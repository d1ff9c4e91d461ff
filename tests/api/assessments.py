"""An assessment of the gold report as a perfect reader would give it, without running the pipeline.

Everything comes from the labels in ``benchmarks/gold/report_c.json``; what they do not say (pages,
lengths, scores, doubts) is laid down here so that every branch of the outputs is met.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from mapping.checks import run_checks
from mapping.criteria import load_criteria
from models.assessment import (
    Assessment,
    Coverage,
    CriteriaRef,
    DocumentRecord,
    EncoderRef,
    IndicatorScore,
    LedgerRecord,
    Length,
    PassageRecord,
    ReadingNote,
    RequirementCoverage,
    Statistics,
    TableRecord,
    Why,
    Years,
)
from models.criteria import ASPECTS
from models.document import PartKind
from models.kpi import Comparison, ComparisonKind, KpiSeries, KpiSource, Trend

CRITERIA = load_criteria()
_GOLD = Path(__file__).parents[2] / "benchmarks" / "gold" / "report_c.json"
_PER_PAGE = 6
_FRONT_PAGES = 4
_PARTS: tuple[tuple[str, PartKind, str], ...] = (
    ("d1", "overview", "组织概述.docx"),
    ("d2", "report", "自评报告.pdf"),
    ("d3", "annual", "年度自我评价报告.docx"),
)
_SCORES = (0.97, 0.91, 0.83, 0.74, 0.62, 0.48)
Item = dict[str, Any]


@lru_cache(maxsize=1)
def gold_assessment() -> Assessment:
    """Overview, report and annual report of the gold company, with the findings of all checks."""
    gold: dict[str, list[Item]] = json.loads(_GOLD.read_text(encoding="utf-8"))
    bodies = [(identity, kind, gold[kind]) for identity, kind, _ in _PARTS]
    passages = tuple(p for identity, kind, body in bodies for p in _passages(identity, kind, body))
    draft = Assessment(
        schema_version="1",
        criteria=CriteriaRef(CRITERIA.id, CRITERIA.title, len(CRITERIA.indicators), CRITERIA.status),
        encoder=EncoderRef("ziping-static-1", 256, "ab" * 32),
        years=Years(("2017", "2018", "2019"), "inferred"),
        documents=tuple(_document(*part) for part in _PARTS),
        passages=passages,
        tables=tuple(t for identity, _, body in bodies for t in _tables(identity, body, passages)),
        kpis=tuple(k for identity, _, body in bodies for k in _kpis(identity, body, passages)),
        coverage=tuple(row for identity, kind, _ in bodies for row in _coverage(identity, kind, passages)),
        findings=(),
    )
    return replace(draft, findings=run_checks(draft, CRITERIA))


def only(kind: PartKind) -> Assessment:
    """The gold assessment as if one part alone had been handed in."""
    whole = gold_assessment()
    kept = {document.id for document in whole.documents if document.kind == kind}
    draft = replace(
        whole,
        documents=tuple(d for d in whole.documents if d.id in kept),
        passages=tuple(p for p in whole.passages if p.document in kept),
        tables=tuple(t for t in whole.tables if t.document in kept),
        kpis=tuple(k for k in whole.kpis if k.document in kept),
        coverage=tuple(c for c in whole.coverage if c.document in kept),
        findings=(),
    )
    return replace(draft, findings=run_checks(draft, CRITERIA))


def empty_assessment() -> Assessment:
    """Nothing found in one evidence volume."""
    whole = gold_assessment()
    evidence = replace(
        whole.documents[0],
        id="d1",
        kind="evidence",
        filename="证实性材料.pdf",
        length=replace(whole.documents[0].length, limit=None, status="none"),
    )
    return replace(
        whole,
        documents=(evidence,),
        passages=(),
        tables=(),
        kpis=(),
        coverage=(),
        findings=(),
        years=Years((), "inferred"),
    )


def _document(identity: str, kind: PartKind, filename: str) -> DocumentRecord:
    pdf = kind == "report"
    unread = (31, 32) if pdf else ()
    pages = 54 if pdf else None
    return DocumentRecord(
        id=identity,
        kind=kind,
        filename=filename,
        sha256=hashlib.sha256(filename.encode()).hexdigest(),
        blocks=(0, 245) if pdf else (0, 19),
        pages=pages,
        page_range=(1, 54) if pdf else None,
        numbering="own" if kind == "annual" else "criteria",
        kind_from="given" if kind == "annual" else "inferred",
        length=_length(kind),
        ledger=LedgerRecord(
            pages,
            52 if pdf else 0,
            0,
            2 if pdf else 0,
            0,
            0,
            {"found": 31_200, "in_blocks": 30_470, "excluded": 730},
            not unread,
            unread,
        ),
        notes=(ReadingNote("merged-table", "表格的合并单元格可能读错位置。", 44),) if pdf else (),
    )


def _length(kind: PartKind) -> Length:
    """The report is well within its limit with pictures, the overview over it, the annual one near."""
    limit = CRITERIA.limit(kind)
    assert limit is not None
    parts = {
        "overview": {"body": 3310, "tables": 120, "text_boxes": 0, "footnotes": 0, "charts": 0},
        "report": {"body": 19_620, "tables": 2480, "text_boxes": 96, "footnotes": 154, "charts": 210},
        "annual": {"body": 9410, "tables": 316, "text_boxes": 0, "footnotes": 20, "charts": 0},
    }[kind]
    count = sum(parts.values())
    chapters = {c.id: 1200 + 610 * int(c.id) for c in CRITERIA.chapters} if kind == "report" else {}
    return Length(
        limit=limit.words,
        count=count,
        range=(count - 210, count + 180),
        status={"overview": "over", "report": "within", "annual": "near"}[kind],  # type: ignore[arg-type]
        by_part=parts,
        excluded={"contents": 640, "headers_footers": 88, "invisible": 0},
        by_chapter=chapters,
        statistics=Statistics(count + 400, count + 3000, count + 3100, count - 900),
        uncounted_pictures=5 if kind == "report" else 0,
    )


def _passages(document: str, kind: PartKind, body: list[Item]) -> Iterator[PassageRecord]:
    """A passage per paragraph, table and chart."""
    path: dict[int, str] = {}
    for number, item in enumerate(body):
        if item["type"] == "heading":
            path = {level: text for level, text in path.items() if level < item["level"]}
            path[item["level"]] = item["text"]
        else:
            yield _passage(document, kind, number, item, tuple(path.values()))


def _passage(document: str, kind: PartKind, number: int, item: Item, path: tuple[str, ...]) -> PassageRecord:
    page = _FRONT_PAGES + number // _PER_PAGE + 1 if kind == "report" else None
    indicators = _indicators(item, number)
    aspect = item.get("aspect", "result" if item["type"] != "para" else "none")
    shares = dict.fromkeys(ASPECTS, 0.1) | ({aspect: 0.8} if aspect in ASPECTS else {})
    kinds = {"para": "paragraph", "table": "table", "chart": "chart"}
    return PassageRecord(
        id=f"p-{hashlib.sha256(item['id'].encode()).hexdigest()[:12]}",
        document=document,
        text=_text(item),
        heading_path=path,
        kind=kinds[item["type"]],  # type: ignore[arg-type]
        page=page if kind == "report" else (number // _PER_PAGE + 1 if kind == "annual" else None),
        page_label=str(page - _FRONT_PAGES) if page else None,
        page_exact=kind == "report",
        bbox=None,
        paragraph=number,
        indicators=indicators,
        requirements=(f"{indicators[0].id}-1",) if indicators else (),
        aspect=aspect,
        aspects=shares,
        learning=number % 9 == 0,
        integration=number % 13 == 0,
        why=Why(0.48, 0.12, 0.3, 0.02, 0.08, f"{indicators[0].id}-1") if indicators else None,
        context=item.get("caption", ""),
    )


def _indicators(item: Item, number: int) -> tuple[IndicatorScore, ...]:
    first = item.get("indicator")
    if not first:
        return ()
    best = _SCORES[number % len(_SCORES)]
    ids = dict.fromkeys(CRITERIA.indicator(i).id for i in (first, *item.get("also", ())))
    return tuple(IndicatorScore(i, round(best * 0.6**n, 3)) for n, i in enumerate(ids))


def _text(item: Item) -> str:
    if item["type"] == "para":
        return str(item["text"])
    if item["type"] == "chart":
        names = [str(series["name"]) for series in item["series"]]
        return "\n".join([item["caption"], *item["categories"], *names])
    return "\n".join("\t".join(row) for row in _rows(item))


def _rows(item: Item) -> list[list[str]]:
    header = item["header"]
    return [*(header if isinstance(header[0], list) else [header]), *item["rows"]]


def _source(item: Item, passages: tuple[PassageRecord, ...]) -> PassageRecord:
    identity = f"p-{hashlib.sha256(item['id'].encode()).hexdigest()[:12]}"
    return next(p for p in passages if p.id == identity)


def _tables(document: str, body: list[Item], passages: tuple[PassageRecord, ...]) -> Iterator[TableRecord]:
    for item in body:
        if item["type"] == "table":
            passage = _source(item, passages)
            cells = tuple(tuple(row) for row in _rows(item))
            yield TableRecord(document, passage.page, item["caption"], cells, passage.id)


def _kpis(document: str, body: list[Item], passages: tuple[PassageRecord, ...]) -> Iterator[KpiSeries]:
    for item in body:
        for row, kpi in enumerate(item.get("kpis", ())):
            identity = hashlib.sha256(f"{item['id']} {row}".encode()).hexdigest()[:12]
            yield _series(f"k-{identity}", document, item, kpi, row, _source(item, passages))


def _series(
    identity: str, document: str, item: Item, kpi: Item, row: int, passage: PassageRecord
) -> KpiSeries:
    values = _floats(kpi["values"])
    return KpiSeries(
        id=identity,
        document=document,
        name=kpi["name"],
        canonical=kpi["name"],
        unit=kpi["unit"],
        direction=kpi["direction"],
        indicator=None if row == 4 else CRITERIA.indicator(item["indicator"]).id,
        values=values,
        raw={year: str(value) for year, value in values.items()} | ({"2016": "—"} if row == 3 else {}),
        target=_floats(kpi["target"]),
        comparisons=tuple(
            Comparison(c["label"], _comparison(c["label"]), _floats(c.get("value") or c["values"]))
            for c in kpi["comparisons"]
        ),
        trend=_trend(list(values.values()), kpi["direction"]),
        source=KpiSource(
            "chart" if item["type"] == "chart" else "table",
            passage.page,
            item["caption"],
            row + 1,
            passage.id,
        ),
    )


def _floats(values: Item) -> dict[str, float]:
    return {year: float(value) for year, value in values.items()}


def _comparison(label: str) -> ComparisonKind:
    kinds: dict[str, ComparisonKind] = {"竞争": "competitor", "标杆": "benchmark", "行业": "industry"}
    return next((kind for word, kind in kinds.items() if word in label), "other")


def _trend(values: list[float], direction: str) -> Trend:
    if direction not in ("up", "down") or len(values) < 2:
        return "unknown"
    signed = values if direction == "up" else [-value for value in values]
    steps = [b - a for a, b in pairwise(signed)]
    if all(step == 0 for step in steps):
        return "flat"
    return "improving" if min(steps) >= 0 else "worsening" if max(steps) <= 0 else "mixed"


def _coverage(document: str, kind: PartKind, passages: tuple[PassageRecord, ...]) -> Iterator[Coverage]:
    own = [p for p in passages if p.document == document]
    for indicator in CRITERIA.overview_indicators if kind == "overview" else CRITERIA.indicators:
        found = [p for p in own if indicator.id in [score.id for score in p.indicators]]
        counts = {aspect: sum(p.aspect == aspect for p in found) for aspect in ASPECTS}
        whole = all(counts[aspect] for aspect in indicator.expected)
        yield Coverage(
            document,
            indicator.id,
            "covered" if found and whole else "partial" if found else "missing",
            indicator.expected,
            counts["approach"],
            counts["deployment"],
            counts["result"],
            tuple(
                RequirementCoverage(
                    point.id,
                    "missing" if not found else "covered" if n == 0 else "weak",
                    tuple(p.id for p in found if point.id in p.requirements),
                )
                for n, point in enumerate(indicator.requirements)
            ),
            tuple(p.id for p in found),
            () if found else tuple(p.id for p in own[3:5]),
        )
