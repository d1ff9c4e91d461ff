"""Captions of figures and tables: each with a number of its own, without a gap (C44, C45)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mapping.checks.prose import listed, passages_of, place, places, squash
from mapping.checks.registry import check
from mapping.checks.rule import Rule
from models.assessment import Assessment, Finding, PassageRecord, TableRecord, Where
from models.criteria import Criteria

EXHIBIT_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}(?:-\d{1,3}){0,2}"
_CAPTION = re.compile(
    rf"\s*续?(?P<kind>[图表])\s*(?P<number>{EXHIBIT_NUMBER})(?:(?![\d.%])|(?=20\d\d\D))\s*(?P<title>[^\n]*)"
)
_CONTINUED = re.compile(r"续表|\(续|续\)|\(接上")
_DASHES = str.maketrans("—–－‐‑﹣", "------")
_LONGEST_CAPTION = 48


@dataclass(frozen=True, slots=True)
class Caption:
    document: str
    kind: str
    number: str
    title: str
    passage: PassageRecord


@check("caption-number-repeated")
def caption_number_repeated(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """Numbers that two captions of a document have, and numbers left out between others."""
    found = captions(draft)
    for document in draft.documents:
        own = [caption for caption in found if caption.document == document.id]
        twice = _twice(own)
        skipped = _skipped(own) if document.ledger.complete else {}
        if twice:
            yield rule.finding(
                document.id,
                "、".join(list(twice)[:6]),
                where=places(caption.passage for same in twice.values() for caption in same),
                numbers=listed(twice),
            )
        if skipped:
            yield rule.finding(
                document.id,
                "、".join(list(skipped)[:6]),
                where=places(caption.passage for caption in skipped.values()),
                saying="skipped",
                numbers=listed(skipped),
            )


@check("caption-missing-number")
def caption_missing_number(draft: Assessment, criteria: Criteria, rule: Rule) -> Iterator[Finding]:
    """One line per document for all tables and charts without a number, where others have theirs."""
    for document in draft.documents:
        if document.kind not in ("overview", "report", "annual"):
            continue
        exhibits = list(_exhibits(draft, document.id))
        bare = [(name, where) for name, numbered, where in exhibits if not numbered]
        if bare and len(bare) < len(exhibits):
            yield rule.finding(
                document.id,
                bare[0][0],
                where=[where for _, where in bare[:12]],
                number=len(bare),
                names=listed(name for name, _ in bare),
            )


def captions(draft: Assessment) -> tuple[Caption, ...]:
    """Numbered captions, each once, in the order of the submission."""
    found = []
    for passage in passages_of(draft, "overview", "report", "annual"):
        whole = passage.context if passage.kind in ("table", "chart") else passage.text
        line = _folded(whole.partition("\n")[0])
        match = _CAPTION.match(line)
        if match and len(line) <= _LONGEST_CAPTION and not _CONTINUED.search(line):
            title = match.group("title").strip()
            found.append(
                Caption(passage.document, match.group("kind"), match.group("number"), title, passage)
            )
    return tuple(found)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def plain(text: str) -> str:
    return squash(_folded(text))


def _twice(own: Sequence[Caption]) -> dict[str, list[Caption]]:
    """A table that goes on under its caption again is one table."""
    by_number: dict[str, list[Caption]] = defaultdict(list)
    for caption in own:
        same = by_number[f"{caption.kind}{caption.number}"]
        if all(other.title != caption.title for other in same):
            same.append(caption)
    return {number: same for number, same in by_number.items() if len(same) > 1}


def _skipped(own: Sequence[Caption]) -> Mapping[str, Caption]:
    """Numbers left out, each with the caption after the gap, in runs of at least three."""
    runs: dict[tuple[str, str], dict[int, Caption]] = defaultdict(dict)
    for caption in own:
        head, separator, last = _last(caption.number)
        runs[caption.kind, f"{head}{separator}"].setdefault(int(last), caption)
    left_out: dict[str, Caption] = {}
    for (kind, head), run in runs.items():
        here = sorted(run)
        if len(here) < 3:
            continue
        for before, after in pairwise(here):
            if 1 < after - before <= 3:
                left_out |= {f"{kind}{head}{n}": run[after] for n in range(before + 1, after)}
    return left_out


def _last(number: str) -> tuple[str, str, str]:
    for separator in ("-", "."):
        if separator in number:
            return number.rpartition(separator)
    return "", "", number


def _exhibits(draft: Assessment, document: str) -> Iterator[tuple[str, bool, Where]]:
    """(what it is, whether it has a number, where) of tables of data and of charts."""
    own = [passage for passage in draft.passages if passage.document == document]
    at = {passage.id: number for number, passage in enumerate(own)}
    for table in draft.tables:
        number = at.get(table.passage or "")
        if number is not None and _is_data(table):
            around = (*own[max(0, number - 2) : number], *own[number + 1 : number + 2])
            apart = any(one.kind == "caption" and _numbered(one.text) for one in around)
            yield _name(table.caption, table), apart or _numbered(table.caption), place(own[number])
    for passage in own:
        if passage.kind == "chart":
            caption = passage.context or passage.text.partition("\n")[0]
            yield caption.partition("\n")[0], _numbered(caption) or _numbered(passage.text), place(passage)


def _is_data(table: TableRecord) -> bool:
    """Not a frame, a signature block or a line of pictures."""
    cells = [cell for row in table.cells for cell in row]
    filled = sum(bool(cell.strip()) for cell in cells)
    return len(table.cells) >= 3 and len(table.cells[0]) >= 2 and 2 * filled > len(cells)


def _numbered(caption: str) -> bool:
    return _CAPTION.match(_folded(caption)) is not None


def _name(caption: str, table: TableRecord) -> str:
    return caption.partition("\n")[0] or " ".join(cell for cell in table.cells[0] if cell)[:14]
