"""What a drawing, an old picture or an embedded object holds: boxes, charts, diagrams, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.docx.xml import CX, DGM, MC, PIC, WP, A, C, Element, O, R, V, W, alternative, to_int

ObjectKind = Literal["box", "words", "chart", "diagram", "picture", "formula", "workbook", "embedded"]
_Extent = tuple[int, int]
"""Width and height in EMU."""
_SMALLEST = 360_000
"""EMU (1 cm). A picture lower or narrower than this is a bullet, a rule or an icon: it holds no text."""
_POINT = 12_700
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?", re.IGNORECASE)
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 1.0}


@dataclass(frozen=True, slots=True)
class DrawnObject:
    kind: ObjectKind
    element: Element | None = None
    """Of a box: its ``w:txbxContent``."""
    target: str = ""
    """Of a chart or diagram: the relationship id of its part."""
    text: str = ""
    """Of a picture: the description its author gave. Of words (WordArt, drawn text): the text."""


def drawn_objects(root: Element) -> Iterator[DrawnObject]:
    """Objects in the order of the file, each copy of an alternative once."""
    if root.tag == W + "object":
        yield from _embedded(root)
        return
    properties = next(root.iter(WP + "docPr"), None)
    description = "" if properties is None else properties.get("descr", "")
    yield from _inside(root, _extent(root), description)


def _inside(element: Element, extent: _Extent | None, description: str) -> Iterator[DrawnObject]:
    for child in element:
        if child.tag == MC + "AlternateContent":
            chosen = alternative(child)
            if chosen is not None:
                yield from _inside(chosen, extent, description)
        elif child.tag == PIC + "pic":
            if _is_large(_own_extent(child) or extent):
                yield DrawnObject("picture", text=description)
        elif child.tag == V + "imagedata":
            if _is_large(_vml_extent(element)):
                yield DrawnObject("picture", text=child.get(O + "title", ""))
        elif (drawn := _holder(child)) is not None:
            yield drawn
        else:
            yield from _inside(child, extent, description)


def _holder(element: Element) -> DrawnObject | None:
    """The object that an element holds by itself, if it does."""
    tag = element.tag
    if tag == W + "txbxContent":
        return DrawnObject("box", element=element)
    if tag in (C + "chart", CX + "chart"):
        return DrawnObject("chart", target=element.get(R + "id", ""))
    if tag == DGM + "relIds":
        return DrawnObject("diagram", target=element.get(R + "dm", ""))
    if tag == A + "txBody":
        return DrawnObject("words", text=drawn_text(element))
    if tag == V + "textpath":
        return DrawnObject("words", text=element.get("string", ""))
    return None


def _embedded(element: Element) -> Iterator[DrawnObject]:
    """An OLE object: its kind by program; its picture stands for it on the page."""
    ole = next(element.iter(O + "OLEObject"), None)
    program = "" if ole is None else ole.get("ProgID", "")
    if program.startswith(("Equation", "MathType", "AxMath")):
        yield DrawnObject("formula")
        return
    if program.startswith(("Excel", "ET.")):
        yield DrawnObject("workbook")
    elif program.startswith(("Word", "WPS", "Package", "AcroExch", "PowerPoint", "WPP")):
        yield DrawnObject("embedded")
    yield from _inside(element, None, "")


def drawn_text(element: Element) -> str:
    """DrawingML text (``a:p``, ``a:t``), a line per paragraph."""
    lines = ("".join(t.text or "" for t in p.iter(A + "t")) for p in element.iter(A + "p"))
    return "\n".join(line for line in lines if line.strip())


def _extent(root: Element) -> _Extent | None:
    extent = next(root.iter(WP + "extent"), None)
    return None if extent is None else (_emu(extent, "cx"), _emu(extent, "cy"))


def _own_extent(picture: Element) -> _Extent | None:
    extent = picture.find(f"{PIC}spPr/{A}xfrm/{A}ext")
    return None if extent is None else (_emu(extent, "cx"), _emu(extent, "cy"))


def _emu(element: Element, name: str) -> int:
    return to_int(element.get(name), 0) or 0


def _vml_extent(shape: Element) -> _Extent | None:
    sizes = {
        name.lower(): int(float(size) * _UNITS[(unit or "").lower()] * _POINT)
        for name, size, unit in _LENGTH.findall(shape.get("style", ""))
        if size.count(".") < 2 and size != "."
    }
    return (sizes["width"], sizes["height"]) if len(sizes) == 2 else None


def _is_large(extent: _Extent | None) -> bool:
    return extent is None or min(extent) >= _SMALLEST
