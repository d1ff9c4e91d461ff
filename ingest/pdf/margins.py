"""Running heads, feet and page numbers: what stands at the same height on many pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.pdf.lines import Line
from ingest.pdf.pages import PageContent

_EDGE_LINES = 3
"""A head or foot has no more lines than this."""
_HEAD_ZONE, _FOOT_ZONE = 0.14, 0.87
"""Shares of the page height; heads stand above the one, feet below the other."""
_SAME_HEIGHT = 4.0
_STAMPED = 0.6
"""Share of the pages that a watermark stands on."""
_ROMAN = r"[ivxlcdm]{1,6}|[IVXLC]{1,6}|[Ⅰ-Ⅻⅰ-ⅻ]"
_PAGE_NUMBER = re.compile(
    rf"^[\-－—–·.\s|/]*(?:第\s*)?(?P<label>\d{{1,4}}|{_ROMAN})(?:\s*页)?"
    rf"(?:\s*[/，,]?\s*(?:共|of|/)?\s*\d{{1,4}}\s*页?)?[\-－—–·.\s|]*$"
)


_Seen = defaultdict[str, list[tuple[int, float]]]
"""Page and height of the lines of one pattern."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The lines that are no part of the text, and the page number printed on each page."""

    lines: frozenset[int]
    """``id`` of the lines, which live as long as the pages do."""
    labels: Mapping[int, str]

    def __contains__(self, line: Line) -> bool:
        return id(line) in self.lines


def find_margins(pages: Sequence[PageContent], notes: Mapping[int, Sequence[Line]]) -> Margins:
    """``notes`` are the lines of footnotes by page, which may look alike on many pages."""
    bodies = {page.number: _body(page, notes.get(page.number, ())) for page in pages}
    edges = [line for body in bodies.values() for line in _edge_lines(body)]
    offsets = _offsets(edges, len(pages))
    seen: _Seen = defaultdict(list)
    for line in edges:
        for pattern in _patterns(line, offsets):
            seen[pattern].append((line.page, line.top))
    margins: list[Line] = []
    for page in pages:
        margins.extend(_margins_of(bodies[page.number], page.frame.height, seen, offsets, len(pages)))
        margins.extend(_turned_margins(page, seen, offsets))
    labels = _labels(margins, offsets)
    return Margins(frozenset(map(id, [*margins, *_stamps(pages)])), labels)


def _stamps(pages: Sequence[PageContent]) -> Iterator[Line]:
    """Watermarks and side tabs: the same text at the same place on most pages."""
    lines = [line for page in pages for line in page.lines]
    places = Counter(map(_stamp, lines))
    least = max(3, _STAMPED * len(pages))
    yield from (line for line in lines if places[_stamp(line)] >= least)


def _stamp(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.left / _SAME_HEIGHT), round(line.top / _SAME_HEIGHT)


def _offsets(lines: Sequence[Line], pages: int) -> frozenset[int]:
    """Differences between a number at the edge and its page that hold on several pages."""
    counts: Counter[int] = Counter()
    for line in lines:
        counts.update({number - line.page for number in _numbers(line.text)})
    return frozenset(offset for offset, count in counts.items() if count >= min(3, max(2, pages)))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"(?<!\d)\d{1,4}(?!\d)", text)]


def _body(page: PageContent, notes: Sequence[Line]) -> list[Line]:
    """Upright lines from top to bottom, without footnotes."""
    left_out = {id(line) for line in notes}
    upright = (line for line in page.lines if not line.turned and id(line) not in left_out)
    return sorted(upright, key=lambda line: line.top)


def _edge_lines(lines: Sequence[Line]) -> Iterator[Line]:
    yield from lines[:_EDGE_LINES]
    yield from lines[_EDGE_LINES:][-_EDGE_LINES:]


def _patterns(line: Line, offsets: frozenset[int]) -> frozenset[str]:
    """The text as it is, and with what may be the page number as a sign, so that heads and feet of all
    pages are alike. Page 3 of 3 leaves open which number is which, so each is tried."""
    text = re.sub(r"\s+", "", line.text)
    found = {text}
    for match in re.finditer(r"(?<!\d)\d{1,4}(?!\d)", text):
        if int(match.group()) - line.page in offsets:
            found.add(f"{text[: match.start()]}#{text[match.end() :]}")
    return frozenset(found)


def _pages_alike(line: Line, seen: _Seen, offsets: frozenset[int], *, anywhere: bool = False) -> int:
    """On how many pages the line stands, at the same height or ``anywhere``."""
    return max(
        len({page for page, top in seen[pattern] if anywhere or abs(top - line.top) < _SAME_HEIGHT})
        for pattern in _patterns(line, offsets)
    )


def _margins_of(
    lines: Sequence[Line],
    height: float,
    seen: _Seen,
    offsets: frozenset[int],
    pages: int,
) -> Iterator[Line]:
    """Edge lines from the edge inwards, as far as they repeat or are page numbers."""

    def is_margin(line: Line) -> bool:
        if _PAGE_NUMBER.match(line.text):
            return True
        return _pages_alike(line, seen, offsets) >= min(3, max(2, pages))

    heads = (line for line in lines[:_EDGE_LINES] if line.bottom <= _HEAD_ZONE * height)
    feet = (line for line in reversed(lines[-_EDGE_LINES:]) if line.top >= _FOOT_ZONE * height)
    yield from takewhile(is_margin, heads)
    yield from takewhile(is_margin, feet)


def _turned_margins(page: PageContent, seen: _Seen, offsets: frozenset[int]) -> Iterator[Line]:
    """Heads, feet and page numbers of a page in landscape: they stand upright where its text does not."""
    for line in page.lines:
        if line.turned and (
            _PAGE_NUMBER.match(line.text) or _pages_alike(line, seen, offsets, anywhere=True) > 2
        ):
            yield line


def _labels(margins: Sequence[Line], offsets: frozenset[int]) -> dict[int, str]:
    """Page numbers by page: of a line that is nothing else, or a number that goes up as the pages do."""
    labels: dict[int, str] = {}
    for line in margins:
        running = [number for number in _numbers(line.text) if number - line.page in offsets]
        bare = _PAGE_NUMBER.match(line.text)
        if running:
            labels[line.page] = str(running[0])
        elif bare:
            labels.setdefault(line.page, bare["label"])
    return labels
