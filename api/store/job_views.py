"""What a person is told of a job: how far it is, what is before it, and about how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Literal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from api.store import jobs
from api.store.engine import Database
from api.store.tables import Job, now

Status = Literal["queued", "reading", "mapping", "done", "failed", "cancelled"]
POLL_SECONDS = 0.3
QUIET_SECONDS = 15.0
"""Longest silence of ``changes``: whoever passes it on finds out that nobody listens any more."""
_PAST = 50
_READING = "阅读"


@dataclass(frozen=True, slots=True)
class JobView:
    id: str
    revision: str
    status: Status
    stage: str
    """What is being done, in Chinese: 阅读, 对照, 核对; empty while nothing is."""
    filename: str
    step: int
    """Pages read."""
    steps: int | None
    """Pages in all; None where not known."""
    position: int | None
    """Place in the queue, from 1; None when it does not wait."""
    attempts: int
    error: str | None
    """Why it failed, or why it is tried again."""
    notes: tuple[str, ...]
    """What of the files was left out."""
    seconds: int | None
    """About how long it still takes, from what past jobs took; None: not known, or over."""

    @property
    def over(self) -> bool:
        return self.status in ("done", "failed", "cancelled")


def progress(session: Session, revision_id: str, at: datetime | None = None) -> JobView | None:
    """How far the job of a revision is; None if it was never put in the queue."""
    job = jobs.of_revision(session, revision_id)
    return None if job is None else view(session, job, at or now())


def view(session: Session, job: Job, at: datetime) -> JobView:
    position = _position(session, job)
    return JobView(
        id=job.id,
        revision=job.revision_id,
        status=_status(job),
        stage=job.stage if job.state == "running" else "",
        filename=job.filename if job.state == "running" else "",
        step=job.step,
        steps=job.steps,
        position=position,
        attempts=job.attempts,
        error=job.error,
        notes=tuple(job.notes),
        seconds=_seconds(session, job, position, at),
    )


def _status(job: Job) -> Status:
    if job.state == "running":
        return "reading" if job.stage in ("", _READING) else "mapping"
    return job.state  # type: ignore[return-value]  # the other states are called the same


def _position(session: Session, job: Job) -> int | None:
    if job.state != "queued":
        return None
    earlier = or_(Job.created < job.created, (Job.created == job.created) & (Job.id < job.id))
    return 1 + (session.scalar(select(func.count()).where(Job.state == "queued", earlier)) or 0)


def _seconds(session: Session, job: Job, position: int | None, at: datetime) -> int | None:
    """Rounds of the workers before it, each as long as the median of past jobs, and its own."""
    if job.state not in ("queued", "running"):
        return None
    past = session.execute(
        select(Job.started, Job.finished)
        .where(Job.state == "done")
        .order_by(Job.finished.desc())
        .limit(_PAST)
    )
    taken = [(finished - started).total_seconds() for started, finished in past if started and finished]
    if not taken:
        return None
    usual = median(taken)
    if position is not None:
        workers = session.scalar(select(func.count()).where(Job.state == "running")) or 1
        return round(usual * (1 + position / workers) + max(0.0, (job.not_before - at).total_seconds()))
    return round(max(1.0, usual - (at - (job.started or at)).total_seconds()))


async def changes(database: Database, revision_id: str) -> AsyncIterator[JobView]:
    """The job as it is, then each time something of it changed, until it is over; for an event stream.

    What did not change is said again every QUIET_SECONDS. Ends at once if there is no job. A thread is
    held only while the table is read.
    """
    told: JobView | None = None
    silence = 0.0
    while (seen := await asyncio.to_thread(_read, database, revision_id)) is not None:
        if seen != told or silence >= QUIET_SECONDS:
            yield seen
            told, silence = seen, 0.0
        if seen.over:
            return
        await asyncio.sleep(POLL_SECONDS)
        silence += POLL_SECONDS


def _read(database: Database, revision_id: str) -> JobView | None:
    with database.reading() as session:
        return progress(session, revision_id)
