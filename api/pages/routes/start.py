"""The first page: what a person has to do, and where to drop a report."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from api.pages.opening import title_of
from api.pages.views.start import Row
from api.service.context import Me, Reading, Service
from api.service.guard import may, seen_submissions, shown_revision
from api.service.needs import needs
from api.service.templates import page
from api.store import job_views
from api.store.tables import Round, Submission

router = APIRouter(include_in_schema=False)
_MOST = 200


@router.get("/", dependencies=[needs("view", "start")])
def start(request: Request, me: Me, session: Reading, context: Service) -> Response:
    found = session.scalars(
        select(Submission).where(seen_submissions(me)).order_by(Submission.created.desc()).limit(_MOST)
    ).all()
    rows = []
    for submission in found:
        revision = shown_revision(session, me, submission)
        job = job_views.progress(session, revision.id) if revision else None
        rows.append(Row(submission, title_of(submission, revision), revision, job))
    rounds = session.scalars(select(Round).where(Round.closed.is_(False)).order_by(Round.created.desc()))
    return page(
        request,
        "start.html",
        rows=rows,
        rounds=list(rounds) if may(me, "create", "submission") and not context.local else [],
        may_create=me.role in ("applicant", "local"),
        upload_mb=context.settings.upload_mb,
    )
