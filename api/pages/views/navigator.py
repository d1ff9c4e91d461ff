"""The navigator: one item of the criteria, with every passage that speaks to it, by aspect."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.export import wording
from api.export.coverage import CellView, PointView, cells, item_status, points
from api.export.kpis import KpiTableView, kpi_table
from api.export.passages import PassageShelf
from api.pages.report import Report
from mapping.deciding import Span
from models.assessment import (
    AspectLabel,
    Coverage,
    CoverageStatus,
    DocumentRecord,
    Finding,
    PassageRecord,
    TableRecord,
)
from models.criteria import Indicator, Item

_ASPECTS: tuple[AspectLabel, ...] = ("approach", "deployment", "result", "none")
_REFERS = re.compile(r"(?:详见|参见|见)(?:本报告)?(?:第)?[\d一二三四五六七]+[.．章节]")
_CANDIDATES = 9


@dataclass(frozen=True, slots=True)
class Marks:
    """What a person noted about items: read once, done with."""

    read: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TreeIndicator:
    id: str
    title: str
    href: str
    status: CoverageStatus
    here: bool


@dataclass(frozen=True, slots=True)
class TreeItem:
    item: Item
    href: str
    here: bool
    status: CoverageStatus
    done: bool
    indicators: tuple[TreeIndicator, ...]


@dataclass(frozen=True, slots=True)
class TreeChapter:
    id: str
    title: str
    points: int
    items: tuple[TreeItem, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """An indicator that a passage answers, or could."""

    id: str
    title: str
    score: float | None
    here: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a passage's text; ``decided``: a sentence that spoke for the match."""

    text: str
    decided: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A passage in the navigator. ``number`` counts through the page."""

    number: int
    passage: PassageRecord
    place: str
    path: str
    certainty: str
    why: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    chips: tuple[Chip, ...]
    candidates: tuple[Chip, ...]
    """What the passage could be set to with one key, the likeliest first."""
    table: TableRecord | None
    flags: tuple[str, ...]
    page_href: str | None


@dataclass(frozen=True, slots=True)
class AspectGroup:
    aspect: AspectLabel
    title: str
    expected: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class AskedIndicator:
    """An indicator of the item with its requirement points and what was found of each."""

    id: str
    title: str
    href: str
    here: bool
    status: CoverageStatus
    cells: tuple[CellView, ...]
    points: tuple[PointView, ...]
    unseen: bool


@dataclass(frozen=True, slots=True)
class NavigatorView:
    document: DocumentRecord
    item: Item
    indicator: Indicator | None
    tree: tuple[TreeChapter, ...]
    asked: tuple[AskedIndicator, ...]
    groups: tuple[AspectGroup, ...]
    nearest: tuple[Card, ...]
    """Where nothing was found: passages that come closest."""
    findings: tuple[Finding, ...]
    kpis: KpiTableView | None
    before: str | None
    after: str | None
    """Addresses of the items before and after."""
    done: bool
    read: bool

    @property
    def cards(self) -> tuple[Card, ...]:
        return (*(card for group in self.groups for card in group.cards), *self.nearest)


def navigator(
    report: Report,
    document: DocumentRecord,
    item: Item,
    indicator: Indicator | None = None,
    *,
    marks: Marks | None = None,
    decided: Mapping[str, Sequence[Span]] | None = None,
) -> NavigatorView:
    """The page of an item, or of one indicator of it. ``decided``: sentences to underline, by passage."""
    marks = marks or Marks()
    shown = {indicator.id} if indicator else {one.id for one in item.indicators}
    rows = report.lookup.rows(document.id, [one.id for one in item.indicators if one.id in shown])
    maker = CardMaker(report, shown, decided or {})
    found = passages_of(report, document, rows)
    groups = tuple(_groups(found, rows, maker))
    near = () if found else _nearest(report, rows)
    series = [one for i in sorted(shown) for one in report.lookup.series.get((document.id, i), ())]
    before, after = _neighbours(report, document, item)
    return NavigatorView(
        document=document,
        item=item,
        indicator=indicator,
        tree=tree(report, document, item, indicator, marks.done),
        asked=tuple(_asked(report, document, item, indicator)),
        groups=groups,
        nearest=tuple(maker.card(passage) for passage in near),
        findings=tuple(
            f for f in report.assessment.findings if f.document == document.id and f.indicator in shown
        ),
        kpis=kpi_table(series, report.lookup),
        before=before,
        after=after,
        done=item.id in marks.done,
        read=item.id in marks.read,
    )


def passages_of(
    report: Report, document: DocumentRecord, rows: Sequence[Coverage]
) -> tuple[PassageRecord, ...]:
    """The passages that coverage counts for any of the rows, in the order of the report."""
    wanted = {passage for row in rows for passage in row.passages}
    return tuple(p for p in report.passages(document.id) if p.id in wanted)


def _groups(
    found: Sequence[PassageRecord], rows: Sequence[Coverage], maker: CardMaker
) -> Iterator[AspectGroup]:
    expected = {aspect for row in rows for aspect in row.expected}
    for aspect in _ASPECTS:
        members = [passage for passage in found if passage.aspect == aspect]
        if members or aspect in expected:
            cards = tuple(maker.card(passage) for passage in members)
            yield AspectGroup(aspect, wording.ASPECT_LABELS[aspect], aspect in expected, cards)


def _nearest(report: Report, rows: Sequence[Coverage]) -> list[PassageRecord]:
    near = dict.fromkeys(passage for row in rows for passage in row.nearest)
    return [report.lookup.passage[i] for i in list(near)[:3] if i in report.lookup.passage]


class CardMaker:
    """Makes cards and numbers them as they come."""

    def __init__(self, report: Report, shown: Collection[str], decided: Mapping[str, Sequence[Span]]) -> None:
        self._report, self._shown, self._decided = report, shown, decided
        self._shelf = PassageShelf(report.lookup, report.criteria)
        self._number = 0

    def card(self, passage: PassageRecord) -> Card:
        self._number += 1
        view = self._shelf.view(passage)
        return Card(
            number=self._number,
            passage=passage,
            place=view.place,
            path=view.path,
            certainty=view.certainty,
            why=view.why,
            stretches=stretches(passage.text, self._decided.get(passage.id, ())),
            chips=tuple(self._chip(score.id, score.score) for score in passage.indicators),
            candidates=tuple(self._candidates(passage)),
            table=view.table,
            flags=(*view.flags, *self._flags(passage)),
            page_href=self._report.links.page(passage.document, passage.page)
            if passage.page and passage.page_exact
            else None,
        )

    def _chip(self, identity: str, score: float | None) -> Chip:
        return Chip(identity, self._report.criteria.indicator(identity).title, score, identity in self._shown)

    def _candidates(self, passage: PassageRecord) -> Iterator[Chip]:
        """The indicators it was matched with, those of the item shown, then those of its heading's item."""
        criteria, node = self._report.criteria, passage.heading_node or ""
        items = [criteria.by_id.get(".".join(node.split(".")[:2]))]
        siblings = (i.id for item in items if isinstance(item, Item) for i in item.indicators)
        near = (*(score.id for score in passage.indicators), *sorted(self._shown), *siblings)
        for identity in list(dict.fromkeys(near))[:_CANDIDATES]:
            yield self._chip(identity, None)

    def _flags(self, passage: PassageRecord) -> Iterator[str]:
        node = passage.heading_node
        items = {self._report.criteria.indicator(i).item for i in self._shown}
        if node and "." in node and ".".join(node.split(".")[:2]) not in items:
            yield f"别处找到：{'.'.join(node.split('.')[:2])}"
        if _REFERS.search(passage.text):
            yield "引见别处"
        if passage.corrected:
            yield "已更正"


