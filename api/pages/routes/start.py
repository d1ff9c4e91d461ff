"""The first page: what a person has to do, and where to drop a report."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.pages.opening import title_of
from api.pages.views.start import Row, Task
from api.service.context import Me, Reading, Service
from api.service.guard import may, seen_submissions, shown_revision
from api.service.needs import needs
from api.service.templates import page, redirect
from api.store import assignments, job_views, notes
from api.store.tables import Assignment, Person, Round, Submission

router = APIRouter(include_in_schema=False)
_MOST = 200


@router.get("/", dependencies=[needs("view", "start")])
def start(request: Request, me: Me, session: Reading, context: Service) -> Response:
    if me.role in ("office", "admin"):
        return redirect("/office")
    if me.role == "reviewer":
        items = len(context.tools.criteria.items)
        tasks = [_task(session, me, held, items) for held in assignments.of_person(session, me)]
        return page(request, "tasks.html", tasks=tasks)
    found = session.scalars(
        select(Submission).where(seen_submissions(me)).order_by(Submission.created.desc()).limit(_MOST)
    )
    rounds = session.scalars(select(Round).where(Round.closed.is_(False)).order_by(Round.created.desc()))
    return page(
        request,
        "start.html",
        rows=[row_of(session, me, submission) for submission in found],
        rounds=list(rounds) if may(me, "create", "submission") and not context.local else [],
        may_create=True,
        upload_mb=context.settings.upload_mb,
    )


def row_of(session: Session, me: Person, submission: Submission) -> Row:
    revision = shown_revision(session, me, submission)
    job = job_views.progress(session, revision.id) if revision else None
    return Row(submission, title_of(submission, revision), revision, job)


def _task(session: Session, me: Person, held: Assignment, items: int) -> Task:
    marks = notes.marks_of(session, held.submission, me)
    done = sum(mark.done is not None for mark in marks.values())
    return Task(held, row_of(session, me, held.submission), done, items, date.today())
