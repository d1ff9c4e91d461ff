"""The life of a submission: a draft, handed in, perhaps opened again, or withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from api.refusals import Conflict, Invalid
from api.store import contents
from api.store.contents import Kept
from api.store.files import FileStore
from api.store.tables import (
    Assignment,
    Correction,
    ItemMark,
    Job,
    Note,
    Organisation,
    PassageRow,
    Person,
    Receipt,
    Revision,
    RevisionFile,
    Round,
    StoredFile,
    Submission,
    now,
)

KINDS = ("award", "annual")


def create(
    session: Session, organisation: Organisation, round_: Round, kind: str, covers: str | None = None
) -> Submission:
    """A draft without files. Raises Invalid or Conflict."""
    if kind not in KINDS:
        raise Invalid(f"种类应是 {'、'.join(KINDS)} 之一。")
    if round_.closed and kind == "award":
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


def last_frozen(session: Session, submission: Submission) -> Revision | None:
    """The last state of the files that was handed in."""
    return session.scalar(
        select(Revision)
        .where(Revision.submission_id == submission.id, Revision.frozen.is_not(None))
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
    return keep_revision(session, files, submission, kept, options, by)


def keep_revision(
    session: Session,
    files: FileStore,
    submission: Submission,
    kept: Sequence[Kept],
    options: dict[str, Any],
    by: Person,
) -> Revision:
    """The same whatever the deadline: for what the office itself takes in."""
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
    """Raises Conflict if nothing may be changed about a submission's files any more.

    Yearly reports come in the years after: deadline and end of the round are not theirs."""
    round_ = submission.round
    if submission.reopened is not None or submission.kind == "annual":
        return
    if round_.closed:
        raise Conflict("这一届已经结束，不能再修改。")
    late = round_.deadline is not None and (at or now()) > round_.deadline
    if late and submission.status != "draft":
        raise Conflict("提交截止时间已过，不能再替换材料；确有需要请与评审办公室联系。")


def handed_in(
    session: Session, organisation: Organisation, round_: Round, kind: str, covers: str | None
) -> Submission | None:
    """The submission of a kind that an organisation has handed in; its drafts are its own matter."""
    return session.scalar(
        select(Submission)
        .where(
            Submission.organisation_id == organisation.id,
            Submission.round_id == round_.id,
            Submission.kind == kind,
            Submission.covers.is_(None) if covers is None else Submission.covers == covers,
            Submission.status != "draft",
        )
        .order_by(Submission.created)
        .limit(1)
    )


def same_files(revision: Revision | None, kept: Sequence[Kept]) -> bool:
    """Whether an upload brings exactly what the revision holds already, under the same names."""
    if revision is None:
        return False
    held = sorted((file.filename, file.sha256) for file in revision.files)
    return held == sorted((one.filename, one.sha256) for one in kept)


def submit(session: Session, submission: Submission, by: Person, at: datetime | None = None) -> Receipt:
    """正式提交: freezes the last state of the files and gives the receipt.

    Raises Conflict after the deadline (unless the office opened it again) or where there is nothing new.
    """
    at = at or now()
    round_ = submission.round
    if submission.reopened is None and submission.kind == "award":
        if round_.closed:
            raise Conflict("这一届已经结束，不能再提交。")
        if round_.deadline is not None and at > round_.deadline:
            raise Conflict("提交截止时间已过，没有提交；确有需要请与评审办公室联系。")
    revision = last_revision(session, submission)
    if revision is None:
        raise Conflict("还没有文件，不能提交。")
    if revision.frozen is not None and submission.status == "submitted":
        raise Conflict("这些文件已经提交过了，没有新的内容可以提交。")
    return freeze(session, submission, revision, by, at)


def freeze(session: Session, submission: Submission, revision: Revision, by: Person, at: datetime) -> Receipt:
    """Fixes the files of a revision for ever, and writes its receipt unless it has one."""
    receipt = session.scalar(select(Receipt).where(Receipt.revision_id == revision.id))
    if receipt is None:
        revision.frozen = at
        receipt = Receipt(
            number=_receipt_number(at),
            submission_id=submission.id,
            revision_id=revision.id,
            at=at,
            person=by.name,
            organisation=submission.organisation.name,
            round=submission.round.title,
            files=_listed(session, revision),
        )
        session.add(receipt)
    submission.status, submission.submitted, submission.submitted_by = "submitted", at, by.id
    submission.receipt, submission.reopened, submission.withdrawn = receipt.number, None, None
    if submission.received_on is None:
        submission.received_on = at.astimezone().date()
    session.flush()
    return receipt


def _receipt_number(at: datetime) -> str:
    """Day and eight signs that are not mistaken for each other; not to be guessed."""
    signs = "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(8))
    return f"ZP{at.astimezone():%Y%m%d}-{signs}"


def _listed(session: Session, revision: Revision) -> list[dict[str, Any]]:
    sizes = {file.sha256: session.get_one(StoredFile, file.sha256).size for file in revision.files}
    return [
        {"filename": file.filename, "sha256": file.sha256, "size": sizes[file.sha256]}
        for file in revision.files
    ]


def receipts(session: Session, submission: Submission) -> list[Receipt]:
    """All receipts of a submission, the last one first."""
    asked = select(Receipt).where(Receipt.submission_id == submission.id)
    return list(session.scalars(asked.order_by(Receipt.at.desc(), Receipt.number)))


def reopen(submission: Submission, reason: str) -> None:
    """Lets the organisation hand in again whatever the deadline. Raises Invalid without a reason."""
    if submission.status == "draft":
        raise Conflict("还没有提交过，不需要重新开放。")
    submission.reopened = _reason(reason)


def withdraw(submission: Submission, reason: str, by: Person) -> None:
    """Takes a submission back; nothing of it is deleted. After the deadline only the office may."""
    if submission.status != "submitted":
        raise Conflict("只有已提交的材料可以撤回。")
    if by.role not in ("office", "local"):
        check_open(submission)
    submission.withdrawn = _reason(reason)
    submission.status = "withdrawn"


def receive(submission: Submission, day: date, reason: str) -> None:
    """Sets the day on which it came by whatever way, with a reason."""
    if day > now().astimezone().date():
        raise Invalid("收到日期不能在今天以后。")
    _reason(reason)
    submission.received_on = day


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason or len(reason) > 500:
        raise Invalid("请写明原因（500 字以内）。")
    return reason


def take_in(
    session: Session,
    files: FileStore,
    submission: Submission,
    kept: Sequence[Kept],
    by: Person,
    received_on: date | None,
) -> tuple[Revision, Receipt]:
    """What the office got by mail or disc: kept and frozen at once, whatever the deadline."""
    last = last_revision(session, submission)
    if last is not None and last.frozen is not None and same_files(last, kept):
        revision = last
    else:
        revision = keep_revision(session, files, submission, kept, {}, by)
    receipt = freeze(session, submission, revision, by, now())
    if received_on is not None:
        submission.received_on = received_on
    return revision, receipt


def delete(session: Session, submission: Submission) -> list[str]:
    """Deletes a draft that was never handed in; gives hashes for ``contents.sweep``. Raises Conflict."""
    if submission.status != "draft" or submission.receipt is not None:
        raise Conflict("已经提交过的材料不能删除，可以撤回。")
    hashes: list[str] = []
    for revision in list(submission.revisions):
        hashes += delete_revision(session, revision)
    for table in (Correction, Note, ItemMark, Assignment):
        session.execute(sql_delete(table).where(table.submission_id == submission.id))
    session.flush()
    session.expire(submission, ["revisions"])
    session.delete(submission)
    session.flush()
    return hashes


def delete_revision(session: Session, revision: Revision) -> list[str]:
    """Deletes a revision that was not handed in; gives hashes for ``contents.sweep``. Raises Conflict."""
    if revision.frozen is not None:
        raise Conflict("已经提交的文件不能删除。")
    hashes = [file.sha256 for file in revision.files]
    hashes += [sha256 for sha256 in (revision.assessment, revision.vectors) if sha256]
    of_revision = {"revision": revision.id}
    session.execute(
        text(
            "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passages WHERE revision_id = :revision)"
        ),
        of_revision,
    )
    for table in (PassageRow, Job, RevisionFile):
        session.execute(sql_delete(table).where(table.revision_id == revision.id))
    session.execute(sql_delete(Revision).where(Revision.id == revision.id))
    return contents.drop_unused(session, hashes)
