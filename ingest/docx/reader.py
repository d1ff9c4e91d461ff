"""Reads a .docx straight from its package: one pass over the main text in its order, by lxml.

python-docx is not used: it reads every related part into memory, loses text in content controls and
tracked insertions, and repeats merged cells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ingest.docx.body import body_drafts, margin_drafts
from ingest.docx.contents import mark_captions, mark_contents
from ingest.docx.drafts import Draft, to_blocks
from ingest.docx.headings import has_styled_headings, mark_headings
from ingest.docx.lines import split_titles
from ingest.docx.noted import notes_of
from ingest.docx.notes import Notes
from ingest.docx.numbering import Numbering
from ingest.docx.package import DAMAGED, Package, Relation
from ingest.docx.story import Fields, Pages, Story, Tally, raw_characters
from ingest.docx.styles import Styles
from ingest.docx.xml import WP, Element, W
from models.document import Document, Ledger, PageState
from models.errors import DamagedFile


def read_docx(source: Path, *, on_page: Callable[[int], None] | None = None) -> Document:
    """The document that a .docx holds. ``on_page`` hears of each new page where the file knows its pages.

    Raises DamagedFile, EncryptedFile, ResourceLimit, UnsupportedFormat. Call it in a child process:
    a hostile file can exhaust memory while it is parsed.
    """
    with Package(source) as package:
        root = package.tree(package.main)
        body = root.find(W + "body")
        if body is None:
            raise DamagedFile(DAMAGED)
        story = _story(package, root, on_page)
        notes = Notes(story)
        drafts = _settled(list(body_drafts(body, story, notes)))
        drafts += margin_drafts(story, notes)
        found = raw_characters(body) + story.tally.found - story.tally.dropped
        noted = notes_of(story, drafts)
    return Document(
        filename=source.name,
        sha256=_sha256(source),
        format="docx",
        blocks=to_blocks(drafts),
        ledger=_ledger(story.pages, found),
        pictures=sum(draft.kind == "picture" for draft in drafts),
        notes=noted,
    )


def _story(package: Package, root: Element, on_page: Callable[[int], None] | None) -> Story:
    relations = package.relations(package.main)
    return Story(
        package=package,
        relations=relations,
        styles=Styles(package.optional(_target(relations, "styles"))),
        numbering=Numbering(package.optional(_target(relations, "numbering"))),
        pages=Pages(next(root.iter(W + "lastRenderedPageBreak"), None) is not None, on_page),
        fields=Fields(root),
        tally=Tally(),
        coloured=_is_coloured(root),
    )


def _target(relations: dict[str, Relation], kind: str) -> str | None:
    return next((r.target for r in relations.values() if r.kind == kind and not r.external), None)


def _is_coloured(root: Element) -> bool:
    """Whether white text may be meant to be seen: a coloured page, or a drawing behind the text."""
    ground = root.find(W + "background")
    if ground is not None and ground.get(W + "color", "FFFFFF").upper() not in ("FFFFFF", "AUTO"):
        return True
    return any(anchor.get("behindDoc") in ("1", "true") for anchor in root.iter(WP + "anchor"))


def _settled(drafts: list[Draft]) -> list[Draft]:
    """Drafts with their final kinds. Empty paragraphs, kept so far for their page breaks, go."""
    mark_contents([draft for draft in drafts if draft.text.strip() or draft.ends_page])
    mark_captions(drafts)
    if not has_styled_headings(drafts):
        drafts = split_titles(drafts)
    mark_headings(drafts)
    return [draft for draft in drafts if draft.text.strip() or draft.kind in ("picture", "chart")]


def _ledger(pages: Pages, found: int) -> Ledger:
    """One state per page where pages are known; a page of nothing but pictures may be a scan."""
    if not pages.known:
        return Ledger(None, (), found)
    return Ledger(pages.number, tuple(_state(pages, n) for n in range(1, pages.number + 1)), found)


def _state(pages: Pages, page: int) -> PageState:
    if page in pages.with_text:
        return "text"
    return "image_only" if page in pages.with_pictures else "blank"


def _sha256(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
