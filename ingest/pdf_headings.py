"""Which paragraphs are headings, and of what level: outline, size, weight, numbering."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.pdf_file import OutlineEntry
from ingest.pdf_flow import Measure
from ingest.pdf_paragraphs import CAPTION, MARKER, NUMBER, Paragraph

_LONGEST = 60
_DECIMAL = re.compile(r"^[A-Z]?\d{1,2}(?:[.．]\d{1,2})*")
Look = tuple[float, bool]


def heading_levels(
    paragraphs: Sequence[Paragraph], outline: Sequence[OutlineEntry], measure: Measure
) -> dict[int, int]:
    """Level by position in ``paragraphs``, for those that are headings."""
    named = _by_outline(paragraphs, outline)
    looks = [number for number, paragraph in enumerate(paragraphs) if _looks_like(paragraph, measure)]
    levels = _levels_of_looks([(number, paragraphs[number]) for number in looks], named, paragraphs)
    found = {number: _level(paragraphs[number], levels) for number in looks}
    return {**found, **named}


def _by_outline(paragraphs: Sequence[Paragraph], outline: Sequence[OutlineEntry]) -> dict[int, int]:
    by_page: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for entry in outline:
        if entry.page is not None:
            by_page[entry.page].append((_bare(entry.title), entry.level))
    found: dict[int, int] = {}
    for number, paragraph in enumerate(paragraphs):
        waiting = by_page.get(paragraph.lines[0].page, [])
        text = _bare(paragraph.text)
        for title, level in waiting:
            if title and (text == title or (len(title) > 2 and _unnumbered(text) == title)):
                found[number] = level
                waiting.remove((title, level))
                break
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _unnumbered(text: str) -> str:
    return re.sub(r"^[\s、.．]+", "", NUMBER.sub("", text))


def _looks_like(paragraph: Paragraph, measure: Measure) -> bool:
    text = paragraph.text
    first = paragraph.lines[0]
    if len(text) > _LONGEST or len(paragraph.lines) > 3 or text[-1] in "。；，、;," or CAPTION.match(text):
        return False
    if not re.search(r"[\u4e00-\u9fffA-Za-z]", text):
        return False
    larger = first.size > measure.size + 0.8
    numbered = bool(NUMBER.match(text) or MARKER.match(text))
    return larger or (first.bold and (numbered or first.size >= measure.size - 0.1))


def _look(paragraph: Paragraph) -> Look:
    return paragraph.lines[0].size, paragraph.lines[0].bold


def _levels_of_looks(
    found: Sequence[tuple[int, Paragraph]], named: dict[int, int], paragraphs: Sequence[Paragraph]
) -> dict[Look, int]:
    """Level of each look: that of its numbered members, else one below the next larger look."""
    votes: dict[Look, Counter[int]] = defaultdict(Counter)
    for number, level in named.items():
        votes[_look(paragraphs[number])][level] += 2
    for _, paragraph in found:
        depth = _depth(paragraph.text)
        votes[_look(paragraph)].update([depth] if depth else [])
    levels: dict[Look, int] = {}
    last = 0
    for look in sorted(votes, reverse=True):
        last = votes[look].most_common(1)[0][0] if votes[look] else min(last + 1, 6)
        levels[look] = last
    return levels


def _depth(text: str) -> int:
    if re.match(r"^第\s*[一二三四五六七八九十百\d]+\s*[章篇部编]", text):
        return 1
    match = NUMBER.match(text)
    decimal = _DECIMAL.match(text) if match else None
    return len(re.split(r"[.．]", decimal.group())) if decimal else 0


def _level(paragraph: Paragraph, levels: dict[Look, int]) -> int:
    return _depth(paragraph.text) or levels.get(_look(paragraph), 1)
