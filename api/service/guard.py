"""Who may do what with which object: the one place that decides.

``MAY`` says what a role may do at all with a kind of object; the functions below say with which objects.
What somebody may not see is not there (404); what is seen but not to be done is refused (403).

applicant   submissions of the own organisation, drafts too
reviewer    assigned submissions that were handed in, unless handed back (回避)
office      everything of a round that was handed in, never a draft
admin       accounts, organisations, rounds, audit, jobs; no report
local       one person on the own machine: what applicant, reviewer and office do, with the own reports
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, false, select, true
from sqlalchemy.orm import Session, aliased

from api.refusals import Forbidden, NotFound
from api.store.tables import (
    Assignment,
    Group,
    Intake,
    Member,
    Organisation,
    Person,
    Revision,
    Submission,
)

OWNERS = frozenset({"applicant", "local"})
_READERS = frozenset({"applicant", "reviewer", "office", "local"})
_JUDGES = frozenset({"reviewer", "office", "local"})
_OFFICE = frozenset({"office", "local"})
_STAFF = frozenset({"office", "admin", "local"})
_ALL = frozenset({"applicant", "reviewer", "office", "admin", "local"})

MAY: dict[tuple[str, str], frozenset[str]] = {
    ("view", "start"): _ALL,
    ("view", "office"): frozenset({"office", "admin"}),
    ("view", "board"): frozenset({"office"}),
    ("change", "self"): _ALL,
    ("view", "submission"): _READERS,
    ("create", "submission"): OWNERS,
    ("change", "submission"): OWNERS,
    ("submit", "submission"): OWNERS,
    ("retry", "submission"): OWNERS | {"office"},
    ("withdraw", "submission"): OWNERS | {"office"},
    ("delete", "submission"): OWNERS,
    ("reopen", "submission"): _OFFICE,
    ("receive", "submission"): _OFFICE,
    ("search", "passage"): _READERS,
    ("correct", "submission"): _READERS,
    ("note", "submission"): _JUDGES,
    ("recuse", "assignment"): frozenset({"reviewer"}),
    ("read", "assignment"): frozenset({"reviewer"}),
    ("view", "assignment"): _JUDGES,
    ("change", "assignment"): _OFFICE,
    ("view", "group"): _JUDGES,
    ("open", "group"): _JUDGES,
    ("change", "group"): _OFFICE,
    ("view", "round"): _ALL,
    ("change", "round"): _STAFF,
    ("view", "organisation"): _ALL,
    ("change", "organisation"): _STAFF,
    ("view", "person"): _STAFF,
    ("change", "person"): _STAFF,
    ("view", "audit"): _STAFF,
    ("view", "duty"): frozenset({"office", "applicant"}),
    ("change", "duty"): frozenset({"office"}),
    ("view", "job"): _ALL,
    ("change", "job"): _ALL,
}
"""Roles by action and kind of object."""


def may(person: Person, action: str, kind: str) -> bool:
    """Whether the person's role allows an action on a kind of object at all."""
    return person.role in MAY[action, kind]


def require(person: Person, action: str, kind: str) -> None:
    """Raises Forbidden."""
    if not may(person, action, kind):
        raise Forbidden()


def seen_submissions(person: Person) -> ColumnElement[bool]:
    """The condition under which a person sees a submission; for lists, counts and search alike."""
    if person.role in OWNERS:
        return Submission.organisation_id == person.organisation_id
    if person.role == "reviewer":
        held = aliased(Assignment)  # apart from an Assignment that the whole query may be about
        assigned = exists().where(
            held.submission_id == Submission.id, held.person_id == person.id, held.recused.is_(None)
        )
        return and_(assigned, Submission.status == "submitted")
    if person.role == "office":
        return Submission.status != "draft"
    return false()


def seen_revisions(person: Person) -> ColumnElement[bool]:
    """The same for revisions: office and reviewers see what was handed in, never a draft beside it."""
    if person.role in OWNERS:
        return seen_submissions(person)
    return and_(seen_submissions(person), Revision.frozen.is_not(None))


