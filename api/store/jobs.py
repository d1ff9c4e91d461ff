"""Jobs as rows: put, claimed under a lease, renewed, and ended once.

Each function is one step within the caller's writing transaction. A worker holds a job by its name and a
lease; whoever finds a lease run out may take the job, and what the earlier worker then says is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from api.store.tables import Job, now

ASSESS = "assess"
_LOST = (
    "处理这份材料时程序多次意外中止，已停止；文件都还在。"
    "请把文件另存为 .docx 或导出为 PDF 后重新上传；仍不行时请联系管理员。"
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a job is held and how often it is tried. Times in seconds."""

    lease: float = 15.0
    attempts: int = 8
    """Tries without any stage stored in between, after which the job is given up."""
    first: float = 2.0
    """Wait after the first failure; each further one waits ``factor`` times as long, up to ``longest``."""
    factor: float = 4.0
    longest: float = 600.0

    def wait(self, failures: int) -> timedelta:
        return timedelta(seconds=min(self.longest, self.first * self.factor ** (failures - 1)))


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done: stage in Chinese, file, pages done and in all (None: not known)."""

    stage: str = ""
    filename: str = ""
    step: int = 0
    steps: int | None = None


def put(session: Session, revision_id: str, at: datetime | None = None, kind: str = ASSESS) -> Job:
    """The job of a revision, queued if there was none or if it had failed or was cancelled."""
    at = at or now()
    job = of_revision(session, revision_id, kind)
    if job is None:
        job = Job(revision_id=revision_id, kind=kind, state="queued", attempts=0)
        session.add(job)
    elif job.state not in ("failed", "cancelled"):
        return job
    job.attempts, job.error, job.notes = 0, None, []
    job.created, job.started, job.finished = at, None, None
    _queue(job, at)
    session.flush()
    return job


def of_revision(session: Session, revision_id: str, kind: str = ASSESS) -> Job | None:
    return session.scalar(select(Job).where(Job.revision_id == revision_id, Job.kind == kind))


def waiting(session: Session, at: datetime) -> bool:
    """Whether there is a job to be had; needs no write lock."""
    return session.scalar(select(Job.id).where(or_(_ready(at), _expired(at))).limit(1)) is not None


def claim(session: Session, worker: str, at: datetime, patience: Patience) -> Job | None:
    """The job that has waited longest of those that may be begun, now the worker's; None: there is none."""
    release_expired(session, at, patience)
    job = session.scalar(in_order().where(_ready(at)).limit(1))
    if job is None:
        return None
    job.state, job.worker, job.started = "running", worker, at
    job.attempts += 1
    job.lease_until = at + timedelta(seconds=patience.lease)
    job.error = None
    _show(job, Step())
    session.flush()
    return job


def in_order() -> Select[Job]:
    """Jobs, the one that has waited longest first."""
    return select(Job).order_by(Job.created, Job.id)


def renew(session: Session, job_id: str, worker: str, step: Step, until: datetime) -> bool:
    """Holds the job longer and keeps how far it is; False if it is no longer the worker's."""
    job = held(session, job_id, worker)
    if job is None:
        return False
    job.lease_until = until
    _show(job, step)
    return True


def held(session: Session, job_id: str, worker: str) -> Job | None:
    """The job, if this worker still has it."""
    return session.scalar(select(Job).where(Job.id == job_id, Job.state == "running", Job.worker == worker))


def stage_stored(session: Session, job_id: str, worker: str) -> None:
    """Something of the job is done for good: its tries are counted anew."""
    if job := held(session, job_id, worker):
        job.attempts = 1


def finish(session: Session, job_id: str, worker: str, at: datetime, notes: list[str]) -> bool:
    """Ends a job well; False if it is no longer the worker's, whose results then must not be kept."""
    job = held(session, job_id, worker)
    if job is None:
        return False
    job.notes = notes
    _end(job, "done", at, None)
    return True


def fail(session: Session, job_id: str, worker: str, at: datetime, error: str) -> None:
    """Ends a job that no further try would help; ``error`` is for the person who waits."""
    if job := held(session, job_id, worker):
        _end(job, "failed", at, error)


def retry(session: Session, job_id: str, worker: str, at: datetime, error: str, patience: Patience) -> None:
    """Puts a job back to be tried later, or fails it if it was tried often enough."""
    job = held(session, job_id, worker)
    if job is None:
        return
    if job.attempts >= patience.attempts:
        _end(job, "failed", at, error)
    else:
        _queue(job, at + patience.wait(job.attempts))
        job.error = error


def hand_back(session: Session, job_id: str, worker: str, at: datetime) -> None:
    """Puts a job back that a worker gives up because it is to end; that was no try."""
    if job := held(session, job_id, worker):
        job.attempts -= 1
        _queue(job, at)


def cancel(session: Session, revision_id: str, at: datetime | None = None) -> bool:
    """Ends the job of a revision that is not at its end yet; its worker notices when it renews."""
    job = of_revision(session, revision_id)
    if job is None or job.state not in ("queued", "running"):
        return False
    _end(job, "cancelled", at or now(), None)
    return True


def release_expired(session: Session, at: datetime, patience: Patience) -> int:
    """Queues the jobs whose lease ran out; how many there were."""
    jobs = session.scalars(in_order().where(_expired(at))).all()
    for job in jobs:
        _lose(job, at, patience)
    session.flush()
    return len(jobs)


def lose(session: Session, worker: str, at: datetime, patience: Patience) -> bool:
    """Queues what a worker held that is known to be dead, before its lease runs out; whether it held any."""
    jobs = session.scalars(in_order().where(Job.state == "running", Job.worker == worker)).all()
    for job in jobs:
        _lose(job, at, patience)
    return bool(jobs)


def _lose(job: Job, at: datetime, patience: Patience) -> None:
    """The first loss is taken for the machine's, and the job goes on at once; further ones may be its own."""
    if job.attempts >= patience.attempts:
        _end(job, "failed", at, _LOST)
    else:
        _queue(job, at + patience.wait(job.attempts - 1) if job.attempts > 1 else at)


def _queue(job: Job, not_before: datetime) -> None:
    job.state, job.not_before = "queued", not_before
    job.worker = job.lease_until = None
    _show(job, Step())


def _end(job: Job, state: str, at: datetime, error: str | None) -> None:
    job.state, job.finished, job.error = state, at, error
    job.worker = job.lease_until = None


def _show(job: Job, step: Step) -> None:
    job.stage, job.filename, job.step, job.steps = step.stage, step.filename, step.step, step.steps


def _ready(at: datetime) -> ColumnElement[bool]:
    return and_(Job.state == "queued", Job.not_before <= at)


def _expired(at: datetime) -> ColumnElement[bool]:
    return and_(Job.state == "running", Job.lease_until < at)
