"""Names of the XML that a .docx is made of, and the few questions asked of any element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Element = Any
"""An lxml element; lxml is imported by the one module that parses (``docx_package``)."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741

_DROPPED = frozenset({W + "del", W + "moveFrom"})
_WRAPPERS = frozenset({W + "ins", W + "moveTo", W + "customXml", W + "smartTag", W + "dir", W + "bdo"})


def value(element: Element | None, default: str = "") -> str:
    """The ``w:val`` of an element; the default where either is missing."""
    return default if element is None else element.get(W + "val", default)


def number(element: Element | None, default: int | None = None) -> int | None:
    """The ``w:val`` as a whole number; the default where it is none."""
    return to_int(value(element), default)


def to_int(text: str | None, default: int | None = None) -> int | None:
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def is_on(element: Element) -> bool:
    """A toggle such as ``<w:b/>`` is on unless it says otherwise."""
    return value(element, "1") not in ("0", "false", "off", "none")


def content(parent: Element) -> Iterator[Element]:
    """Children as the final text holds them: wrappers opened, deletions left out, alternatives chosen.

    Content controls are yielded whole (``w:sdt``): what they are matters to the reader.
    """
    for child in parent:
        tag = child.tag
        if tag in _DROPPED:
            continue
        if tag in _WRAPPERS:
            yield from content(child)
        elif tag == MC + "AlternateContent":
            chosen = alternative(child)
            if chosen is not None:
                yield from content(chosen)
        else:
            yield child


def alternative(element: Element) -> Element | None:
    """The one copy that is shown of ``mc:AlternateContent``: the first choice, else the fallback."""
    chosen = element.find(MC + "Choice")
    return element.find(MC + "Fallback") if chosen is None else chosen
