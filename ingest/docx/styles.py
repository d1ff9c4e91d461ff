"""What a paragraph or run looks like and counts as, through its chain of styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.docx.xml import Element, W, is_on, number, value

_BODY_LEVEL = 9
_NAMED_LEVEL = re.compile(r"^(?:heading|标题)\s*([1-9])\b", re.IGNORECASE)
_NAMED_IN_CHINESE = re.compile(r"^(?:标题\s*([一二三四五六])|([一二三四五六1-6])\s*级标题)$")
_FIGURES = "一二三四五六"
_CAPTION = re.compile(r"^(?:caption|题注|表题|图题|图表标题)$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"^(?:toc\s*(?:[1-9]|heading)|(?:WPSOffice手动)?目录\s*[1-9]|table of figures)$", re.IGNORECASE
)
_TITLE = re.compile(r"^(?:title|标题)$", re.IGNORECASE)
_INVISIBLE_BELOW = 1.0
"""Points: smaller type cannot be read on paper."""


@dataclass(frozen=True, slots=True)
class RunLook:
    bold: bool = False
    size: float = 10.0
    """Points. Word's own default where the file says nothing."""
    hidden: bool = False
    white: bool = False
    shaded: bool = False

    @property
    def invisible(self) -> bool:
        """Whatever it stands on: hidden, or too small. White text depends on the ground."""
        return self.hidden or self.size < _INVISIBLE_BELOW


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    run: RunLook = RunLook()
    level: int | None = None
    """Heading level from 1."""
    number: int | None = None
    """Numbering instance (``w:numId``) that the style brings."""
    depth: int | None = None
    """Level within the numbering, from 0."""
    centred: bool = False
    break_before: bool = False
    caption: bool = False
    contents: bool = False
    title: bool = False


class Styles:
    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in found}
        self._default = next((_id(s) for s in found if _is_default(s, "paragraph")), None)
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = look(RunLook(), defaults)
        self._paragraphs: dict[str | None, ParagraphStyle] = {}
        self._shaded: dict[str, bool] = {}

    def paragraph(self, style: str | None) -> ParagraphStyle:
        style = style if style in self._styles else self._default
        if style not in self._paragraphs:
            self._paragraphs[style] = self._resolve(style)
        return self._paragraphs[style]

    def run(self, base: RunLook, properties: Element | None) -> RunLook:
        """The look of a run: its own properties over its character style over the paragraph's."""
        if properties is None or len(properties) == 0:
            return base
        style = properties.find(W + "rStyle")
        if style is not None:
            for element in self._chain(value(style)):
                base = look(base, element.find(W + "rPr"))
        return look(base, properties)

    def shades_tables(self, style: str) -> bool:
        """Whether a table style fills cells with a colour."""
        if style not in self._shaded:
            self._shaded[style] = any(
                is_filled(shade) for element in self._chain(style) for shade in element.iter(W + "shd")
            )
        return self._shaded[style]

    def _resolve(self, style: str | None) -> ParagraphStyle:
        resolved = ParagraphStyle(run=self._base)
        for element in self._chain(style):
            resolved = _over(resolved, element)
        return resolved

    def _chain(self, style: str | None) -> list[Element]:
        """The style and those it is based on, the most general first."""
        chain: list[Element] = []
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            chain.append(self._styles[style])
            style = value(self._styles[style].find(W + "basedOn"))
        return chain[::-1]


def look(base: RunLook, properties: Element | None) -> RunLook:
    """``base`` with what ``w:rPr`` says of it."""
    changes: dict[str, bool | float] = {}
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == W + "b":
            changes["bold"] = is_on(child)
        elif tag == W + "sz":
            half_points = number(child)
            if half_points is not None:
                changes["size"] = half_points / 2
        elif tag == W + "vanish":
            changes["hidden"] = is_on(child)
        elif tag == W + "color":
            changes["white"] = value(child).upper() == "FFFFFF"
        elif tag == W + "shd":
            changes["shaded"] = is_filled(child)
        elif tag == W + "highlight":
            changes["shaded"] = value(child) != "none"
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


def is_filled(shade: Element) -> bool:
    """Whether a ``w:shd`` gives a ground that white text can be read on."""
    fill = shade.get(W + "fill", "auto").upper()
    return fill not in ("AUTO", "FFFFFF", "") or value(shade, "clear") not in ("clear", "nil")


def _over(base: ParagraphStyle, style: Element) -> ParagraphStyle:
    """A style over the one it is based on."""
    name = value(style.find(W + "name")).strip()
    made = replace(base, run=look(base.run, style.find(W + "rPr")))
    made = _with_properties(made, style.find(W + "pPr"))
    level = _named_level(name)
    if level is not None and style.find(f"{W}pPr/{W}outlineLvl") is None:
        made = replace(made, level=level)
    return replace(
        made,
        caption=base.caption or bool(_CAPTION.match(name)),
        contents=base.contents or bool(_CONTENTS.match(name)),
        title=base.title or bool(_TITLE.match(name)),
    )


def _with_properties(base: ParagraphStyle, properties: Element | None) -> ParagraphStyle:
    if properties is None:
        return base
    made = replace(
        base,
        level=outline_level(properties, base.level),
        centred=is_centred(properties, base.centred),
        break_before=breaks_before(properties, base.break_before),
    )
    shade = properties.find(W + "shd")
    if shade is not None and is_filled(shade):
        made = replace(made, run=replace(made.run, shaded=True))
    instance, depth = numbering_of(properties)
    return replace(
        made,
        number=base.number if instance is None else instance,
        depth=base.depth if depth is None else depth,
    )


def outline_level(properties: Element, default: int | None) -> int | None:
    """Heading level from 1 by ``w:outlineLvl``; None where it says body text."""
    level = number(properties.find(W + "outlineLvl"))
    if level is None:
        return default
    return level + 1 if 0 <= level < _BODY_LEVEL else None


def is_centred(properties: Element, default: bool) -> bool:
    alignment = properties.find(W + "jc")
    return default if alignment is None else value(alignment) == "center"


def breaks_before(properties: Element, default: bool) -> bool:
    element = properties.find(W + "pageBreakBefore")
    return default if element is None else is_on(element)


def numbering_of(properties: Element) -> tuple[int | None, int | None]:
    """Numbering instance and level that ``w:numPr`` names; None for what it does not say."""
    element = properties.find(W + "numPr")
    if element is None:
        return None, None
    return number(element.find(W + "numId")), number(element.find(W + "ilvl"))


def _named_level(name: str) -> int | None:
    if match := _NAMED_LEVEL.match(name):
        return int(match.group(1))
    if match := _NAMED_IN_CHINESE.match(name):
        figure = match.group(1) or match.group(2)
        return int(figure) if figure.isdigit() else _FIGURES.index(figure) + 1
    return None


def _id(style: Element) -> str:
    return str(style.get(W + "styleId", ""))


def _is_default(style: Element, kind: str) -> bool:
    return style.get(W + "type") == kind and style.get(W + "default") in ("1", "true", "on")
