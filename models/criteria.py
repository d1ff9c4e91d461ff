"""The criteria of an award as data: chapters, scored items, indicators, requirement points, limits.

Nothing in the code knows how many of each there are; another edition or another award is another file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from models.document import PartKind

AspectName = Literal["approach", "deployment", "result"]
ASPECTS: tuple[AspectName, ...] = ("approach", "deployment", "result")
Condition = Literal["always", "when_applicable", "when_necessary"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A numbered point （1）, or the one sentence of a result indicator. Guidance, not a duty.

    ``condition``: whether it asks for part of what it names only when applicable or necessary."""

    id: str
    text: str
    condition: Condition
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A third-level indicator. It carries no points; points belong to its item."""

    id: str
    title: str
    item: str
    expected: tuple[AspectName, ...]
    requirements: tuple[Requirement, ...]
    links: tuple[str, ...]
    """Ids of chapters and items that the text of a result indicator refers to."""
    printed: tuple[str, ...]
    """Headings as printed; none where the item prints no third level, two where two are one."""
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """A second-level item, the unit that is scored."""

    id: str
    title: str
    points: int
    intro: str
    indicators: tuple[Indicator, ...]
    national: str
    """Clause of the same subject in the national standard (GB/T 19580-2012); empty if none."""
    source: str
    condition: Condition = "always"
    """Whether the intro asks for part of what it names only when applicable or necessary."""


@dataclass(frozen=True, slots=True)
class Chapter:
    id: str
    title: str
    points: int
    intro: str
    items: tuple[Item, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Limit:
    """Largest number of 字 of one kind of part; ``charts`` says whether the rules count charts in
    (None: the rules are silent)."""

    kind: PartKind
    title: str
    words: int
    charts: bool | None
    source: str


@dataclass(frozen=True)
class Criteria:
    id: str
    title: str
    edition: str
    status: str
    source: str
    counting_note: str
    """How the number of indicators comes about, for users, in Chinese."""
    result_years: int
    """Fewest years of data a result needs."""
    overview: Chapter
    """Chapter 0: not scored, its indicators are not among the counted ones."""
    chapters: tuple[Chapter, ...]
    limits: tuple[Limit, ...]
    aliases: tuple[tuple[str, str], ...]
    """Ids that readers meet elsewhere and the id they stand for."""
    result_years_source: str = ""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for chapter in self.chapters for item in chapter.items)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The scored indicators, in the order of the criteria."""
        return tuple(indicator for item in self.items for indicator in item.indicators)

    @cached_property
    def overview_indicators(self) -> tuple[Indicator, ...]:
        return tuple(i for item in self.overview.items for i in item.indicators)

    @cached_property
    def by_id(self) -> dict[str, Chapter | Item | Indicator | Requirement]:
        """Every node by its id, overview included."""
        return {node.id: node for node in self.nodes()}

    def indicator(self, node: str) -> Indicator:
        """The indicator of an id or alias. Raises KeyError if there is none."""
        found = self.by_id[dict(self.aliases).get(node, node)]
        if not isinstance(found, Indicator):
            raise KeyError(node)
        return found

    def limit(self, kind: PartKind) -> Limit | None:
        return next((limit for limit in self.limits if limit.kind == kind), None)

    def is_result(self, indicator: str) -> bool:
        return self.indicator(indicator).expected == ("result",)

    def nodes(self) -> Iterator[Chapter | Item | Indicator | Requirement]:
        for chapter in (self.overview, *self.chapters):
            yield chapter
            for item in chapter.items:
                yield item
                for indicator in item.indicators:
                    yield indicator
                    yield from indicator.requirements
