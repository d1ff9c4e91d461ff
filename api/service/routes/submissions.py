"""Submissions: drafts, 正式提交 with its receipt, opened again, withdrawn, deleted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.refusals import Invalid
from api.service import guard
from api.service.context import Me, Reading, Service, Visiting, Writing, record, record_view
from api.service.needs import needs
from api.service.replies import Id, Page, Paged, Reason, Said, check_match, list_reply, reply
from api.service.shapes import ReceiptOut, SubmissionOut, receipt_out, submission_out
from api.service.uploads import sweep
from api.store import job_views, organisations, rounds, submissions
from api.store.tables import Organisation, Person, Submission

router = APIRouter(prefix="/api/v1", tags=["材料"])


class NewSubmission(Said):
    round_id: str = Field(max_length=64, examples=["Zr0bYyq3mW2xkQ9a"])
    kind: Literal["award", "annual"] = "award"
    covers: str | None = Field(None, pattern=r"^\d{4}$", description="年度报告所报告的年份")


class WithReason(Said):
    reason: Reason


class Received(Said):
    received_on: date
    reason: Reason


@router.get("/submissions", response_model=Page[SubmissionOut], dependencies=[needs("view", "submission")])
def list_submissions(
    request: Request,
    me: Me,
    session: Reading,
    paging: Paged,
    round_id: Annotated[str | None, Query(max_length=64)] = None,
    status: Literal["draft", "submitted", "withdrawn"] | None = None,
    kind: Literal["award", "annual"] | None = None,
    organisation: Annotated[str | None, Query(max_length=200, description="名称中含有的文字")] = None,
) -> Response:
    """您可以看到的材料，最近建立的在前。"""
    asked = select(Submission).where(guard.seen_submissions(me))
    for column, value in (
        (Submission.round_id, round_id),
        (Submission.status, status),
        (Submission.kind, kind),
    ):
        if value is not None:
            asked = asked.where(column == value)
    if organisation:
        asked = asked.where(
            Submission.organisation.has(Organisation.name.contains(organisation, autoescape=True))
        )
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    asked = asked.order_by(Submission.created.desc(), Submission.id)
    found = session.scalars(asked.limit(paging.limit).offset(paging.offset))
    return list_reply(request, [shape(session, me, one) for one in found], total, paging)


@router.post(
    "/submissions",
    response_model=SubmissionOut,
    status_code=201,
    dependencies=[needs("create", "submission")],
)
def create_submission(
    request: Request, said: NewSubmission, me: Me, session: Writing, visit: Visiting
) -> Response:
    """建立一份草稿。草稿只有本组织能看到，直到正式提交。"""
    organisation = _own_organisation(session, me)
    round_ = rounds.get_round(session, said.round_id)
    made = submissions.create(session, organisation, round_, said.kind, said.covers)
    record(session, visit, "create", f"submission:{made.id}", round=round_.id)
    answer = reply(request, shape(session, me, made), 201)
    answer.headers["Location"] = f"/api/v1/submissions/{made.id}"
    return answer


@router.get(
    "/submissions/{submission_id}",
    response_model=SubmissionOut,
    dependencies=[needs("view", "submission")],
)
def get_submission(
    request: Request, submission_id: Id, me: Me, session: Reading, context: Service, visit: Visiting
) -> Response:
    """一份材料。"""
    found = guard.visible_submission(session, me, submission_id)
    record_view(context, visit, "view", f"submission:{found.id}")
    return reply(request, shape(session, me, found))


@router.delete("/submissions/{submission_id}", status_code=204, dependencies=[needs("delete", "submission")])
def delete_submission(
    request: Request, submission_id: Id, me: Me, context: Service, visit: Visiting
) -> Response:
    """删除从未正式提交过的草稿，连同其中的文件。"""
    with context.database.writing() as session:
        found = guard.visible_submission(session, me, submission_id)
        check_match(request, shape(session, me, found))
        hashes = submissions.delete(session, found)
        record(session, visit, "delete", f"submission:{submission_id}")
    sweep(context, hashes)
    return Response(status_code=204)


@router.post(
    "/submissions/{submission_id}/submit",
    response_model=ReceiptOut,
    status_code=201,
    dependencies=[needs("submit", "submission")],
)
def submit(request: Request, submission_id: Id, me: Me, session: Writing, visit: Visiting) -> Response:
    """正式提交：文件和散列值从此固定，给出回执。"""
    found = guard.visible_submission(session, me, submission_id)
    check_match(request, shape(session, me, found))
    receipt = submissions.submit(session, found, me)
    record(
        session,
        visit,
        "submit",
        f"submission:{found.id}",
        receipt=receipt.number,
        files=[file["sha256"] for file in receipt.files],
    )
    return reply(request, receipt_out(receipt), 201)


@router.get(
    "/submissions/{submission_id}/receipts",
    response_model=list[ReceiptOut],
    dependencies=[needs("view", "submission")],
)
def list_receipts(request: Request, submission_id: Id, me: Me, session: Reading) -> Response:
    """全部回执，最近的在前。"""
    found = guard.visible_submission(session, me, submission_id)
    plain = [receipt_out(one).model_dump(mode="json") for one in submissions.receipts(session, found)]
    return reply(request, plain)


@router.post(
    "/submissions/{submission_id}/reopen",
    response_model=SubmissionOut,
    dependencies=[needs("reopen", "submission")],
)
def reopen(
    request: Request, submission_id: Id, said: WithReason, me: Me, session: Writing, visit: Visiting
) -> Response:
    """重新开放：截止以后也可以再提交一次。"""
    found = guard.visible_submission(session, me, submission_id)
    submissions.reopen(found, said.reason)
    record(session, visit, "reopen", f"submission:{found.id}", reason=said.reason)
    return reply(request, shape(session, me, found))


@router.post(
    "/submissions/{submission_id}/withdraw",
    response_model=SubmissionOut,
    dependencies=[needs("withdraw", "submission")],
)
def withdraw(
    request: Request, submission_id: Id, said: WithReason, me: Me, session: Writing, visit: Visiting
) -> Response:
    """撤回已提交的材料；文件和回执都保留。"""
    found = guard.visible_submission(session, me, submission_id)
    submissions.withdraw(found, said.reason, me)
    record(session, visit, "withdraw", f"submission:{found.id}", reason=said.reason)
    return reply(request, shape(session, me, found))


@router.put(
    "/submissions/{submission_id}/received",
    response_model=SubmissionOut,
    dependencies=[needs("receive", "submission")],
)
def set_received(
    request: Request, submission_id: Id, said: Received, me: Me, session: Writing, visit: Visiting
) -> Response:
    """更正收到日期（邮寄或光盘先于上传时），写明原因。"""
    found = guard.visible_submission(session, me, submission_id)
    before = found.received_on
    submissions.receive(found, said.received_on, said.reason)
    record(
        session,
        visit,
        "receive",
        f"submission:{found.id}",
        before=before.isoformat() if before else None,
        after=said.received_on.isoformat(),
        reason=said.reason,
    )
    return reply(request, shape(session, me, found))


def shape(session: Session, me: Person, submission: Submission) -> SubmissionOut:
    shown = guard.shown_revision(session, me, submission)
    job = job_views.progress(session, shown.id) if shown else None
    return submission_out(submission, shown, job)


def _own_organisation(session: Session, me: Person) -> Organisation:
    if me.organisation_id is None:
        raise Invalid("这个账号没有所属的组织，不能建立材料。请与评审办公室联系。")
    return organisations.get_organisation(session, me.organisation_id)
