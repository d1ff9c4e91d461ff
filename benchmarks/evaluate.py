"""All figures of the program, printed and recorded: `make eval`.

    python -m benchmarks.evaluate [--only SECTION …] [--repeat N] [--out FOLDER]

Writes `results.md` and `results.json`, and `mapping.md` with its plot. The documents are rendered once and
kept under `build/`. A part whose sources or tools are not here says so and is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import findings, mapping, real_passages
from benchmarks.gold.score import score as score_gold
from benchmarks.machine import description
from benchmarks.margin import complete_figures, gap_figures
from benchmarks.measure import Run, repeat, run
from benchmarks.reading_score import score_reading
from benchmarks.report import to_markdown
from benchmarks.samples import (
    COMPLETE,
    FORMATS,
    HELD_OUT,
    HERE,
    PARTS,
    ROOT,
    Format,
    Sample,
    can_make_pdf,
    full_samples,
    gold_samples,
)
from benchmarks.score_report import score_assessment
from benchmarks.startup import heavy_imports, start_run, ziping
from benchmarks.truth import load_truth

Record = dict[str, Any]
SKIPPED = "skipped: "
FAILED = "failed: "


def evaluate(sections: tuple[str, ...], times: int) -> Record:
    """Results by section; a section that cannot run is the sentence that says why."""
    work: dict[str, Callable[[Path], Any]] = {
        "gold": lambda scratch: [_gold(sample, scratch) for sample in gold_samples(_formats())],
        "gold-d": lambda scratch: [_gold(sample, scratch) for sample in gold_samples(_formats(), HELD_OUT)],
        "margin": _margin,
        "findings": lambda _: findings.measure(jobs=os.cpu_count() or 1),
        "full": lambda scratch: [_full(sample, scratch) for sample in full_samples(_formats())],
        "speed": lambda scratch: _speed(scratch, times),
        "start": _start,
        "real": _real,
        "mapping": lambda _: mapping.measure(_say),
    }
    results: Record = {"machine": description()}
    if not can_make_pdf():
        results["pdf"] = _say(f"{SKIPPED}soffice not here, so nothing is measured on .pdf")
    with tempfile.TemporaryDirectory() as scratch:
        for name in sections:
            _say(f"— {name}")
            results[name] = _attempt(work[name], Path(scratch))
    return results


def _attempt(section: Callable[[Path], Any], scratch: Path) -> Any:
    """A section's results, or what went wrong with it: the figures of the others are still wanted."""
    try:
        return section(scratch)
    except Exception as error:
        return _say(f"  {FAILED}{type(error).__name__}: {error}")


def _formats() -> tuple[Format, ...]:
    return FORMATS if can_make_pdf() else ("docx",)


def _say(text: str) -> str:
    print(text, flush=True)
    return text


def _check(sample: Sample, scratch: Path) -> tuple[Run, Record | None]:
    """One run of `ziping check` on the sample's files, and the assessment, if there is one."""
    out = scratch / "assessment.json"
    out.unlink(missing_ok=True)
    files = [str(file) for file in sample.files]
    done = run(ziping("check", *files, "--format", "json", "--output", str(out)), ROOT)
    return done, json.loads(out.read_text(encoding="utf-8")) if out.exists() else None


def _entry(sample: Sample, done: Run) -> Record:
    cost = {"cpu_s": round(done.cpu, 2), "wall_s": round(done.wall, 2), "rss_mib": round(done.rss)}
    entry = {"rendering": sample.name, "format": sample.format, "exit_code": done.code, **cost}
    _say(f"  {sample.name}, {sample.format}: exit {done.code}, {done.cpu:.1f} CPU s")
    return entry


def _gold(sample: Sample, scratch: Path) -> Record:
    done, assessment = _check(sample, scratch)
    entry = _entry(sample, done)
    if assessment is None:
        return {**entry, "failed": done.errors}
    gold = json.loads(sample.truth.read_text(encoding="utf-8"))
    kinds = [document["kind"] for document in assessment["documents"]]
    parts = {part: score_gold(gold, assessment, part, 0) for part in PARTS if part in kinds}
    return {**entry, "kinds": kinds, "years": assessment["years"]["reporting"], "parts": parts}


def _margin(scratch: Path) -> Record:
    """What is said of the complete report, and of the one with gaps, in every rendering."""
    return {
        "complete": [_margin_entry(sample, scratch) for sample in gold_samples(_formats(), COMPLETE)],
        "gaps": [_margin_entry(sample, scratch) for sample in gold_samples(_formats())],
    }


