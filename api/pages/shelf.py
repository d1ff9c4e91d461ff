"""Reports that were opened lately, kept in memory: a person turns page after page of the same one."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from models.answers import Answer
from models.assessment import Assessment, PassageRecord
from models.codec import from_json
from models.diff import DraftDiff
from models.encoder import FloatArray

if TYPE_CHECKING:
    from api.bootstrap import Tools
    from api.service.context import Context
    from api.store.tables import Revision
    from ingest.painter import Painter
    from mapping.deciding import Points
    from models.annual import Hint

T = TypeVar("T")
_KEPT = 48
"""A full-size report takes about 10 MB."""


class Shelf:
    """The things used last, by what they are made from; made again when they are gone."""

    def __init__(self, most: int = _KEPT) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Two who ask at once may both make it; they get the same one afterwards."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return cast(T, self._things[key])
        made = make()
        with self._lock:
            kept = self._things.setdefault(key, made)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return cast(T, kept)


_SHELF = Shelf()


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """Anything else that is dear to make and small to keep."""
    return _SHELF.get(key, make)


def assessment(context: Context, sha256: str) -> Assessment:
    """A stored assessment as the program made it."""
    key = "assessment", context.files, sha256
    return _SHELF.get(key, lambda: from_json(Assessment, json.loads(context.files.read(sha256))))


def corrected(context: Context, tools: Tools, sha256: str, said: tuple[Answer, ...]) -> Assessment:
    """A stored assessment with what people said of it; ``tools``: those of its round."""
    from mapping.correction import correct

    key = "corrected", context.files, sha256, said, id(tools)
    return _SHELF.get(key, lambda: correct(assessment(context, sha256), said, tools.criteria, tools.rules))


def compared(context: Context, tools: Tools, old: str, new: str, said: tuple[Answer, ...]) -> DraftDiff:
    """Two stored drafts with the answers to the old one laid on, and what of them holds on the new one."""
    from mapping.drafts import compare_answered

    before, after = assessment(context, old), assessment(context, new)
    key = "compared", context.files, old, new, said, id(tools)
    return _SHELF.get(key, lambda: compare_answered(before, after, said, tools.criteria, tools.rules))


def points(tools: Tools) -> Points:
    """Vectors of the requirement points, for the sentences that are underlined."""
    from mapping.deciding import index_points

    return _SHELF.get(("points", id(tools)), lambda: index_points(tools.criteria, tools.encoder))


def keep_painter(context: Context) -> Painter:
    """The process that paints pages, one for each running service; it ends with the server."""
    from ingest.painter import Painter

    return _SHELF.get(("painter", context.files), lambda: Painter(context.tools.limits))


def vectors(
    context: Context, tools: Tools, revision: Revision, passages: Sequence[PassageRecord]
) -> FloatArray:
    """Vectors of the passages of a revision, one row each: stored ones, or made now if there are none."""
    from api.service.search_index import load_vectors

    def make() -> FloatArray:
        if revision.vectors is not None:
            stored = load_vectors(context.files.read(revision.vectors))
            if stored.shape == (len(passages), tools.encoder.dimensions):
                return stored
        return tools.encoder.encode([f"{p.context}\n{p.text}" if p.context else p.text for p in passages])

    return _SHELF.get(("vectors", context.files, revision.assessment, id(tools)), make)


def beside(context: Context, sha256: str, earlier: tuple[str, ...], tools: Tools) -> Assessment:
    """A stored yearly report beside stored earlier ones."""
    from api.annual.beside import beside_earlier

    key = "beside", context.files, sha256, earlier, id(tools)
    return _SHELF.get(
        key,
        lambda: beside_earlier(
            assessment(context, sha256),
            [assessment(context, one) for one in earlier],
            tools.criteria,
            tools.rules,
        ),
    )


def hints(context: Context, sha256: str) -> tuple[Hint, ...]:
    """What of a stored yearly report may tell of accidents, penalties or lawsuits."""
    from mapping.yearly.hints import find_hints

    return _SHELF.get(("hints", context.files, sha256), lambda: find_hints(assessment(context, sha256)))
