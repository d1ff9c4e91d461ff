"""与上年文字相同: passages whose words stood in the earlier report, also with a few words changed.

Time and memory grow with the length of the two texts: each passage is looked up by the shingles that few
passages of the earlier report hold, and compared with the few that share most of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from models.annual import SamePassage
from models.assessment import PassageRecord

LIKENESS = 0.8
"""Share of shingles in common from which two passages are told as the same."""
_SHINGLE = 4
SHORTEST = 30
"""Characters under which a passage is a heading or a common phrase."""
_COMMON = 8
"""Passages of the earlier report that may hold a shingle before it says nothing."""
_COMPARED = 3
RUNNING = ("paragraph", "list", "text_box", "footnote")


def same_passages(this: Sequence[PassageRecord], last: Sequence[PassageRecord]) -> tuple[SamePassage, ...]:
    """Running text of ``this`` that stood in ``last``, in the order of this report."""
    earlier = [(passage, shingles(passage.text)) for passage in running(last)]
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, pieces) in enumerate(earlier):
        for piece in pieces:
            index[piece].append(number)
    same = []
    for passage in running(this):
        pieces = shingles(passage.text)
        found = _closest(passage.text, pieces, earlier, index)
        if found is not None:
            other, likeness = found
            size = len(plain(passage.text))
            same.append(SamePassage(passage.id, passage.page, other.id, other.page, likeness, size))
    return tuple(same)


def same_share(same: Iterable[SamePassage], this: Sequence[PassageRecord]) -> float:
    """Characters of the same passages as a share of all running text; 0 where there is none."""
    size = sum(len(plain(passage.text)) for passage in this if passage.kind in RUNNING)
    return round(sum(one.characters for one in same) / size, 4) if size else 0.0


def running(passages: Iterable[PassageRecord]) -> list[PassageRecord]:
    """Passages of running text that are long enough to tell apart."""
    return [p for p in passages if p.kind in RUNNING and len(plain(p.text)) >= SHORTEST]


def plain(text: str) -> str:
    """The text without white space, width and punctuation, which change by themselves."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def shingles(text: str) -> frozenset[str]:
    """Runs of four characters; figures stand whole."""
    units = re.findall(r"\d+|[A-Za-z]+|.", plain(text))
    return frozenset("\x1f".join(units[n : n + _SHINGLE]) for n in range(max(1, len(units) - _SHINGLE + 1)))


def _closest(
    text: str,
    pieces: frozenset[str],
    earlier: Sequence[tuple[PassageRecord, frozenset[str]]],
    index: dict[str, list[int]],
) -> tuple[PassageRecord, float] | None:
    """The earlier passage with most shingles in common, if enough are; the first of equals."""
    shared = Counter(n for piece in pieces if len(places := index.get(piece, ())) <= _COMMON for n in places)
    best: tuple[PassageRecord, float] | None = None
    for number, _ in sorted(shared.items(), key=lambda one: (-one[1], one[0]))[:_COMPARED]:
        passage, others = earlier[number]
        likeness = round(2 * len(pieces & others) / (len(pieces) + len(others)), 4)
        if (
            likeness >= LIKENESS
            and not _new_figures(text, passage.text)
            and (best is None or likeness > best[1])
        ):
            best = passage, likeness
    return best


def _new_figures(this: str, last: str) -> bool:
    """Whether half of the figures are others: the text was brought up to date, its words are the same."""
    now, before = (Counter(re.findall(r"\d[\d.,]*", text)) for text in (this, last))
    most = max(now.total(), before.total())
    return most > 0 and 2 * (now & before).total() <= most
