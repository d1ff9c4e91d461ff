"""What a perfect reader and a perfect program would make of `make_report.py`'s document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.truth import TrueKpi, TrueTable, Truth
from models.document import Block, Cell, Chart, ChartSeries, Document, Ledger, Table

Data = dict[str, Any]


def perfect_document(data: Data, truth: Truth) -> Document:
    tables = {table.id: table for table in truth.tables}
    charts = {chart["id"]: chart for chart in data["charts"]}
    blocks: list[Block] = []
    tabbed: set[str] = set()
    for entry in data["blocks"]:
        if entry["type"] == "tabbed":
            if entry["table"] in tabbed:
                continue
            tabbed.add(entry["table"])
        blocks.extend(_blocks(len(blocks), entry, tables, charts))
    for note in data["footnotes"]:
        blocks.append(Block(len(blocks), "footnote", note["text"]))
    return Document("report.docx", "0" * 64, "docx", tuple(blocks), Ledger(None))


def _blocks(
    index: int, entry: Data, tables: dict[str, TrueTable], charts: dict[str, Data]
) -> Iterable[Block]:
    kind = entry["type"]
    if kind == "heading":
        number = entry["text"].removesuffix(entry["in_docx"]).strip()
        yield Block(index, "heading", entry["in_docx"], number=number, level=entry["level"])
    elif kind == "para":
        yield Block(index, "contents" if entry["section"] == "toc" else "paragraph", entry["text"])
    elif kind == "caption":
        yield Block(index, "caption", entry["text"])
    elif kind in ("table", "tabbed"):
        table = tables[entry["id"] if kind == "table" else entry["table"]]
        yield Block(index, "table", "\n".join("\t".join(row) for row in table.rows), table=_grid(table))
    elif kind == "chart":
        yield Block(index, "chart", charts[entry["id"]]["title"], chart=_chart(charts[entry["id"]]))
    elif kind == "textbox":
        yield Block(index, "text_box", entry["text"])


def _grid(table: TrueTable) -> Table:
    """Every cell by itself: what a reader gives that sees no merges."""
    cells = (Cell(text, r, c) for r, row in enumerate(table.rows) for c, text in enumerate(row) if text)
    return Table(tuple(cells), len(table.rows), len(table.rows[0]))


def _chart(chart: Data) -> Chart:
    series = tuple(ChartSeries(name, tuple(values)) for name, values in chart["series"])
    return Chart(chart["title"], tuple(chart["cats"]), series)


def perfect_assessment(truth: Truth) -> Data:
    length = {"overview": dict.fromkeys(truth.words, 0), "report": dict(truth.words)}
    documents = [{"id": name, "kind": name, "length": {"by_part": words}} for name, words in length.items()]
    passages = [
        {"document": "overview" if overview else "report", "text": text}
        for text, overview in zip(truth.paragraphs, truth.in_overview, strict=True)
    ]
    kpis = [*(_series(kpi) for kpi in truth.kpis), *_chart_series(truth)]
    return {"documents": documents, "passages": passages, "kpis": kpis}


def _series(kpi: TrueKpi) -> Data:
    return {
        "name": kpi.name,
        "unit": kpi.unit,
        "direction": kpi.direction,
        "values": dict(kpi.values),
        "target": dict(kpi.target),
        "comparisons": [{"label": label, "values": dict(values)} for label, values in kpi.comparisons],
        "source": {"kind": "table", "caption": kpi.caption, "same_as": None},
    }


def _chart_series(truth: Truth) -> Iterable[Data]:
    for chart in truth.charts:
        years = [category.removesuffix("年") for category in chart.categories]
        yield {
            "name": chart.kpi,
            "unit": "",
            "direction": "unknown",
            "values": dict(zip(years, chart.series[0][1], strict=True)),
            "target": {},
            "comparisons": [],
            "source": {"kind": "chart", "caption": chart.title, "same_as": None},
        }
