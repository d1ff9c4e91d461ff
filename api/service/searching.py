"""Search over what a person may see: by words and by meaning together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.service import guard
from api.service.context import Context
from api.store.search_words import find_words
from api.store.tables import PassageRow, Person, Revision, Submission

_MOST = 200
"""Passages that each of the two ways may bring."""
_SMOOTH = 60
"""Of reciprocal rank fusion: how little the very first places count for more (Cormack and others 2009)."""
_LEAST_LIKE = 0.3
"""Likeness under which meaning brings nothing: what is not there at all is not found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """``by`` says which ways brought it: words, meaning or both."""

    submission: str
    organisation: str
    revision: str
    passage: PassageRow
    score: float
    by: tuple[str, ...]


def search(
    context: Context,
    session: Session,
    person: Person,
    query: str,
    *,
    round_id: str | None = None,
    submission_id: str | None = None,
    indicator: str | None = None,
) -> list[Hit]:
    """Passages of the latest read revisions that the person may see, the best first."""
    revisions = seen_latest(session, person, round_id, submission_id)
    by_words = find_words(session, query, [one.id for one in revisions], _MOST)
    by_meaning = _by_meaning(context, session, query, revisions)
    scores: dict[int, float] = defaultdict(float)
    ways: dict[int, list[str]] = defaultdict(list)
    for way, found in (("words", by_words), ("meaning", by_meaning)):
        for rank, identity in enumerate(found):
            scores[identity] += 1 / (_SMOOTH + rank)
            ways[identity].append(way)
    rows = {row.id: row for row in session.scalars(select(PassageRow).where(PassageRow.id.in_(list(scores))))}
    of_revision = {one.id: one for one in revisions}
    hits = []
    for identity in sorted(scores, key=lambda row: (-scores[row], row)):
        row = rows[identity]
        if indicator is None or f"{row.indicator}.".startswith(f"{indicator}."):
            submission = of_revision[row.revision_id].submission
            hits.append(
                Hit(
                    submission.id,
                    submission.organisation.name,
                    row.revision_id,
                    row,
                    scores[identity],
                    tuple(ways[identity]),
                )
            )
    return hits


def seen_latest(
    session: Session, person: Person, round_id: str | None = None, submission_id: str | None = None
) -> list[Revision]:
    """Of each submission that the person sees the last revision that was read and the person may see."""
    asked = (
        select(Revision.submission_id, func.max(Revision.number).label("number"))
        .join(Submission, Submission.id == Revision.submission_id)
        .where(guard.seen_revisions(person), Revision.assessment.is_not(None))
        .group_by(Revision.submission_id)
    )
    if round_id is not None:
        asked = asked.where(Submission.round_id == round_id)
    if submission_id is not None:
        asked = asked.where(Submission.id == submission_id)
    last = asked.subquery()
    return list(
        session.scalars(
            select(Revision).join(
                last,
                (last.c.submission_id == Revision.submission_id) & (last.c.number == Revision.number),
            )
        )
    )


def _by_meaning(context: Context, session: Session, query: str, revisions: Sequence[Revision]) -> list[int]:
    vector = context.tools.encoder.encode([query])
    by_round: dict[str, list[Revision]] = defaultdict(list)
    for revision in revisions:
        by_round[revision.submission.round_id].append(revision)
    found: list[tuple[int, float]] = []
    for round_id, own in by_round.items():
        index = context.searcher.index(session, round_id, own)
        found += index.nearest(vector, [one.id for one in own], _MOST)
    found.sort(key=lambda one: -one[1])
    return [row for row, likeness in found[:_MOST] if likeness >= _LEAST_LIKE]
