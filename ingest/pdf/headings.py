"""Which paragraphs are headings, and of what level: outline, size, weight, numbering."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ingest.pdf.file import OutlineEntry
from ingest.pdf.flow import Measure
from ingest.pdf.paragraphs import CAPTION, NUMBER, Paragraph

_LONGEST = 60
_LONGEST_PLAIN = 40
"""A numbered line in the looks of the text is a heading only if short."""
_COVER_CHARS = 300
_DECIMAL = re.compile(r"^[A-Z]?\d{1,2}(?:[.．]\d{1,2})*")
_KINDS = (
    re.compile(r"^第\s*[一二三四五六七八九十百\d]+\s*[章篇部编]"),
    re.compile(r"^(?:[一二三四五六七八九十]{1,3}\s*、|第\s*[一二三四五六七八九十\d]+\s*节)"),
    re.compile(r"^[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]"),
    re.compile(r"^\d{1,2}\s*[、．.](?!\d)"),
    re.compile(r"^[（(]\s*\d{1,2}\s*[)）]"),
    re.compile(r"^(?:\d{1,2}\s*[)）]|[①-⑳]|[a-zA-Z]\s*[)）.])"),
)
"""Ways to number headings, from the outermost to the innermost."""
_UNNUMBERED = len(_KINDS)
_Style = tuple[float, bool, int]
"""Size with its sign turned, not bold, rank of the numbering: sorts from the highest level down."""


def heading_levels(
    paragraphs: Sequence[Paragraph], outline: Sequence[OutlineEntry], measure: Measure
) -> dict[int, int]:
    """Level by position in ``paragraphs``, for those that are headings."""
    named = _by_outline(paragraphs, outline)
    cover = _cover(paragraphs)
    looks = [
        number
        for number, paragraph in enumerate(paragraphs)
        if number not in cover and _looks_like(paragraph, measure)
    ]
    looks = sorted([*looks, *_continued(paragraphs, looks, named)])
    levels = _levels(paragraphs, looks, named)
    found = {number: _level(paragraphs[number], levels) for number in looks}
    return {**found, **named}


def _by_outline(paragraphs: Sequence[Paragraph], outline: Sequence[OutlineEntry]) -> dict[int, int]:
    waiting: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for entry in outline:
        if entry.page is not None:
            waiting[entry.page].append((_bare(entry.title), entry.level))
    found: dict[int, int] = {}
    for number, paragraph in enumerate(paragraphs):
        entries = waiting.get(paragraph.lines[0].page, [])
        text = _bare(paragraph.text)
        match = next(
            (e for e in entries if e[0] and e[0] in (text, _bare(_unnumbered(paragraph.text)))), None
        )
        if match and len(text) <= 2 * _LONGEST:
            found[number] = match[1]
            entries.remove(match)
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _unnumbered(text: str) -> str:
    return re.sub(r"^[\s、.．]+", "", NUMBER.sub("", text))


def _cover(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Unnumbered lines of a first page that holds little text: titles, but of no section."""
    pages = [paragraph.lines[0].page for paragraph in paragraphs]
    first = [number for number, page in enumerate(pages) if page == 1]
    if max(pages, default=1) < 4 or sum(len(paragraphs[n].text) for n in first) > _COVER_CHARS:
        return frozenset()
    return frozenset(number for number in first if not NUMBER.match(paragraphs[number].text))


def _continued(
    paragraphs: Sequence[Paragraph], looks: Sequence[int], named: Mapping[int, int]
) -> Iterator[int]:
    """Long titles in the looks of the text whose number comes next after that of a heading."""
    numbers = {_decimal(paragraphs[number].text) for number in (*looks, *named)}
    known = {*looks, *named}
    for number, paragraph in enumerate(paragraphs):
        own = _decimal(paragraph.text)
        if number in known or len(own) < 2 or own[-1] < 2 or not _is_title(paragraph):
            continue
        if (*own[:-1], own[-1] - 1) in numbers and own not in numbers:
            numbers.add(own)
            yield number


def _is_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return len(text) <= _LONGEST and len(paragraph.lines) <= 3 and not re.search(r"[。；;，,！？：:]", text)


def _decimal(text: str) -> tuple[int, ...]:
    """Parts of the decimal number that a text begins with; none for other numbers."""
    found = _DECIMAL.match(text) if _depth(text) > 1 else None
    return tuple(int(part) for part in re.findall(r"\d+", found.group())) if found else ()


def _looks_like(paragraph: Paragraph, measure: Measure) -> bool:
    text, first = paragraph.text, paragraph.lines[0]
    if len(text) > _LONGEST or len(paragraph.lines) > 3 or text[-1] in "。；，、;,！？":
        return False
    if CAPTION.match(text) or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", text):
        return False
    kind = _kind(text)
    if text[-1] in "：:" and kind == _UNNUMBERED:
        return False
    if first.size > measure.size + 0.8 or (first.bold and first.size >= measure.size - 0.1):
        return True
    return _depth(text) > 1 and len(text) <= _LONGEST_PLAIN and first.size >= measure.size - 0.1


def _kind(text: str) -> int:
    """Rank of the numbering; a decimal number ranks by its parts."""
    if depth := _depth(text):
        return min(depth - 1, _UNNUMBERED - 1)
    return next((rank for rank, pattern in enumerate(_KINDS) if pattern.match(text)), _UNNUMBERED)


def _depth(text: str) -> int:
    """Parts of a decimal number (1.1.2 has three), 1 for 第一章, else 0."""
    if _KINDS[0].match(text):
        return 1
    decimal = _DECIMAL.match(text) if NUMBER.match(text) else None
    return len(re.split(r"[.．]", decimal.group())) if decimal else 0


def _style(paragraph: Paragraph) -> _Style:
    first = paragraph.lines[0]
    return -first.size, not first.bold, _kind(paragraph.text)


def _levels(
    paragraphs: Sequence[Paragraph], looks: Sequence[int], named: Mapping[int, int]
) -> dict[_Style, int]:
    """Level of each style: what outline or number say, else one below the style before it."""
    votes: dict[_Style, Counter[int]] = defaultdict(Counter)
    for number, level in named.items():
        votes[_style(paragraphs[number])][level] += 1
    for number in looks:
        votes.setdefault(_style(paragraphs[number]), Counter())
    levels: dict[_Style, int] = {}
    last = 0
    for style in sorted(votes):
        members = [n for n in looks if _style(paragraphs[n]) == style]
        depth = max((_depth(paragraphs[n].text) for n in members), default=0)
        last = votes[style].most_common(1)[0][0] if votes[style] else depth or min(last + 1, 6)
        levels[style] = last
    return levels


def _level(paragraph: Paragraph, levels: Mapping[_Style, int]) -> int:
    return _depth(paragraph.text) or levels[_style(paragraph)]
