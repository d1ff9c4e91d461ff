"""A submission: brought in, read, and looked at on one screen."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from api.pages.frame import report_page, went
from api.pages.opening import Shown, machine, title_of
from api.pages.views.precheck import precheck
from api.refusals import Invalid
from api.service.context import Context, Me, Reading, Service, Visiting, Writing, record
from api.service.guard import shown_revision, visible_submission
from api.service.needs import needs
from api.service.templates import page, redirect
from api.store import contents, job_views, local, submissions
from api.store.contents import Kept
from api.store.tables import Person, Round, Submission

router = APIRouter(include_in_schema=False)
_CHUNK = 1 << 20
_EXPORTS = (
    ("docx", "缺口清单 .docx"),
    ("xlsx", "工作簿 .xlsx"),
    ("html", "单页 .html"),
    ("csv", "指标数据 .csv"),
    ("json", "全部结果 .json"),
)


@router.post("/submissions", dependencies=[needs("create", "submission")])
def bring(
    request: Request,
    me: Me,
    visit: Visiting,
    context: Service,
    files: list[UploadFile],
    round_id: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "award",
) -> Response:
    """New files as a draft of a new submission."""
    kept = _keep(context, files)
    criteria = context.tools.criteria.id
    with context.database.writing() as session:
        round_ = local.local_round(session, criteria) if context.local else _round(session, round_id)
        submission = _new(session, me, round_, kind)
        _add(context, session, submission, kept, me)
        record(session, visit, "upload", f"submission:{submission.id}", files=len(kept))
        address = f"/submissions/{submission.id}"
    return went(request, address)


@router.post("/submissions/{submission_id}/files", dependencies=[needs("change", "submission")])
def bring_again(
    request: Request, submission_id: str, me: Me, visit: Visiting, context: Service, files: list[UploadFile]
) -> Response:
    """A new draft of a submission: all its files again."""
    kept = _keep(context, files)
    with context.database.writing() as session:
        submission = visible_submission(session, me, submission_id)
        _add(context, session, submission, kept, me)
        record(session, visit, "upload", f"submission:{submission.id}", files=len(kept))
    return went(request, f"/submissions/{submission_id}")


@router.get("/submissions/{submission_id}", dependencies=[needs("view", "submission")])
def show(request: Request, shown: Shown, me: Me, session: Reading, context: Service) -> Response:
    if shown.report is None:
        return _reading(request, session, shown.submission, me)
    acts = []
    if me.role in ("applicant", "local"):
        acts = [{"href": f"{shown.base}/new", "title": "传下一稿", "main": False}]
    if me.role == "applicant" and shown.revision is not None and shown.revision.frozen is None:
        acts.insert(0, {"href": f"{shown.base}/submit", "title": "正式提交", "main": True})
    if me.role in ("applicant", "office"):
        title = "办理" if me.role == "office" else "提交与回执"
        acts.append({"href": f"{shown.base}/life", "title": title, "main": False})
    if shown.revision is not None and shown.revision.number > 1:
        acts.append({"href": f"{shown.base}/drafts", "title": "与前一稿对照", "main": False})
    view = precheck(shown.report, machine(context, shown))
    return report_page(request, shown, "precheck.html", "", view=view, acts=acts, exports=_EXPORTS)


@router.get("/submissions/{submission_id}/new", dependencies=[needs("change", "submission")])
def new_draft(request: Request, submission_id: str, me: Me, session: Reading, context: Service) -> Response:
    submission = visible_submission(session, me, submission_id)
    title = title_of(submission, shown_revision(session, me, submission))
    return page(
        request,
        "new_draft.html",
        submission=submission,
        title_text=title,
        upload_mb=context.settings.upload_mb,
    )


@router.get("/submissions/{submission_id}/events", dependencies=[needs("view", "submission")])
def events(submission_id: str, me: Me, session: Reading, context: Service) -> Response:
    """How far the reading is, as it goes on; ends with it."""
    submission = visible_submission(session, me, submission_id)
    revision = shown_revision(session, me, submission)
    identity = revision.id if revision else ""

    async def stream() -> AsyncIterator[str]:
        async for view in job_views.changes(context.database, identity):
            yield f"data: {json.dumps(asdict(view), ensure_ascii=False)}\n\n"

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.post("/submissions/{submission_id}/cancel", dependencies=[needs("change", "submission")])
def cancel(submission_id: str, me: Me, visit: Visiting, context: Service, session: Writing) -> Response:
    submission = visible_submission(session, me, submission_id)
    revision = shown_revision(session, me, submission)
    if revision is not None and context.queue is not None:
        context.queue.cancel(session, revision.id)
        record(session, visit, "cancel", f"submission:{submission.id}")
    return redirect("/", "已停止检查。")


def _keep(context: Context, files: Sequence[UploadFile]) -> list[Kept]:
    """Contents of the uploads. Raises what ``contents.keep`` raises, or Invalid if there are none."""
    given = [file for file in files if file.filename]
    if not given:
        raise Invalid("没有文件。请选择 .docx 或 .pdf 文件。")
    if len(given) > context.settings.submission_files:
        raise Invalid(f"一次最多 {context.settings.submission_files} 个文件。")
    limit = context.settings.upload_bytes
    return [contents.keep(context.files, file.filename or "", _chunks(file), limit) for file in given]


def _chunks(file: UploadFile) -> Iterator[bytes]:
    while chunk := file.file.read(_CHUNK):
        yield chunk


def _round(session: Session, identity: str) -> Round:
    found = session.get(Round, identity)
    if found is None:
        raise Invalid("请选择要提交到的届次。")
    return found


def _new(session: Session, me: Person, round_: Round, kind: str) -> Submission:
    if me.organisation is None:
        raise Invalid("这个账号没有所属的组织，不能提交材料。请与评审办公室联系。")
    return submissions.create(session, session.merge(me.organisation), round_, kind)


def _add(
    context: Context, session: Session, submission: Submission, kept: Sequence[Kept], me: Person
) -> None:
    options = {"kind": "annual"} if submission.kind == "annual" else {}
    revision = submissions.add_revision(session, context.files, submission, kept, options, me)
    if context.queue is not None:
        context.queue.put(session, revision.id)


def _reading(request: Request, session: Session, submission: Submission, me: Person) -> Response:
    revision = shown_revision(session, me, submission)
    job = job_views.progress(session, revision.id) if revision else None
    title = title_of(submission, revision)
    return page(request, "reading.html", submission=submission, revision=revision, job=job, title_text=title)
