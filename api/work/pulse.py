"""The heartbeat of a worker: a thread that holds the job's lease and passes on how far it is."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from api.store.jobs import Step
from api.work.queue import Lost, Queue, Work

_LOG = logging.getLogger("ziping.work")
BEAT_SECONDS = 0.5
GRACE_SECONDS = 3.0


class Stopped(Exception):
    """The worker is to end, and gives its job back."""


class TimeIsUp(Exception):
    """The job took longer than a job may."""


class Pulse:
    """Beats while the block runs. Called as a Progress by the work, it raises what ends the work early.

    Work that does not come to say anything within GRACE_SECONDS of that is given up with its process.
    """

    def __init__(
        self,
        queue: Queue,
        work: Work,
        stop: threading.Event,
        *,
        lease: float,
        seconds: float,
        give_up: Callable[[type[Exception]], None],
    ) -> None:
        self._queue, self._work, self._stop = queue, work, stop
        self._renew_every = lease / 3
        self._deadline = time.monotonic() + seconds
        self._give_up = give_up
        self._step = self._told = Step()
        self._renewed = time.monotonic()
        self._end: type[Exception] | None = None
        self._over, self._news = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._news.set()
        self._thread.join()

    def __call__(self, stage: str, filename: str, done: int, total: int | None) -> None:
        before, self._step = self._step, Step(stage, filename, done, total)
        if (before.stage, before.filename) != (stage, filename):
            self._news.set()  # pages come with the next beat
        if self._stop.is_set():
            raise Stopped
        if self._end is not None:
            raise self._end

    def _beat(self) -> None:
        while True:
            self._news.wait(min(BEAT_SECONDS, self._renew_every))
            self._news.clear()
            if self._over.is_set():
                return
            self._end = self._reason_to_end()
            if self._end is not None:
                if not self._over.wait(GRACE_SECONDS):
                    self._give_up(self._end)
                return

    def _reason_to_end(self) -> type[Exception] | None:
        if self._stop.is_set():
            return Stopped
        if time.monotonic() > self._deadline:
            return TimeIsUp
        try:
            return None if self._still_ours() else Lost
        except SQLAlchemyError:  # a full disk, a locked table: the lease decides what becomes of the job
            _LOG.warning("no heartbeat", extra={"job": self._work.job})
            return None

    def _still_ours(self) -> bool:
        """Renews the lease when there is something to say or a third of it is over; otherwise only looks."""
        step = self._step
        if step == self._told and time.monotonic() - self._renewed < self._renew_every:
            return self._queue.holds(self._work)
        self._told, self._renewed = step, time.monotonic()
        return self._queue.report(self._work, step)
