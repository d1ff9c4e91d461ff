"""Running heads, feet and page numbers: what stands at the same height on many pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.pdf_lines import Line
from ingest.pdf_pages import PageContent

_EDGE_LINES = 3
"""A head or foot has no more lines than this."""
_HEAD_ZONE, _FOOT_ZONE = 0.14, 0.87
"""Shares of the page height; heads stand above the one, feet below the other."""
_SAME_HEIGHT = 4.0
_ROMAN = r"[ivxlcdm]{1,6}|[IVXLC]{1,6}|[Ⅰ-Ⅻⅰ-ⅻ]"
_PAGE_NUMBER = re.compile(
    rf"^[\-－—–·.\s|/]*(?:第\s*)?(?P<label>\d{{1,4}}|{_ROMAN})(?:\s*页)?"
    rf"(?:\s*[/，,]?\s*(?:共|of|/)?\s*\d{{1,4}}\s*页?)?[\-－—–·.\s|]*$"
)


@dataclass(frozen=True, slots=True)
class Margins:
    """The lines that are no part of the text, and the page number printed on each page."""

    lines: frozenset[int]
    """``id`` of the lines, which live as long as the pages do."""
    labels: Mapping[int, str]

    def __contains__(self, line: Line) -> bool:
        return id(line) in self.lines


def find_margins(pages: Sequence[PageContent]) -> Margins:
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for line in _edge_lines(page):
            seen[_pattern(line.text)].append((page.number, line.top))
    margins: list[Line] = []
    for page in pages:
        margins.extend(_margins_of(page, seen, len(pages)))
    return Margins(frozenset(map(id, margins)), _labels(margins))


def _edge_lines(page: PageContent) -> Iterator[Line]:
    yield from page.lines[:_EDGE_LINES]
    yield from page.lines[_EDGE_LINES:][-_EDGE_LINES:]


def _pattern(text: str) -> str:
    """The text with every number as one sign, so that page numbers are alike."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))


def _margins_of(page: PageContent, seen: Mapping[str, list[tuple[int, float]]], pages: int) -> Iterator[Line]:
    """Edge lines from the edge inwards, as far as they repeat or are page numbers."""
    height = page.frame.height
    for line in page.lines[:_EDGE_LINES]:
        if line.bottom > _HEAD_ZONE * height or not _is_margin(line, seen, pages):
            break
        yield line
    for line in reversed(page.lines[-_EDGE_LINES:]):
        if line.top < _FOOT_ZONE * height or not _is_margin(line, seen, pages):
            break
        yield line


def _is_margin(line: Line, seen: Mapping[str, list[tuple[int, float]]], pages: int) -> bool:
    if _PAGE_NUMBER.match(line.text):
        return True
    places = seen[_pattern(line.text)]
    alike = {number for number, top in places if abs(top - line.top) < _SAME_HEIGHT}
    return len(alike) >= min(3, max(2, pages))


def _labels(margins: Sequence[Line]) -> dict[int, str]:
    """Page numbers by page: numbers in heads and feet that go up as the pages do."""
    numbers = [
        (line.page, int(number))
        for line in margins
        for number in re.findall(r"(?<!\d)\d{1,4}(?!\d)", line.text)
    ]
    offsets = Counter(number - page for page, number in numbers)
    labels: dict[int, str] = {}
    for line in margins:
        bare = _PAGE_NUMBER.match(line.text)
        if bare and not (bare["label"].isdigit() and offsets[int(bare["label"]) - line.page] < 2):
            labels[line.page] = bare["label"]
    for page, number in numbers:
        if page not in labels and offsets[number - page] > 2:
            labels[page] = str(number)
    return labels
