"""Kills server and workers at random moments of a batch, and looks at what became of it."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from tests.work.desk import Desk

WORKER = "api.work.worker"
LIGHT = "tests.work.light_worker"
_OVER = ("done", "failed", "cancelled")


@dataclass
class Killing:
    """What was killed, and in the middle of what."""

    victims: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    """Stages of the jobs that were hit; 没有任务 for a worker that had none."""
    done_at: list[int] = field(default_factory=list)
    """Jobs that were done at each kill."""
    seconds: float = 0.0


class Server:
    """A server's process, started again when it was killed."""

    def __init__(self, data: Path, module: str) -> None:
        self._arguments = [sys.executable, "-m", "tests.work.server", str(data), module]
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._arguments, cwd=ROOT)

    def workers(self) -> dict[str, int]:
        """Processes of the workers by their names."""
        listed = subprocess.run(
            ["pgrep", "-a", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        found = re.findall(r"^(\d+) .* --name=(\S+)", listed.stdout, re.MULTILINE)
        return {name: int(process) for process, name in found}

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.kill()
        self.process = self._start()


@contextmanager
def serving(data: Path, module: str) -> Iterator[Server]:
    server = Server(data, module)
    try:
        yield server
    finally:
        left = server.workers().values()
        server.kill()
        wait_for_end(left)


def kill_at_random(desk: Desk, moments: int, seed: int, module: str = WORKER, pause: float = 0.8) -> Killing:
    """Kills server or a worker ``moments`` times, each within ``pause`` seconds after a job has begun; then
    lets the batch come to its end. Fewer times if the batch ends before."""
    chance, killing, begun = random.Random(seed), Killing(), time.monotonic()
    with serving(desk.data, module) as server:
        for _ in range(moments):
            if not _wait_for_running(desk, server):
                break
            time.sleep(chance.uniform(0, pause))
            _kill_one(desk, server, chance, killing)
        wait_until_over(desk)
    killing.seconds = time.monotonic() - begun
    return killing


def _wait_for_running(desk: Desk, server: Server) -> bool:
    """Waits until a worker of this server has a job; False if all are over."""
    while True:
        jobs = desk.jobs()
        if {job.state for job in jobs} <= set(_OVER):
            return False
        if {job.worker for job in jobs if job.state == "running"} & set(server.workers()):
            return True
        time.sleep(0.1)


def _kill_one(desk: Desk, server: Server, chance: random.Random, killing: Killing) -> None:
    jobs, workers = desk.jobs(), server.workers()
    victim = chance.choice(sorted(workers)) if workers and chance.random() < 0.6 else None
    try:
        if victim is None:
            server.restart()
        else:
            os.kill(workers[victim], signal.SIGKILL)
    except ProcessLookupError:  # it was being recycled
        return
    killing.victims["server" if victim is None else "worker"] += 1
    hit = [job.stage or "开始" for job in jobs if job.state == "running" and victim in (None, job.worker)]
    killing.stages.update(hit or ["没有任务"])
    killing.done_at.append(sum(job.state == "done" for job in jobs))


def wait_until_over(desk: Desk) -> None:
    while not all(job.state in _OVER for job in desk.jobs()):
        time.sleep(0.05)


def wait_for_end(processes: Iterable[int]) -> None:
    """Workers that lost their server end by themselves."""
    for process in processes:
        while _lives(process):
            time.sleep(0.05)


def _lives(process: int) -> bool:
    """Whether it still runs; one that ended and that nobody asks for any more does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout
    return bool(state.strip()) and not state.startswith("Z")
