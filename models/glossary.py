"""The glossary of KPI names: what a name is called elsewhere, its usual unit, and which way is good."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from models.kpi import Direction

HowKnown = Literal["name", "variant", "opposite", "tail"]
_SHORTEST_TAIL = 4
_QUALIFIER = re.compile(r"^(?:总体|整体|综合|公司|全公司|集团|本公司|年度|全年|全部|年末|平均|当年|本年)+")
_OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up"}


@dataclass(frozen=True, slots=True)
class GlossaryKpi:
    name: str
    forms: tuple[str, ...]
    """The same name spelled out, where it is printed with a slash or a bracket."""
    variants: tuple[str, ...]
    """Synonyms and close variants: linked, never merged with the name."""
    opposites: tuple[str, ...]
    """Related names for which the other direction is good."""
    units: tuple[str, ...]
    direction: Direction
    indicator: str


@dataclass(frozen=True, slots=True)
class GlossaryMatch:
    """``how``: the name itself, a variant, an opposite, or only the end of the name is known
    (``政务客户满意度``)."""

    kpi: GlossaryKpi
    how: HowKnown

    @property
    def direction(self) -> Direction:
        if self.how == "opposite":
            return _OPPOSITE.get(self.kpi.direction, self.kpi.direction)
        return self.kpi.direction


@dataclass(frozen=True)
class Glossary:
    id: str
    source: str
    kpis: tuple[GlossaryKpi, ...]

    def find(self, name: str) -> GlossaryMatch | None:
        """The entry that a name belongs to, or whose name or variant ends it; None if there is none."""
        key = _folded(name)
        return self._index.get(key) or self._index.get(_QUALIFIER.sub("", key)) or self._tail(key)

    def _tail(self, key: str) -> GlossaryMatch | None:
        for start in range(1, len(key) - _SHORTEST_TAIL + 1):
            if known := self._index.get(key[start:]):
                return GlossaryMatch(known.kpi, "opposite" if known.how == "opposite" else "tail")
        return None

    @cached_property
    def _index(self) -> dict[str, GlossaryMatch]:
        """By key. A name of its own comes before a variant of another."""
        index: dict[str, GlossaryMatch] = {}
        for kpi in self.kpis:
            for name in (kpi.name, *kpi.forms):
                index.setdefault(_folded(name), GlossaryMatch(kpi, "name"))
        for kpi in self.kpis:
            for name in kpi.variants:
                index.setdefault(_folded(name), GlossaryMatch(kpi, "variant"))
            for name in kpi.opposites:
                index.setdefault(_folded(name), GlossaryMatch(kpi, "opposite"))
        return index


def kpi_key(name: str) -> str:
    """A name for comparison: without white space, width, bracketed remarks and punctuation."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    plain = re.sub(r"[（(\[【][^（()）\[\]【】]*[)）\]】]", "", plain)
    return re.sub(r"[、，,。.：:;；\-—_/·“”\"'‘’《》]", "", plain).lower()


def _folded(name: str) -> str:
    """``kpi_key`` with the words for a count and for the customer made alike."""
    key = kpi_key(name).replace("客户", "顾客").replace("用户", "顾客")
    return re.sub(r"(?:数量|件数|次数|起数|个数|家数|条数|总数)$", "数", key)
