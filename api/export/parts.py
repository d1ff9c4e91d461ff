"""The parts of the submission and their length, as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.export import wording
from api.export.length import reconciling, short_verdict, verdict
from models.assessment import DocumentRecord, Length
from models.criteria import Chapter, Criteria

BAR = 1000
_ROOM = 1.06
"""Space behind the longer of limit and count, so that the limit's mark is seen."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the length bar, 0 to ``BAR``."""

    key: str
    title: str
    words: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class LengthBar:
    segments: tuple[Segment, ...]
    limit: float | None
    range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ChapterLength:
    title: str
    words: int
    width: float
    inside: bool = False
    """Whether it is an item of the chapter above it."""


@dataclass(frozen=True, slots=True)
class PartView:
    document: DocumentRecord
    kind: str
    extent: str
    short_verdict: str
    tone: str
    """Length status, but ``open`` where uncounted pictures leave it open whether the limit is kept."""
    verdict: str
    bar: LengthBar
    excluded: tuple[tuple[str, int], ...]
    chapters: tuple[ChapterLength, ...]
    reconciling: tuple[str, ...]
    """Sentences on why the sum differs from other counts."""
    reading: tuple[str, ...]
    """Sentences on what of the part could not be read or was read with doubt."""


def part_view(document: DocumentRecord, criteria: Criteria) -> PartView:
    length = document.length
    return PartView(
        document=document,
        kind=wording.PART_KINDS[document.kind],
        extent=extent(document),
        short_verdict=short_verdict(length),
        tone="open" if length.uncounted_pictures and length.status == "within" else length.status,
        verdict=verdict(length),
        bar=length_bar(length),
        excluded=tuple((wording.LENGTH_EXCLUDED.get(k, k), n) for k, n in length.excluded.items()),
        chapters=tuple(_chapters(length, criteria)),
        reconciling=reconciling(document),
        reading=tuple(_reading(document)),
    )


def extent(document: DocumentRecord) -> str:
    """Pages of a part within its file; empty where the file has no pages."""
    if document.page_range is None:
        return f"共{document.pages}页" if document.pages else ""
    first, last = document.page_range
    pages = f"第{first}页" if first == last else f"第{first}–{last}页"
    return f"{pages}，文件共{document.pages}页" if document.pages else pages


def length_bar(length: Length) -> LengthBar:
    """What was counted, end to end, on a scale that holds the limit and the largest count."""
    full = max(length.limit or 0, length.range[1], length.count, 1) * _ROOM
    segments, start = [], 0.0
    for key, words in length.by_part.items():
        width = words / full * BAR
        title = wording.LENGTH_PARTS.get(key, key)
        segments.append(Segment(key, title, words, round(start, 1), round(width, 1)))
        start += width
    limit = round(length.limit / full * BAR, 1) if length.limit is not None else None
    low, high = (round(n / full * BAR, 1) for n in length.range)
    return LengthBar(tuple(segments), limit, (low, high))


def _chapters(length: Length, criteria: Criteria) -> Iterator[ChapterLength]:
    most = max(length.by_chapter.values(), default=0) or 1
    for key, words in length.by_chapter.items():
        node = criteria.by_id.get(key)
        title = f"{key} {node.title}" if node is not None and hasattr(node, "title") else key or "章外"
        yield ChapterLength(title, words, round(words / most * BAR, 1))
        for item in node.items if isinstance(node, Chapter) else ():
            if item.id in length.by_item:
                own = length.by_item[item.id]
                yield ChapterLength(f"{item.id} {item.title}", own, round(own / most * BAR, 1), inside=True)


def _reading(document: DocumentRecord) -> Iterator[str]:
    ledger = document.ledger
    if ledger.unread_pages:
        pages = wording.page_list(ledger.unread_pages)
        yield f"文件第{pages}页没有可读的文字：这些页未计字数、未作判断，请人工查看。"
    if ledger.ocr:
        yield f"{ledger.ocr} 页的文字由图像识别得出，可能有误。"
    if not ledger.complete and not ledger.unread_pages:
        yield "有内容未能读出，见下面的提示。"
    for note in document.notes:
        where = f"文件第{note.page}页：" if note.page is not None else ""
        yield where + note.message
