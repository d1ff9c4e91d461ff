"""Addresses of what a report holds, so that everything on a page can be sent to a colleague as a link."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from api.export.anchors import Anchors
from models.assessment import Finding, PassageRecord, Where
from models.criteria import Chapter, Indicator, Item


@dataclass(frozen=True)
class Links(Anchors):
    """The anchors of the exported page as addresses below ``base``."""

    base: str

    def node(self, document: str, node: str) -> str:
        """The navigator at a chapter's first item, an item, or an indicator of it."""
        return self.base + self.path(node) + self._part(document)

    def indicator(self, document: str, indicator: str) -> str:
        if self.lookup.document[document].kind == "annual":
            return self.node(document, self.criteria.indicator(indicator).item)
        return self.node(document, indicator)

    def path(self, node: str) -> str:
        """Address of a node of the criteria below that of the report."""
        found = self.criteria.by_id.get(node)
        if isinstance(found, Indicator):
            return f"/items/{found.item}/{found.id}"
        if isinstance(found, Chapter) and found.items:
            return f"/items/{found.items[0].id}"
        return f"/items/{found.id}" if isinstance(found, Item) else ""

    def passage(self, passage: PassageRecord) -> str:
        """Where the navigator shows a passage: its item, or the whole text if it answers none."""
        if not passage.indicators or (passage.document, passage.indicators[0].id) not in self.lookup.row:
            return f"{self.base}/text?p={quote(passage.id)}{self._part(passage.document, '&')}#{passage.id}"
        item = self.criteria.indicator(passage.indicators[0].id).item
        return (
            f"{self.base}/items/{item}?p={quote(passage.id)}{self._part(passage.document, '&')}#{passage.id}"
        )

    def series(self, identity: str) -> str:
        return f"{self.base}/kpis?k={quote(identity)}#{identity}"

    def of_finding(self, finding: Finding) -> str | None:
        if finding.document is None or finding.indicator is None:
            return None
        if (finding.document, finding.indicator) not in self.lookup.row:
            return None
        return self.indicator(finding.document, finding.indicator)

    def of_place(self, where: Where) -> str | None:
        if where.passage in self.lookup.passage:
            return self.passage(self.lookup.passage[where.passage])
        return self.series(where.kpi) if where.kpi in self.lookup.kpi else None

    def page(self, document: str, number: int) -> str:
        """A page of the file of a document, as it is shown beside its text."""
        return f"{self.base}/pages/{document}/{number}"

    def _part(self, document: str, sign: str = "?") -> str:
        """Names the document where it is not the first of the report."""
        return "" if document in self._plain else f"{sign}part={document}"
