"""Search by meaning: the vectors of a round's passages in memory, and the making of what search needs.

All of it is made from the stored assessments and may be thrown away at any time.
"""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.pages import shelf
from api.store.search_words import cut_all, drop_words, put_words
from api.store.tables import PassageRow, Revision, StoredFile

if TYPE_CHECKING:
    import numpy as np

    from api.service.context import Context

_LOG = logging.getLogger("ziping.search")
_AT_ONCE = 20


@dataclass(slots=True)
class RoundIndex:
    """Vectors of the passages of a round's revisions, one after the other; ``rows`` are the passages' ids."""

    dimensions: int
    spans: dict[str, range] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    _index: Any = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, revision: str, rows: Sequence[int], vectors: np.ndarray[Any, Any]) -> None:
        import faiss

        with self._lock:
            if revision in self.spans:
                return
            if self._index is None:
                self._index = faiss.IndexFlatIP(self.dimensions)
            first = len(self.rows)
            self._index.add(vectors)
            self.rows.extend(rows)
            self.spans[revision] = range(first, len(self.rows))

    def nearest(
        self, vector: np.ndarray[Any, Any], revisions: Sequence[str], most: int
    ) -> list[tuple[int, float]]:
        """Ids of the passages of these revisions that are closest, with their likeness, best first."""
        import numpy as np

        faiss = _faiss()
        with self._lock:
            spans = [self.spans[one] for one in revisions if one in self.spans]
            if self._index is None or not spans:
                return []
            chosen = np.zeros(len(self.rows), dtype=np.uint8)
            for span in spans:
                chosen[span.start : span.stop] = 1
            packed = np.packbits(chosen, bitorder="little")
            only = None if chosen.all() else faiss.SearchParameters(sel=faiss.IDSelectorBitmap(packed))
            likeness, places = self._index.search(vector, min(most, len(self.rows)), params=only)
        found = zip(places[0].tolist(), likeness[0].tolist(), strict=True)
        return [(self.rows[place], score) for place, score in found if place >= 0]


@dataclass(slots=True)
class Searcher:
    """The indexes of one service, by round."""

    context: Context
    _rounds: dict[str, RoundIndex] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _making: threading.Lock = field(default_factory=threading.Lock)

    def index(self, session: Session, round_id: str, vectors_of: Mapping[str, str]) -> RoundIndex:
        """The index of a round, with these revisions in it: id and SHA-256 of the vectors of each."""
        with self._lock:
            index = self._rounds.setdefault(round_id, RoundIndex(self.context.tools.encoder.dimensions))
            for revision, sha256 in vectors_of.items():
                if revision not in index.spans:
                    vectors = load_vectors(self.context.files.read(sha256))
                    rows = session.scalars(
                        select(PassageRow.id)
                        .where(PassageRow.revision_id == revision)
                        .order_by(PassageRow.position)
                    ).all()
                    if len(rows) == len(vectors) and vectors.shape[1:] == (index.dimensions,):
                        index.add(revision, rows, vectors)
            return index

    def catch_up(self) -> int:
        """Makes words and vectors of assessments that have none yet; gives how many."""
        made = 0
        with self._making:
            while waiting := self._waiting():
                for revision_id, assessment in waiting:
                    self._make(revision_id, assessment)
                    made += 1
        return made

    def rebuild(self) -> int:
        """Makes everything that search needs anew from the stored assessments; gives how many there are."""
        with self.context.database.writing() as session:
            for revision_id in session.scalars(select(Revision.id).where(Revision.assessment.is_not(None))):
                drop_words(session, revision_id)
                session.execute(delete(PassageRow).where(PassageRow.revision_id == revision_id))
            for revision in session.scalars(select(Revision).where(Revision.vectors.is_not(None))):
                revision.vectors = None
        with self._lock:
            self._rounds.clear()
        return self.catch_up()

    def _waiting(self) -> list[tuple[str, str]]:
        asked = select(Revision.id, Revision.assessment).where(
            Revision.assessment.is_not(None), Revision.vectors.is_(None)
        )
        with self.context.database.reading() as session:
            return [(row[0], row[1] or "") for row in session.execute(asked.limit(_AT_ONCE))]

    def _make(self, revision_id: str, sha256: str) -> None:
        made = shelf.assessment(self.context, sha256)
        passages = made.passages
        vectors = self.context.tools.encoder.encode(
            [f"{passage.context}\n{passage.text}".strip() for passage in passages]
        )
        cut = cut_all(passage.text for passage in passages)
        content = self.context.files.add([_dump(vectors, self.context.tools.encoder.dimensions)])
        with self.context.database.writing() as session:
            revision = session.get(Revision, revision_id)
            if revision is None:
                return
            if session.get(StoredFile, content.sha256) is None:
                session.add(StoredFile(sha256=content.sha256, size=content.size, type="npy"))
                session.flush()
            held = session.scalar(select(func.count()).where(PassageRow.revision_id == revision_id))
            if held != len(passages):
                session.execute(delete(PassageRow).where(PassageRow.revision_id == revision_id))
                session.add_all(passage_rows(revision_id, made))
                session.flush()
            put_words(session, revision_id, cut)
            revision.vectors = content.sha256
        _LOG.info("indexed", extra={"revision": revision_id, "passages": len(passages)})


def passage_rows(revision_id: str, assessment: Any) -> list[PassageRow]:
    return [
        PassageRow(
            revision_id=revision_id,
            position=position,
            passage=passage.id,
            document=passage.document,
            page=passage.page,
            indicator=passage.indicators[0].id if passage.indicators else None,
            aspect=passage.aspect,
            text=passage.text,
        )
        for position, passage in enumerate(assessment.passages)
    ]


def _faiss() -> Any:
    """As a module without types: those that it brings do not know what its Python side adds."""
    import faiss

    return faiss


def _dump(vectors: Any, dimensions: int) -> bytes:
    import numpy as np

    out = io.BytesIO()
    shaped = np.asarray(vectors, dtype=np.float32).reshape(-1, dimensions)
    np.save(out, shaped, allow_pickle=False)
    return out.getvalue()


def load_vectors(content: bytes) -> Any:
    import numpy as np

    return np.load(io.BytesIO(content), allow_pickle=False)
