"""How well each check finds a planted fault, and what it raises where there is none.

    python -m benchmarks.findings [--only CHECK …] [--show] [--jobs N] [--out FOLDER]

Into the complete report (`gold/report_c_complete.json`) ten variants of each fault are planted, one at a
time (`tests/faults`); each submission goes through the whole program but the reading of files. Writes
`findings.md`. The checks of KPI series are measured in `kpis.md`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from mapping.checks import Check, all_checks, shipped_rules
from tests.faults.plant import VARIANTS, found, planters, raised_on_clean

HERE = Path(__file__).parent
FOUND, WRONG = 9, 1
"""What a check is held to: faults found of ten, and findings on the report without faults."""

_HEAD = f"""# Checks on planted faults

`python -m benchmarks.findings`. Into the complete report, which has no true fault, {VARIANTS} variants of
each fault are planted, one at a time (`tests/faults`, fictional, for development). *Found*: the check raises
a finding that the complete report has not and that points to the fault. *Wrongly*: findings on the complete
report. Held to: found at least {FOUND}, wrongly at most {WRONG}; what does not hold is marked. The checks of
KPI series: [kpis.md](kpis.md).

| Check | What it looks for | Severity | Found | Wrongly | |
|--|--|--|--|--|--|"""


@dataclass(frozen=True, slots=True)
class Score:
    """Of one check: variants found, and findings raised on the clean submission."""

    found: tuple[int, ...]
    wrongly: int

    @property
    def holds(self) -> bool:
        return len(self.found) >= FOUND and self.wrongly <= WRONG


def measure(checks: Iterable[str] | None = None, jobs: int = 1) -> dict[str, Score]:
    """Scores by check, in the order of the data file."""
    planted = planters()
    wanted = [one for one in shipped_rules() if one in planted and (checks is None or one in checks)]
    tasks = [(check, variant) for check in wanted for variant in range(VARIANTS)]
    hits: dict[str, list[int]] = {check: [] for check in wanted}
    for (check, variant), hit in zip(tasks, _all_found(tasks, jobs), strict=True):
        hits[check] += [variant] if hit else []
    wrongly = Counter(finding.check for finding in raised_on_clean())
    return {check: Score(tuple(hits[check]), wrongly[check]) for check in wanted}


def _all_found(tasks: Sequence[tuple[str, int]], jobs: int) -> Iterator[bool]:
    if jobs == 1:
        yield from map(_found, tasks)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_found, tasks, chunksize=5)


def _found(task: tuple[str, int]) -> bool:
    return found(*task)


def to_markdown(scores: dict[str, Score]) -> str:
    rules = shipped_rules()
    lines = [_HEAD]
    for check, score in scores.items():
        rule = rules[check]
        counts = f"{len(score.found)} of {VARIANTS} | {score.wrongly} | {'' if score.holds else '←'}"
        lines.append(f"| `{check}` | {rule.title} | {rule.severity} | {counts} |")
    others = [one.id for one in all_checks() if one.id not in planters() and not _of_kpis(one)]
    if others:
        lines += ["", f"Without a planter: {', '.join(f'`{one}`' for one in others)}."]
    return "\n".join(lines) + "\n"


def write(scores: dict[str, Score], folder: Path) -> None:
    (folder / "findings.md").write_text(to_markdown(scores), encoding="utf-8")


def summary(scores: dict[str, Score]) -> dict[str, object]:
    """What is kept in the results of `make eval`."""
    return {
        "checks": len(scores),
        "found": f"{sum(len(one.found) for one in scores.values())} of {len(scores) * VARIANTS}",
        "wrongly": sum(one.wrongly for one in scores.values()),
        "below": [check for check, one in scores.items() if not one.holds],
    }


def _show(scores: dict[str, Score]) -> None:
    for check, score in scores.items():
        if missed := [variant for variant in range(VARIANTS) if variant not in score.found]:
            print(f"missed {check} {missed}")
        for finding in raised_on_clean():
            if finding.check == check:
                print(f"clean {check} {finding.message}")


def _of_kpis(check: Check) -> bool:
    return ".kpi" in check.run.__module__


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", metavar="CHECK", help="these checks; nothing is written")
    parser.add_argument("--show", action="store_true", help="print what is missed and what is raised wrongly")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for findings.md")
    asked = parser.parse_args()
    scores = measure(asked.only, asked.jobs)
    if asked.show:
        _show(scores)
    text = to_markdown(scores)
    if not asked.only:
        write(scores, asked.out)
    print(text)


if __name__ == "__main__":
    main()
