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
from api.store.tables import Organisation, PassageRow, Person, Revision, Submission

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


@dataclass(frozen=True, slots=True)
class Source:
    """A revision that is searched, and what of it is needed for that."""

    revision: str
    submission: str
    organisation: str
    round: str
    vectors: str | None


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
    sources = {one.revision: one for one in seen_latest(session, person, round_id, submission_id)}
    found = {
        "words": find_words(session, query, list(sources), _MOST),
        "meaning": _by_meaning(context, session, query, list(sources.values())),
    }
    scores: dict[int, float] = defaultdict(float)
    for ranked in found.values():
        for rank, row in enumerate(ranked):
            scores[row] += 1 / (_SMOOTH + rank)
    asked = select(PassageRow).where(PassageRow.id.in_(list(scores)))
    rows = {row.id: row for row in session.scalars(asked)}
    hits = []
    for identity in sorted(scores, key=lambda one: (-scores[one], one)):
        passage = rows[identity]
        if indicator is None or f"{passage.indicator}.".startswith(f"{indicator}."):
            source = sources[passage.revision_id]
            ways = tuple(way for way, ranked in found.items() if identity in ranked)
            hits.append(
                Hit(
                    source.submission,
                    source.organisation,
                    source.revision,
                    passage,
                    scores[identity],
                    ways,
                )
            )
    return hits


def seen_latest(
    session: Session, person: Person, round_id: str | None = None, submission_id: str | None = None
) -> list[Source]:
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
    found = session.execute(
        select(Revision.id, Revision.submission_id, Organisation.name, Submission.round_id, Revision.vectors)
        .join(last, (last.c.submission_id == Revision.submission_id) & (last.c.number == Revision.number))
        .join(Submission, Submission.id == Revision.submission_id)
        .join(Organisation, Organisation.id == Submission.organisation_id)
    )
    return [Source(row[0], row[1], row[2], row[3], row[4]) for row in found]


def _by_meaning(context: Context, session: Session, query: str, sources: Sequence[Source]) -> list[int]:
    vector = context.tools.encoder.encode([query])
    by_round: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        by_round[source.round].append(source)
    found: list[tuple[int, float]] = []
    for round_id, own in by_round.items():
        vectors = {one.revision: one.vectors for one in own if one.vectors is not None}
        index = context.searcher.index(session, round_id, vectors)
        found += index.nearest(vector, list(vectors), _MOST)
    found.sort(key=lambda one: (-one[1], one[0]))
    return [row for row, likeness in found[:_MOST] if likeness >= _LEAST_LIKE]
