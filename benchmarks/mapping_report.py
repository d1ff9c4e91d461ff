"""The figures of the mapping as Markdown."""

from __future__ import annotations

from typing import Any

from benchmarks.report import machine_lines, table_lines

Record = dict[str, Any]
_STYLES = {
    "styled": "numbers typed",
    "auto numbers": "numbers by Word",
    "plain headings, no numbers": "titles only, no style",
    "no headings": "none",
    "any": "any",
}
_FIGURES = ("passages", "accuracy_at_1", "accuracy_at_3", "left_unmapped")
_COLUMNS = ("passages", "@1", "@3", "filler left")
_HEAD = """# Mapping

Made by `python -m benchmarks.mapping` (also `make eval`); do not edit. The chapters of two gold reports, each
file checked by itself. Report C is for development; D and the real passages were never trained or tuned on.
*Filler left*: share of the passages that answer nothing which were left unmapped. A labelled passage left
unmapped counts as wrong.
"""


def to_markdown(record: Record, machine: Record) -> str:
    lines = [_HEAD, *machine_lines(machine)]
    for write in (_documents, _baselines, _ablation, _real, _chapters, _calibration, _confusions, _time):
        lines += [*write(record), ""]
    return "\n".join(lines).rstrip() + "\n"


def _documents(record: Record) -> list[str]:
    head = [
        "report",
        "headings",
        "format",
        "@1",
        "@3",
        "filler left",
        "misplaced",
        "raised",
        "aspect F1",
        "missing F1",
        "wrongly missing",
        "overlooked",
        "asp. missing F1",
        "CPU s",
    ]
    return ["## By heading style and source", "", *table_lines(head, map(_document, record["documents"]))]


def _document(row: Record) -> list[Any]:
    scores = row["scores"]
    missing, misplaced = scores["missing_indicators"], scores.get("misplaced", {})
    first = [row["report"], _STYLES[row["rendering"]], row["format"]]
    return [
        *first,
        scores["indicator"]["accuracy_at_1"],
        scores["indicator"]["accuracy_at_3"],
        scores.get("filler_left_unmapped"),
        misplaced.get("mapped_right"),
        misplaced.get("raised"),
        scores["aspect"]["macro_f1"],
        missing["f1"],
        missing["fp"],
        missing["fn"],
        scores["missing_aspects"]["f1"],
        round(row["cpu_s"], 1),
    ]


def _baselines(record: Record) -> list[str]:
    rows = [
        [row["report"], _STYLES[row["rendering"]], row["of"], *(row[f] for f in _FIGURES)]
        for row in record["baselines"]
    ]
    return [
        "## Baselines, .docx",
        "",
        "*Words only*: TF-IDF of character 1–3-grams and words, and logistic regression, fitted on the",
        "shipped passages, given the labelled paragraphs alone. *Headings only*: the indicators under the",
        "innermost heading that names a node, in the order of the criteria.",
        "",
        *table_lines(["report", "headings", "baseline", *_COLUMNS], rows),
    ]


def _ablation(record: Record) -> list[str]:
    rows = [
        [row["report"], _STYLES[row["rendering"]], row["of"], *(row[f] for f in _FIGURES)]
        for row in record["ablation"]
    ]
    return [
        "## A signal left out, .docx",
        "",
        "Without training anew.",
        "",
        *table_lines(["report", "headings", "signals", *_COLUMNS], rows),
    ]


def _real(record: Record) -> list[str]:
    title = "## Real passages of documents that were not trained on, alone"
    if isinstance(record["real"], str):
        return [title, "", record["real"]]
    rows = [[row["source"], row["of"], *(row[f] for f in _FIGURES)] for row in record["real"]]
    return [title, "", *table_lines(["source", "by", *_COLUMNS], rows)]


def _chapters(record: Record) -> list[str]:
    rows = [
        [name, chapter, *(figures[f] for f in _FIGURES[:3])]
        for name, chapters in record["chapters"].items()
        for chapter, figures in chapters.items()
    ]
    head = ["report", "chapter", *_COLUMNS[:3]]
    return ["## By chapter, all renderings together", "", *table_lines(head, rows)]


def _calibration(record: Record) -> list[str]:
    rows = [
        [name, error, sum(n for *_, n in points)] for name, (error, points) in record["calibration"].items()
    ]
    return [
        "## Calibration",
        "",
        "Expected calibration error in ten bins of the first indicator's score; all renderings together.",
        "",
        *table_lines(["text", "error", "answers"], rows),
        "",
        "![How often answers of a score are right](mapping.svg)",
    ]


def _confusions(record: Record) -> list[str]:
    head = ["labelled", "answered", "times"]
    return ["## Confusions, report C, all renderings together", "", *table_lines(head, record["confusions"])]


def _time(record: Record) -> list[str]:
    cpu = record["cpu"]
    return [f"CPU: tools loaded in {cpu['tools']:.1f} s, all of this in {cpu['all']:.0f} s."]
