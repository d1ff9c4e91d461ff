"""The tables of the service. Every row that a person can name has a random id; times are UTC.

The machine's assessment of a revision is a stored file, never a row: the same bytes as the command line
writes. What people say about it (corrections, notes, marks) stands beside it and never changes it.
"""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, LargeBinary, MetaData, String, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

_ID_BYTES = 12


class UtcTime(TypeDecorator[datetime]):
    """Aware UTC times in a database that keeps none: written without a zone, read with UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


def new_id() -> str:
    """A random id of 16 characters for addresses: not to be guessed, not to be counted."""
    return secrets.token_urlsafe(_ID_BYTES)


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: UtcTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
    }


class Organisation(Base):
    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    former_names: Mapped[list[str]] = mapped_column(default=list)
    created: Mapped[datetime] = mapped_column(default=now)


class Round(Base):
    """An award round. Engine, encoder, criteria and checks are fixed from its first assessment on."""

    __tablename__ = "rounds"

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(unique=True)
    deadline: Mapped[datetime | None]
    """Last moment of 正式提交; None: no deadline set yet."""
    reporting_years: Mapped[list[str]] = mapped_column(default=list)
    criteria: Mapped[str]
    """Id of the criteria edition."""
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By kind of part: {"limit": 字, "source": paragraph of the rules}."""
    counting: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The counting rule that the round fixes, and its source; empty: a range is shown."""
    checks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the office changed of the checks' data file."""
    engine: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Version, encoder and criteria that all assessments of the round are made with; empty before any."""
    closed: Mapped[bool] = mapped_column(default=False)
    first_due: Mapped[int | None]
    """Year in which the winners' first yearly report is due; None: the year after the award."""
    created: Mapped[datetime] = mapped_column(default=now)


class Person(Base):
    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(String(16))
    """applicant, reviewer, office, admin; local on one's own machine."""
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id"))
    password: Mapped[str | None]
    """Argon2id hash; None: cannot sign in with a password."""
    active: Mapped[bool] = mapped_column(default=True)
    must_change: Mapped[bool] = mapped_column(default=False)
    """Whether the password was set by somebody else and is to be changed at the next sign-in."""
    created: Mapped[datetime] = mapped_column(default=now)

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class SignIn(Base):
    """A session on the server; the cookie holds the token, the table only its hash."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    csrf: Mapped[str]
    created: Mapped[datetime] = mapped_column(default=now)
    seen: Mapped[datetime] = mapped_column(default=now)
    expires: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined")


class SignInFailure(Base):
    """Failed tries to sign in, by login (whether there is one or not) and by address."""

    __tablename__ = "sign_in_failures"

    key: Mapped[str] = mapped_column(primary_key=True)
    """login:… or address:… ."""
    count: Mapped[int] = mapped_column(default=0)
    last: Mapped[datetime] = mapped_column(default=now)


class ApiToken(Base):
    __tablename__ = "api_tokens"

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    title: Mapped[str]
    created: Mapped[datetime] = mapped_column(default=now)
    used: Mapped[datetime | None]
    expires: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")


class Group(Base):
    """A group of reviewers of a round; its leader may open members' corrections to the group."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("round_id", "title"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), index=True)
    title: Mapped[str]
    leader_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    opened: Mapped[bool] = mapped_column(default=False)
    """Whether the leader opened the members' corrections and notes to each other."""


