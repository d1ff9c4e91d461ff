"""Real worker processes under a pool: recycled, restarted, ended with their server."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from api.store import job_views
from api.store.jobs import Patience
from api.store.tables import PassageRow
from api.work.bench import Bench, parse
from api.work.pool import Pool
from api.work.queue import TableQueue
from tests.ingest import bad_files
from tests.work import light_worker
from tests.work.desk import Desk, open_desk, small_report
from tests.work.kills import LIGHT, WORKER, serving, wait_for_end, wait_until_over
from tests.work.server import command

PATIENCE = Patience(lease=5, attempts=2, first=0.05, longest=0.1)
Start = Callable[..., Pool]
T = TypeVar("T")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "data")


@pytest.fixture
def start(desk: Desk) -> Iterator[Start]:
    pools: list[Pool] = []

    def begin(size: int = 1, jobs: int = 50, module: str = LIGHT, patience: Patience = PATIENCE) -> Pool:
        bench = Bench(desk.data, jobs=jobs, patience=patience, log_level="error")
        pools.append(Pool(bench, TableQueue(desk.database, patience), size, command(module)))
        pools[-1].start()
        return pools[-1]

    yield begin
    for pool in pools:
        pool.stop()
        assert pool.alive == 0


def _run(told: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: the browser tests leave a loop running in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, told).result()


def named(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"PK\x03\x04")
    return path


def processes_of(desk: Desk) -> list[str]:
    """Process of each finished job, in the order in which they were finished."""
    with desk.database.reading() as session:
        return list(session.scalars(select(PassageRow.text).order_by(PassageRow.id)))


def test_jobs_are_done_oldest_first_by_workers_that_are_recycled(desk: Desk, start: Start) -> None:
    revisions = [desk.queued() for _ in range(7)]
    start(jobs=3)
    wait_until_over(desk)
    with desk.database.reading() as session:
        assert list(session.scalars(select(PassageRow.revision_id).order_by(PassageRow.id))) == revisions
    processes = processes_of(desk)
    assert [len(set(processes[n : n + 3])) for n in (0, 3, 6)] == [1, 1, 1]
    assert len(set(processes)) == 3


def test_two_servers_at_once_do_each_job_once(desk: Desk, start: Start) -> None:
    for _ in range(16):
        desk.queued()
    start()
    start()
    wait_until_over(desk)
    assert sorted(desk.finishes()) == sorted(job.id for job in desk.jobs())
    assert len(set(processes_of(desk))) > 1


def test_a_job_that_kills_its_worker_fails_alone(desk: Desk, start: Start, tmp_path: Path) -> None:
    deadly = desk.queued([named(tmp_path, light_worker.DEADLY)])
    others = [desk.queued() for _ in range(3)]
    start()
    wait_until_over(desk)
    job = desk.job(deadly)
    assert (job.state, job.attempts) == ("failed", PATIENCE.attempts)
    assert job.error is not None and "意外中止" in job.error
    assert [desk.job(other).state for other in others] == ["done"] * 3


def test_a_fault_of_ours_ends_the_job_and_says_none_of_its_words(
    desk: Desk, start: Start, tmp_path: Path
) -> None:
    faulty = desk.queued([named(tmp_path, light_worker.FAULTY)])
    start()
    wait_until_over(desk)
    job = desk.job(faulty)
    assert (job.state, job.attempts) == ("failed", 1)
    assert job.error is not None and job.id in job.error and "报告里的" not in job.error


def test_a_full_disk_is_tried_again_and_said(desk: Desk, start: Start, tmp_path: Path) -> None:
    full = desk.queued([named(tmp_path, light_worker.FULL)])
    start()
    wait_until_over(desk)
    job = desk.job(full)
    assert (job.state, job.attempts) == ("failed", PATIENCE.attempts)
    assert job.error is not None and "磁盘空间不足" in job.error


def test_stopping_hands_the_job_back(desk: Desk, start: Start) -> None:
    for _ in range(40):
        desk.queued()
    pool = start()
    while not desk.finishes():
        time.sleep(0.01)
    pool.stop()
    assert pool.alive == 0
    states = [job.state for job in desk.jobs()]
    assert set(states) == {"queued", "done"}
    assert len(desk.finishes()) == states.count("done")


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_workers_end_with_a_server_that_was_killed(desk: Desk) -> None:
    with serving(desk.data, LIGHT) as server:
        while len(workers := server.workers()) < 2:
            time.sleep(0.02)
        server.kill()
        wait_for_end(workers.values())


def test_a_worker_that_cannot_start_is_not_started_all_the_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    real = subprocess.Popen

    def popen(*arguments: object, **more: object) -> object:
        started.append(arguments)
        return real(*arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", popen)
    bench = Bench(desk.data, patience=PATIENCE)
    pool = Pool(bench, TableQueue(desk.database, PATIENCE), 1, (sys.executable, "-c", "raise SystemExit(1)"))
    pool.start()
    time.sleep(2.5)
    pool.stop()
    assert 2 <= len(started) <= 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe to wait on")
def test_files_that_hang_or_kill_their_parser_harm_nobody_else(
    desk: Desk, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What hangs is a pipe in the place of the stored file: whoever opens it waits for ever and says nothing.
    It is cancelled, with its worker; the next worker goes on."""
    monkeypatch.setenv("ZIPING_MEMORY_MB", "300")
    monkeypatch.setenv("ZIPING_CPU_SECONDS", "2")
    hanging = desk.queued([small_report(tmp_path, 1)])
    name = next(desk.files.names())
    desk.files.delete(name)
    os.mkfifo(desk.files.path(name))
    bomb = tmp_path / "炸弹.pdf"
    bomb.write_bytes(bad_files.doubling_forms())
    deadly, good = desk.queued([bomb]), desk.queued([small_report(tmp_path, 2)])
    pool = start(module=WORKER)
    while desk.job(hanging).state != "running":
        time.sleep(0.05)
    with desk.database.writing() as session:
        assert TableQueue(desk.database).cancel(session, hanging)
    wait_until_over(desk)
    assert [desk.job(r).state for r in (hanging, deadly, good)] == ["cancelled", "failed", "done"]
    failed = desk.job(deadly)
    assert failed.attempts == 1
    assert failed.error is not None and failed.error.startswith("《炸弹.pdf》：") and "上限" in failed.error
    assert pool.alive == 1


