"""Runs a command and measures it with everything it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    code: int
    cpu: float
    """Seconds of user and system time, of the process and of all children it waited for."""
    wall: float
    rss: float
    """MiB, of the largest single process."""
    errors: str
    """The last lines of stderr."""


def run(command: Sequence[str], cwd: Path) -> Run:
    with tempfile.TemporaryFile() as stderr:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=stderr)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        stderr.seek(0)
        errors = stderr.read().decode(errors="replace").strip().splitlines()[-3:]
    cpu = usage.ru_utime + usage.ru_stime
    scale = 1024 if sys.platform == "linux" else 1024 * 1024  # KiB on Linux, bytes on macOS
    return Run(process.returncode, cpu, wall, usage.ru_maxrss / scale, "\n".join(errors))


def repeat(times: int, once: Callable[[], Run]) -> Run:
    """The run of (lower) median CPU time."""
    runs = sorted((once() for _ in range(times)), key=lambda one: one.cpu)
    return runs[(len(runs) - 1) // 2]
