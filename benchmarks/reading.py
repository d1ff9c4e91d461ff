"""Reading measured against its targets, beside other readers in the same run: `make bench`.

    python -m benchmarks.reading [--repeat N] [--out FILE]

Writes `reading.md`. The document is the full-size report of `make_report.py`, headings with typed and
with computed numbers.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.machine import description
from benchmarks.measure import Run, repeat, run
from benchmarks.reading_run import READERS
from benchmarks.reading_score import lost_rows, score_reading, score_text
from benchmarks.report import machine_lines, table_lines
from benchmarks.samples import FORMATS, HERE, ROOT, Format, Sample, can_make_pdf, full_samples
from benchmarks.truth import Truth, load_truth
from ingest.length import measure
from ingest.parts import find_parts
from ingest.read import read_document
from mapping.criteria import load_criteria
from models.document import Document

SKIPPED = "skipped: not here"
TARGETS: dict[str, dict[Format, float]] = {
    "char": {"docx": 0.999, "pdf": 0.99},
    "heading_level": {"docx": 0.99, "pdf": 0.95},
    "ruled_row": {"docx": 0.999, "pdf": 0.995},
    "three_line_row": {"docx": 0.999, "pdf": 0.85},
    "borderless_row": {"docx": 0.999, "pdf": 0.85},
    "chart_values": {"docx": 1.0},
    "notes": {"docx": 1.0},
    "boxes": {"docx": 1.0},
}
MAX_CPU: dict[Format, float] = {"docx": 0.8, "pdf": 4.0}
MAX_RSS = 250
_PARTS = ("body", "tables", "text_boxes", "footnotes", "charts")


def report(times: int) -> str:
    formats = FORMATS if can_make_pdf() else ("docx",)
    samples = full_samples(formats)
    lines = ["# Reading", "", "Made by `make bench` (`python -m benchmarks.reading`); do not edit.", ""]
    lines += machine_lines(description())
    if not can_make_pdf():
        lines += [f"{SKIPPED}: soffice, so nothing is measured on .pdf", ""]
    read = [(sample, load_truth(sample.truth), read_document(sample.files[0])) for sample in samples]
    lines += [*_accuracy(read), *_words(read), *_lost(read)]
    with tempfile.TemporaryDirectory() as scratch:
        for form in formats:
            sample = next(s for s in samples if s.format == form and s.name == "typed numbers")
            lines += _cost(sample, times, Path(scratch))
    return "\n".join(lines).rstrip() + "\n"


def _accuracy(read: Sequence[tuple[Sample, Truth, Document]]) -> Iterator[str]:
    yield from (
        "## What was read of the full-size report",
        "",
        "Shares of the truth; `surplus` is an error, relative to it ([what they mean](README.md)).",
        "",
    )
    columns = [
        (sample.format, score_reading(truth, document) | {"ledger closes": _closes(document)})
        for sample, truth, document in read
    ]
    head = ["measure", "target .docx", "target .pdf", *(f"{s.name}, {s.format}" for s, _, _ in read)]
    rows = []
    for name in columns[0][1]:
        target = TARGETS.get(name, {})
        values = [_judged(scores[name], target.get(form)) for form, scores in columns]
        rows.append([name, target.get("docx", ""), target.get("pdf", ""), *values])
    yield from (*table_lines(head, rows), "")


def _judged(value: float | None, target: float | None) -> str:
    if value is None:
        return ""
    return f"**{value} missed**" if target is not None and value < target else str(value)


def _closes(document: Document) -> float:
    """1 if every character found stands in a block."""
    held = sum(len("".join(b.text.split())) for b in document.blocks if b.kind != "picture")
    return float(held == document.ledger.found)


def _words(read: Sequence[tuple[Sample, Truth, Document]]) -> Iterator[str]:
    yield from (
        "## 字数 by part, both parts of the volume together",
        "",
        "A PDF holds computed heading numbers and pieces of charts as text; its truth is that of the .docx "
        "with these numbers.",
        "",
    )
    rows = []
    for sample, truth, document in read:
        wanted = dict(truth.words)
        if sample.format == "pdf":
            wanted["body"] += truth.heading_numbers
        got = _counted(document)
        cells = [f"{got[part]:,} / {wanted[part]:,}" for part in _PARTS]
        whole, true = sum(got.values()), sum(wanted.values())
        error = f"{(whole - true) / true:+.3%}"
        rows.append([f"{sample.name}, {sample.format}", *cells, f"{whole:,} / {true:,}", error])
    yield from (*table_lines(["read / truth", *_PARTS, "sum", "error"], rows), "")


def _counted(document: Document) -> dict[str, int]:
    sums = dict.fromkeys(_PARTS, 0)
    for part in find_parts(document, load_criteria()):
        for name, words in measure(part, None, ()).by_part.items():
            sums[name] += words
    return sums


def _lost(read: Sequence[tuple[Sample, Truth, Document]]) -> Iterator[str]:
    rows = [
        [f"{sample.name}, {sample.format}", *row]
        for sample, truth, document in read
        for row in lost_rows(truth, document, sample.files[0])
    ]
    yield from ("## Table rows not read", "")
    if not rows:
        yield from ("None.", "")
        return
    yield from (*table_lines(["document", "table", "row", "cells that the PDF itself lacks"], rows), "")


def _cost(sample: Sample, times: int, scratch: Path) -> Iterator[str]:
    file = sample.files[0]
    yield from (
        f"## Cost and text of .{sample.format}, side by side",
        "",
        f"`{file.name}` with typed numbers, the run of median CPU time of {times}, imports and the child "
        "process included; RSS of the largest process. Target for ziping: "
        f"{MAX_CPU[sample.format]} CPU s, {MAX_RSS} MiB.",
        "",
    )
    truth = load_truth(sample.truth)
    own: Run | None = None
    rows: list[list[object]] = []
    for reader, (package, endings, _) in READERS.items():
        if file.suffix not in endings:
            continue
        if find_spec(package) is None and reader != "ziping":
            rows.append([reader, SKIPPED, "", "", "", "", ""])
            continue
        out = scratch / "text.txt"
        done = repeat(times, partial(_timed, reader, file, out))
        if done.code:
            rows.append([reader, f"failed: {done.errors}", "", "", "", "", ""])
            continue
        own = own or done
        text = score_text(truth, out.read_text(encoding="utf-8"))
        ratios = [f"{done.cpu / own.cpu:.1f}", f"{done.rss / own.rss:.1f}"]
        rows.append([reader, round(done.cpu, 2), ratios[0], round(done.rss), ratios[1], *text.values()])
    yield from (
        *table_lines(["reader", "CPU s", "× ziping", "RSS MiB", "× ziping", "char", "surplus"], rows),
        "",
    )


def _timed(reader: str, file: Path, out: Path) -> Run:
    return run([sys.executable, "-m", "benchmarks.reading_run", reader, str(file), str(out)], ROOT)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=3, help="runs of each measurement of cost")
    parser.add_argument("--out", type=Path, default=HERE / "reading.md")
    asked = parser.parse_args()
    text = report(asked.repeat)
    asked.out.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
