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

from sqlalchemy import ColumnElement, and_, exists, false, select
from sqlalchemy.orm import Session

from api.refusals import Forbidden, NotFound
from api.store.tables import Assignment, Person, Revision, Submission

_OWNERS = frozenset({"applicant", "local"})
_READERS = frozenset({"applicant", "reviewer", "office", "local"})
_JUDGES = frozenset({"reviewer", "office", "local"})
_OFFICE = frozenset({"office", "local"})
_STAFF = frozenset({"office", "admin", "local"})
_ALL = frozenset({"applicant", "reviewer", "office", "admin", "local"})

MAY: dict[tuple[str, str], frozenset[str]] = {
    ("view", "start"): _ALL,
    ("change", "self"): _ALL,
    ("view", "submission"): _READERS,
    ("create", "submission"): _OWNERS | {"office"},
    ("change", "submission"): _OWNERS,
    ("submit", "submission"): _OWNERS,
    ("withdraw", "submission"): _OWNERS | {"office"},
    ("delete", "submission"): _OWNERS,
    ("reopen", "submission"): _OFFICE,
    ("receive", "submission"): _OFFICE,
    ("search", "passage"): _READERS,
    ("correct", "submission"): _READERS,
    ("note", "submission"): _JUDGES,
    ("recuse", "assignment"): frozenset({"reviewer"}),
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
    if person.role in _OWNERS:
        return Submission.organisation_id == person.organisation_id
    if person.role == "reviewer":
        assigned = exists().where(
            Assignment.submission_id == Submission.id,
            Assignment.person_id == person.id,
            Assignment.recused.is_(None),
        )
        return and_(assigned, Submission.status == "submitted")
    if person.role == "office":
        return Submission.status != "draft"
    return false()


def seen_revisions(person: Person) -> ColumnElement[bool]:
    """The same for revisions: office and reviewers see what was handed in, never a draft beside it."""
    if person.role in _OWNERS:
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


def shown_revision(session: Session, person: Person, submission: Submission) -> Revision | None:
    """The revision that a person is shown by default: the last one that the person may see."""
    return session.scalar(
        select(Revision)
        .join(Submission, Revision.submission_id == Submission.id)
        .where(Revision.submission_id == submission.id, seen_revisions(person))
        .order_by(Revision.number.desc())
        .limit(1)
    )
