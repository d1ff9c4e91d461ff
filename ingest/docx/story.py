"""What is carried along while a story (main text, note, header) is walked: pages, fields, tallies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.characters import solid
from ingest.docx.numbering import Numbering
from ingest.docx.package import Package, Relation
from ingest.docx.styles import Styles
from ingest.docx.xml import MC, A, Element, M, V, W, alternative

_NOT_SHOWN = (W + "del", W + "moveFrom", W + "rt")


class Pages:
    """Counts pages by the breaks that Word saved when it last laid the text out.

    A break that was asked for is followed by a saved one in the next text; the two are one. Without any
    saved break in the file pages are not known.
    """

    def __init__(self, known: bool, on_page: Callable[[int], None] | None = None) -> None:
        self.known = known
        self.number = 1
        self.with_text: set[int] = set()
        self.with_pictures: set[int] = set()
        self._asked = False
        self._on_page = on_page

    @property
    def current(self) -> int | None:
        return self.number if self.known else None

    def asked_break(self) -> None:
        self._turn()
        self._asked = True

    def saved_break(self) -> None:
        if not self._asked:
            self._turn()
        self._asked = False

    def text(self) -> int | None:
        """The page that a character stands on."""
        self._asked = False
        self.with_text.add(self.number)
        return self.current

    def picture(self) -> int | None:
        self.with_pictures.add(self.number)
        return self.current

    def back_to(self, number: int) -> None:
        """Cells of a row stand side by side: each starts on the page of the row."""
        self.number = number

    def _turn(self) -> None:
        self.number += 1
        if self.known and self._on_page is not None:
            self._on_page(self.number)


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False


class Fields:
    """Complex fields (``w:fldChar``): the code is never text, the result is.

    A field whose end is missing is none: the rest of the document would vanish into it.
    """

    def __init__(self, root: Element) -> None:
        self._open: list[_Field] = []
        self._broken = _unmatched(root.iter(W + "fldChar"))

    @property
    def in_code(self) -> bool:
        return any(not field.in_result for field in self._open)

    @property
    def in_contents(self) -> bool:
        return any(field.in_result and field.code.split()[:1] == ["TOC"] for field in self._open)

    def mark(self, element: Element) -> None:
        if element in self._broken:
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].in_result:
            self._open[-1].code += text


def _unmatched(marks: Iterable[Element]) -> set[Element]:
    """Marks of fields that are not both opened and closed. (lxml keeps one proxy per living element.)"""
    opened: list[list[Element]] = []
    broken: set[Element] = set()
    for mark in marks:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            opened.append([mark])
        elif not opened:
            broken.add(mark)
        elif kind == "end":
            opened.pop()
        else:
            opened[-1].append(mark)
    return broken.union(*opened)


@dataclass(slots=True)
class Tally:
    """Sums over all stories of a file."""

    found: int = 0
    """Characters of the raw text outside the main story, as their parts hold them."""
    dropped: int = 0
    """Characters that the final text does not show: rows deleted under revision, text in field codes."""
    seen: Counter[str] = field(default_factory=Counter)
    """Things that are noted, not read: ``comment``, ``workbook``, ``formula-object`` …"""
    pages: dict[str, int] = field(default_factory=dict)
    """Page of the first of each of them."""

    def note(self, kind: str, page: int | None = None) -> None:
        self.seen[kind] += 1
        if page is not None:
            self.pages.setdefault(kind, page)


@dataclass(frozen=True, slots=True)
class Story:
    """One part that is walked, and what it shares with the others of its file."""

    package: Package
    relations: dict[str, Relation]
    styles: Styles
    numbering: Numbering
    pages: Pages
    fields: Fields
    tally: Tally
    coloured: bool
    """Whether the page, or a picture behind the text, gives white text a ground."""


def raw_characters(root: Element) -> int:
    """Characters that are not white space in a subtree, each alternative once, deletions left out."""
    hidden = set(root.iter(*_NOT_SHOWN))
    for element in root.iter(MC + "AlternateContent"):
        chosen = alternative(element)
        hidden.update(child for child in element if child is not chosen)
    outermost = (element for element in hidden if hidden.isdisjoint(element.iterancestors()))
    return _all_characters(root) - sum(map(_all_characters, outermost))


def _all_characters(root: Element) -> int:
    texts = sum(solid(element.text or "") for element in root.iter(W + "t", M + "t", A + "t"))
    drawn = sum(solid(element.get("string", "")) for element in root.iter(V + "textpath"))
    return texts + drawn + sum(1 for _ in root.iter(W + "sym", W + "noBreakHyphen"))
