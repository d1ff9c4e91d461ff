"""Which passage of the old draft each passage of the new one was, and what became of it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mapping.drafts_edits import edits
from mapping.grams import normal
from models.assessment import PassageRecord
from models.diff import PassageChange

_SHINGLE = 3
_ALIKE = 0.5
"""Share of common shingles from which two passages are one that was changed."""
_INSIDE = 0.85
"""Share of the shorter one's shingles from which the longer one is the shorter with more text."""
_LONG = 30
"""Shingles a passage needs for that: short ones stand in many others."""


def pair_passages(old: Sequence[PassageRecord], new: Sequence[PassageRecord]) -> dict[str, str]:
    """Old id by new id: equal ids, then equal texts in their order, then the likeliest near-equal ones.
    Each passage is paired at most once."""
    known = {passage.id for passage in old}
    pairs = {passage.id: passage.id for passage in new if passage.id in known}
    pairs |= _equal(_left(old, pairs.values()), _left(new, pairs))
    return pairs | _near(_left(old, pairs.values()), _left(new, pairs))


def _left(passages: Sequence[PassageRecord], used: Iterable[str]) -> list[PassageRecord]:
    taken = set(used)
    return [passage for passage in passages if passage.id not in taken]


def _equal(old: Sequence[PassageRecord], new: Sequence[PassageRecord]) -> dict[str, str]:
    waiting: defaultdict[str, deque[str]] = defaultdict(deque)
    for passage in old:
        waiting[_plain(passage.text)].append(passage.id)
    return {
        passage.id: waiting[text].popleft() for passage in new if waiting.get(text := _plain(passage.text))
    }


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _near(old: Sequence[PassageRecord], new: Sequence[PassageRecord]) -> dict[str, str]:
    """Likest pairs first; of pairs alike, those under the same heading, then in the order of the text."""
    shingles = [_shingles(passage.text) for passage in old]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(place)
    likely = []
    for turn, passage in enumerate(new):
        own = _shingles(passage.text)
        for place, common in Counter(p for shingle in own for p in holders.get(shingle, ())).items():
            likeness = _likeness(len(own), len(shingles[place]), common)
            if likeness >= _ALIKE:
                elsewhere = passage.heading_node != old[place].heading_node
                likely.append((-round(likeness, 3), elsewhere, abs(turn - place), turn, place))
    pairs: dict[str, str] = {}
    used: set[int] = set()
    for *_, turn, place in sorted(likely):
        if new[turn].id not in pairs and place not in used:
            pairs[new[turn].id] = old[place].id
            used.add(place)
    return pairs


def _shingles(text: str) -> frozenset[str]:
    """Of the text without white space and with every number a 0: a changed figure is the same sentence."""
    plain = normal(text)
    return frozenset(plain[n : n + _SHINGLE] for n in range(max(1, len(plain) - _SHINGLE + 1)))


def _likeness(one: int, other: int, common: int) -> float:
    """Share of common shingles of all; where the shorter is wholly inside the longer, at least alike."""
    share = common / (one + other - common)
    inside = common / min(one, other)
    return max(share, _ALIKE) if inside >= _INSIDE and min(one, other) >= _LONG else share


def changes(
    old: Sequence[PassageRecord], new: Sequence[PassageRecord], pairs: Mapping[str, str]
) -> Iterator[PassageChange]:
    """In the order of the new draft, then what was removed in the order of the old one."""
    before = {passage.id: passage for passage in old}
    order = {passage.id: place for place, passage in enumerate(old)}
    kept = [passage for passage in new if passage.id in pairs]
    stayed = _in_order([order[pairs[passage.id]] for passage in kept])
    steady = {passage.id for passage, stays in zip(kept, stayed, strict=True) if stays}
    for passage in new:
        if passage.id not in pairs:
            yield PassageChange("added", None, passage)
            continue
        was = before[pairs[passage.id]]
        moved = passage.id not in steady or _other_section(was, passage)
        if _plain(was.text) != _plain(passage.text):
            yield PassageChange("changed", was, passage, edits(was.text, passage.text), moved, was.id)
        elif moved:
            yield PassageChange("moved", was, passage, previous_id=was.id)
    gone = set(before) - set(pairs.values())
    for passage in old:
        if passage.id in gone:
            yield PassageChange("removed", passage, None, previous_id=passage.id)


def _other_section(old: PassageRecord, new: PassageRecord) -> bool:
    """Whether the headings above name different nodes of the criteria; a reworded heading moves nothing."""
    nodes = old.heading_node, new.heading_node
    return None not in nodes and nodes[0] != nodes[1]


def _in_order(places: Sequence[int]) -> list[bool]:
    """Which of the places belong to a longest run that rises: the rest are those that moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for turn, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [turn]
    stays = [False] * len(places)
    turn = ends[-1] if ends else -1
    while turn >= 0:
        stays[turn] = True
        turn = before[turn]
    return stays
