"""Where a part may hold more than could be read: pictures, pages without text, poor recognition."""

from __future__ import annotations

from models.document import Part


def doubtful_blocks(part: Part) -> frozenset[int]:
    """Blocks that are pictures or were recognised with doubt, and for each unread page the last block
    before it (or the first of the part), so that what is said of a section takes the unseen into account."""
    doubtful = frozenset(part.document.ledger.doubtful)
    unsure = {block.index for block in part.blocks if block.kind == "picture" or block.place.page in doubtful}
    return frozenset(unsure | {_before(part, page) for page in unread_pages(part)})


def unread_pages(part: Part) -> tuple[int, ...]:
    """Pages of the part that are scanned or unreadable, by their number in the file."""
    first, last = page_range(part) or (1, 0)
    states = part.document.ledger.states
    if part.first == 0:
        first = 1
    if part.last == len(part.document.blocks) - 1:
        last = max(last, len(states))
    unread = ("image_only", "unreadable")
    return tuple(page for page in range(first, last + 1) if _state(states, page) in unread)


def page_range(part: Part) -> tuple[int, int] | None:
    """First and last page that the part's blocks stand on; None where pages are not known."""
    pages = [block.place.page for block in part.blocks if block.place.page is not None]
    return (min(pages), max(pages)) if pages else None


def _state(states: tuple[str, ...], page: int) -> str:
    return states[page - 1] if 0 < page <= len(states) else ""


def _before(part: Part, page: int) -> int:
    earlier = [b.index for b in part.blocks if b.place.page is not None and b.place.page < page]
    return max(earlier, default=part.first)
