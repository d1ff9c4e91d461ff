"""Measures the yearly duty on the made batch and writes ``benchmarks/annual.md``.

python -m benchmarks.annual [--half tune|held|both] [--no-write]

``held`` is the half of the organisations on which nothing was chosen; what is written is measured on it,
the other half beside it. Processor time is that of all processes together.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import date

from api.annual.batch import ToolSettings
from api.annual.round import run_round
from api.annual.settle import Office
from benchmarks.annual import score
from benchmarks.annual.batch import YEARS, Made, make_batch
from benchmarks.annual.incidents import HAPPENED, PASSED_OVER, Half
from benchmarks.machine import description
from benchmarks.samples import ROOT
from mapping.yearly.hints import event_of
from mapping.yearly.terms import load_terms
from models.annual_round import AnnualRound

FOLDER = ROOT / "build" / "annual"
RESULT = ROOT / "benchmarks" / "annual.md"
_TITLE = "# The yearly duty on a made batch"
_SEEN = (
    "Two faults in reading names (集团 inside a labelled name, a full-width colon in a file's name) were "
    "first seen on the held half, 48 of 50, and mended in general: its figure for organisations is a "
    "development figure since."
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("tune", "held", "both"), default="both")
    parser.add_argument("--no-write", action="store_true")
    asked = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    made = make_batch(FOLDER)
    annual, cpu, wall = _timed()
    found = score.pairs(made, annual)
    halves: tuple[Half, ...] = ("held", "tune") if asked.half == "both" else (asked.half,)
    columns = [
        _figures([p for p in found if p.made.organisation.held == (half == "held")]) for half in halves
    ]
    lines = [_TITLE, "", *_speed(annual, cpu, wall), "", *_bad(made, annual), ""]
    lines += [*_table(halves, columns), "", *_sentences(halves), "", _SEEN, ""]
    text = "\n".join(lines)
    print(text)
    if not asked.no_write:
        RESULT.write_text(text, encoding="utf-8")
    return 0


def _timed() -> tuple[AnnualRound, float, float]:
    """The round of the whole batch, with processor and wall seconds of all processes."""
    office = Office(YEARS[-1], date(YEARS[-1] + 1, 4, 2), load_terms())
    start, before = time.perf_counter(), _cpu()
    previous = [FOLDER / str(year) for year in YEARS[:-1]]
    result = run_round([FOLDER / str(YEARS[-1])], previous, office, ToolSettings(), lambda *_: None)
    return result.annual, _cpu() - before, time.perf_counter() - start


def _cpu() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, kinds))


def _speed(annual: AnnualRound, cpu: float, wall: float) -> Iterator[str]:
    reports = (*annual.reports, *annual.earlier)
    words = sorted(report.document.length.count for report in reports)
    machine = description()
    yield (
        f"`make annual` on {machine['date']}, commit {machine['commit']}, {machine['cpu']}, "
        f"{machine['cores']} cores, load {machine['load']}."
    )
    yield ""
    yield (
        f"{len(reports)} reports of {words[len(words) // 2]:,} 字 (median): {cpu:.0f} s of processor time, "
        f"{wall:.0f} s of wall time: **{60 * len(reports) / cpu:.0f} reports a minute of CPU** (target 60)."
    )


def _bad(made: Sequence[Made], annual: AnnualRound) -> Iterator[str]:
    yield f"Bad files told as not read or as duplicates, all others read: {score.unread_told(made, annual)}."
    wrong = [p for p in score.pairs(made, annual) if p.made.bad == "年度写错"]
    raised = sum(any(f.check == "annual-year-wrong" for f in p.report.assessment.findings) for p in wrong)
    yield f"Report of a wrong year raised as an error: {raised} of {len(wrong)}."
    doubtful = [p for p in score.pairs(made, annual) if p.made.bad in ("没有名称和年度", "两个年度")]
    asked = sum(bool(p.report.asks) for p in doubtful)
    yield f"Reports without names, or of two years, put before a person: {asked} of {len(doubtful)}."


def _figures(found: list[score.Pair]) -> list[tuple[str, str]]:
    same, same_false = score.same_found(found)
    restated, restated_false = score.restated_found(found)
    lost, lost_false = score.lost_found(found)
    seen, back, open_ = score.promises_found(found)
    hints, hints_right = score.hints_found(found)
    return [
        ("year right and sure (target .98)", str(score.year_right(found))),
        ("organisation right (target .98)", str(score.organisation_right(found))),
        ("good reports put before a person", str(score.asked_for_nothing(found))),
        ("same passages found (target .95)", str(same)),
        ("same passages false (target .02)", str(same_false)),
        ("updated figures taken for same text", str(score.updated_taken_for_same(found))),
        ("restated values found", str(restated)),
        ("restated values false", str(restated_false)),
        ("lost series found", str(lost)),
        ("lost series false", str(lost_false)),
        ("announcements found", str(seen)),
        ("… that come back, told so", str(back)),
        ("… that do not, told as open", str(open_)),
        ("incidents found (recall of hints)", str(hints)),
        ("hints that are incidents (precision)", str(hints_right)),
    ]


def _table(halves: Sequence[Half], columns: list[list[tuple[str, str]]]) -> Iterator[str]:
    yield f"| of the {' / '.join(halves)} half | {' | '.join(halves)} |"
    yield "|---" * (len(halves) + 1) + "|"
    for rows in zip(*columns, strict=True):
        yield f"| {rows[0][0]} | {' | '.join(value for _, value in rows)} |"


def _sentences(halves: Sequence[Half]) -> Iterator[str]:
    """The sentences alone, each once: the batch repeats them."""
    for half in halves:
        told = [event_of(sentence) for _, _, sentence in HAPPENED[half]]
        right = sum(t is not None for t in told)
        kinds = sum(
            t == (event, field) for t, (event, field, _) in zip(told, HAPPENED[half], strict=True) if t
        )
        false = sum(event_of(sentence) is not None for sentence in PASSED_OVER[half])
        yield (
            f"Sentences of the {half} half: {right} of {len(told)} incidents found ({kinds} with the right "
            f"kind and field), {false} of {len(PASSED_OVER[half])} others raised.  "
        )


if __name__ == "__main__":
    raise SystemExit(main())
