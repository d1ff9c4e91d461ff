"""What staff watch over: the audit and the jobs."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import func, select

from api.service import guard
from api.service.context import Me, Reading
from api.service.needs import needs
from api.service.replies import Page, Paged, list_reply, reply
from api.service.shapes import AuditOut, JobOut, audit_out, job_out
from api.store import audit, job_views
from api.store.tables import AuditEntry, Job, Revision, Submission, now

router = APIRouter(prefix="/api/v1")


class Verified(BaseModel):
    """Whether the chain holds, and if not, from which entry on."""

    entries: int
    holds: bool
    number: int | None = None
    reason: str | None = None


@router.get("/audit", response_model=Page[AuditOut], tags=["审计"], dependencies=[needs("view", "audit")])
def list_audit(
    request: Request,
    session: Reading,
    paging: Paged,
    object: Annotated[str | None, Query(max_length=100, description="如 submission:编号")] = None,
    person: Annotated[str | None, Query(max_length=100, description="人员编号")] = None,
    action: Annotated[str | None, Query(max_length=50)] = None,
) -> Response:
    """审计记录，最近的在前。"""
    asked = select(AuditEntry)
    if object is not None:
        asked = asked.where(AuditEntry.object == object)
    if person is not None:
        asked = asked.where(AuditEntry.person.startswith(f"{person} ", autoescape=True))
    if action is not None:
        asked = asked.where(AuditEntry.action == action)
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    asked = asked.order_by(AuditEntry.number.desc()).limit(paging.limit).offset(paging.offset)
    return list_reply(request, [audit_out(one) for one in session.scalars(asked)], total, paging)


@router.get("/audit/verified", response_model=Verified, tags=["审计"], dependencies=[needs("view", "audit")])
def verify_audit(request: Request, session: Reading) -> Response:
    """核对审计记录的散列链，与 ziping audit verify 相同。"""
    result = audit.verify(session)
    if isinstance(result, int):
        return reply(request, Verified(entries=result, holds=True))
    entries = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    body = Verified(entries=entries, holds=False, number=result.number, reason=result.reason)
    return reply(request, body)


@router.get("/jobs", response_model=Page[JobOut], tags=["检查任务"], dependencies=[needs("view", "job")])
def list_jobs(
    request: Request,
    me: Me,
    session: Reading,
    paging: Paged,
    state: Literal["queued", "running", "done", "failed", "cancelled"] | None = None,
) -> Response:
    """检查任务，最近排队的在前；系统管理员看到全部，其他人看到自己能看到的材料的。"""
    asked = select(Job)
    if me.role != "admin":
        seen = (
            select(Revision.id)
            .join(Submission, Submission.id == Revision.submission_id)
            .where(guard.seen_revisions(me))
        )
        asked = asked.where(Job.revision_id.in_(seen))
    if state is not None:
        asked = asked.where(Job.state == state)
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    asked = asked.order_by(Job.created.desc(), Job.id).limit(paging.limit).offset(paging.offset)
    at = now()
    shown = [job_out(job_views.view(session, job, at)) for job in session.scalars(asked)]
    return list_reply(request, shown, total, paging)
