"""What the checks of wording share: passages in the order of the submission, their sentences and places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from models.assessment import Assessment, HeadingRecord, PassageRecord, Where
from models.document import PartKind

MOST_PLACES = 12
"""Places that one finding names."""
_SENTENCES = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_SPACE = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[\W_]+")


def squash(text: str) -> str:
    """Width-folded and without white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def bare(text: str) -> str:
    """Letters and digits alone, width-folded: what two spellings of the same words share."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text))


def sentences(text: str) -> list[str]:
    """Sentences and clauses between semicolons, with their end marks."""
    return _SENTENCES.findall(text)


def sentence_at(text: str, start: int) -> str:
    """The sentence in which a position lies."""
    for found in _SENTENCES.finditer(text):
        if found.end() > start:
            return found.group()
    return text


def bigrams(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def excerpt(text: str, most: int = 18) -> str:
    """The start of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def passages_of(draft: Assessment, *kinds: PartKind) -> Iterator[PassageRecord]:
    documents = {document.id for document in draft.documents if document.kind in kinds}
    return (passage for passage in draft.passages if passage.document in documents)


def is_prose(passage: PassageRecord) -> bool:
    return passage.kind not in ("table", "chart", "caption")


def stands_in(passage: PassageRecord, nodes: Sequence[str]) -> bool:
    """Whether a passage stands under, or speaks to, one of these nodes of the criteria."""
    ids = [passage.heading_node or "", *(score.id for score in passage.indicators)]
    return any(one == node or one.startswith(f"{node}.") for one in ids for node in nodes)


def place(passage: PassageRecord) -> Where:
    return Where(page=passage.page, passage=passage.id)


def places(passages: Iterable[PassageRecord]) -> tuple[Where, ...]:
    """Places of passages, each once, the first few."""
    return tuple(place(one) for one in list({p.id: p for p in passages}.values())[:MOST_PLACES])


def heading_places(draft: Assessment, headings: Iterable[HeadingRecord]) -> tuple[Where, ...]:
    """Pages of headings, each with the first passage below it."""
    return tuple(
        Where(page=heading.page, passage=_first_below(draft, heading))
        for heading in list(headings)[:MOST_PLACES]
    )


def _first_below(draft: Assessment, heading: HeadingRecord) -> str | None:
    return next(
        (
            passage.id
            for passage in draft.passages
            if passage.document == heading.document and passage.paragraph > heading.paragraph
        ),
        None,
    )


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names in quotation marks, the first few."""
    every = list(names)
    more = f"等 {len(every)} 处" if len(every) > most else ""
    return "、".join(f"“{name}”" for name in every[:most]) + more
