"""Runs a command and measures it with everything it starts."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = """
import json, os, sys, time
start = time.perf_counter()
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - start
with open(sys.argv[1], "w") as out:
    code, cpu = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
    json.dump([code, cpu, wall, usage.ru_maxrss], out)
"""
"""Linux counts the memory of the process that starts a program as that program's own peak. So the
command is started by a process that is smaller than any command."""


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
    """Runs the command, its program given by its full path; its output is thrown away."""
    with tempfile.TemporaryDirectory() as scratch:
        measured = Path(scratch) / "measured.json"
        launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(measured), *command]
        done = subprocess.run(
            launcher, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
        code, cpu, wall, rss = json.loads(measured.read_text())
    scale = 1024 if sys.platform == "linux" else 1024 * 1024  # KiB on Linux, bytes on macOS
    return Run(code, cpu, wall, rss / scale, "\n".join(done.stderr.strip().splitlines()[-3:]))


def repeat(times: int, once: Callable[[], Run]) -> Run:
    """The run of (lower) median CPU time."""
    runs = sorted((once() for _ in range(times)), key=lambda one: one.cpu)
    return runs[(len(runs) - 1) // 2]
