"""Names of places in the page, so that every part of it can be addressed by a link."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from api.export.lookup import Lookup
from models.assessment import Finding, Where
from models.criteria import Criteria


@dataclass(frozen=True)
class Anchors:
    """Passages and series have their own ids. An indicator of the first document of its kind is
    ``i-1.1.1``, of a further or yearly report ``d3-i-1.1.1``; yearly reports are shown by items."""

    lookup: Lookup
    criteria: Criteria

    @cached_property
    def _plain(self) -> frozenset[str]:
        """Documents whose sections have names without a prefix."""
        first: dict[str, str] = {}
        for document in self.lookup.judged:
            first.setdefault(document.kind, document.id)
        if "report" in first:
            first.pop("annual", None)
        return frozenset(first.values())

    def node(self, document: str, node: str) -> str:
        """Name of a chapter, item or indicator in the section of one document."""
        return f"i-{node}" if document in self._plain else f"{document}-i-{node}"

    def indicator(self, document: str, indicator: str) -> str:
        """Name of the section in which an indicator of a document is shown."""
        if self.lookup.document[document].kind == "annual":
            return self.node(document, self.criteria.indicator(indicator).item)
        return self.node(document, indicator)

    def of_finding(self, finding: Finding) -> str | None:
        """The section that a finding speaks of; None if it speaks of none that is shown."""
        if finding.document is None or finding.indicator is None:
            return None
        if (finding.document, finding.indicator) not in self.lookup.row:
            return None
        return self.indicator(finding.document, finding.indicator)

    def of_place(self, where: Where) -> str | None:
        """Name of the passage or series that a place of a finding points at."""
        if where.kpi in self.lookup.kpi:
            return where.kpi
        return where.passage if where.passage in self.lookup.passage else None
