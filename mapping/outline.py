"""The outline: which node of the criteria each heading of a part names, by number and title together.

Applicants number as the award does (1.1), as the national standard does (4.1.2 is the award's 1.1), or
in their own way. That is told once per part, from the headings whose number and title agree; only then
may a number without a known title speak for itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from models.assessment import Numbering
from models.criteria import Chapter, Criteria, Indicator, Item
from models.document import Block, Part
from models.judgement import HeadingTarget, Outline

Node = Chapter | Item | Indicator

SAME_TITLE = 0.8
"""Likeness from which a title is taken for that of a node anywhere in the criteria."""
SAME_TITLE_HERE = 0.66
"""The same under the heading of the node's chapter or item, where fewer titles compete."""
NUMBER_ONLY = 0.6
"""Certainty of a number whose title is the applicant's own."""

_KEPT = 1 << 15
"""Pairs of titles; a report of a hundred headings has about eight thousand."""
_DIGITS = "零一二三四五六七八九"
_CHINESE = r"[零一二三四五六七八九十]{1,3}"
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第\s*({_CHINESE}|\d{{1,2}})\s*[章篇](?:[\s、.:]*)")),
    ("section", re.compile(rf"第\s*({_CHINESE}|\d{{1,2}})\s*[节条](?:[\s、.:]*)")),
    ("dotted", re.compile(r"(\d{1,2}(?:\.\d{1,2})+)(?![\d%a-zA-Z年月日个项万亿倍])\s*[、.)]?\s*")),
    ("dotted", re.compile(r"(\d{1,2})(?:\s*[、.)]\s*|\s+)(?!\d)")),
    ("chinese", re.compile(rf"({_CHINESE})\s*[、.]\s*")),
    ("bracket", re.compile(rf"\(({_CHINESE}|\d{{1,2}})\)\s*")),
)
_POINTS = re.compile(r"\(\s*\d+\s*分\s*\)$")
_EMPTY_WORDS = re.compile(r"[的和与及、，,/·：:。.;；\s\-—“”\"()]")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading taken apart; ``form`` says how its number is written, empty if it has none."""

    block: Block
    form: str
    number: str
    title: str


@dataclass
class _Place:
    """The chapter and item that the headings read so far lead into."""

    chapter: str = ""
    item: str = ""

    def enter(self, node: str, criteria: Criteria) -> None:
        found = criteria.by_id[node]
        if isinstance(found, Chapter):
            self.chapter, self.item = node, ""
        else:
            item = found.item if isinstance(found, Indicator) else node
            self.chapter, self.item = _chapter_of(item, criteria), item

    def children(self, criteria: Criteria) -> Iterator[Node]:
        """Indicators of the current item, then items of the current chapter, then their indicators."""
        for chapter in (criteria.overview, *criteria.chapters):
            if chapter.id == self.chapter:
                yield from (i for item in chapter.items if item.id == self.item for i in item.indicators)
                yield from chapter.items
                yield from (i for item in chapter.items if item.id != self.item for i in item.indicators)


@dataclass(frozen=True)
class _Scheme:
    """What numbers stand for under one way of numbering."""

    name: Numbering
    nodes: Mapping[str, str]


@dataclass
class _Votes:
    """How often, per form of number, number and title named the same node, or different ones."""

    agreed: Counter[tuple[str, str]] = field(default_factory=Counter)
    disputed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def trusted(self, scheme: str, form: str) -> bool:
        return self.agreed[scheme, form] > self.disputed[scheme, form]


def read_outline(part: Part, criteria: Criteria) -> Outline:
    """The node that every heading block of the part names, None where it names none."""
    headings = tuple(_take_apart(block) for block in part.blocks if block.kind == "heading")
    titled = _by_title(headings, criteria)
    schemes = _schemes(criteria)
    votes = _vote(headings, titled, schemes)
    scheme = _winner(schemes, votes)
    targets = _targets(headings, titled, scheme, votes, criteria)
    return Outline(scheme.name if scheme else "own", targets)


def chapter_starts(part: Part, outline: Outline, criteria: Criteria) -> tuple[tuple[int, str], ...]:
    """(block, chapter) where each chapter begins; a chapter without a heading of its own begins at the
    heading of one of its items."""
    starts: list[tuple[int, str]] = []
    for target in outline.targets:
        if target.node is None or isinstance(criteria.by_id[target.node], Indicator):
            continue
        chapter = _chapter_of(target.node, criteria)
        if part.first <= target.block <= part.last and (not starts or starts[-1][1] != chapter):
            starts.append((target.block, chapter))
    return tuple(starts)


def item_starts(part: Part, outline: Outline, criteria: Criteria) -> tuple[tuple[int, str], ...]:
    """(block, item) where each item begins, and (block, chapter) where a chapter speaks before its first.

    The heading of an indicator begins its item only where no heading of the item went before: a title may
    be met again in another chapter."""
    order = [item.id for item in criteria.items]
    starts: list[tuple[int, str]] = []
    for target in outline.targets:
        if target.node is None or not part.first <= target.block <= part.last:
            continue
        node, last = criteria.by_id[target.node], starts[-1][1] if starts else ""
        if isinstance(node, Indicator):
            ahead = node.item in order and (last not in order or order.index(node.item) > order.index(last))
            if not ahead or _chapter_of(node.item, criteria) != (last and _chapter_of(last, criteria)):
                continue
        section = node.item if isinstance(node, Indicator) else node.id
        if section != last:
            starts.append((target.block, section))
    return tuple(starts)


def _take_apart(block: Block) -> _Heading:
    text = unicodedata.normalize("NFKC", block.label).strip()
    for form, pattern in _NUMBERS:
        found = pattern.match(text)
        if found:
            return _Heading(block, form, _arabic(found.group(1)), _bare(text[found.end() :]))
    return _Heading(block, "", "", _bare(text))


def _arabic(number: str) -> str:
    """``十二`` and ``12`` alike as ``12``."""
    if number[0].isdigit():
        return number
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return str(_DIGITS.index(number[-1]))
    return str(10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0))


def _bare(title: str) -> str:
    """A title without points, brackets and the words that titles vary in."""
    # A second number may follow: "第一章 1 领导".
    return _EMPTY_WORDS.sub("", _POINTS.sub("", title.strip())).lstrip("0123456789")


@lru_cache(_KEPT)
def _likeness(one: str, other: str) -> float:
    """1 for equal titles, 0 for titles without a common character. Kept: report after report has the same
    headings, those of the criteria."""
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _titles(node: Node) -> tuple[str, ...]:
    printed = node.printed if isinstance(node, Indicator) else ()
    return tuple(_plain(title) for title in (node.title, *printed))


@lru_cache(_KEPT)
def _plain(title: str) -> str:
    return _bare(unicodedata.normalize("NFKC", title))


def _nodes(criteria: Criteria) -> tuple[Node, ...]:
    """Chapters first, indicators last: of equal titles the outer node is meant."""
    chapters = (criteria.overview, *criteria.chapters)
    items = tuple(item for chapter in chapters for item in chapter.items)
    return (*chapters, *items, *(indicator for item in items for indicator in item.indicators))


def _by_title(headings: Sequence[_Heading], criteria: Criteria) -> tuple[tuple[str, float] | None, ...]:
    """For every heading the node of the most similar title and its likeness, if similar enough."""
    place = _Place()
    nodes = _nodes(criteria)
    found = []
    for heading in headings:
        match = _best(heading.title, place.children(criteria), SAME_TITLE_HERE)
        if match is None or match[1] < 1:
            anywhere = _best(heading.title, nodes, SAME_TITLE)
            match = max(match, anywhere, key=lambda m: m[1] if m else 0.0)
        if match is not None:
            place.enter(match[0], criteria)
        found.append(match)
    return tuple(found)


def _best(title: str, nodes: Iterator[Node] | Sequence[Node], least: float) -> tuple[str, float] | None:
    """The first node of the greatest likeness that is at least ``least``."""
    best: tuple[str, float] | None = None
    for node in nodes:
        likeness = max(_likeness(title, other) for other in _titles(node))
        if likeness >= least and (best is None or likeness > best[1]):
            best = node.id, likeness
    return best


def _schemes(criteria: Criteria) -> tuple[_Scheme, ...]:
    """The criteria's own numbers, and the national ones of its items and, from these, its chapters."""
    national = {item.national: item.id for item in criteria.items if item.national}
    for chapter in criteria.chapters:
        for item in chapter.items:
            if item.national:
                national.setdefault(item.national.rpartition(".")[0], chapter.id)
    own = {node.id: node.id for node in _nodes(criteria)}
    own |= {alias: node for alias, node in criteria.aliases if node in own}
    return _Scheme("criteria", own), _Scheme("national", national)


