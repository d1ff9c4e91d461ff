"""The queue as workers see it, so that another engine can take the place of our own table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from api.store import jobs
from api.store.engine import Database
from api.store.jobs import Patience, Step
from api.store.tables import now


class Lost(Exception):
    """The job is no longer this worker's: it was cancelled, or another one took it over."""


@dataclass(frozen=True, slots=True)
class Work:
    """A job in the hands of a worker."""

    job: str
    revision: str
    worker: str


class Queue(Protocol):
    """What a revision's job goes through. A worker's name is its own and never used again.

    Whatever the engine, a job may be handed out twice (its worker was taken for dead); only one of the two
    gets through ``finishing``.
    """

    def put(self, session: Session, revision: str) -> None:
        """Queues a revision in the transaction in which it is made; nothing if it waits or is done."""

    def cancel(self, session: Session, revision: str) -> bool:
        """Takes a revision's job out; False if there is none or it is over."""

    def claim(self, worker: str) -> Work | None:
        """The job that has waited longest, or None."""

    def report(self, work: Work, step: Step) -> bool:
        """Holds the job longer and says how far it is; False: it is no longer this worker's."""

    def holds(self, work: Work) -> bool:
        """Whether the job is still this worker's."""

    def stage_stored(self, work: Work) -> None:
        """Says that a part of the job needs never be done again."""

    def finishing(self, work: Work, notes: Sequence[str] = ()) -> AbstractContextManager[Session]:
        """A writing session: what it writes and the end of the job come to be together, once.

        Raises Lost if the job is no longer this worker's."""

    def fail(self, work: Work, error: str) -> None:
        """Ends a job that no further try would help."""

    def retry(self, work: Work, error: str) -> None:
        """Puts back a job that may pass later."""

    def hand_back(self, work: Work) -> None:
        """Puts back a job whose worker is to end."""

    def lose(self, worker: str) -> bool:
        """Puts back what a dead worker held; whether it held anything."""


@dataclass(frozen=True, slots=True)
class TableQueue:
    """Our own table."""

    database: Database
    patience: Patience = field(default_factory=Patience)
    clock: Callable[[], datetime] = now

    def put(self, session: Session, revision: str) -> None:
        jobs.put(session, revision, self.clock())

    def cancel(self, session: Session, revision: str) -> bool:
        return jobs.cancel(session, revision, self.clock())

    def claim(self, worker: str) -> Work | None:
        with self.database.reading() as session:
            if not jobs.waiting(session, self.clock()):
                return None
        with self.database.writing() as session:
            job = jobs.claim(session, worker, self.clock(), self.patience)
            return None if job is None else Work(job.id, job.revision_id, worker)

    def report(self, work: Work, step: Step) -> bool:
        until = self.clock() + timedelta(seconds=self.patience.lease)
        with self.database.writing() as session:
            return jobs.renew(session, work.job, work.worker, step, until)

    def holds(self, work: Work) -> bool:
        with self.database.reading() as session:
            return jobs.held(session, work.job, work.worker) is not None

    def stage_stored(self, work: Work) -> None:
        with self.database.writing() as session:
            jobs.stage_stored(session, work.job, work.worker)

    @contextmanager
    def finishing(self, work: Work, notes: Sequence[str] = ()) -> Iterator[Session]:
        with self.database.writing() as session:
            if not jobs.finish(session, work.job, work.worker, self.clock(), list(notes)):
                raise Lost
            yield session

    def fail(self, work: Work, error: str) -> None:
        with self.database.writing() as session:
            jobs.fail(session, work.job, work.worker, self.clock(), error)

    def retry(self, work: Work, error: str) -> None:
        with self.database.writing() as session:
            jobs.retry(session, work.job, work.worker, self.clock(), error, self.patience)

    def hand_back(self, work: Work) -> None:
        with self.database.writing() as session:
            jobs.hand_back(session, work.job, work.worker, self.clock())

    def lose(self, worker: str) -> bool:
        with self.database.writing() as session:
            return jobs.lose(session, worker, self.clock(), self.patience)
