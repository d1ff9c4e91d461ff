"""Files: uploads as revisions of a submission, downloads, and how far the reading of a revision is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.refusals import Conflict, Invalid, NotFound
from api.service import guard
from api.service.context import Me, Reading, Service, Visiting, Writing, record, record_view
from api.service.needs import needs
from api.service.replies import Id, reply
from api.service.shapes import JobOut, ReceiptOut, RevisionOut, job_out, receipt_out, revision_out
from api.service.uploads import Keeper, queue, sweep
from api.store import job_views, organisations, rounds, submissions
from api.store.tables import Submission

router = APIRouter(prefix="/api/v1", tags=["文件"])
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
Files = Annotated[list[UploadFile], File(description="一个或多个文件")]
Kind = Literal["overview", "report", "annual"]


class Uploaded(BaseModel):
    revision: RevisionOut
    known: bool
    """Whether exactly these files were the last revision already."""


class TakenIn(BaseModel):
    revision: RevisionOut
    receipt: ReceiptOut


@router.post(
    "/submissions/{submission_id}/files",
    response_model=Uploaded,
    status_code=201,
    dependencies=[needs("change", "submission")],
)
def upload(
    request: Request,
    submission_id: Id,
    me: Me,
    context: Service,
    visit: Visiting,
    files: Files,
    kind: Annotated[Kind | None, Form()] = None,
    years: Annotated[str, Form(max_length=100, pattern=r"^(\d{4}(,\d{4})*)?$")] = "",
    covers: Annotated[str, Form(pattern=r"^(\d{4})?$")] = "",
) -> Response:
    """上传文件，成为新的一稿并排队检查；与上一稿完全相同时返回上一稿。"""
    with context.database.reading() as session:
        submissions.check_open(guard.visible_submission(session, me, submission_id))
    options = _options(kind, years, covers)
    keeper = Keeper(context)
    kept = keeper.keep(files)
    try:
        with context.database.writing() as session:
            found = guard.visible_submission(session, me, submission_id)
            last = submissions.last_revision(session, found)
            known = submissions.same_files(last, kept) and last is not None and last.options == options
            if not known:
                last = submissions.add_revision(session, context.files, found, kept, options, me)
                queue(context, session, last.id)
                record(session, visit, "upload", f"revision:{last.id}", files=[one.sha256 for one in kept])
            assert last is not None  # noqa: S101 - known only if there is one
            body = Uploaded(revision=revision_out(last), known=known)
    except Exception:
        keeper.forget(kept)
        raise
    return reply(request, body, 200 if known else 201)


@router.post(
    "/rounds/{round_id}/intake",
    response_model=TakenIn,
    status_code=201,
    dependencies=[needs("receive", "submission")],
)
def take_in(
    request: Request,
    round_id: Id,
    me: Me,
    context: Service,
    visit: Visiting,
    files: Files,
    organisation_id: Annotated[str, Form(max_length=64)],
    kind: Annotated[Literal["award", "annual"], Form()] = "award",
    covers: Annotated[str, Form(pattern=r"^(\d{4})?$")] = "",
    received_on: Annotated[date | None, Form()] = None,
) -> Response:
    """评审办公室代收（邮寄、光盘）：保存、固定并给出回执，不受截止时间限制。"""
    keeper = Keeper(context)
    kept = keeper.keep(files)
    try:
        with context.database.writing() as session:
            found = _submission_of(session, round_id, organisation_id, kind, covers or None)
            revision, receipt = submissions.take_in(session, context.files, found, kept, me, received_on)
            queue(context, session, revision.id)
            record(session, visit, "take-in", f"submission:{found.id}", receipt=receipt.number)
            body = TakenIn(revision=revision_out(revision), receipt=receipt_out(receipt))
    except Exception:
        keeper.forget(kept)
        raise
    return reply(request, body, 201)


@router.get(
    "/submissions/{submission_id}/revisions",
    response_model=list[RevisionOut],
    dependencies=[needs("view", "submission")],
)
def list_revisions(request: Request, submission_id: Id, me: Me, session: Reading) -> Response:
    """您可以看到的各稿，最新的在前。"""
    found = guard.visible_submission(session, me, submission_id)
    plain = [revision_out(one).model_dump(mode="json") for one in guard.visible_revisions(session, me, found)]
    return reply(request, plain)


@router.get(
    "/revisions/{revision_id}", response_model=RevisionOut, dependencies=[needs("view", "submission")]
)
def get_revision(request: Request, revision_id: Id, me: Me, session: Reading) -> Response:
    """一稿：其中的文件和检查结果的散列值。"""
    return reply(request, revision_out(guard.visible_revision(session, me, revision_id)))


@router.delete("/revisions/{revision_id}", status_code=204, dependencies=[needs("delete", "submission")])
def delete_revision(revision_id: Id, me: Me, context: Service, visit: Visiting) -> Response:
    """删除没有提交过的一稿。"""
    with context.database.writing() as session:
        found = guard.visible_revision(session, me, revision_id)
        hashes = submissions.delete_revision(session, found)
        record(session, visit, "delete", f"revision:{revision_id}")
    sweep(context, hashes)
    return Response(status_code=204)


@router.get(
    "/revisions/{revision_id}/files/{position}",
    response_class=FileResponse,
    dependencies=[needs("view", "submission")],
)
def get_file(
    revision_id: Id, position: int, me: Me, session: Reading, context: Service, visit: Visiting
) -> Response:
    """原文件，与上传时逐字节相同。"""
    found = guard.visible_revision(session, me, revision_id)
    file = next((one for one in found.files if one.position == position), None)
    if file is None:
        raise NotFound()
    record_view(context, visit, "download", f"revision:{found.id}", file=file.sha256)
    media = _MEDIA.get(file.filename.rpartition(".")[2].lower(), "application/octet-stream")
    return FileResponse(
        context.files.path(file.sha256),
        media_type=media,
        filename=file.filename,
        headers={"ETag": f'"{file.sha256}"'},
    )


@router.get("/revisions/{revision_id}/job", response_model=JobOut, dependencies=[needs("view", "submission")])
def get_job(request: Request, revision_id: Id, me: Me, session: Reading) -> Response:
    """检查进行到哪里。"""
    found = guard.visible_revision(session, me, revision_id)
    view = job_views.progress(session, found.id)
    if view is None:
        raise NotFound("这一稿没有排队检查。")
    return reply(request, job_out(view))


@router.get(
    "/revisions/{revision_id}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
    dependencies=[needs("view", "submission")],
)
def job_events(revision_id: Id, me: Me, session: Reading, context: Service) -> Response:
    """检查进度的事件流（SSE）：每有变化发送一次，直到结束。"""
    found = guard.visible_revision(session, me, revision_id)

    async def events() -> AsyncIterator[str]:
        async for view in job_views.changes(context.database, found.id):
            yield f"data: {json.dumps(asdict(view), ensure_ascii=False)}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.post(
    "/revisions/{revision_id}/cancel",
    response_model=JobOut,
    dependencies=[needs("change", "submission")],
)
def cancel(
    request: Request, revision_id: Id, me: Me, session: Writing, context: Service, visit: Visiting
) -> Response:
    """停止检查；文件保留，可以再排队。"""
    found = guard.visible_revision(session, me, revision_id)
    if context.queue is None or not context.queue.cancel(session, found.id):
        raise Conflict("这一稿没有在排队或检查。")
    record(session, visit, "cancel", f"revision:{found.id}")
    return _job(request, session, found.id)


@router.post(
    "/revisions/{revision_id}/retry",
    response_model=JobOut,
    dependencies=[needs("retry", "submission")],
)
def retry(
    request: Request, revision_id: Id, me: Me, session: Writing, context: Service, visit: Visiting
) -> Response:
    """失败或停止以后再检查一次。"""
    found = guard.visible_revision(session, me, revision_id)
    queue(context, session, found.id)
    record(session, visit, "retry", f"revision:{found.id}")
    return _job(request, session, found.id)


def _job(request: Request, session: Session, revision_id: str) -> Response:
    session.expire_all()
    view = job_views.progress(session, revision_id)
    if view is None:
        raise NotFound("这一稿没有排队检查。")
    return reply(request, job_out(view))


def _options(kind: str | None, years: str, covers: str) -> dict[str, Any]:
    given = {"kind": kind, "years": years.split(",") if years else None, "covers": covers or None}
    return {name: value for name, value in given.items() if value is not None}


def _submission_of(
    session: Session, round_id: str, organisation_id: str, kind: str, covers: str | None
) -> Submission:
    """The one submission of its kind that was handed in before, or a new one."""
    round_ = rounds.get_round(session, round_id)
    if not organisation_id:
        raise Invalid("请写明是哪个组织的材料（organisation_id）。")
    organisation = organisations.get_organisation(session, organisation_id)
    held = submissions.handed_in(session, organisation, round_, kind, covers)
    return held or submissions.create(session, organisation, round_, kind, covers)
