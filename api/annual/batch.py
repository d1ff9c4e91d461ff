"""Checks many files on all cores: each process builds its tools once and takes file after file."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.annual.intake import IntakeFile
from models.annual_round import CheckedFile

if TYPE_CHECKING:
    from api.bootstrap import Tools

Done = Callable[[int, int, str], None]
"""Files checked, files in all, name of the last one."""
_ALONE = 2
"""Up to so many files are checked in this process: a pool costs more than it saves."""
_CRASHED = "检查这个文件时进程意外中止，可能是内存不足；请单独用 ziping check 检查它。"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class ToolSettings:
    """What the tools of each process are built from; None: what is shipped."""

    criteria: Path | None = None
    model: str | None = None
    checks: Path | None = None

    def build(self) -> Tools:
        from api.bootstrap import build_tools

        return build_tools(self.criteria, self.model, self.checks)


@dataclass(frozen=True, slots=True)
class Job:
    file: IntakeFile
    covers: str | None
    """The year that the report was to be about; None for an earlier report."""


def check_files(
    jobs: Sequence[Job], settings: ToolSettings, tools: Tools, done: Done, workers: int | None = None
) -> tuple[CheckedFile, ...]:
    """The files checked, in the order of the jobs, however many processes work on them."""
    count = min(workers or os.cpu_count() or 1, len(jobs))
    if len(jobs) <= _ALONE or count == 1:
        return tuple(_watched(jobs, tools, done))
    return _together(jobs, settings, count, done)


def _watched(jobs: Sequence[Job], tools: Tools, done: Done) -> Iterator[CheckedFile]:
    for number, job in enumerate(jobs, 1):
        yield _check(job, tools)
        done(number, len(jobs), job.file.name)


def _together(jobs: Sequence[Job], settings: ToolSettings, count: int, done: Done) -> tuple[CheckedFile, ...]:
    context = multiprocessing.get_context("spawn")  # the same on every system, and free of our threads
    with (
        _single_threads(),
        ProcessPoolExecutor(count, mp_context=context, initializer=_start, initargs=(settings,)) as pool,
    ):
        futures = {pool.submit(_check_here, job): number for number, job in enumerate(jobs)}
        for finished, future in enumerate(as_completed(futures), 1):
            done(finished, len(jobs), jobs[futures[future]].file.name)
        return tuple(_result(future, jobs[number]) for future, number in futures.items())


def _result(future: Future[CheckedFile], job: Job) -> CheckedFile:
    try:
        return future.result()
    except BrokenProcessPool:
        return CheckedFile(job.file.name, job.file.sha256, error=_CRASHED)


@contextmanager
def _single_threads() -> Iterator[None]:
    """Keeps the libraries of the processes to one thread each: the processes fill the cores."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


_tools: list[Tools] = []


def _start(settings: ToolSettings) -> None:
    """Runs once in each process of the pool."""
    _tools.append(settings.build())


def _check_here(job: Job) -> CheckedFile:
    return _check(job, _tools[0])


def _check(job: Job, tools: Tools) -> CheckedFile:
    from api.annual.check import check_file

    return check_file(job.file.path, job.file.sha256, job.file.name, tools, job.covers)
