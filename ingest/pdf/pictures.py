"""Pictures that say something: strips of one made whole, ornaments and the ground of a scan left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.pdf.geometry import area, around, overlap
from ingest.pdf.pages import PageContent
from models.document import BBox

_LEAST = 40.0
"""Points each way; what is smaller is an ornament."""
_ORNAMENT_SHARE = 0.2
"""Of the page: a picture on many pages that covers less is a logo."""
_REPEATED = 0.3
"""Share of the pages that a logo stands on."""
_TOUCH = 2.0


def find_pictures(pages: Sequence[PageContent]) -> dict[int, tuple[BBox, ...]]:
    """Boxes of the pictures by page."""
    found = {page.number: list(_whole(page.pictures)) for page in pages}
    places = Counter(_place(box) for boxes in found.values() for box in boxes)
    often = {place for place, count in places.items() if count >= max(3, _REPEATED * len(pages))}
    return {
        page.number: tuple(box for box in found[page.number] if _says_something(page, box, often))
        for page in pages
    }


def _whole(boxes: Sequence[BBox]) -> Iterator[BBox]:
    """Pictures that touch made one, as scans and screenshots are cut into strips."""
    rest = sorted(boxes, key=lambda box: (box[1], box[0]))
    while rest:
        whole = rest.pop(0)
        while near := [box for box in rest if _is_strip(whole, box)]:
            whole = around([whole, *near])
            rest = [box for box in rest if box not in near]
        yield whole


def _is_strip(one: BBox, other: BBox) -> bool:
    """One under or beside the other, of the same width or height."""
    stacked = abs(one[0] - other[0]) < _TOUCH and abs(one[2] - other[2]) < _TOUCH
    beside = abs(one[1] - other[1]) < _TOUCH and abs(one[3] - other[3]) < _TOUCH
    return (stacked and one[1] - _TOUCH <= other[3] and other[1] - _TOUCH <= one[3]) or (
        beside and one[0] - _TOUCH <= other[2] and other[0] - _TOUCH <= one[2]
    )


def _place(box: BBox) -> tuple[int, ...]:
    return tuple(round(edge / 4) for edge in box)


def _says_something(page: PageContent, box: BBox, often: set[tuple[int, ...]]) -> bool:
    if box[2] - box[0] < _LEAST or box[3] - box[1] < _LEAST:
        return False
    size = page.frame.width * page.frame.height
    if area(box) < _ORNAMENT_SHARE * size and _place(box) in often:
        return False
    if page.layered and area(box) > 0.5 * size:
        return False
    return not any(overlap(drawing.box, box) > 0.9 * area(box) for drawing in page.drawings)