def test_changes_are_told_until_the_job_is_over(
    desk: Desk, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(job_views, "POLL_SECONDS", 0.01)
    before = [desk.queued() for _ in range(4)]
    last = desk.queued()

    async def told(revision: str) -> list[job_views.JobView]:
        return [seen async for seen in job_views.changes(desk.database, revision)]

    start()
    seen = _run(told(last))
    assert [view.position for view in seen if view.position] == sorted(
        (view.position for view in seen if view.position), reverse=True
    )
    statuses = list(dict.fromkeys(view.status for view in seen))
    assert statuses[0] == "queued" and statuses[-1] == "done"
    assert desk.job(before[-1]).state == "done"
    assert _run(told("nothing")) == []


def test_what_did_not_change_is_said_again_after_a_while(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(job_views, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(job_views, "QUIET_SECONDS", 0.03)
    revision = desk.queued()

    async def first_two() -> list[job_views.JobView]:
        seen = []
        async for view in job_views.changes(desk.database, revision):
            seen.append(view)
            if len(seen) == 2:
                break
        return seen

    first, second = _run(first_two())
    assert first == second


def test_a_bench_goes_through_the_command_line(tmp_path: Path) -> None:
    bench = Bench(
        tmp_path / "数据",
        criteria=tmp_path / "c.json",
        model="-m",
        checks=tmp_path / "checks.toml",
        local=True,
        jobs=3,
        seconds=7.5,
        patience=Patience(lease=4, attempts=2, first=0.5),
        log_level="error",
    )
    assert parse([*bench.arguments(), "--name=-w"]) == (bench, "-w")
    assert parse(Bench(tmp_path).arguments()) == (Bench(tmp_path), None)
