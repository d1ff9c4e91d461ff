"""What people say about a machine's reading: rows beside the assessment, undone but never deleted.

A reviewer's stay personal until the leader of the group opens them; applicants see those of their own
organisation and nothing of reviewers.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from api.refusals import Invalid, NotFound
from api.store.tables import Correction, Group, Member, Person, Submission, now
from models.answers import VERDICTS, Answer

_OWNERS = ("applicant", "local")


def seen_from(person: Person, submission: Submission, author: Any) -> ColumnElement[bool]:
    """The condition on a table's author column under which a person sees what was said of a submission.

    The person sees the submission; what a group opened is open for its own round."""
    if person.role in _OWNERS:
        own = select(Person.id).where(
            Person.organisation_id == person.organisation_id, Person.role.in_(_OWNERS)
        )
        return and_(author.in_(own))
    mine, theirs = aliased(Member), aliased(Member)
    opened = (
        select(theirs.person_id)
        .join(mine, mine.group_id == theirs.group_id)
        .join(Group, Group.id == mine.group_id)
        .where(mine.person_id == person.id, Group.opened, Group.round_id == submission.round_id)
    )
    return or_(author == person.id, author.in_(opened))


def say(session: Session, submission: Submission, person: Person, answer: Answer) -> Correction:
    """Keeps one thing that a person says. Raises Invalid for what cannot be said."""
    if answer.verdict not in VERDICTS.get(answer.about, ()):
        raise Invalid("不能这样标记。")
    if answer.about == "node" and not answer.sentence.strip():
        raise Invalid("请用一句话说明理由，或在哪里说明了。")
    row = Correction(
        submission_id=submission.id,
        person_id=person.id,
        kind=answer.about,
        target=answer.id,
        value={key: value for key, value in asdict(answer).items() if key not in ("about", "id")},
    )
    session.add(row)
    session.flush()
    return row


def undo(session: Session, submission: Submission, person: Person, identity: str | None = None) -> Correction:
    """Takes back one of the person's own corrections, the last one if none is named. Raises NotFound."""
    asked = select(Correction).where(
        Correction.submission_id == submission.id,
        Correction.person_id == person.id,
        Correction.undone.is_(None),
    )
    if identity is not None:
        asked = asked.where(Correction.id == identity)
    row = session.scalar(asked.order_by(Correction.created.desc(), Correction.id).limit(1))
    if row is None:
        raise NotFound("没有可以撤销的更正。")
    row.undone = now()
    return row


def withdraw(session: Session, submission: Submission, person: Person, about: str, target: str) -> int:
    """Takes back all that the person said of one thing; how many that were."""
    rows = session.scalars(
        select(Correction).where(
            Correction.submission_id == submission.id,
            Correction.person_id == person.id,
            Correction.kind == about,
            Correction.target == target,
            Correction.undone.is_(None),
        )
    ).all()
    for row in rows:
        row.undone = now()
    return len(rows)


def of_submission(session: Session, submission: Submission, person: Person) -> tuple[Correction, ...]:
    """What holds and the person may see, oldest first; the person's own last, so that it wins."""
    rows = session.scalars(
        select(Correction)
        .where(
            Correction.submission_id == submission.id,
            Correction.undone.is_(None),
            seen_from(person, submission, Correction.person_id),
        )
        .order_by(Correction.created, Correction.id)
    ).all()
    return tuple(sorted(rows, key=lambda row: row.person_id == person.id))


def to_answer(row: Correction) -> Answer:
    value = dict(row.value)
    if value.get("indicators") is not None:
        value["indicators"] = tuple(value["indicators"])
    return Answer(about=row.kind, id=row.target, **value)  # type: ignore[arg-type]


def answers(session: Session, submission: Submission, person: Person) -> tuple[Answer, ...]:
    return tuple(to_answer(row) for row in of_submission(session, submission, person))
