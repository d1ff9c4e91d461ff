"""The submissions of a round as lines of a board: one question to the database, not one per line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from api.store.jobs import ASSESS
from api.store.tables import (
    Assignment,
    Group,
    ItemMark,
    Job,
    Organisation,
    Person,
    Revision,
    Submission,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """A reviewer of a submission, and how many items of it are done."""

    assignment: str
    person: str
    name: str
    due: date | None
    group: str | None
    recused: str | None
    done: int


@dataclass(frozen=True, slots=True)
class Line:
    submission: str
    organisation: str
    organisation_id: str
    kind: str
    covers: str | None
    status: str
    received_on: date | None
    submitted: datetime | None
    receipt: str | None
    reopened: str | None
    withdrawn: str | None
    revision: str | None
    number: int | None
    assessment: str | None
    figures: Mapping[str, Any] | None
    job: str | None
    """State of the job of the last revision that was handed in."""
    error: str | None
    readers: tuple[Reader, ...] = ()


def lines(session: Session, round_id: str, seen: ColumnElement[bool]) -> list[Line]:
    """What was handed in of a round, by organisation. ``seen``: the condition of the guard."""
    handed = (
        select(Revision.submission_id, func.max(Revision.number).label("number"))
        .where(Revision.frozen.is_not(None))
        .group_by(Revision.submission_id)
        .subquery()
    )
    same = and_(Revision.submission_id == Submission.id, Revision.number == handed.c.number)
    asked = (
        select(
            Submission.id.label("submission"),
            Organisation.name.label("organisation"),
            Organisation.id.label("organisation_id"),
            Submission.kind,
            Submission.covers,
            Submission.status,
            Submission.received_on,
            Submission.submitted,
            Submission.receipt,
            Submission.reopened,
            Submission.withdrawn,
            Revision.id.label("revision"),
            Revision.number,
            Revision.assessment,
            Revision.figures,
            Job.state.label("job"),
            Job.error,
        )
        .select_from(Submission)
        .join(Organisation, Organisation.id == Submission.organisation_id)
        .outerjoin(handed, handed.c.submission_id == Submission.id)
        .outerjoin(Revision, same)
        .outerjoin(Job, and_(Job.revision_id == Revision.id, Job.kind == ASSESS))
        .where(Submission.round_id == round_id, seen)
        .order_by(Organisation.name, Submission.kind, Submission.covers, Submission.id)
    )
    readers = readers_of(session, round_id)
    return [
        Line(**row, readers=readers.get(row["submission"], ())) for row in session.execute(asked).mappings()
    ]


def readers_of(session: Session, round_id: str) -> dict[str, tuple[Reader, ...]]:
    """The reviewers by submission of a round, by name."""
    marks = (
        select(ItemMark.submission_id, ItemMark.person_id, func.count())
        .where(ItemMark.done.is_not(None))
        .group_by(ItemMark.submission_id, ItemMark.person_id)
    )
    done = Counter({(row[0], row[1]): row[2] for row in session.execute(marks)})
    asked = (
        select(Assignment, Person.name, Group.title)
        .join(Submission, Submission.id == Assignment.submission_id)
        .join(Person, Person.id == Assignment.person_id)
        .outerjoin(Group, Group.id == Assignment.group_id)
        .where(Submission.round_id == round_id)
        .order_by(Person.name, Assignment.id)
    )
    found: defaultdict[str, list[Reader]] = defaultdict(list)
    for held, name, group in session.execute(asked):
        number = done[held.submission_id, held.person_id]
        found[held.submission_id].append(
            Reader(held.id, held.person_id, name, held.due, group, held.recused, number)
        )
    return {submission: tuple(readers) for submission, readers in found.items()}


def without(session: Session, round_id: str) -> list[Organisation]:
    """Organisations that have an account and handed in no application in a round, by name."""
    handed = select(Submission.organisation_id).where(
        Submission.round_id == round_id, Submission.kind == "award", Submission.status == "submitted"
    )
    accounts = select(Person.organisation_id).where(Person.role == "applicant", Person.active)
    asked = select(Organisation).where(Organisation.id.in_(accounts), Organisation.id.not_in(handed))
    return list(session.scalars(asked.order_by(Organisation.name)))
