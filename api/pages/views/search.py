"""Searching one report: passages that hold all the words, then passages that mean the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from api.export import wording
from api.export.findings import quotable
from api.pages.report import Report
from models.assessment import PassageRecord
from models.encoder import FloatArray

_MOST = 60
_ALIKE = 0.45
"""Cosine from which a passage is shown as meaning the same."""
_MOST_ALIKE = 12
_AROUND = 46


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    passage: PassageRecord
    place: str
    href: str
    indicator: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    asked: str
    words: tuple[Hit, ...]
    more: int
    """Passages that hold the words and are not shown."""
    alike: tuple[Hit, ...]


def search(
    report: Report, asked: str, vectors: Callable[[], FloatArray], encode: Callable[[str], FloatArray]
) -> SearchView:
    """``vectors``: one row for each passage of the report; only asked for when there is something to find."""
    terms = asked.split()
    if not terms:
        return SearchView(asked, (), 0, ())
    own = report.assessment.passages
    held = [p for p in own if all(term.lower() in _whole(p).lower() for term in terms)]
    known = {p.id for p in held}
    alike = [p for p in _alike(own, vectors(), encode(asked)) if p.id not in known][:_MOST_ALIKE]
    return SearchView(
        asked,
        tuple(_hit(report, p, terms) for p in held[:_MOST]),
        max(0, len(held) - _MOST),
        tuple(_hit(report, p, terms) for p in alike),
    )


def _alike(own: Sequence[PassageRecord], vectors: FloatArray, asked: FloatArray) -> list[PassageRecord]:
    if not len(own):
        return []
    likeness = vectors @ asked
    order = np.argsort(-likeness, kind="stable")[: _MOST_ALIKE * 3]
    return [own[n] for n in order if likeness[n] >= _ALIKE]


def _whole(passage: PassageRecord) -> str:
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def _hit(report: Report, passage: PassageRecord, terms: Sequence[str]) -> Hit:
    best = passage.indicators[0].id if passage.indicators else ""
    title = f"{best} {report.criteria.indicator(best).title}" if best else ""
    return Hit(
        passage,
        wording.place(passage),
        report.links.passage(passage),
        title,
        pieces(_excerpt(passage, terms), terms),
    )


def _excerpt(passage: PassageRecord, terms: Sequence[str]) -> str:
    """The words with what stands around them, else the start."""
    text = " ".join(_whole(passage).split())
    at = min((n for term in terms if (n := text.lower().find(term.lower())) >= 0), default=-1)
    if at < 0:
        return wording.opening(quotable(passage), 2 * _AROUND)
    start, end = max(0, at - _AROUND), at + 2 * _AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def pieces(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """The text cut at the words that were asked for; together it is the whole text."""
    if not terms:
        return (Piece(text, False),)
    pattern = re.compile("|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True)), re.I)
    made, at = [], 0
    for found in pattern.finditer(text):
        made += [Piece(text[at : found.start()], False), Piece(found.group(), True)]
        at = found.end()
    return tuple(piece for piece in (*made, Piece(text[at:], False)) if piece.text)
