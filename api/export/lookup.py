"""An assessment arranged for reading: what belongs to which document and indicator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from models.assessment import (
    Assessment,
    Coverage,
    DocumentRecord,
    Finding,
    PassageRecord,
    Severity,
    TableRecord,
    Where,
)
from models.document import PartKind
from models.kpi import KpiSeries

_ORDER: tuple[PartKind, ...] = ("report", "overview", "annual", "evidence", "other")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Lookup:
    assessment: Assessment

    @cached_property
    def documents(self) -> tuple[DocumentRecord, ...]:
        """The report first, then overview, yearly report, evidence and the rest."""
        return tuple(sorted(self.assessment.documents, key=lambda d: _ORDER.index(d.kind)))

    @cached_property
    def judged(self) -> tuple[DocumentRecord, ...]:
        """Documents that have coverage."""
        covered = {row.document for row in self.assessment.coverage}
        return tuple(document for document in self.documents if document.id in covered)

    @cached_property
    def document(self) -> dict[str, DocumentRecord]:
        return {document.id: document for document in self.assessment.documents}

    @cached_property
    def passage(self) -> dict[str, PassageRecord]:
        return {passage.id: passage for passage in self.assessment.passages}

    @cached_property
    def kpi(self) -> dict[str, KpiSeries]:
        return {series.id: series for series in self.assessment.kpis}

    @cached_property
    def table(self) -> dict[str, TableRecord]:
        """By the passage that the table is."""
        return {table.passage: table for table in self.assessment.tables if table.passage}

    @cached_property
    def row(self) -> dict[tuple[str, str], Coverage]:
        """Coverage by document and indicator."""
        return {(row.document, row.indicator): row for row in self.assessment.coverage}

    @cached_property
    def series(self) -> dict[tuple[str, str | None], tuple[KpiSeries, ...]]:
        """KPI series by document and indicator, in the order of the document."""
        grouped: dict[tuple[str, str | None], list[KpiSeries]] = {}
        for series in self.assessment.kpis:
            grouped.setdefault((series.document, series.indicator), []).append(series)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def findings(self) -> dict[Severity, tuple[Finding, ...]]:
        """By severity, each in the order of the checks."""
        every = self.assessment.findings
        return {s: tuple(finding for finding in every if finding.severity == s) for s in SEVERITIES}

    def rows(self, document: str, indicators: Iterable[str]) -> tuple[Coverage, ...]:
        """Coverage of those of the indicators that the document was held against."""
        found = (self.row.get((document, indicator)) for indicator in indicators)
        return tuple(row for row in found if row is not None)

    def place_page(self, where: Where) -> int | None:
        """Page of the file that a place of a finding names, directly or by its passage or KPI."""
        if where.page is not None:
            return where.page
        if where.passage in self.passage:
            return self.passage[where.passage].page
        return self.kpi[where.kpi].source.page if where.kpi in self.kpi else None