def visible_submission(session: Session, person: Person, submission_id: str) -> Submission:
    """Raises NotFound for one that is not there or not to be seen."""
    found = session.scalar(select(Submission).where(Submission.id == submission_id, seen_submissions(person)))
    if found is None:
        raise NotFound()
    return found


def visible_revision(session: Session, person: Person, revision_id: str) -> Revision:
    """Raises NotFound for one that is not there or not to be seen."""
    found = session.scalar(
        select(Revision)
        .join(Submission, Revision.submission_id == Submission.id)
        .where(Revision.id == revision_id, seen_revisions(person))
    )
    if found is None:
        raise NotFound()
    return found


def visible_revisions(session: Session, person: Person, submission: Submission) -> list[Revision]:
    """The revisions of a submission that a person may see, the last one first."""
    return list(session.scalars(_revisions(person, submission)))


def shown_revision(session: Session, person: Person, submission: Submission) -> Revision | None:
    """The revision that a person is shown by default: the last one that the person may see."""
    return session.scalar(_revisions(person, submission).limit(1))


def _revisions(person: Person, submission: Submission) -> Select[Revision]:
    return (
        select(Revision)
        .join(Submission, Revision.submission_id == Submission.id)
        .where(Revision.submission_id == submission.id, seen_revisions(person))
        .order_by(Revision.number.desc())
    )


def seen_organisations(person: Person) -> ColumnElement[bool]:
    """The condition under which a person sees an organisation: the own one, or that of a report to read."""
    if person.role in ("office", "admin"):
        return true()
    own = Organisation.id == person.organisation_id
    if person.role != "reviewer":
        return own
    assigned = (
        select(Submission.organisation_id)
        .join(Assignment, Assignment.submission_id == Submission.id)
        .where(
            Assignment.person_id == person.id,
            Assignment.recused.is_(None),
            Submission.status == "submitted",
        )
    )
    return Organisation.id.in_(assigned)


def visible_organisation(session: Session, person: Person, organisation_id: str) -> Organisation:
    """Raises NotFound for one that is not there or not to be seen."""
    found = session.scalar(
        select(Organisation).where(Organisation.id == organisation_id, seen_organisations(person))
    )
    if found is None:
        raise NotFound()
    return found


def visible_assignment(session: Session, person: Person, assignment_id: str) -> Assignment:
    """The reviewer's own, or for the office any of what was handed in. Raises NotFound."""
    asked = (
        select(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(Assignment.id == assignment_id, seen_submissions(person))
    )
    if person.role == "reviewer":
        asked = asked.where(Assignment.person_id == person.id)
    found = session.scalar(asked)
    if found is None:
        raise NotFound()
    return found


def visible_intake(session: Session, person: Person, intake_id: str) -> Intake:
    """A batch of files that waits for its confirmation: for the office. Raises NotFound."""
    found = session.get(Intake, intake_id) if may(person, "receive", "submission") else None
    if found is None:
        raise NotFound()
    return found


def seen_groups(person: Person) -> ColumnElement[bool]:
    """The office sees all groups, a reviewer those that the reviewer is in."""
    if person.role in ("office", "local"):
        return true()
    return exists().where(Member.group_id == Group.id, Member.person_id == person.id)


def visible_group(session: Session, person: Person, group_id: str) -> Group:
    """Raises NotFound."""
    found = session.scalar(select(Group).where(Group.id == group_id, seen_groups(person)))
    if found is None:
        raise NotFound()
    return found


def seen_people(person: Person) -> ColumnElement[bool]:
    """Staff see all accounts; accounts of administrators only an administrator."""
    if person.role == "admin":
        return true()
    return Person.role != "admin" if person.role == "office" else Person.id == person.id


def visible_person(session: Session, person: Person, person_id: str) -> Person:
    """Raises NotFound."""
    found = session.scalar(select(Person).where(Person.id == person_id, seen_people(person)))
    if found is None:
        raise NotFound()
    return found


def require_role(person: Person, role: str) -> None:
    """Raises Forbidden if a person may not make or change accounts of a role."""
    if role == "admin" and person.role != "admin":
        raise Forbidden("只有系统管理员可以管理系统管理员账号。")