class Member(Base):
    __tablename__ = "members"

    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class Submission(Base):
    __tablename__ = "submissions"
    __table_args__ = (Index(None, "round_id", "status"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    kind: Mapped[str] = mapped_column(String(16))
    """award: overview, report and evidence; annual: the yearly report of a winner."""
    covers: Mapped[str | None] = mapped_column(String(4))
    """Year that an annual report is about."""
    status: Mapped[str] = mapped_column(String(16), default="draft")
    """draft, submitted, withdrawn; how far its reading is stands in its last revision's job."""
    received_on: Mapped[date | None]
    """Day on which the office received it, by whatever way; alone decides lateness."""
    submitted: Mapped[datetime | None]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    receipt: Mapped[str | None] = mapped_column(unique=True)
    """Number of the 回执."""
    reopened: Mapped[str | None]
    """Why the office opened it again after 正式提交 or the deadline; None once submitted again."""
    withdrawn: Mapped[str | None]
    """Why it was withdrawn; None: it was not, or was submitted again."""
    created: Mapped[datetime] = mapped_column(default=now)

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    round: Mapped[Round] = relationship(lazy="joined")
    revisions: Mapped[list[Revision]] = relationship(order_by="Revision.number", back_populates="submission")


class Revision(Base):
    """One state of the files of a submission. Its assessment is made once and never changed."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    number: Mapped[int]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What a person set: kind, years, parts, covers."""
    assessment: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the stored assessment; None until the job is done."""
    vectors: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the passages' vectors (.npy, float32, in the order of the assessment); made from it."""
    figures: Mapped[dict[str, Any] | None]
    """What lists show of the assessment (``api.export.figures``); made from it."""
    frozen: Mapped[datetime | None]
    """When it was 正式提交; office and reviewers see frozen revisions only, and these never change."""
    created: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))

    submission: Mapped[Submission] = relationship(back_populates="revisions")
    files: Mapped[list[RevisionFile]] = relationship(order_by="RevisionFile.position", lazy="selectin")


class RevisionFile(Base):
    __tablename__ = "revision_files"

    revision_id: Mapped[str] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), index=True)


class Receipt(Base):
    """What was handed in when, by whom, file by file: written once at each 正式提交."""

    __tablename__ = "receipts"

    number: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), index=True)
    revision_id: Mapped[str] = mapped_column(ForeignKey("revisions.id"), unique=True)
    at: Mapped[datetime]
    person: Mapped[str]
    organisation: Mapped[str]
    round: Mapped[str]
    files: Mapped[list[Any]]
    """{"filename", "sha256", "size"} of each file, in order."""


class StoredFile(Base):
    """A content that is kept once, however often and under whatever name it came."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    type: Mapped[str]
    """Format by content: docx, pdf, doc, …; json and npy for what the service made itself."""
    created: Mapped[datetime] = mapped_column(default=now)


class Job(Base):
    """Work on one revision. A worker holds it by a lease that it renews; a lease that ran out is anyone's."""

    __tablename__ = "jobs"
    __table_args__ = (UniqueConstraint("revision_id", "kind"), Index(None, "state", "not_before"))

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(16), default="assess")
    revision_id: Mapped[str] = mapped_column(ForeignKey("revisions.id"))
    state: Mapped[str] = mapped_column(String(16), default="queued")
    """queued, running, done, failed, cancelled."""
    stage: Mapped[str] = mapped_column(default="")
    """What is being done, in Chinese, as the command line says it: 阅读, 对照, 核对."""
    filename: Mapped[str] = mapped_column(default="")
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(default=0)
    """Times that it was begun since a stage of it was last stored."""
    not_before: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None]
    error: Mapped[str | None]
    """One sentence in Chinese; never a text of the report."""
    notes: Mapped[list[str]] = mapped_column(default=list)
    """Sentences on what of the files was left out, as a broken archive beside good files."""
    created: Mapped[datetime] = mapped_column(default=now)
    """When it was last put in the queue, whose order this is."""
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]

    revision: Mapped[Revision] = relationship(lazy="joined")


class Assignment(Base):
    """A submission that a reviewer is to read, and how far the reviewer is."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("submission_id", "person_id"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    group_id: Mapped[str | None] = mapped_column(ForeignKey("groups.id"))
    due: Mapped[date | None]
    recused: Mapped[str | None]
    """Reason of 回避; None: not handed back."""
    place: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Where the reviewer stopped: {"node": …, "passage": …, "revision": number}."""
    created: Mapped[datetime] = mapped_column(default=now)

    submission: Mapped[Submission] = relationship(lazy="joined")


