"""The life of a submission: a draft, handed in, perhaps opened again, or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.refusals import Conflict, Invalid
from api.store import contents
from api.store.contents import Kept
from api.store.files import FileStore
from api.store.tables import Organisation, Person, Revision, RevisionFile, Round, Submission, now

KINDS = ("award", "annual")


def create(
    session: Session, organisation: Organisation, round_: Round, kind: str, covers: str | None = None
) -> Submission:
    """A draft without files. Raises Invalid or Conflict."""
    if kind not in KINDS:
        raise Invalid(f"种类应是 {'、'.join(KINDS)} 之一。")
    if round_.closed:
        raise Conflict("这一届已经结束，不能再建立材料。")
    submission = Submission(
        organisation_id=organisation.id,
        organisation=organisation,
        round_id=round_.id,
        round=round_,
        kind=kind,
        covers=covers,
        status="draft",
    )
    session.add(submission)
    session.flush()
    return submission


def last_revision(session: Session, submission: Submission) -> Revision | None:
    return session.scalar(
        select(Revision)
        .where(Revision.submission_id == submission.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def add_revision(
    session: Session,
    files: FileStore,
    submission: Submission,
    kept: Sequence[Kept],
    options: dict[str, Any],
    by: Person,
) -> Revision:
    """A new state of the files, to be queued by the caller. Raises Conflict where none may be added."""
    check_open(submission)
    if not kept:
        raise Invalid("没有文件。请至少上传一个 .docx 或 .pdf 文件。")
    last = last_revision(session, submission)
    revision = Revision(
        submission_id=submission.id,
        number=last.number + 1 if last else 1,
        options=options,
        created_by=by.id,
    )
    session.add(revision)
    session.flush()
    for position, one in enumerate(kept):
        contents.file_row(session, files, one)
        session.add(
            RevisionFile(revision_id=revision.id, position=position, filename=one.filename, sha256=one.sha256)
        )
    session.flush()
    session.refresh(revision)
    return revision


def check_open(submission: Submission, at: datetime | None = None) -> None:
    """Raises Conflict if nothing may be changed about a submission's files any more."""
    round_ = submission.round
    if submission.reopened is not None:
        return
    if round_.closed:
        raise Conflict("这一届已经结束，不能再修改。")
    late = round_.deadline is not None and (at or now()) > round_.deadline
    if late and submission.status != "draft":
        raise Conflict("提交截止时间已过，不能再替换材料；确有需要请与评审办公室联系。")
