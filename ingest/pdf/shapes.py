"""Drawn paths and pictures of a page, in the form that pdfplumber's table finder reads."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.pdf.geometry import Frame, Point, around
from models.document import BBox

MAX_PATHS = 20_000
"""Per page; a page full of charts holds a few hundred."""
_MAX_DEPTH = 8
Color = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_RECT_POINTS = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """One subpath. ``points`` are displayed coordinates, closed shapes end where they begin."""

    kind: str
    """``line``, ``rect`` or ``curve``, told apart as pdfminer does."""
    points: tuple[Point, ...]
    box: BBox
    filled: bool
    stroked: bool
    color: Color | None
    """Of the fill, else of the stroke; None where it cannot be told."""

    @property
    def light(self) -> bool:
        """True for a colour that is white or nearly so."""
        return self.color is not None and min(self.color) >= 240


@dataclass(frozen=True, slots=True)
class PageShapes:
    shapes: tuple[Shape, ...]
    pictures: tuple[BBox, ...]
    cut: bool = False
    """True where the page holds more than MAX_PATHS."""


def read_shapes(page: Any, frame: Frame) -> PageShapes:
    from pypdfium2 import raw as pdfium

    shapes: list[Shape] = []
    pictures: list[BBox] = []
    for kind, item, matrix in _objects(pdfium, page.raw):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            shapes.extend(_path_shapes(pdfium, item, matrix, frame))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_picture_box(pdfium, item, matrix, frame))
        if len(shapes) > MAX_PATHS:
            return PageShapes(tuple(shapes[:MAX_PATHS]), tuple(pictures), cut=True)
    return PageShapes(tuple(shapes), tuple(pictures))


def _objects(pdfium: Any, page: Any) -> Iterator[tuple[int, Any, _Matrix]]:
    """Objects of the page and of the forms in it, each with its form's matrix."""
    top = (
        (pdfium.FPDFPage_GetObject(page, i), _IDENTITY, 0) for i in range(pdfium.FPDFPage_CountObjects(page))
    )
    for item, matrix, depth in top:
        yield from _flatten(pdfium, item, matrix, depth)


def _flatten(pdfium: Any, item: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[int, Any, _Matrix]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield kind, item, matrix
        return
    if depth >= _MAX_DEPTH:
        return
    inner = _concat(_matrix_of(pdfium, item), matrix)
    for index in range(pdfium.FPDFFormObj_CountObjects(item)):
        yield from _flatten(pdfium, pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _matrix_of(pdfium: Any, item: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _concat(first: _Matrix, then: _Matrix) -> _Matrix:
    if then is _IDENTITY:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _apply(matrix: _Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _picture_box(pdfium: Any, item: Any, matrix: _Matrix, frame: Frame) -> BBox:
    whole = _concat(_matrix_of(pdfium, item), matrix)
    corners = [frame.point(*_apply(whole, x, y)) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
    return around((x, y, x, y) for x, y in corners)


def _path_shapes(pdfium: Any, item: Any, matrix: _Matrix, frame: Frame) -> Iterator[Shape]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    color = _color(pdfium, item, filled=bool(fill.value))
    whole = _concat(_matrix_of(pdfium, item), matrix)
    for points, closed, curved in _subpaths(pdfium, item, whole, frame):
        yield _shape(points, closed, curved, bool(fill.value), bool(stroke.value), color)


def _color(pdfium: Any, item: Any, *, filled: bool) -> Color | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    get = pdfium.FPDFPageObj_GetFillColor if filled else pdfium.FPDFPageObj_GetStrokeColor
    if not get(item, red, green, blue, alpha):
        return None
    return (red.value, green.value, blue.value) if alpha.value else (255, 255, 255)


def _subpaths(
    pdfium: Any, item: Any, matrix: _Matrix, frame: Frame
) -> Iterator[tuple[list[Point], bool, bool]]:
    """Points of each subpath, whether it is closed, and whether it holds a Bézier curve."""
    points: list[Point] = []
    closed = curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    controls = 0
    for index in range(min(pdfium.FPDFPath_CountSegments(item), MAX_PATHS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, closed, curved
            points, closed, curved, controls = [], False, False, 0
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved = True
            controls += 1
            if controls % 3:  # two control points come before the end of a curve
                continue
        points.append(frame.point(*_apply(matrix, x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            closed = True
    if len(points) > 1:
        yield points, closed, curved


def _shape(
    points: list[Point], closed: bool, curved: bool, filled: bool, stroked: bool, color: Color | None
) -> Shape:
    if closed and points[-1] != points[0]:
        points = [*points, points[0]]
    box = around((x, y, x, y) for x, y in points)
    kind = "curve" if curved else _kind(points)
    return Shape(kind, tuple(points), box, filled, stroked, color)


def _kind(points: list[Point]) -> str:
    if len(points) == 2 or (len(points) == 3 and points[0] == points[2]):
        return "line"
    return "rect" if len(points) == _RECT_POINTS and _is_square(points) else "curve"


def _is_square(points: list[Point]) -> bool:
    if points[0] != points[4]:
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), _ = points
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (
        y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0
    )
