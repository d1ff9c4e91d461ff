"""What `make_report.py` put into its document, as records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from benchmarks.make_report import wc

TableKind = Literal["ruled", "three_line", "borderless", "tabbed"]
_KINDS: dict[str, TableKind] = {"all": "ruled", "three": "three_line", "none": "borderless"}
Row = tuple[str, ...]
Values = dict[str, float]


@dataclass(frozen=True, slots=True)
class TrueHeading:
    level: int
    text: str
    """As printed, with its number."""
    written: str
    """As the .docx holds it: without a number that Word computes."""
    overview: bool


@dataclass(frozen=True, slots=True)
class TrueTable:
    id: str
    kind: TableKind
    caption: str
    rows: tuple[Row, ...]
    """A merged cell once, at its top left corner."""
    filled: tuple[Row, ...]
    """A merged cell in every place it covers."""


@dataclass(frozen=True, slots=True)
class TrueChart:
    title: str
    kpi: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class TrueKpi:
    name: str
    unit: str
    direction: str
    caption: str
    values: Values
    target: Values
    comparisons: tuple[tuple[str, Values], ...]


@dataclass(frozen=True)
class Truth:
    paragraphs: tuple[str, ...]
    """Prose of the two parts, cover and contents left out."""
    in_overview: tuple[bool, ...] = field(repr=False)
    """For each paragraph, whether it belongs to the overview (chapter 0)."""
    deleted: tuple[str, ...]
    """Tracked deletions: not in the text, yet LibreOffice prints them into the PDF."""
    headings: tuple[TrueHeading, ...]
    captions: tuple[str, ...]
    tables: tuple[TrueTable, ...]
    charts: tuple[TrueChart, ...]
    notes: tuple[str, ...]
    boxes: tuple[str, ...]
    kpis: tuple[TrueKpi, ...]
    words: dict[str, int]
    """字数 by part as `length.by_part` names them, of a .docx (computed numbers are not counted)."""
    heading_numbers: int
    """字数 of the computed heading numbers, which a PDF holds as text."""


def load_truth(path: Path) -> Truth:
    data = json.loads(path.read_text(encoding="utf-8"))
    blocks = data["blocks"]
    prose = [b for b in blocks if b["type"] == "para" and b["section"] not in ("cover", "toc")]
    captions = {t["id"]: t["caption"] for t in data["tables"]}
    headings = tuple(_headings(blocks))
    return Truth(
        paragraphs=tuple(b["text"] for b in prose),
        in_overview=tuple(b["section"].startswith("0") for b in prose),
        deleted=tuple(dict.fromkeys(b["deleted"] for b in prose if "deleted" in b)),
        headings=headings,
        captions=tuple(b["text"] for b in blocks if b["type"] == "caption"),
        tables=tuple(_tables(data)),
        charts=tuple(_chart(chart) for chart in data["charts"]),
        notes=tuple(note["text"] for note in data["footnotes"]),
        boxes=tuple(b["text"] for b in blocks if b["type"] == "textbox"),
        kpis=tuple(_kpi(kpi, captions) for kpi in data["kpis"]),
        words=_words(data, headings),
        heading_numbers=sum(wc(h.text) - wc(h.written) for h in headings),
    )


def _headings(blocks: Iterable[dict[str, Any]]) -> Iterable[TrueHeading]:
    chapter = ""
    for block in blocks:
        if block["type"] == "heading":
            chapter = block["number"] or chapter
            yield TrueHeading(block["level"], block["text"], block["in_docx"], chapter.startswith("0"))


def _tables(data: dict[str, Any]) -> Iterable[TrueTable]:
    for table in data["tables"]:
        rows, filled = _rows(table["grid_origin"]), _rows(table["grid_filled"])
        yield TrueTable(table["id"], _KINDS[table["borders"]], table["caption"], rows, filled)
    for table in data["tabbed"]:
        rows = _rows(table["lines"])
        yield TrueTable(table["id"], "tabbed", "", rows, rows)


def _rows(rows: Iterable[Iterable[str]]) -> tuple[Row, ...]:
    return tuple(tuple(row) for row in rows)


def _chart(chart: dict[str, Any]) -> TrueChart:
    series = tuple((name, tuple(values)) for name, values in chart["series"])
    return TrueChart(chart["title"], chart["kpi"], tuple(chart["cats"]), series)


def _kpi(kpi: dict[str, Any], captions: dict[str, str]) -> TrueKpi:
    year = kpi["target_year"]
    target = _numbers(kpi["target_series"]) if "target_series" in kpi else _last(year, kpi["target_num"])
    comparisons = []
    for role in ("competitor", "benchmark"):
        series = kpi.get(f"{role}_series")
        values = _numbers(series) if series else _last(year, kpi[f"{role}_num"])
        if values:
            comparisons.append((kpi[f"{role}_name"], values))
    return TrueKpi(
        name=kpi["kpi"],
        unit=kpi["unit"],
        direction="up" if kpi["up"] else "down",
        caption=captions.get(kpi["table"], ""),
        values=dict(kpi["num"]),
        target=target,
        comparisons=tuple(comparisons),
    )


def _last(year: str | None, value: float | None) -> Values:
    return {} if year is None or value is None else {year: value}


def _numbers(cells: dict[str, str]) -> Values:
    """Cells as `make_report.py` writes numbers: thousands separators, negatives in brackets."""
    return {
        year: -float(cell.strip("（）")) if cell.startswith("（") else float(cell.replace(",", ""))
        for year, cell in cells.items()
    }


def _words(data: dict[str, Any], headings: Iterable[TrueHeading]) -> dict[str, int]:
    kinds = ("para", "caption", "tabbed")
    body = [b["text"] for b in data["blocks"] if b["type"] in kinds and b["section"] != "toc"]
    counts = data["counts"]
    return {
        "body": sum(map(wc, body)) + sum(wc(heading.written) for heading in headings),
        "tables": counts["tables"]["word_like"],
        "text_boxes": counts["textboxes"]["word_like"],
        "footnotes": counts["footnotes"]["word_like"],
        "charts": counts["charts"]["word_like"],
    }
