"""The coverage map: items, their indicators, and the aspects that are expected of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from api.export import wording
from api.export.anchors import Anchors
from api.export.lookup import Lookup
from models.assessment import Coverage, CoverageStatus, DocumentRecord, RequirementStatus
from models.criteria import ASPECTS, AspectName, Chapter, Criteria, Indicator, Item, Requirement


@dataclass(frozen=True, slots=True)
class CellView:
    aspect: AspectName
    title: str
    initial: str
    expected: bool
    count: int

    @property
    def words(self) -> str:
        found = f"{self.count} 段" if self.count else "未找到"
        return found if self.expected else f"此处不要求{f'（有 {self.count} 段）' if self.count else ''}"


@dataclass(frozen=True, slots=True)
class PointView:
    requirement: Requirement
    number: str
    """As printed, ``（1）``; empty for the one sentence of a result."""
    status: RequirementStatus
    mark: str
    title: str


@dataclass(frozen=True, slots=True)
class TileView:
    indicator: Indicator
    anchor: str
    status: CoverageStatus
    cells: tuple[CellView, ...]
    points: tuple[PointView, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class ItemView:
    item: Item
    anchor: str
    tiles: tuple[TileView, ...]
    status: CoverageStatus
    passages: int

    @property
    def found(self) -> int:
        """Indicators that have at least one passage."""
        return sum(tile.passages > 0 for tile in self.tiles)


@dataclass(frozen=True, slots=True)
class ChapterView:
    chapter: Chapter
    anchor: str
    items: tuple[ItemView, ...]
    tally: str

    @property
    def tiles(self) -> int:
        return sum(len(item.tiles) for item in self.items)


@dataclass(frozen=True, slots=True)
class MapView:
    """``shape``: tiles of single indicators, the points of the overview, or whole items."""

    document: DocumentRecord
    title: str
    shape: str
    chapters: tuple[ChapterView, ...]
    tally: tuple[tuple[CoverageStatus, int], ...]
    points: tuple[int, int]
    """Requirement points with a passage of their own, and all of them."""

    @property
    def items(self) -> tuple[ItemView, ...]:
        return tuple(item for chapter in self.chapters for item in chapter.items)

    @property
    def indicators(self) -> int:
        return sum(number for _, number in self.tally)


def coverage_map(document: DocumentRecord, lookup: Lookup, criteria: Criteria, anchors: Anchors) -> MapView:
    shapes = {"overview": "points", "annual": "items"}
    chapters = (criteria.overview,) if document.kind == "overview" else criteria.chapters
    views = tuple(_chapter(document, chapter, lookup, anchors) for chapter in chapters)
    rows = [row for row in lookup.assessment.coverage if row.document == document.id]
    counts = Counter(row.status for row in rows)
    statuses = [point.status for row in rows for point in row.requirements]
    return MapView(
        document,
        wording.PART_KINDS[document.kind],
        shapes.get(document.kind, "tiles"),
        tuple(view for view in views if view.items),
        tuple((status, counts[status]) for status in wording.STATUSES if counts[status]),
        (statuses.count("covered"), len(statuses)),
    )


def _chapter(document: DocumentRecord, chapter: Chapter, lookup: Lookup, anchors: Anchors) -> ChapterView:
    items = tuple(_item(document, item, lookup, anchors) for item in chapter.items)
    rows = lookup.rows(document.id, [i.id for item in chapter.items for i in item.indicators])
    return ChapterView(
        chapter,
        anchors.node(document.id, chapter.id),
        tuple(item for item in items if item.tiles),
        tally(rows),
    )


def _item(document: DocumentRecord, item: Item, lookup: Lookup, anchors: Anchors) -> ItemView:
    rows = {row.indicator: row for row in lookup.rows(document.id, [i.id for i in item.indicators])}
    return ItemView(
        item,
        anchors.node(document.id, item.id),
        tuple(
            TileView(
                indicator,
                anchors.indicator(document.id, indicator.id),
                rows[indicator.id].status,
                cells(rows[indicator.id]),
                points(indicator, rows[indicator.id]),
                len(rows[indicator.id].passages),
            )
            for indicator in item.indicators
            if indicator.id in rows
        ),
        item_status(tuple(rows.values())),
        len({passage for row in rows.values() for passage in row.passages}),
    )


def cells(row: Coverage) -> tuple[CellView, ...]:
    """One cell per aspect; none for an indicator of which no aspect is expected. Where a person says that it
    does not apply, none is asked for."""
    if not row.expected:
        return ()
    asked = () if row.status == "not_applicable" else row.expected
    return tuple(
        CellView(a, wording.ASPECTS[a], wording.ASPECT_INITIALS[a], a in asked, row.count(a)) for a in ASPECTS
    )


def item_status(rows: Sequence[Coverage]) -> CoverageStatus:
    """An item of a yearly report: found if anything of it is; unknown before not found."""
    if any(row.passages for row in rows):
        return "covered"
    if rows and all(row.status == "not_applicable" for row in rows):
        return "not_applicable"
    return "unknown" if any(row.status == "unknown" for row in rows) else "missing"


def points(indicator: Indicator, row: Coverage) -> tuple[PointView, ...]:
    """The requirement points with what was found of each."""
    known = {point.id: point.status for point in row.requirements}
    views = []
    for point in indicator.requirements:
        status = known.get(point.id, "missing")
        number = "" if indicator.expected == ("result",) else f"（{point.id.rsplit('-', 1)[1]}）"
        views.append(
            PointView(point, number, status, wording.POINT_MARKS[status], wording.POINT_STATUSES[status])
        )
    return tuple(views)


def tally(rows: Sequence[Coverage]) -> str:
    """``12 个指标：已找到相关内容 10，未找到 2``."""
    counts = Counter(row.status for row in rows)
    named = "，".join(f"{title} {counts[s]}" for s, title in wording.STATUSES.items() if counts[s])
    return f"{len(rows)} 个指标：{named}" if rows else ""
