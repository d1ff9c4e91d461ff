"""The scorer itself: a perfect reading scores full marks, and each harm lowers its own mark."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest

from benchmarks.reading_score import score_reading
from benchmarks.score_report import score_assessment
from benchmarks.truth import TableKind, Truth
from models.document import Block, Cell, Document
from tests.benchmarks.perfect import perfect_assessment, perfect_document

ERRORS = ("surplus", "words_")


def is_error(name: str) -> bool:
    return name.startswith(ERRORS)


def test_truth_holds_every_kind(truth: Truth) -> None:
    assert {table.kind for table in truth.tables} == {"ruled", "three_line", "borderless", "tabbed"}
    assert truth.charts and truth.notes and truth.boxes and len(truth.kpis) >= 20
    assert set(truth.in_overview) == {True, False}
    assert any(len(label_values) == 2 for kpi in truth.kpis for label_values in kpi.comparisons)


def test_computed_numbers_are_words_of_the_pdf_only(truth: Truth, data: dict[str, Any]) -> None:
    computed = data["args"]["numbering"] == "auto"
    assert (truth.heading_numbers > 0) == computed


def test_perfect_reading_scores_one(truth: Truth, data: dict[str, Any]) -> None:
    scores = score_reading(truth, perfect_document(data, truth))
    assert {name for name, value in scores.items() if value != 1.0} == {"surplus"}
    assert scores["surplus"] is not None and scores["surplus"] < 0.01  # the cover


def test_perfect_assessment_scores_one(truth: Truth) -> None:
    scores = score_assessment(truth, perfect_assessment(truth))
    assert all(value == (0.0 if is_error(name) else 1.0) for name, value in scores.items())


def _without(kind: str) -> Callable[[list[Block]], list[Block]]:
    def harm(blocks: list[Block]) -> list[Block]:
        gone = next(n for n, block in enumerate(blocks) if block.kind == kind)
        return blocks[:gone] + blocks[gone + 1 :]

    return harm


def _each(wanted: str, **changes: Any) -> Callable[[list[Block]], list[Block]]:
    return lambda blocks: [replace(b, **changes) if b.kind == wanted else b for b in blocks]


def _cut_paragraph(blocks: list[Block]) -> list[Block]:
    n = next(n for n, block in enumerate(blocks) if block.kind == "paragraph" and len(block.text) > 60)
    head, tail = blocks[n].text[:30], blocks[n].text[30:]
    return [*blocks[:n], replace(blocks[n], text=head), replace(blocks[n], text=tail), *blocks[n + 1 :]]


def _page_head(blocks: list[Block]) -> list[Block]:
    cut = _cut_paragraph(blocks)
    n = next(n for n, (a, b) in enumerate(zip(blocks, cut, strict=False)) if a != b)
    return [*cut[: n + 1], replace(blocks[0], text="某公司自评报告第３页"), *cut[n + 1 :]]


def _wrong_cell(blocks: list[Block]) -> list[Block]:
    def harm(block: Block) -> Block:
        if block.table is None:
            return block
        last = block.table.cells[-1]
        cells = (*block.table.cells[:-1], Cell(last.text + "9", last.row, last.column))
        return replace(block, table=replace(block.table, cells=cells))

    return [harm(block) for block in blocks]


def _wrong_chart(blocks: list[Block]) -> list[Block]:
    def harm(block: Block) -> Block:
        if block.chart is None:
            return block
        first = replace(block.chart.series[0], values=(-1.0, *block.chart.series[0].values[1:]))
        return replace(block, chart=replace(block.chart, series=(first, *block.chart.series[1:])))

    return [harm(block) for block in blocks]


def _double(kind: str) -> Callable[[list[Block]], list[Block]]:
    return lambda blocks: [*blocks, *(block for block in blocks if block.kind == kind)]


HARM: dict[str, tuple[Callable[[list[Block]], list[Block]], set[str]]] = {
    "paragraph lost": (_without("paragraph"), set()),
    "paragraph cut": (_cut_paragraph, {"para_in_one"}),
    "page head in a paragraph": (_page_head, {"para", "para_in_one"}),
    "heading as paragraph": (
        _each("heading", kind="paragraph"),
        {"heading", "heading_level", "heading_precision"},
    ),
    "wrong level": (_each("heading", level=9), {"heading_level"}),
    "paragraphs as headings": (_each("caption", kind="heading", level=1), {"heading_precision"}),
    "wrong cell": (
        _wrong_cell,
        {f"{kind}_{unit}" for kind in get_args(TableKind) for unit in ("row", "cell", "table")},
    ),
    "wrong chart value": (_wrong_chart, {"chart_values"}),
    "chart lost": (_without("chart"), {"chart_values"}),
    "note lost": (_without("footnote"), {"notes", "char"}),
    "boxes doubled": (_double("text_box"), {"boxes"}),
    "boxes as paragraphs": (_each("text_box", kind="paragraph"), {"boxes"}),
    "margin": (_each("caption", kind="margin"), {"char", "para", "para_in_one"}),
}


@pytest.mark.parametrize("name", HARM)
def test_harm_to_the_reading_lowers_its_own_score(name: str, truth: Truth, data: dict[str, Any]) -> None:
    harm, lowered = HARM[name]
    document = perfect_document(data, truth)
    scores = score_reading(truth, _with(document, harm(list(document.blocks))))
    found = {key for key, value in scores.items() if key != "surplus" and value != 1.0}
    if name == "paragraph lost":  # the first is the cover's, which is not scored
        assert found == set()
    else:
        assert found == lowered


def _with(document: Document, blocks: list[Block]) -> Document:
    return replace(document, blocks=tuple(blocks))


def test_printed_deletions_are_overlooked_in_a_pdf_only(truth: Truth, data: dict[str, Any]) -> None:
    document = perfect_document(data, truth)
    deleted = truth.deleted[0]
    changed = [
        replace(block, text=f"{block.text[:5]}{deleted}{block.text[5:]}") if len(block.text) > 60 else block
        for block in document.blocks
    ]
    docx = score_reading(truth, _with(document, changed))
    pdf = score_reading(truth, replace(_with(document, changed), format="pdf"))
    assert docx["para"] is not None and docx["para"] < 1
    assert pdf["para"] == 1.0
    assert pdf["surplus"] == docx["surplus"]


def test_printed_deletions_are_overlooked_in_the_passages_of_a_pdf(truth: Truth) -> None:
    assessment = perfect_assessment(truth)
    for passage in assessment["passages"]:
        passage["text"] = passage["text"][:5] + truth.deleted[0] + passage["text"][5:]
    assert score_assessment(truth, assessment)["passage_text"] == 0.0
    pdf = score_assessment(truth, assessment, pdf=True)
    assert (pdf["passage_text"], pdf["parts"]) == (1.0, 1.0)


def test_doubled_text_is_surplus(truth: Truth, data: dict[str, Any]) -> None:
    document = perfect_document(data, truth)
    twice = _with(document, [*document.blocks, *document.blocks])
    surplus = score_reading(truth, twice)["surplus"]
    assert surplus is not None and surplus > 0.9


def test_a_table_cut_in_two_keeps_its_rows_and_is_no_whole_table(truth: Truth, data: dict[str, Any]) -> None:
    document = perfect_document(data, truth)
    scores = score_reading(truth, _with(document, [part for b in document.blocks for part in _halves(b)]))
    assert scores["ruled_row"] == 1.0
    assert scores["ruled_table"] == 0.0


def _halves(block: Block) -> list[Block]:
    if block.table is None:
        return [block]
    first = tuple(cell for cell in block.table.cells if cell.row == 0)
    rest = tuple(cell for cell in block.table.cells if cell.row > 0)
    return [replace(block, table=replace(block.table, cells=cells)) for cells in (first, rest)]


def _drop_value(series: dict[str, Any]) -> None:
    series["values"].popitem()


def _invent_value(series: dict[str, Any]) -> None:
    series["values"]["1999"] = 5.0


def _wrong_value(series: dict[str, Any]) -> None:
    year = next(iter(series["values"]))
    series["values"][year] += 100


KPI_HARM: dict[str, tuple[Callable[[dict[str, Any]], object], set[str]]] = {
    "value lost": (_drop_value, {"kpi_recall", "kpi_f1"}),
    "value invented": (_invent_value, {"kpi_precision", "kpi_f1"}),
    "value wrong": (_wrong_value, {"kpi_precision", "kpi_recall", "kpi_f1"}),
    "target lost": (lambda s: s.update(target={}), {"kpi_targets"}),
    "comparisons lost": (lambda s: s.update(comparisons=[]), {"kpi_comparisons"}),
    "other competitor": (lambda s: s["comparisons"][0].update(label="某甲"), {"kpi_comparisons"}),
    "unit": (lambda s: s.update(unit="吨"), {"kpi_units"}),
    "direction": (lambda s: s.update(direction="unknown"), {"kpi_directions"}),
    "name": (
        lambda s: s.update(name="无此指标"),
        {f"kpi_{m}" for m in ("precision", "recall", "f1", "targets", "comparisons", "units", "directions")},
    ),
}


@pytest.mark.parametrize("name", KPI_HARM)
def test_harm_to_a_series_lowers_its_own_score(name: str, truth: Truth) -> None:
    harm, lowered = KPI_HARM[name]
    assessment = copy.deepcopy(perfect_assessment(truth))
    charted = {chart.kpi for chart in truth.charts}
    harm(
        next(
            s
            for s in assessment["kpis"]
            if len(s["comparisons"]) == 2 and s["target"] and s["name"] not in charted
        )
    )
    scores = score_assessment(truth, assessment)
    assert {key for key, value in scores.items() if not is_error(key) and value != 1.0} == lowered


def test_prose_and_repetitions_are_not_held_to_be_invented(truth: Truth) -> None:
    assessment = copy.deepcopy(perfect_assessment(truth))
    template = assessment["kpis"][0]
    for source in ({"kind": "prose", "same_as": None}, {"kind": "table", "same_as": "k-1"}):
        assessment["kpis"].append({**template, "name": "另有", "source": {"caption": "", **source}})
    assert score_assessment(truth, assessment)["kpi_f1"] == 1.0


def test_chart_series_lost(truth: Truth) -> None:
    assessment = perfect_assessment(truth)
    assessment["kpis"] = [series for series in assessment["kpis"] if series["source"]["kind"] != "chart"]
    assert score_assessment(truth, assessment)["kpi_charts"] == 0.0


def test_passages_in_the_wrong_part(truth: Truth) -> None:
    assessment = perfect_assessment(truth)
    for passage in assessment["passages"]:
        passage["document"] = "report"
    scores = score_assessment(truth, assessment)
    assert scores["passage_text"] == 1.0
    assert scores["parts"] is not None and 0 < scores["parts"] < 1


def test_word_errors_are_relative_and_signed(truth: Truth) -> None:
    assessment = perfect_assessment(truth)
    words = assessment["documents"][1]["length"]["by_part"]
    words["tables"] = round(words["tables"] * 0.9)
    words["footnotes"] *= 2
    scores = score_assessment(truth, assessment)
    assert scores["words_tables"] == pytest.approx(-0.1, abs=0.001)
    assert scores["words_footnotes"] == 1.0
    assert scores["words_body"] == 0.0


def test_pdf_words_include_computed_numbers(truth: Truth) -> None:
    error = score_assessment(truth, perfect_assessment(truth), pdf=True)["words_body"]
    assert error is not None and (error < 0) == (truth.heading_numbers > 0)
