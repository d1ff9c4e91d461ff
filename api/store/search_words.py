"""Search by words: passages cut into words in a full-text table, made from the passages' rows at will."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from api.store.tables import PassageRow
from nlp.words import words_within

_MOST = 32
"""Words of a query that are looked for."""
_INSERT = text("INSERT INTO passage_words(rowid, words) VALUES (:id, :words)")
_DELETE = text(
    "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passages WHERE revision_id = :revision)"
)
_FIND = text(
    "SELECT passage_words.rowid, bm25(passage_words) FROM passage_words "
    "JOIN passages ON passages.id = passage_words.rowid "
    "WHERE passage_words MATCH :query AND passages.revision_id IN :revisions "
    "ORDER BY bm25(passage_words) LIMIT :most"
).bindparams(bindparam("revisions", expanding=True))


def cut_words(passage: str) -> str:
    """The text with its words apart, as the table holds it and a query is put."""
    return " ".join(word for word in words_within(passage) if any(sign.isalnum() for sign in word))


def cut_all(passages: Iterable[str]) -> list[str]:
    return [cut_words(passage) for passage in passages]


def put_words(session: Session, revision_id: str, cut: Sequence[str]) -> None:
    """Replaces the words of a revision; ``cut`` is by position of the passages."""
    session.execute(_DELETE, {"revision": revision_id})
    rows = session.execute(
        select(PassageRow.id, PassageRow.position).where(PassageRow.revision_id == revision_id)
    ).all()
    told = [{"id": row.id, "words": cut[row.position]} for row in rows if row.position < len(cut)]
    if told:
        session.execute(_INSERT, told)


def drop_words(session: Session, revision_id: str) -> None:
    session.execute(_DELETE, {"revision": revision_id})


def find_words(session: Session, query: str, revisions: Sequence[str], most: int) -> list[int]:
    """Ids of the passages that hold words of the query, the best first."""
    sought = list(dict.fromkeys(cut_words(query).split()))[:_MOST]
    if not sought or not revisions:
        return []
    for joined in (" ".join(_quoted(word) for word in sought), " OR ".join(_quoted(word) for word in sought)):
        found = session.execute(_FIND, {"query": joined, "revisions": revisions, "most": most}).all()
        if found:  # all words first; any of them only where nothing holds all
            return [row[0] for row in found]
    return []


def _quoted(word: str) -> str:
    """A word as a string of the full-text table's query language, so that nothing in it is an operator."""
    escaped = word.replace('"', '""')
    return f'"{escaped}"'