def _margin_entry(sample: Sample, scratch: Path) -> Record:
    done, assessment = _check(sample, scratch)
    entry = _entry(sample, done)
    if assessment is None:
        return {**entry, "failed": done.errors}
    if sample.truth == COMPLETE:
        return {**entry, **complete_figures(assessment)}
    return {**entry, **gap_figures(assessment, json.loads(sample.truth.read_text(encoding="utf-8")))}


def _full(sample: Sample, scratch: Path) -> Record:
    done, assessment = _check(sample, scratch)
    entry = _entry(sample, done)
    if assessment is None:
        return {**entry, "failed": done.errors}
    from ingest.limits import ReadLimits
    from ingest.read import read_document

    truth = load_truth(sample.truth)
    reading = score_reading(truth, read_document(sample.files[0], limits=ReadLimits()))
    judged = score_assessment(truth, assessment, pdf=sample.format == "pdf")
    kinds = [document["kind"] for document in assessment["documents"]]
    return {**entry, "kinds": kinds, "reading": reading, "assessment": judged}


def _speed(scratch: Path, times: int) -> list[Record]:
    """The example submission and the full-size volume, the run of median CPU time."""
    samples = [("example submission", s) for s in gold_samples(_formats()) if s.name == "styled"]
    samples += [("full-size volume", s) for s in full_samples(_formats()) if s.name == "typed numbers"]
    rows = []
    for name, sample in samples:
        done = repeat(times, partial(_timed, sample, scratch))
        rows.append({**_entry(sample, done), "rendering": name, "runs": times})
    return rows


def _timed(sample: Sample, scratch: Path) -> Run:
    return _check(sample, scratch)[0]


def _start(scratch: Path) -> Record:
    files = [str(file) for file in gold_samples(("docx",))[0].files]
    results = {}
    for command in (("--help",), ("check", "--help"), ("criteria",)):
        done = start_run(*command)
        results[" ".join(command)] = {"cpu_s": round(done.cpu, 3), "exit_code": done.code}
    check = ("check", *files, "--format", "json", "--output", str(scratch / "out.json"))
    imports = {
        "check --help": heavy_imports(scratch, "check", "--help"),
        "check": heavy_imports(scratch, *check),
    }
    return {"cpu": results, "imports": imports}


def _real(scratch: Path) -> Record | str:
    if not (real_passages.SHARED / "real").exists():
        return _say(f"  {SKIPPED}not here: ../shared/real")
    return {"passages": _real_passages(), "documents": _real_documents(scratch)}


def _real_passages() -> Record:
    from api.bootstrap import build_tools

    tools = build_tools()
    results: Record = {}
    for name, passages in real_passages.groups(dict(tools.criteria.aliases)).items():
        answers = real_passages.judge([passage.text for passage in passages], tools)
        results[name] = real_passages.score_real(passages, answers)
        _say(f"  {name}: {results[name]}")
    return results


def _real_documents(scratch: Path) -> list[Record]:
    """Whole documents of real organisations: that they are read, at what cost, and how much is found."""
    rows = []
    for file in sorted((real_passages.SHARED / "real" / "documents").iterdir()):
        if file.suffix in (".docx", ".pdf"):
            sample = Sample(file.name, "pdf" if file.suffix == ".pdf" else "docx", (file,), file)
            done, assessment = _check(sample, scratch)
            rows.append(
                {**_entry(sample, done), **(_found(assessment) if assessment else {"failed": done.errors})}
            )
    return rows


def _found(assessment: Record) -> Record:
    complete = all(document["ledger"]["complete"] for document in assessment["documents"])
    counts = {key: len(assessment[key]) for key in ("passages", "tables", "kpis", "findings")}
    return {"complete": complete, **counts}


def main() -> int:
    sections = ("gold", "gold-d", "margin", "findings", "full", "speed", "start", "real", "mapping")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=sections, default=sections)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each speed measurement")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for results.md and results.json")
    asked = parser.parse_args()
    results = evaluate(tuple(asked.only), asked.repeat)
    asked.out.mkdir(parents=True, exist_ok=True)
    if isinstance(scores := results.get("findings"), dict):
        findings.write(scores, asked.out)
        results["findings"] = findings.summary(scores)
    (asked.out / "results.json").write_text(
        json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    if isinstance(results.get("mapping"), dict):
        mapping.write(results["mapping"], asked.out)
    text = to_markdown(results)
    (asked.out / "results.md").write_text(text, encoding="utf-8")
    print(text)
    return int(any(isinstance(part, str) and FAILED in part for part in results.values()))


if __name__ == "__main__":
    raise SystemExit(main())
