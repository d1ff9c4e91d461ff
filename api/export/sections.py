"""What was read of each document, indicator by indicator: requirement, passages, KPI series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from api.export import wording
from api.export.anchors import Anchors
from api.export.answers import node_sentences
from api.export.coverage import CellView, PointView, cells, item_status, points
from api.export.findings import FindingView
from api.export.kpis import KpiTableView, kpi_table
from api.export.lookup import Lookup
from api.export.passages import GroupView, MentionView, PassageShelf, PassageView, home
from models.assessment import CoverageStatus, DocumentRecord
from models.criteria import Chapter, Criteria, Indicator, Item
from models.kpi import KpiSeries

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class LinkView:
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """An indicator, or a whole item of a yearly report."""

    anchor: str
    id: str
    title: str
    status: CoverageStatus
    cells: tuple[CellView, ...]
    points: tuple[PointView, ...]
    groups: tuple[GroupView, ...]
    nearest: tuple[MentionView, ...]
    unseen: bool
    answers: tuple[str, ...]
    """What a person says of it: not applicable, or told in another way."""
    findings: tuple[FindingView, ...]
    kpis: KpiTableView | None
    links: tuple[LinkView, ...]
    """Result indicators of a process, processes of a result."""


@dataclass(frozen=True, slots=True)
class ItemSection:
    item: Item
    anchor: str
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class ChapterSection:
    chapter: Chapter
    anchor: str
    items: tuple[ItemSection, ...]


@dataclass(frozen=True, slots=True)
class DocumentSection:
    document: DocumentRecord
    title: str
    anchor: str
    chapters: tuple[ChapterSection, ...]
    unplaced: tuple[PassageView, ...]
    """Passages that answer no indicator."""
    kpis: KpiTableView | None
    """Series that are shown under no indicator."""


@dataclass(frozen=True)
class SectionMaker:
    """Arranges one document. Every passage and every series is shown in full exactly once."""

    document: DocumentRecord
    lookup: Lookup
    criteria: Criteria
    anchors: Anchors
    findings: Mapping[str, Sequence[FindingView]]
    """By the name of the section they speak of."""

    def make(self) -> DocumentSection:
        chapters = (self.criteria.overview,) if self.document.kind == "overview" else self.criteria.chapters
        passages = [p for p in self.lookup.assessment.passages if p.document == self.document.id]
        return DocumentSection(
            self.document,
            wording.PART_KINDS[self.document.kind],
            f"doc-{self.document.id}",
            tuple(self._chapter(chapter) for chapter in chapters if self._held_against(chapter)),
            tuple(self.shelf.view(p) for p in passages if home(p) not in self.shown),
            kpi_table(self._loose_series(), self.lookup),
        )

    @cached_property
    def shelf(self) -> PassageShelf:
        return PassageShelf(self.lookup, self.criteria)

    @cached_property
    def shown(self) -> frozenset[str]:
        """Indicators that the document was held against."""
        rows = self.lookup.assessment.coverage
        return frozenset(row.indicator for row in rows if row.document == self.document.id)

    def _loose_series(self) -> list[KpiSeries]:
        """Series of no indicator; all of them in a yearly report, which is not shown by indicators."""
        own = [series for series in self.lookup.assessment.kpis if series.document == self.document.id]
        return own if self.document.kind == "annual" else [s for s in own if s.indicator not in self.shown]

    def _held_against(self, chapter: Chapter) -> bool:
        return any(indicator.id in self.shown for item in chapter.items for indicator in item.indicators)

    def _chapter(self, chapter: Chapter) -> ChapterSection:
        anchor = self.anchors.node(self.document.id, chapter.id)
        return ChapterSection(chapter, anchor, tuple(self._item(item) for item in chapter.items))

    def _item(self, item: Item) -> ItemSection:
        anchor = self.anchors.node(self.document.id, item.id)
        if self.document.kind == "annual":
            return ItemSection(item, anchor, (self._whole_item(item, anchor),))
        sections = (self._indicator(i) for i in item.indicators if i.id in self.shown)
        return ItemSection(item, anchor, tuple(sections))

    def _indicator(self, indicator: Indicator) -> SectionView:
        row = self.lookup.row[self.document.id, indicator.id]
        anchor = self.anchors.indicator(self.document.id, indicator.id)
        series = self.lookup.series.get((self.document.id, indicator.id), ())
        return SectionView(
            anchor=anchor,
            id=indicator.id,
            title=indicator.title,
            status=row.status,
            cells=cells(row),
            points=points(indicator, row),
            groups=tuple(self.shelf.groups(row.passages, {indicator.id}, by_aspect=bool(row.expected))),
            nearest=self.shelf.mentions(row.nearest),
            unseen=row.unseen,
            answers=node_sentences(row),
            findings=tuple(self.findings.get(anchor, ())),
            kpis=kpi_table(series, self.lookup),
            links=tuple(self._links(indicator)),
        )

    def _whole_item(self, item: Item, anchor: str) -> SectionView:
        """A yearly report answers items, not single indicators: their passages in its own order."""
        rows = self.lookup.rows(self.document.id, [indicator.id for indicator in item.indicators])
        found = {passage for row in rows for passage in row.passages}
        order = [p.id for p in self.lookup.assessment.passages if p.id in found]
        near = dict.fromkeys(passage for row in rows for passage in row.nearest)
        return SectionView(
            anchor=anchor,
            id=item.id,
            title=item.title,
            status=item_status(rows),
            cells=(),
            points=(),
            groups=tuple(self.shelf.groups(order, {row.indicator for row in rows}, by_aspect=False)),
            nearest=() if found else self.shelf.mentions(list(near)[:_NEAREST]),
            unseen=any(row.unseen for row in rows),
            answers=tuple(dict.fromkeys(one for row in rows for one in node_sentences(row))),
            findings=tuple(self.findings.get(anchor, ())),
            kpis=None,
            links=(),
        )

    def _links(self, indicator: Indicator) -> Iterator[LinkView]:
        """What the criteria's text itself links: a result to its processes, a process to its results."""
        for link in indicator.links:
            node = self.criteria.by_id[link]
            if isinstance(node, Chapter | Item):
                yield LinkView(self.anchors.node(self.document.id, link), f"{link} {node.title}")
        for result in self.criteria.indicators:
            if any(f"{indicator.id}.".startswith(f"{link}.") for link in result.links):
                anchor = self.anchors.indicator(self.document.id, result.id)
                yield LinkView(anchor, f"{result.id} {result.title}")
