"""The life of a submission after its files: handed in, received, opened again, withdrawn, deleted."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.pages.opening import title_of
from api.pages.views.board import KINDS
from api.refusals import Conflict, Invalid
from api.service import guard
from api.service.context import Me, Reading, Service, Visiting, Writing, record, record_view
from api.service.needs import needs
from api.service.templates import page, redirect
from api.service.uploads import queue, sweep
from api.store import assignments, boards, job_views, submissions
from api.store.tables import Person, Revision, Submission

router = APIRouter(include_in_schema=False)
Reason = Annotated[str, Form(max_length=1000)]
Day = Annotated[date | None, Form()]


@router.get("/submissions/{submission_id}/life", dependencies=[needs("view", "submission")])
def show(
    request: Request, submission_id: str, me: Me, session: Reading, context: Service, visit: Visiting
) -> Response:
    found = guard.visible_submission(session, me, submission_id)
    revision = guard.shown_revision(session, me, found)
    record_view(context, visit, "view", f"submission:{found.id}")
    own = me.role in guard.OWNERS
    return page(
        request,
        "life.html",
        submission=found,
        title_text=title_of(found, revision),
        base=f"/submissions/{found.id}",
        revision=revision,
        revisions=guard.visible_revisions(session, me, found),
        job=job_views.progress(session, revision.id) if revision else None,
        receipts=submissions.receipts(session, found) if me.role != "reviewer" else [],
        readers=_readers(session, me, found),
        may={action: guard.may(me, action, "submission") for action in ("receive", "reopen", "withdraw")},
        may_submit=own and revision is not None and _new(found, revision),
        may_delete=own and found.status == "draft" and found.receipt is None,
        today=date.today(),
        kinds=KINDS,
    )


@router.post("/submissions/{submission_id}/reopen", dependencies=[needs("reopen", "submission")])
def reopen(submission_id: str, me: Me, session: Writing, visit: Visiting, reason: Reason = "") -> Response:
    found = guard.visible_submission(session, me, submission_id)
    submissions.reopen(found, reason)
    record(session, visit, "reopen", f"submission:{found.id}", reason=reason.strip())
    return _back(found, "已重新开放，申报组织可以再提交一次。")


@router.post("/submissions/{submission_id}/withdraw", dependencies=[needs("withdraw", "submission")])
def withdraw(submission_id: str, me: Me, session: Writing, visit: Visiting, reason: Reason = "") -> Response:
    found = guard.visible_submission(session, me, submission_id)
    submissions.withdraw(found, reason, me)
    record(session, visit, "withdraw", f"submission:{found.id}", reason=reason.strip())
    return _back(found, "已撤回；文件和回执都保留。")


@router.post("/submissions/{submission_id}/received", dependencies=[needs("receive", "submission")])
def receive(
    submission_id: str, me: Me, session: Writing, visit: Visiting,
    received_on: Day = None, reason: Reason = "",
) -> Response:  # fmt: skip
    found = guard.visible_submission(session, me, submission_id)
    if received_on is None:
        raise Invalid("请写明收到日期。")
    before = found.received_on
    submissions.receive(found, received_on, reason)
    record(
        session,
        visit,
        "receive",
        f"submission:{found.id}",
        before=before.isoformat() if before else None,
        after=received_on.isoformat(),
        reason=reason.strip(),
    )
    return _back(found, "收到日期已更正。")


@router.post("/submissions/{submission_id}/retry", dependencies=[needs("retry", "submission")])
def retry(submission_id: str, me: Me, session: Writing, visit: Visiting, context: Service) -> Response:
    found = guard.visible_submission(session, me, submission_id)
    revision = guard.shown_revision(session, me, found)
    if revision is None:
        raise Conflict("还没有文件。")
    queue(context, session, revision.id)
    record(session, visit, "retry", f"revision:{revision.id}")
    return _back(found, "已重新排队检查。")


@router.post("/submissions/{submission_id}/delete", dependencies=[needs("delete", "submission")])
def delete(submission_id: str, me: Me, visit: Visiting, context: Service) -> Response:
    """A draft that was never handed in, with its files."""
    with context.database.writing() as session:
        found = guard.visible_submission(session, me, submission_id)
        hashes = submissions.delete(session, found)
        record(session, visit, "delete", f"submission:{submission_id}")
    sweep(context, hashes)
    return redirect("/", "草稿已删除。")


def _back(submission: Submission, told: str) -> Response:
    return redirect(f"/submissions/{submission.id}/life", told)


def _new(submission: Submission, revision: Revision) -> bool:
    """Whether there is something to hand in."""
    return revision.frozen is None or submission.status != "submitted"


def _readers(session: Session, me: Person, submission: Submission) -> tuple[boards.Reader, ...]:
    """Who reads it: for the office alone."""
    if not guard.may(me, "change", "assignment") or not assignments.of_submission(session, submission):
        return ()
    return boards.readers_of(session, submission.round_id).get(submission.id, ())
