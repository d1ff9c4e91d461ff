"""Full-size reports per hour through the queue, and what becomes of a batch under ``kill -9``.

``python -m benchmarks.jobs`` measures and writes ``benchmarks/jobs.md``. Needs POSIX.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import description
from benchmarks.report import machine_lines
from benchmarks.samples import BUILD, can_make_pdf
from tests.work.desk import Desk, open_desk, small_report
from tests.work.kills import WORKER, kill_at_random, serving, wait_until_over

HERE = Path(__file__).parent
WORKERS = 2
FLOOR = 300
"""Full-size reports that a night has to take (issue 7)."""
NIGHT_HOURS = 10
BATCH = 20
_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Throughput:
    format: str
    reports: int
    seconds: float
    """From the first claim to the last end; workers and their tools were loaded before."""
    job_seconds: float
    """Mean wall time of one job."""
    failed: int

    @property
    def per_hour(self) -> float:
        return self.reports * 3600 / self.seconds


@dataclass(slots=True)
class Kills:
    moments: int = 0
    batches: int = 0
    jobs: int = 0
    done: int = 0
    failed: int = 0
    finished_twice: int = 0
    other_bytes: int = 0
    damaged: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=12, help="full-size reports of each format")
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20)
    asked = parser.parse_args(arguments)
    machine = description()
    formats = ("docx", "pdf") if can_make_pdf() else ("docx",)
    with TemporaryDirectory(prefix="ziping-jobs-") as scratch:
        rates = [_throughput(Path(scratch) / form, form, asked.reports) for form in formats]
        kills, victims, stages = _kills(Path(scratch) / "kills", asked.moments, asked.seed)
    lines = ["# Jobs", "", "Made by `python -m benchmarks.jobs`; do not edit.", "", *machine_lines(machine)]
    lines += [*_rate_lines(rates), *_kill_lines(kills, victims, stages, asked.seed)]
    (HERE / "jobs.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


def _throughput(folder: Path, form: str, count: int) -> Throughput:
    files = [_full_size(number, form) for number in range(count)]
    desk = open_desk(folder)
    with serving(desk.data, WORKER) as server:
        while len(server.workers()) < WORKERS:
            time.sleep(0.1)
        time.sleep(10)  # what a start costs is not the question
        for path in files:
            desk.queued([path])
        wait_until_over(desk)
    jobs = desk.jobs()
    begun = min(job.started for job in jobs if job.started)
    ended = max(job.finished for job in jobs if job.finished)
    taken = [(job.finished - job.started).total_seconds() for job in jobs if job.started and job.finished]
    failed = sum(job.state != "done" for job in jobs)
    return Throughput(form, count, (ended - begun).total_seconds(), sum(taken) / len(taken), failed)


def _full_size(seed: int, form: str) -> Path:
    """A report of 58,000 字 that no other seed gives, made once."""
    source = HERE / "make_report.py"
    folder = BUILD / f"jobs-{hashlib.sha256(source.read_bytes()).hexdigest()[:12]}"
    path = folder / f"report{seed}.{form}"
    if not path.exists():
        more = ["--pdf"] if form == "pdf" else []
        command = [sys.executable, str(source), "--out", str(folder), "--name", f"report{seed}"]
        subprocess.run([*command, "--seed", str(seed), *more], check=True, stdout=subprocess.DEVNULL)
    return path


def _kills(folder: Path, moments: int, seed: int) -> tuple[Kills, Counter[str], Counter[str]]:
    """Batches until there were so many kills."""
    kills, victims, stages = Kills(), Counter[str](), Counter[str]()
    chance = random.Random(seed)
    while kills.moments < moments:
        desk, files, revisions = _batch(folder / str(kills.batches))
        killing = kill_at_random(desk, moments - kills.moments, chance.randrange(10**6), pause=_PAUSE)
        victims += killing.victims
        stages += killing.stages
        kills.batches += 1
        kills.moments += killing.victims.total()
        _judge(kills, desk, files, revisions)
        print(kills, victims, stages, file=sys.stderr, flush=True)
    return kills, victims, stages


def _batch(folder: Path) -> tuple[Desk, list[Path], list[str]]:
    files = [small_report(folder / "in", number) for number in range(BATCH)]
    desk = open_desk(folder / "data")
    return desk, files, [desk.queued([path]) for path in files]


def _judge(kills: Kills, desk: Desk, files: Sequence[Path], revisions: Sequence[str]) -> None:
    from api.bootstrap import build_tools
    from api.export.json import to_json
    from api.pipeline import assess

    tools = build_tools()
    jobs = desk.jobs()
    kills.jobs += len(jobs)
    kills.done += sum(job.state == "done" for job in jobs)
    kills.failed += sum(job.state == "failed" for job in jobs)
    kills.finished_twice += sum(times > 1 for times in Counter(desk.finishes()).values())
    kills.damaged += len(list(desk.files.damaged()))
    for path, revision in zip(files, revisions, strict=True):
        if desk.job(revision).state == "done":
            kills.other_bytes += desk.assessment(revision) != to_json(assess([path], tools)).encode()


def _rate_lines(rates: Sequence[Throughput]) -> list[str]:
    lines = [
        "## Full-size reports (58,000 字, about 110 pages) an hour",
        "",
        f"{WORKERS} workers; each report another one, so that none is found already read. "
        f"The floor is {FLOOR} in a night of {NIGHT_HOURS} hours.",
        "",
        "| format | reports | seconds | seconds a job | an hour | in a night | not done |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        (
            f"| {rate.format} | {rate.reports} | {rate.seconds:.0f} | {rate.job_seconds:.1f} | "
            f"{rate.per_hour:.0f} | {rate.per_hour * NIGHT_HOURS:.0f} | {rate.failed} |"
        )
        for rate in rates
    ]
    return [*lines, ""]


def _kill_lines(kills: Kills, victims: Counter[str], stages: Counter[str], seed: int) -> list[str]:
    hit = "、".join(f"{stage} {count}" for stage, count in stages.most_common())
    return [
        f"## kill -9 at {kills.moments} random moments",
        "",
        f"{kills.batches} batches of {BATCH} small files, {WORKERS} workers, seed {seed}; a kill comes up to "
        f"{_PAUSE:g} seconds after a job was seen to run.",
        "",
        "| | |",
        "| --- | --- |",
        f"| killed | server {victims['server']}, worker {victims['worker']} |",
        f"| jobs hit, by stage | {hit} |",
        f"| jobs | {kills.jobs} |",
        f"| done | {kills.done} |",
        f"| failed | {kills.failed} |",
        f"| lost | {kills.jobs - kills.done - kills.failed} |",
        f"| finished more than once | {kills.finished_twice} |",
        f"| other bytes than the command line | {kills.other_bytes} |",
        f"| damaged contents in the file store | {kills.damaged} |",
    ]


if __name__ == "__main__":
    sys.exit(main())
