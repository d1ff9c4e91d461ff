"""Where something could not be read, and which indicators' text may stand there."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Block, Part
from models.judgement import Outline

_UNREAD = ("image_only", "unreadable")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One place of which something could not be read."""

    section: str | None
    """Node that the last naming heading above it names; None ahead of the first one."""
    until: str | None = None
    """Node of the heading that follows, where the place can only hold what is asked before it."""

    def may_hold(self, indicator: str) -> bool:
        """Whether the indicator's text may stand here: under a heading of its item or chapter, or, where no
        heading says where one is, anywhere."""
        if self.section is None:
            return self.until is None or _order(indicator) < _order(self.until)
        item = indicator.rsplit(".", 1)[0]
        chapter = indicator.split(".", maxsplit=1)[0]
        return self.section in (chapter, item, indicator) or self.section.rsplit(".", 1)[0] == item


def doubts(part: Part, outline: Outline, unread: frozenset[int]) -> tuple[Doubt, ...]:
    """The places of the part at which the ``unread`` blocks stand, each kind once."""
    if not unread:
        return ()
    nodes = {target.block: target.node for target in outline.targets if target.node}
    found: dict[Doubt, None] = {}
    section: str | None = None
    for block in part.blocks:
        section = nodes.get(block.index, section)
        if block.index in unread:
            found |= dict.fromkeys(_ahead(part, outline, block) if section is None else (Doubt(section),))
    return tuple(found)


def _ahead(part: Part, outline: Outline, block: Block) -> tuple[Doubt, ...]:
    """What a block ahead of the first naming heading may hold.

    Ahead of the contents stands the cover, which answers nothing. Behind it, or where there are none, a page
    that was not read may hold anything; a picture in a report that keeps the order of the criteria only
    what is asked before that heading: a logo above chapter 1 nothing."""
    named = [(target.block, target.node) for target in outline.targets if target.node]
    if not named:
        return (Doubt(None),)
    first, node = min(named)
    if any(other.kind == "contents" and block.index < other.index < first for other in part.blocks):
        return ()
    only_picture = block.kind == "picture" and not _beside_unread_page(part, block)
    return (Doubt(None, node if only_picture and _in_order(outline) else None),)


def _beside_unread_page(part: Part, block: Block) -> bool:
    """Whether the block's page was not read, or the next one, which then counts at this block."""
    page = block.place.page
    states = part.document.ledger.states
    return page is not None and any(state in _UNREAD for state in states[max(page - 1, 0) : page + 1])


def _in_order(outline: Outline) -> bool:
    """Whether the chapters come in the order of the criteria."""
    nodes = [target.node for target in sorted(outline.targets, key=lambda t: t.block) if target.node]
    chapters = list(dict.fromkeys(_order(node)[:1] for node in nodes))
    return chapters == sorted(chapters)


def _order(node: str) -> tuple[int, ...]:
    return tuple(int(number) for number in node.split("."))