def stretches(text: str, decided: Sequence[Span]) -> tuple[Stretch, ...]:
    """The text cut at the sentences to underline; together it is the whole text."""
    made, at = [], 0
    for start, end in decided:
        made += [Stretch(text[at:start], False), Stretch(text[start:end], True)]
        at = end
    return tuple(one for one in (*made, Stretch(text[at:], False)) if one.text)


def _asked(
    report: Report, document: DocumentRecord, item: Item, chosen: Indicator | None
) -> Iterator[AskedIndicator]:
    for one in item.indicators:
        row = report.lookup.row.get((document.id, one.id))
        if row is not None:
            yield AskedIndicator(
                one.id,
                one.title,
                report.links.node(document.id, one.id),
                chosen is not None and one.id == chosen.id,
                row.status,
                cells(row),
                points(one, row),
                row.unseen,
            )


def tree(
    report: Report,
    document: DocumentRecord,
    item: Item | None,
    indicator: Indicator | None,
    done: Collection[str],
) -> tuple[TreeChapter, ...]:
    """Chapters, items and indicators that a document was held against, with what was found of each."""
    criteria = report.criteria
    chapters = (criteria.overview,) if document.kind == "overview" else criteria.chapters
    return tuple(
        TreeChapter(
            chapter.id,
            chapter.title,
            chapter.points,
            tuple(_tree_item(report, document, one, (item, indicator), done) for one in chapter.items),
        )
        for chapter in chapters
    )


def _tree_item(
    report: Report,
    document: DocumentRecord,
    own: Item,
    here: tuple[Item | None, Indicator | None],
    done: Collection[str],
) -> TreeItem:
    rows = {r.indicator: r for r in report.lookup.rows(document.id, [i.id for i in own.indicators])}
    by_item = document.kind == "annual" or len(own.indicators) == 1
    return TreeItem(
        own,
        report.links.node(document.id, own.id),
        here[0] is own,
        item_status(tuple(rows.values())) if document.kind == "annual" else _worst(rows.values()),
        own.id in done,
        ()
        if by_item
        else tuple(
            TreeIndicator(
                i.id, i.title, report.links.node(document.id, i.id), rows[i.id].status, here[1] is i
            )
            for i in own.indicators
            if i.id in rows
        ),
    )


def _worst(rows: Collection[Coverage]) -> CoverageStatus:
    """What of an item most wants a look: the first of these that any indicator has."""
    order: tuple[CoverageStatus, ...] = ("missing", "unknown", "partial", "referred", "covered")
    statuses = {row.status for row in rows}
    return next((status for status in order if status in statuses), "not_applicable")


def _neighbours(report: Report, document: DocumentRecord, item: Item) -> tuple[str | None, str | None]:
    criteria = report.criteria
    items = criteria.overview.items if document.kind == "overview" else criteria.items
    at = items.index(item) if item in items else 0
    before = report.links.node(document.id, items[at - 1].id) if at else None
    after = report.links.node(document.id, items[at + 1].id) if at + 1 < len(items) else None
    return before, after