def _vote(
    headings: Sequence[_Heading], titled: Sequence[tuple[str, float] | None], schemes: Sequence[_Scheme]
) -> _Votes:
    votes = _Votes()
    for heading, match in zip(headings, titled, strict=True):
        if match is None or not heading.number or heading.form == "bracket":
            continue
        for scheme in schemes:
            node = scheme.nodes.get(heading.number)
            side = votes.agreed if node == match[0] else votes.disputed
            side[scheme.name, _form(heading)] += 1
    return votes


def _form(heading: _Heading) -> str:
    """Form and depth of a number: an applicant may keep the award's 1.1 and count 1.1.1 in his own way."""
    return f"{heading.form}{heading.number.count('.')}"


def _winner(schemes: Sequence[_Scheme], votes: _Votes) -> _Scheme | None:
    """The scheme that agrees with more titles; the criteria's own where both do alike."""
    totals = {s.name: sum(n for (name, _), n in votes.agreed.items() if name == s.name) for s in schemes}
    best = max(schemes, key=lambda scheme: totals[scheme.name])
    return best if totals[best.name] else None


def _targets(
    headings: Sequence[_Heading],
    titled: Sequence[tuple[str, float] | None],
    scheme: _Scheme | None,
    votes: _Votes,
    criteria: Criteria,
) -> tuple[HeadingTarget, ...]:
    targets = []
    for heading, match in zip(headings, titled, strict=True):
        numbered = _by_number(heading, scheme, votes)
        node, certainty = _decide(match, numbered, criteria)
        targets.append(HeadingTarget(heading.block.index, node, certainty))
    return tuple(targets)


def _by_number(heading: _Heading, scheme: _Scheme | None, votes: _Votes) -> str | None:
    if scheme is None or not votes.trusted(scheme.name, _form(heading)):
        return None
    return scheme.nodes.get(heading.number)


def _decide(
    match: tuple[str, float] | None, numbered: str | None, criteria: Criteria
) -> tuple[str | None, float]:
    """Title and number together; a title that is no exact one yields to a number that says otherwise."""
    if match is None:
        return numbered, NUMBER_ONLY if numbered else 0.0
    node, likeness = match
    if node == numbered:
        return node, 1.0
    if numbered is not None and likeness < 1 and numbered in criteria.by_id:
        return numbered, NUMBER_ONLY
    return node, round(0.95 * likeness, 4)


def _chapter_of(node: str, criteria: Criteria) -> str:
    """The chapter of a chapter or item."""
    for chapter in (criteria.overview, *criteria.chapters):
        if chapter.id == node or any(item.id == node for item in chapter.items):
            return chapter.id
    raise KeyError(node)
