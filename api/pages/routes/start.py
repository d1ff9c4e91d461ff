"""The first page: what a person has to do, and where to drop a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.pages.opening import title_of
from api.pages.views.start import Row, Task
from api.service.context import Me, Reading, Service
from api.service.guard import may, seen_revisions, seen_submissions
from api.service.needs import needs
from api.service.templates import page, redirect
from api.store import assignments, job_views, notes
from api.store.tables import Assignment, Job, Person, Revision, Round, Submission, now

router = APIRouter(include_in_schema=False)
_LINES = 50


@router.get("/", dependencies=[needs("view", "start")])
def start(request: Request, me: Me, session: Reading, context: Service, after: int = 0) -> Response:
    if me.role in ("office", "admin"):
        return redirect("/office")
    if me.role == "reviewer":
        items = len(context.tools.criteria.items)
        tasks = [_task(session, me, held, items) for held in assignments.of_person(session, me)]
        return page(request, "tasks.html", tasks=tasks, groups=assignments.groups_of(session, me))
    found = session.scalars(
        select(Submission)
        .where(seen_submissions(me))
        .order_by(Submission.created.desc(), Submission.id)
        .offset(_LINES * max(0, after))
        .limit(_LINES + 1)
    ).all()
    rounds = session.scalars(select(Round).where(Round.closed.is_(False)).order_by(Round.created.desc()))
    return page(
        request,
        "start.html",
        rows=rows_of(session, me, found[:_LINES]),
        earlier=f"/?after={after + 1}" if len(found) > _LINES else None,
        rounds=list(rounds) if may(me, "create", "submission") and not context.local else [],
        may_create=True,
        upload_mb=context.settings.upload_mb,
    )


def rows_of(session: Session, me: Person, found: Sequence[Submission]) -> list[Row]:
    """Lines for submissions, each with the last revision that the person may see and its job."""
    ids = [submission.id for submission in found]
    last = (
        select(func.max(Revision.number))
        .where(Revision.submission_id == Submission.id, seen_revisions(me))
        .correlate(Submission)
        .scalar_subquery()
    )
    revisions = {
        revision.submission_id: revision
        for revision in session.scalars(
            select(Revision)
            .join(Submission, Revision.submission_id == Submission.id)
            .where(Submission.id.in_(ids), Revision.number == last)
        )
    }
    jobs = {
        job.revision_id: job_views.view(session, job, now())
        for job in session.scalars(select(Job).where(Job.revision_id.in_([r.id for r in revisions.values()])))
    }
    shown = ((submission, revisions.get(submission.id)) for submission in found)
    return [Row(s, title_of(s, r), r, jobs.get(r.id) if r else None) for s, r in shown]


def _task(session: Session, me: Person, held: Assignment, items: int) -> Task:
    marks = notes.marks_of(session, held.submission, me)
    done = sum(mark.done is not None for mark in marks.values())
    (row,) = rows_of(session, me, [held.submission])
    return Task(held, row, done, items, date.today())
