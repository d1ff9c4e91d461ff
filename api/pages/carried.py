"""What people said of earlier drafts, as it holds for the draft that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.pages import shelf
from api.service.context import Context
from api.store import corrections
from api.store.tables import Person, Revision, Submission
from models.answers import Answer

if TYPE_CHECKING:
    from api.bootstrap import Tools


def answers(
    context: Context, tools: Tools, session: Session, revision: Revision, person: Person
) -> tuple[Answer, ...]:
    """The answers that the person may see, each taken along from the draft it was given to.

    Passages and series keep their ids while their words stay; where the words changed a little, ids are
    followed from one draft to the next.
    """
    submission = revision.submission
    rows = corrections.of_submission(session, submission, person)
    if not rows:
        return ()
    drafts = _read_drafts(session, submission, revision)
    said = [(row.created, corrections.to_answer(row)) for row in rows]
    held: tuple[Answer, ...] = ()
    for number, draft in enumerate(drafts):
        last = number + 1 == len(drafts)
        until = None if last else drafts[number + 1].created
        held = (*held, *_given(said, draft.created if number else None, until))
        if not last and held:
            after = drafts[number + 1].assessment or ""
            held = shelf.compared(context, tools, draft.assessment or "", after, held).carried
    return held


def _read_drafts(session: Session, submission: Submission, revision: Revision) -> Sequence[Revision]:
    """The drafts that were read, up to the one shown, oldest first."""
    return session.scalars(
        select(Revision)
        .where(
            Revision.submission_id == submission.id,
            Revision.number <= revision.number,
            Revision.assessment.is_not(None),
        )
        .order_by(Revision.number)
    ).all()


def _given(
    said: Sequence[tuple[datetime, Answer]], start: datetime | None, until: datetime | None
) -> tuple[Answer, ...]:
    return tuple(
        answer for at, answer in said if (start is None or at >= start) and (until is None or at < until)
    )
