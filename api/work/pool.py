"""Keeps a number of workers running from a thread of the server, and ends them with it."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from api.store.files import FileStore
from api.work.bench import Bench
from api.work.queue import Queue

_LOG = logging.getLogger("ziping.work")
_ROOT = Path(__file__).resolve().parents[2]
WORKER = (sys.executable, "-P", "-m", "api.work.worker")  # -P: not from the working folder
LOOK_SECONDS = 0.2
STOP_SECONDS = 10.0
SWEEP_SECONDS = 60.0
"""So soon is gone what was read from a file that its owner deleted."""
_SETTLED_SECONDS = 5.0
"""A worker that lived so long is not one that cannot start."""
_LONGEST_WAIT = 60.0
_UNFINISHED_SECONDS = 24 * 3600.0
"""After so long, what a killed process was writing is taken for left behind."""


@dataclass(slots=True)
class _Place:
    """Where one worker after the other works."""

    process: subprocess.Popen[bytes] | None = None
    name: str = ""
    started: float = 0.0
    failures: int = 0
    """Workers in a row that ended badly and soon, and not over a job."""
    not_before: float = 0.0


class Pool:
    """Workers for one data folder. Several pools may serve the same folder."""

    def __init__(self, bench: Bench, queue: Queue, size: int, command: Sequence[str] = WORKER) -> None:
        self._bench, self._queue, self._command = bench, queue, tuple(command)
        self._places = [_Place() for _ in range(size)]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pool", daemon=True)
        self._swept = float("-inf")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the workers; what they were at is handed back to the queue. Returns when all are gone."""
        self._stop.set()
        self._thread.join()

    @property
    def alive(self) -> int:
        """Workers that run now."""
        return sum(place.process is not None and place.process.poll() is None for place in self._places)

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                for place in self._places:
                    self._look_after(place)
                self._sweep()
                self._stop.wait(LOOK_SECONDS)
        finally:
            self._end_all()

    def _look_after(self, place: _Place) -> None:
        try:
            if place.process is not None and place.process.poll() is not None:
                self._bury(place)
            if place.process is None and time.monotonic() >= place.not_before:
                self._begin(place)
        except (OSError, SQLAlchemyError):  # no memory for a process, a locked table: the next look may do
            _LOG.warning("worker not looked after", exc_info=True)
            place.not_before = time.monotonic() + 1.0

    def _begin(self, place: _Place) -> None:
        place.name = secrets.token_hex(8)
        arguments = [*self._command, *self._bench.arguments(), f"--name={place.name}"]
        place.process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            env=_environment(),
            creationflags=_flags(),
            start_new_session=True,  # Ctrl-C is the server's alone; a worker's children can be ended with it
        )
        place.started = time.monotonic()
        _LOG.info("worker started", extra={"worker": place.name, "process": place.process.pid})

    def _bury(self, place: _Place) -> None:
        """Puts back what a dead worker held. The next one is started at once, unless they cannot start."""
        assert place.process is not None  # noqa: S101 - the caller saw it end
        code = place.process.returncode
        held = self._queue.lose(place.name)
        shutil.rmtree(self._bench.scratch(place.name), ignore_errors=True)
        soon = time.monotonic() - place.started < _SETTLED_SECONDS
        place.failures = place.failures + 1 if code and soon and not held else 0
        wait = min(_LONGEST_WAIT, 2.0 ** (place.failures - 1)) if place.failures else 0.0
        place.not_before = time.monotonic() + wait
        _close(place.process)
        place.process = None
        _LOG.log(
            logging.WARNING if code else logging.INFO,
            "worker ended",
            extra={"worker": place.name, "code": code, "wait": wait},
        )

    def _end_all(self) -> None:
        """Tells all to end, waits, and ends those that do not."""
        running = [place for place in self._places if place.process is not None]
        for place in running:
            assert place.process is not None  # noqa: S101 - chosen so
            _close(place.process)
        deadline = time.monotonic() + STOP_SECONDS
        for place in running:
            assert place.process is not None  # noqa: S101 - chosen so
            try:
                place.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill(place.process)
            try:
                self._bury(place)
            except SQLAlchemyError:
                _LOG.warning("job left to its lease", exc_info=True)

    def _sweep(self) -> None:
        """Deletes what was left unfinished and what was read from files that are no longer kept."""
        if time.monotonic() - self._swept < SWEEP_SECONDS:
            return
        self._swept = time.monotonic()
        files = FileStore(self._bench.files_folder)
        try:
            self._bench.stages.sweep(lambda sha256: files.path(sha256).exists())
        except OSError:  # Windows deletes nothing that is open
            _LOG.warning("not swept", exc_info=True)
        for folder in (self._bench.scratch_folder, files.folder / "incoming"):
            _sweep_folder(folder, time.time() - _UNFINISHED_SECONDS)


def _sweep_folder(folder: Path, oldest: float) -> None:
    for path in folder.glob("*"):
        try:
            if path.stat().st_mtime < oldest:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        except OSError:  # another server has deleted it
            continue


def _flags() -> int:
    """On Windows: no window, no Ctrl-C, and after the pages in the order of things."""
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        return flags | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0


def _environment() -> dict[str, str]:
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
