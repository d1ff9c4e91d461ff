"""A finished report as the pages need it: its assessment, arranged, and the addresses of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from api.export.lookup import Lookup
from api.pages.links import Links
from models.assessment import Assessment, DocumentRecord, PassageRecord
from models.criteria import Criteria, Item


@dataclass(frozen=True)
class Report:
    """One revision of a submission. ``base`` is the address of the submission, without a slash at its end."""

    base: str
    title: str
    number: int
    """Number of the revision, from 1."""
    assessment: Assessment
    criteria: Criteria

    @cached_property
    def lookup(self) -> Lookup:
        return Lookup(self.assessment)

    @cached_property
    def links(self) -> Links:
        return Links(self.lookup, self.criteria, self.base)

    @property
    def main(self) -> DocumentRecord | None:
        """The document that is read item by item: the report, else the yearly report, else the overview."""
        order = ("report", "annual", "overview")
        judged = sorted((d for d in self.lookup.judged if d.kind in order), key=lambda d: order.index(d.kind))
        return next(iter(judged), None)

    def document(self, identity: str | None) -> DocumentRecord | None:
        """A judged document by its id, or the main one."""
        return next((d for d in self.lookup.judged if d.id == identity), self.main)

    def item(self, identity: str) -> Item | None:
        node = self.criteria.by_id.get(identity)
        return node if isinstance(node, Item) else None

    def passages(self, document: str) -> tuple[PassageRecord, ...]:
        return self._by_document.get(document, ())

    @cached_property
    def _by_document(self) -> dict[str, tuple[PassageRecord, ...]]:
        grouped: dict[str, list[PassageRecord]] = {}
        for passage in self.assessment.passages:
            grouped.setdefault(passage.document, []).append(passage)
        return {document: tuple(found) for document, found in grouped.items()}
