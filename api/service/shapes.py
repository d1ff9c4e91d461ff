"""What the REST API says of rows: one shape per noun. Passwords, tokens and their hashes are in none."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.store.job_views import JobView
from api.store.tables import (
    ApiToken,
    Assignment,
    AuditEntry,
    Correction,
    Group,
    Note,
    Organisation,
    Person,
    Receipt,
    Revision,
    Round,
    Submission,
)


class _Shape(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class OrganisationOut(_Shape):
    id: str = Field(examples=["Zr0bYyq3mW2xkQ9a"])
    name: str = Field(examples=["北京某某制造有限公司"])
    former_names: list[str]
    created: datetime


class RoundOut(_Shape):
    id: str
    title: str = Field(examples=["第五届北京市人民政府质量管理奖"])
    deadline: datetime | None
    reporting_years: list[str] = Field(examples=[["2023", "2024", "2025"]])
    criteria: str = Field(examples=["bjqa-2020"])
    limits: dict[str, Any] = Field(examples=[{"report": {"limit": 60000, "source": "实施细则 二（三）"}}])
    counting: dict[str, Any] = Field(examples=[{"charts": True, "source": "申报通知 附件2"}])
    checks: dict[str, Any]
    running: bool = Field(description="是否已开始检查材料；开始后程序、模型、准则和检查项固定不变")
    engine: dict[str, Any]
    closed: bool
    created: datetime


class PersonOut(_Shape):
    id: str
    login: str = Field(examples=["li.ming"])
    name: str
    role: str = Field(examples=["reviewer"])
    organisation_id: str | None
    active: bool
    must_change: bool
    created: datetime


class TokenOut(_Shape):
    id: str
    title: str
    created: datetime
    used: datetime | None
    expires: datetime | None


class FileOut(_Shape):
    position: int
    filename: str = Field(examples=["自评报告.docx"])
    sha256: str


class RevisionOut(_Shape):
    id: str
    submission_id: str
    number: int
    options: dict[str, Any]
    files: list[FileOut]
    assessment: str | None = Field(description="检查结果的 SHA-256；还没有结果时为 null")
    frozen: datetime | None = Field(description="正式提交的时间；草稿为 null")
    created: datetime


class SubmissionOut(_Shape):
    id: str
    organisation_id: str
    organisation: str
    round_id: str
    round: str
    kind: str = Field(examples=["award"])
    covers: str | None
    status: str = Field(examples=["draft"], description="draft、submitted 或 withdrawn")
    reading: str | None = Field(
        examples=["done"], description="queued、reading、mapping、done、failed、cancelled；没有文件时为 null"
    )
    revision: str | None = Field(description="您看到的最新一稿的编号")
    received_on: date | None
    submitted: datetime | None
    receipt: str | None
    reopened: str | None
    withdrawn: str | None
    created: datetime


class ReceiptOut(_Shape):
    number: str = Field(examples=["ZP20260331-7KQ2MZXA"])
    submission_id: str
    revision_id: str
    at: datetime
    person: str
    organisation: str
    round: str
    files: list[dict[str, Any]] = Field(
        examples=[[{"filename": "自评报告.docx", "sha256": "…", "size": 1048576}]]
    )


class JobOut(_Shape):
    id: str
    revision: str
    status: str
    stage: str
    filename: str
    step: int
    steps: int | None
    position: int | None
    attempts: int
    error: str | None
    notes: list[str]
    seconds: int | None


class AssignmentOut(_Shape):
    id: str
    submission_id: str
    person_id: str
    group_id: str | None
    due: date | None
    recused: str | None
    place: dict[str, Any]
    created: datetime


class GroupOut(_Shape):
    id: str
    round_id: str
    title: str
    leader_id: str | None
    opened: bool
    members: list[str]


class CorrectionOut(_Shape):
    id: str
    submission_id: str
    person_id: str
    person: str
    about: str = Field(examples=["passage"])
    target: str = Field(examples=["p-0f3a"])
    value: dict[str, Any]
    created: datetime
    undone: datetime | None


class NoteOut(_Shape):
    id: str
    submission_id: str
    person_id: str
    person: str
    item: str = Field(examples=["1.1"])
    section: str = Field(examples=["strength"])
    position: int
    text: str
    cites: list[Any]
    created: datetime
    updated: datetime


class AuditOut(_Shape):
    number: int
    at: datetime
    person: str | None
    action: str
    object: str
    detail: dict[str, Any]
    request: str | None
    hash: str


def organisation_out(row: Organisation) -> OrganisationOut:
    return OrganisationOut.model_validate(row)


def round_out(row: Round) -> RoundOut:
    values = {name: getattr(row, name) for name in RoundOut.model_fields if name != "running"}
    return RoundOut(**values, running=bool(row.engine))


def person_out(row: Person) -> PersonOut:
    return PersonOut.model_validate(row)


def token_out(row: ApiToken) -> TokenOut:
    return TokenOut.model_validate(row)


def revision_out(row: Revision) -> RevisionOut:
    return RevisionOut.model_validate(row)


def submission_out(row: Submission, shown: Revision | None, job: JobView | None) -> SubmissionOut:
    named = {"organisation", "round", "reading", "revision"}
    values = {name: getattr(row, name) for name in SubmissionOut.model_fields if name not in named}
    return SubmissionOut(
        **values,
        organisation=row.organisation.name,
        round=row.round.title,
        reading=job.status if job else None,
        revision=shown.id if shown else None,
    )


def receipt_out(row: Receipt) -> ReceiptOut:
    return ReceiptOut.model_validate(row)


def job_out(view: JobView) -> JobOut:
    return JobOut.model_validate(view)


def assignment_out(row: Assignment) -> AssignmentOut:
    return AssignmentOut.model_validate(row)


def group_out(row: Group, members: list[Person]) -> GroupOut:
    return GroupOut(
        id=row.id,
        round_id=row.round_id,
        title=row.title,
        leader_id=row.leader_id,
        opened=row.opened,
        members=[person.id for person in members],
    )


def correction_out(row: Correction) -> CorrectionOut:
    return CorrectionOut(
        id=row.id,
        submission_id=row.submission_id,
        person_id=row.person_id,
        person=row.person.name,
        about=row.kind,
        target=row.target,
        value=row.value,
        created=row.created,
        undone=row.undone,
    )


def note_out(row: Note) -> NoteOut:
    values = {name: getattr(row, name) for name in NoteOut.model_fields if name != "person"}
    return NoteOut(**values, person=row.person.name)


def audit_out(row: AuditEntry) -> AuditOut:
    values = {name: getattr(row, name) for name in AuditOut.model_fields if name != "hash"}
    return AuditOut(**values, hash=row.hash.hex())
