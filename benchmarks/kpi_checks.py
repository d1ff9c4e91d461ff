"""How well the checks of KPI series find planted faults, and what they raise where nothing is wrong.

    python -m benchmarks.kpi_checks [--show] [--out FILE]

Ten clean reports and ten reports per fault go through the reader of KPI series and the checks; writes
`kpis.md`. ``--show`` prints what was not found and what was raised without reason. A check that is right
less than four times of five has to be a note.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.kpi_faults import FAULTS, Planted
from benchmarks.kpi_reports import STYLES, YEARS, Report, blocks, clean
from mapping.checks import all_checks, run_checks, shipped_rules
from mapping.criteria import load_criteria
from mapping.glossary import load_glossary
from models.assessment import (
    SCHEMA_VERSION,
    Assessment,
    Coverage,
    CriteriaRef,
    DocumentRecord,
    EncoderRef,
    Finding,
    IndicatorScore,
    LedgerRecord,
    Length,
    PassageRecord,
    Statistics,
    TableRecord,
    Years,
)
from models.document import Document, Ledger, Part
from models.glossary import kpi_key
from models.passage import Passage
from nlp.kpis import extract_kpis
from nlp.split import split_passages

HERE = Path(__file__).parent
CRITERIA = load_criteria()
GLOSSARY = load_glossary()
RIGHT = 0.8
_LENGTH = Length(None, 0, (0, 0), "none", {}, {}, {}, Statistics(0, 0, 0, 0), 0)
_LEDGER = LedgerRecord(None, 0, 0, 0, 0, 0, {}, True)
_KPI_CHECKS = tuple(one for one in all_checks() if ".kpi" in one.run.__module__)
_OFF = frozenset(one.id for one in all_checks()) - {one.id for one in _KPI_CHECKS}


_HEAD = f"""# Checks of KPI series on planted faults

`python -m benchmarks.kpi_checks`. {STYLES} clean reports, and {STYLES} per fault, each in another layout and
wording (`kpi_reports.py`, `kpi_faults.py`; fictional, for development). *Clean*: findings in the clean
reports, which hold sentences that are easily taken for wrong ones. *Beside*: findings in reports with
another fault, most of them its consequence (a slip of unit is also a fall). *Right*: found ÷ (found +
clean); a check that is right less than four times of five has to be a note.

| Check | Severity | Found | Clean | Beside | Right |
|--|--|--|--|--|--|"""


@dataclass(frozen=True, slots=True)
class Score:
    """Of one check: faults found, faults planted, findings in clean reports, and in reports with another
    fault beyond what that fault brings about."""

    found: int
    planted: int
    clean: int
    elsewhere: int

    @property
    def precision(self) -> float | None:
        raised = self.found + self.clean
        return self.found / raised if raised else None


def findings(report: Report) -> tuple[Finding, ...]:
    """What the KPI checks say of a report; its indicators are taken as told, the matching is not tested."""
    return run_checks(assessment(report), CRITERIA, off=_OFF)


def assessment(report: Report) -> Assessment:
    made, nodes = blocks(report)
    document = Document("report.docx", "0" * 64, "docx", made, Ledger(None))
    part = Part("d1", "report", document, 0, len(made) - 1)
    passages = split_passages(part)
    places = {p.id: nodes[p.last_block] for p in passages}
    by_block = {n: p.id for p in passages for n in range(p.block, p.last_block + 1)}
    series = extract_kpis(part, passages, GLOSSARY, YEARS)
    kpis = tuple(replace(one, indicator=nodes[one.source.block]) for one in series)
    records = tuple(_record(p, places[p.id]) for p in passages)
    tables = tuple(
        TableRecord("d1", None, made[b.index - 1].text, b.table.grid(), by_block.get(b.index))
        for b in made
        if b.table
    )
    head = DocumentRecord(
        "d1", "report", "report.docx", "0" * 64, (0, len(made) - 1), None, None, "criteria", "given",
        _LENGTH, _LEDGER, (),
    )  # fmt: skip
    return Assessment(
        SCHEMA_VERSION, CriteriaRef("", "", 57, "draft"), EncoderRef("none", 1, "0"), Years(YEARS, "given"),
        (head,), records, tables, kpis, tuple(_coverage(report)), (),
    )  # fmt: skip


def _record(passage: Passage, node: str) -> PassageRecord:
    return PassageRecord(
        passage.id, "d1", passage.text, passage.heading_path, passage.kind, None, None, False, None,
        passage.block, (IndicatorScore(node, 0.9),), (), "none", {}, False, False, None, passage.context,
    )  # fmt: skip


def _coverage(report: Report) -> Iterator[Coverage]:
    for one in CRITERIA.indicators:
        lacking = one.item in report.without_approach
        yield Coverage("d1", one.id, "covered", one.expected, 0 if lacking else 1, 1, 1, (), ())


def measure(*, show: bool = False) -> dict[str, Score]:
    """Scores by check id, in the order of the checks."""
    clean_raised: Counter[str] = Counter()
    known: dict[int, set[tuple[str, str]]] = {}
    for style in range(STYLES):
        raised = findings(clean(style))
        known[style] = {(f.check, f.subject) for f in raised}
        clean_raised.update(f.check for f in raised)
        if show:
            for f in raised:
                print(f"clean {style}: {f.check} {f.severity} {f.message}")
    found: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    for fault in FAULTS:
        for style in range(STYLES):
            case = fault(clean(style))
            raised = findings(case.report)
            hit = any(_is(case, f) for f in raised)
            planted[case.check] += 1
            found[case.check] += hit
            others = [f for f in raised if f.check != case.check and (f.check, f.subject) not in known[style]]
            elsewhere.update(f.check for f in others)
            if show and not hit:
                print(f"missed {case.check} {style} {case.subject}")
            if show:
                for f in others:
                    print(f"  beside {case.check} {style}: {f.check} {f.severity} {f.message}")
    return {
        one.id: Score(found[one.id], planted[one.id], clean_raised[one.id], elsewhere[one.id])
        for one in _KPI_CHECKS
    }


def _is(case: Planted, finding: Finding) -> bool:
    same = not case.subject or kpi_key(finding.subject) == kpi_key(case.subject)
    return finding.check == case.check and same


def to_markdown(scores: dict[str, Score]) -> str:
    lines = [_HEAD]
    severity = {one.id: one.severity for one in shipped_rules().values()}
    for check, score in scores.items():
        right = "—" if score.precision is None else f"{score.precision:.2f}"
        counts = f"{score.found} of {score.planted} | {score.clean} | {score.elsewhere} | {right}"
        lines.append(f"| `{check}` | {severity[check]} | {counts} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="print misses and false raises")
    parser.add_argument("--out", type=Path, default=HERE / "kpis.md")
    asked = parser.parse_args()
    text = to_markdown(measure(show=asked.show))
    asked.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
