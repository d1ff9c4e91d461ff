"""Automatic numbers as Word prints them: 第一章, 1.1, （一）, •.

Counters belong to the abstract list, so that instances (``w:num``) of one list go on counting, unless an
instance says that it starts anew (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from ingest.docx.number_formats import format_number
from ingest.docx.xml import Element, W, is_on, number, to_int, value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_BULLETS = {
    "\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a7": "▪",
    "\uf0b2": "❖", "\uf076": "❖", "\uf0e8": "➔", "\uf0a8": "□", "\uf071": "□", "\uf0de": "⇒", "\uf0fe": "☑",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    """All numbers in the label are written in Arabic figures."""
    restart: int | None = None
    """Restarts after a level up to this one (from 1); 0 never; None after any higher level."""


@dataclass(frozen=True, slots=True)
class _Instance:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    depth: int
    """Level within the list, from 0."""
    bullet: bool


class Numbering:
    """Gives each numbered paragraph its label; ask once per paragraph, in the order of the text."""

    def __init__(self, root: Element | None) -> None:
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._instances: dict[int, _Instance] = {}
        if root is not None:
            self._read(root)
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._used: set[tuple[int, int]] = set()

    def depth_of_style(self, instance: int, style: str) -> int | None:
        """The level of a list that is tied to a paragraph style."""
        known = self._instances.get(instance)
        return None if known is None else self._by_style.get((known.abstract, style))

    def next(self, instance: int, depth: int) -> Label | None:
        """Counts one paragraph; None where the list does not exist (``numId`` 0 takes numbers away)."""
        known = self._instances.get(instance)
        if known is None or not 0 <= depth < _LEVELS:
            return None
        levels = {**self._abstracts.get(known.abstract, {}), **known.levels}
        level = levels.get(depth)
        if level is None:
            return None
        if level.format == "bullet":
            return Label(_bullet(level.text), depth, True)
        counters = self._counters[known.abstract]
        self._start_anew(instance, known, depth, counters)
        counters[depth] = counters[depth] + 1 if depth in counters else level.start
        _reset_deeper(counters, levels, depth)
        return Label(_label(levels, counters, depth), depth, False)

    def _start_anew(self, instance: int, known: _Instance, depth: int, counters: dict[int, int]) -> None:
        if depth in known.starts and (instance, depth) not in self._used:
            counters[depth] = known.starts[depth] - 1
        self._used.add((instance, depth))

    def _read(self, root: Element) -> None:
        linked: dict[str, str] = {}
        styled: dict[str, str] = {}
        for abstract in root.findall(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self._abstracts[name] = dict(self._levels(name, abstract))
            if (style := value(abstract.find(W + "numStyleLink"))) != "":
                linked[name] = style
            if (style := value(abstract.find(W + "styleLink"))) != "":
                styled[style] = name
        for name, style in linked.items():
            self._abstracts[name] = self._abstracts[name] or self._abstracts.get(styled.get(style, ""), {})
        for element in root.findall(W + "num"):
            instance = to_int(element.get(W + "numId"))
            if instance:
                self._instances[instance] = _instance(element)

    def _levels(self, name: str, abstract: Element) -> list[tuple[int, Level]]:
        found = []
        for element in abstract.findall(W + "lvl"):
            depth = to_int(element.get(W + "ilvl"), 0) or 0
            found.append((depth, _level(element)))
            if (style := value(element.find(W + "pStyle"))) != "":
                self._by_style[name, style] = depth
        return found


def _level(element: Element) -> Level:
    legal = element.find(W + "isLgl")
    return Level(
        start=number(element.find(W + "start"), 1) or 0,
        format=_format(element),
        text=value(element.find(W + "lvlText")),
        legal=legal is not None and is_on(legal),
        restart=number(element.find(W + "lvlRestart")),
    )


def _format(element: Element) -> str:
    """The number format; Word wraps newer ones in an alternative, with an old one to fall back on."""
    return value(next(element.iter(W + "numFmt"), None), "decimal")


def _instance(element: Element) -> _Instance:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.findall(W + "lvlOverride"):
        depth = to_int(override.get(W + "ilvl"), 0) or 0
        start = number(override.find(W + "startOverride"))
        if start is not None:
            starts[depth] = start
        level = override.find(W + "lvl")
        if level is not None:
            levels[depth] = replace(_level(level), start=start) if start is not None else _level(level)
    return _Instance(value(element.find(W + "abstractNumId")), starts, levels)


def _reset_deeper(counters: dict[int, int], levels: dict[int, Level], depth: int) -> None:
    for deeper in [level for level in counters if level > depth]:
        restart = levels[deeper].restart if deeper in levels else None
        if restart is None or depth < restart:
            del counters[deeper]


def _label(levels: dict[int, Level], counters: dict[int, int], depth: int) -> str:
    """The level's text with each %n replaced; a higher level that has not come yet shows its start."""
    legal = levels[depth].legal

    def number_of(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        level = levels.get(place, Level())
        count = counters.get(place, level.start)
        return format_number(count, "decimal" if legal and level.format != "none" else level.format)

    return _PLACE.sub(number_of, levels[depth].text).strip()


def _bullet(text: str) -> str:
    """Symbol fonts put their bullets into the private-use area."""
    known = _BULLETS.get(text, text)
    return "•" if not known.strip() or any("\ue000" <= char <= "\uf8ff" for char in known) else known
