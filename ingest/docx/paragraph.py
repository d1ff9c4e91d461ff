"""One paragraph: its final text, what of it cannot be seen, its look, and what hangs on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from ingest.characters import solid
from ingest.docx.drawings import DrawnObject, drawn_objects
from ingest.docx.numbering import Label
from ingest.docx.story import Story
from ingest.docx.styles import (
    ParagraphStyle,
    RunLook,
    breaks_before,
    is_centred,
    is_filled,
    numbering_of,
    outline_level,
)
from ingest.docx.xml import Element, M, W, content, to_int, value

NoteKind = Literal["footnotes", "endnotes"]
_PAGE_BREAK = "\f"
_SYMBOLS = {
    "wingdings": {0xFC: "√", 0xFE: "☑", 0xA8: "□", 0x6F: "□", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xFD: "☒",
                  0x78: "☒", 0xE0: "→", 0xD8: "➢", 0x4A: "☺"},
    "wingdings 2": {0x52: "☑", 0x50: "√", 0xA3: "□", 0x53: "☒", 0x2A: "□"},
    "symbol": {0xB7: "•", 0xB1: "±", 0xB4: "×", 0xB3: "≥", 0xA3: "≤", 0xD7: "·", 0xB0: "°", 0x6D: "μ"},
}  # fmt: skip
_NOT_A_SECTION_PAGE = ("continuous", "nextColumn")


@dataclass(slots=True)
class Paragraph:
    style: ParagraphStyle
    text: str = ""
    hidden: str = ""
    page: int | None = None
    level: int | None = None
    """Heading level by style or outline level, from 1."""
    label: Label | None = None
    centred: bool = False
    bold: bool = False
    size: float = 0.0
    """Points; of most of its characters."""
    contents: bool = False
    objects: list[DrawnObject] = field(default_factory=list)
    notes: list[tuple[NoteKind, str]] = field(default_factory=list)
    ends_page: bool = False
    """A page or section break stands in it or after it."""


def read_paragraph(element: Element, story: Story, *, coloured: bool = False) -> Paragraph:
    """Reads a ``w:p`` and counts its number and page breaks: call once each, in the order of the text.

    ``coloured``: white text on it can be seen, since its cell or shape has a ground.
    """
    properties = element.find(W + "pPr")
    identity = value(properties.find(W + "pStyle")) if properties is not None else None
    style = story.styles.paragraph(identity)
    made = Paragraph(style=style, level=style.level, centred=style.centred)
    reader = _Inline(story, made, coloured or story.coloured)
    breaks = style.break_before
    base = style.run
    if properties is not None:
        made.level = outline_level(properties, style.level)
        made.centred = is_centred(properties, style.centred)
        breaks = breaks_before(properties, style.break_before)
        shade = properties.find(W + "shd")
        reader.coloured = reader.coloured or (shade is not None and is_filled(shade))
    if breaks:
        story.pages.asked_break()
    reader.children(element, base)
    reader.finish()
    made.label = _label(properties, identity, style, story)
    if properties is not None and (section := properties.find(W + "sectPr")) is not None:
        _end_section(section, made, story)
    return made


def _label(
    properties: Element | None, identity: str | None, style: ParagraphStyle, story: Story
) -> Label | None:
    instance, depth = (None, None) if properties is None else numbering_of(properties)
    if instance is None:
        instance = style.number
        if instance is not None and depth is None:
            depth = story.numbering.depth_of_style(instance, identity or "")
    if depth is None:
        depth = style.depth or 0
    return None if not instance else story.numbering.next(instance, depth)


def _end_section(section: Element, made: Paragraph, story: Story) -> None:
    if value(section.find(W + "type"), "nextPage") not in _NOT_A_SECTION_PAGE:
        story.pages.asked_break()
        made.ends_page = True


class _Inline:
    """Walks the runs of one paragraph."""

    def __init__(self, story: Story, made: Paragraph, coloured: bool) -> None:
        self.coloured = coloured
        self._story = story
        self._made = made
        self._visible: list[str] = []
        self._hidden: list[str] = []
        self._looks: Counter[tuple[bool, float]] = Counter()
        self._in_contents = 0

    def children(self, parent: Element, base: RunLook) -> None:
        for child in content(parent):
            tag = child.tag
            if tag == W + "r":
                self._run(child, base)
            elif tag in (W + "hyperlink", W + "fldSimple", W + "rubyBase"):
                self.children(child, base)
            elif tag == W + "sdt":
                inner = child.find(W + "sdtContent")
                if inner is not None:
                    self.children(inner, base)
            elif tag in (M + "oMath", M + "oMathPara"):
                self._put("".join(t.text or "" for t in child.iter(M + "t", W + "t")), base)
            elif tag == W + "subDoc":
                self._story.tally.note("subdocument", self._story.pages.current)

    def finish(self) -> None:
        made = self._made
        made.text = "".join(self._visible).replace(_PAGE_BREAK, "\n").strip("\n")
        made.hidden = "".join(self._hidden)
        total = self._looks.total()
        if total:
            made.contents = self._in_contents * 2 > total
            made.size = max(self._by_size().items(), key=lambda item: item[1])[0]
            made.bold = sum(n for (bold, _), n in self._looks.items() if bold) * 10 >= total * 9

    def _by_size(self) -> Counter[float]:
        sizes: Counter[float] = Counter()
        for (_, size), count in self._looks.items():
            sizes[size] += count
        return sizes

    def _run(self, run: Element, base: RunLook) -> None:
        look = self._story.styles.run(base, run.find(W + "rPr"))
        for child in content(run):
            tag = child.tag
            if tag == W + "t":
                self._put(child.text or "", look)
            elif tag in _SPACES:
                self._space(_SPACES[tag])
            elif tag == W + "br":
                self._break(child)
            elif tag == W + "lastRenderedPageBreak":
                self._story.pages.saved_break()
            elif tag == W + "fldChar":
                self._story.fields.mark(child)
            elif tag == W + "instrText":
                self._story.fields.instruct(child.text or "")
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._draw(child)
            else:
                self._rare(child, look)

    def _rare(self, child: Element, look: RunLook) -> None:
        tag = child.tag
        if tag == W + "noBreakHyphen":
            self._put("-", look)
        elif tag == W + "sym":
            self._put(_symbol(child), look)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            kind: NoteKind = "footnotes" if tag == W + "footnoteReference" else "endnotes"
            self._made.notes.append((kind, child.get(W + "id", "")))
        elif tag == W + "ruby":
            self.children(child, look)
        elif tag in (M + "oMath", M + "oMathPara"):
            self._put("".join(t.text or "" for t in child.iter(M + "t", W + "t")), look)

    def _put(self, text: str, look: RunLook) -> None:
        size = solid(text)
        if self._story.fields.in_code:
            self._story.tally.dropped += size
            return
        if look.invisible or (look.white and not look.shaded and not self.coloured):
            self._hidden.append(text)
            return
        self._visible.append(text)
        if size:
            page = self._story.pages.text()
            if not self._looks:
                self._made.page = page
            self._looks[look.bold, look.size] += size
            if self._story.fields.in_contents:
                self._in_contents += size

    def _space(self, text: str) -> None:
        if not self._story.fields.in_code:
            self._visible.append(text)

    def _break(self, element: Element) -> None:
        kind = element.get(W + "type", "textWrapping")
        if kind == "page":
            self._story.pages.asked_break()
            self._made.ends_page = True
        self._space("\n" if kind == "textWrapping" else _PAGE_BREAK)

    def _draw(self, element: Element) -> None:
        if self._made.page is None:
            self._made.page = self._story.pages.current
        self._made.objects.extend(drawn_objects(element))


_SPACES = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n"}


def _symbol(element: Element) -> str:
    """A character of a symbol font: as Unicode where it is a usual one, else as the file has it."""
    code = to_int_hex(element.get(W + "char", ""))
    known = _SYMBOLS.get(element.get(W + "font", "").lower(), {})
    return known.get(code & 0xFF) or (chr(code) if 0x20 < code < 0xD800 or 0xE000 <= code < 0xFFFE else "□")


def to_int_hex(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return to_int(text, 0) or 0
