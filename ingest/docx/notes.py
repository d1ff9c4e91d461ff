"""Footnotes and endnotes by id, and running heads and feet."""

from __future__ import annotations

from dataclasses import replace

from ingest.docx.paragraph import NoteKind
from ingest.docx.story import Fields, Story
from ingest.docx.xml import Element, W


class Notes:
    """The notes of a file. Each is taken once, where the text refers to it; notes that nothing refers
    to are not printed."""

    def __init__(self, main: Story) -> None:
        self._main = main
        self._stories: dict[NoteKind, Story] = {}
        self._elements: dict[NoteKind, dict[str, Element]] = {}

    def take(self, kind: NoteKind, identity: str) -> Element | None:
        if kind not in self._elements:
            self._load(kind)
        return self._elements[kind].pop(identity, None)

    def story(self, kind: NoteKind) -> Story:
        return self._stories[kind]

    def _load(self, kind: NoteKind) -> None:
        name = next((r.target for r in self._main.relations.values() if r.kind == kind), None)
        root = self._main.package.optional(name)
        tag = W + kind[:-1]
        found = [] if root is None else root.findall(tag)
        self._elements[kind] = {
            note.get(W + "id", ""): note for note in found if note.get(W + "type", "normal") == "normal"
        }
        if root is not None and name is not None:
            self._stories[kind] = part_story(self._main, name, root)


def part_story(main: Story, name: str, root: Element) -> Story:
    """The story of another part of the same file."""
    return replace(main, relations=main.package.relations(name), fields=Fields(root))


def margin_parts(main: Story) -> list[tuple[str, Element]]:
    """Heads and feet by part name, as the relationships list them."""
    names = [r.target for r in main.relations.values() if r.kind in ("header", "footer") and not r.external]
    roots = [(name, main.package.optional(name)) for name in names]
    return [(name, root) for name, root in roots if root is not None]
