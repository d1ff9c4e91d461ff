"""正式提交 by a form, and the 回执 to print."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.refusals import NotFound
from api.service.context import Me, Reading, Visiting, Writing, record
from api.service.guard import visible_submission
from api.service.needs import needs
from api.service.templates import page, redirect
from api.store import submissions

router = APIRouter(include_in_schema=False)


@router.get("/submissions/{submission_id}/submit", dependencies=[needs("submit", "submission")])
def ask(request: Request, submission_id: str, me: Me, session: Reading) -> Response:
    """What will be frozen, before it is."""
    submission = visible_submission(session, me, submission_id)
    revision = submissions.last_revision(session, submission)
    if revision is None:
        raise NotFound("还没有文件，不能提交。请先上传文件。")
    return page(request, "submit.html", submission=submission, revision=revision)


@router.post("/submissions/{submission_id}/submit", dependencies=[needs("submit", "submission")])
def submit(submission_id: str, me: Me, visit: Visiting, session: Writing) -> Response:
    submission = visible_submission(session, me, submission_id)
    receipt = submissions.submit(session, submission, me)
    files = [file["sha256"] for file in receipt.files]
    record(session, visit, "submit", f"submission:{submission.id}", receipt=receipt.number, files=files)
    return redirect(f"/submissions/{submission.id}/receipts/{receipt.number}", "已正式提交。")


@router.get("/submissions/{submission_id}/receipts/{number}", dependencies=[needs("view", "submission")])
def show(request: Request, submission_id: str, number: str, me: Me, session: Reading) -> Response:
    submission = visible_submission(session, me, submission_id)
    receipt = next((one for one in submissions.receipts(session, submission) if one.number == number), None)
    if receipt is None:
        raise NotFound("没有这份回执。请核对地址。")
    return page(request, "receipt.html", receipt=receipt, submission=submission)