class Correction(Base):
    """What a person says against or about the machine's reading. Undone, never deleted."""

    __tablename__ = "corrections"
    __table_args__ = (Index(None, "submission_id", "person_id"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(16))
    """indicator, aspect, kpi, finding, answer, handled."""
    target: Mapped[str]
    """Id of a passage, series, finding, indicator or requirement point."""
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created: Mapped[datetime] = mapped_column(default=now)
    undone: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")


class Note(Base):
    """A point of an item sheet: 优势, 改进空间 or 待现场核实, with what it cites."""

    __tablename__ = "notes"
    __table_args__ = (Index(None, "submission_id", "person_id", "item"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    item: Mapped[str] = mapped_column(String(8))
    section: Mapped[str] = mapped_column(String(16))
    """strength, improvement, verify."""
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(default="")
    cites: Mapped[list[Any]] = mapped_column(default=list)
    """What it rests on: {"passage": id} or {"kpi": id}, with the page as printed."""
    created: Mapped[datetime] = mapped_column(default=now)
    updated: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    person: Mapped[Person] = relationship(lazy="joined")


class ItemMark(Base):
    """That a person has read an item once, and is done with it."""

    __tablename__ = "item_marks"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(8), primary_key=True)
    read: Mapped[datetime | None]
    done: Mapped[datetime | None]


class PassageRow(Base):
    """Passages of the finished assessments as rows, for filters and search; made from the stored file."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("revision_id", "position"), Index(None, "revision_id", "indicator"))

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[str] = mapped_column(ForeignKey("revisions.id"))
    position: Mapped[int]
    passage: Mapped[str]
    document: Mapped[str]
    page: Mapped[int | None]
    indicator: Mapped[str | None]
    aspect: Mapped[str]
    text: Mapped[str]


class Intake(Base):
    """Files that the office brought in together, each to be confirmed before it is anyone's submission."""

    __tablename__ = "intakes"

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), index=True)
    created: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(ForeignKey("people.id"))

    round: Mapped[Round] = relationship(lazy="joined")
    files: Mapped[list[IntakeFile]] = relationship(order_by="IntakeFile.position", lazy="selectin")


class IntakeFile(Base):
    __tablename__ = "intake_files"

    intake_id: Mapped[str] = mapped_column(ForeignKey("intakes.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(default="")
    """The folder that it lay in, as it came; empty for a single file."""
    filename: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"), index=True)
    """None for a file that cannot be taken."""
    organisation: Mapped[str] = mapped_column(default="")
    """Name of whom it is guessed to be."""
    kind: Mapped[str] = mapped_column(String(16), default="award")
    covers: Mapped[str | None] = mapped_column(String(4))
    why: Mapped[str] = mapped_column(default="")
    """Where organisation and kind were read from, or why the file cannot be taken."""


class WinnerRow(Base):
    """An award of a round: from it follow the yearly reports that are owed (``models.duty``)."""

    __tablename__ = "winners"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    award: Mapped[str] = mapped_column(default="")
    award_year: Mapped[int]
    obliged: Mapped[bool] = mapped_column(default=True)
    withdrawn: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    round: Mapped[Round] = relationship(lazy="joined")
    extensions: Mapped[list[ExtensionRow]] = relationship(order_by="ExtensionRow.year", lazy="selectin")


class ExtensionRow(Base):
    __tablename__ = "extensions"

    winner_id: Mapped[str] = mapped_column(ForeignKey("winners.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    """The year that the report is about."""
    until: Mapped[date]
    reason: Mapped[str]


class DutyMark(Base):
    """What the office did with a yearly report that came."""

    __tablename__ = "duty_marks"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    ticked: Mapped[list[str]] = mapped_column(default=list)
    """Ids of the findings that the letter tells."""
    asked: Mapped[datetime | None]
    """When 请补正 was set; None: not, or a new file came since and it was taken back."""
    until: Mapped[date | None]
    checked: Mapped[datetime | None]


class Incident(Base):
    """A serious accident that an organisation reported (实施细则 四（三）). Nothing follows from it here."""

    __tablename__ = "incidents"

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    happened: Mapped[date]
    reported: Mapped[date | None]
    """Day of the written report; None: not known, or it did not come."""
    kind: Mapped[str] = mapped_column(String(16))
    """quality, safety, environment, health, other."""
    told: Mapped[str]
    measures: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))

    organisation: Mapped[Organisation] = relationship(lazy="joined")


class AuditEntry(Base):
    """Append-only; each entry holds the hash of the one before it. Triggers refuse change and deletion."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    person: Mapped[str | None]
    """Id and login as they were; None: the machine itself."""
    action: Mapped[str]
    object: Mapped[str]
    """Kind and id, as submission:… ."""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    request: Mapped[str | None]
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
