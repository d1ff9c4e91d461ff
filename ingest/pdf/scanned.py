"""Characters of a scanned page, or of one whose text layer means nothing: recognised in its image."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.ocr import MAX_SIDE, OcrLine, OcrText, recognise
from ingest.pdf.chars import Char, Look
from ingest.pdf.repair import is_wide
from ingest.pdf.rulings import find_rulings
from ingest.pdf.shapes import Shape
from models.document import BBox

MAX_PIXELS = 120_000_000
"""Of one picture; an A3 page scanned at 600 dpi has 70 million."""
_SCALE = 3.0
"""Most pixels a point: 216 dpi."""
_UPRIGHT = 0.8
"""Mean score below which a page may stand on its head."""
_LATIN = 0.52
"""Width of a Latin letter or figure, in ems."""
_GLYPH = 0.72
"""Of the height of a line's box, what the characters themselves take; the rest is room around them."""
_ALIKE = 0.15
"""Heights of boxes differ by so much between lines of one size."""


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was recognised. Boxes are in points from the top left of the page as it is to be read."""

    chars: tuple[Char, ...]
    rulings: tuple[Shape, ...]
    angle: int
    """0, 90, 180 or 270: degrees clockwise by which the text is turned on the displayed page."""
    doubtful: bool


def read_scan(page: Any) -> ScannedPage | None:
    """What stands on a pypdfium2 page as it is displayed; None if its pictures are too large to draw."""
    if any(size > MAX_PIXELS for size in _picture_sizes(page)):
        return None
    width, height = page.get_size()
    scale = min(_SCALE, MAX_SIDE / max(width, height, 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
    try:
        image = _three_channels(bitmap.to_numpy())
        angle, found = _recognised(image)
        rulings = find_rulings(_upright(image, angle), scale)
    finally:
        bitmap.close()
    return ScannedPage(tuple(chars_of(found.lines, scale)), rulings, angle, found.doubtful)


def _recognised(image: Any) -> tuple[int, OcrText]:
    """The text and how it is turned: a page may have been scanned on its side or upside down."""
    found = recognise(image)
    if found.lines and not found.dropped and found.score > _UPRIGHT and not _is_on_its_side(found):
        return 0, found
    turned = (90, 270) if _is_on_its_side(found) else (180,)
    tried = [(0, found), *((angle, recognise(_upright(image, angle))) for angle in turned)]
    return max(tried, key=lambda entry: sum(line.score * len(line.text) for line in entry[1].lines))


def _is_on_its_side(found: OcrText) -> bool:
    """Whether most of the text found stands in boxes that are higher than wide."""
    boxes = [line.box for line in found.lines]
    high = sum(box[3] - box[1] for box in boxes if box[3] - box[1] > 2 * (box[2] - box[0]))
    wide = sum(box[2] - box[0] for box in boxes if box[2] - box[0] > 2 * (box[3] - box[1]))
    return high > wide


def _upright(image: Any, angle: int) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.rot90(image, angle // 90))


def _picture_sizes(page: Any) -> Iterator[int]:
    """Pixels of each picture, by what its dictionary declares."""
    import ctypes

    from pypdfium2 import raw as pdfium

    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=8):
        width, height = ctypes.c_uint(), ctypes.c_uint()
        if pdfium.FPDFImageObj_GetImagePixelSize(item.raw, width, height):
            yield width.value * height.value


def _three_channels(image: Any) -> Any:
    import numpy as np

    if image.ndim == 2 or image.shape[2] == 1:
        image = np.repeat(image.reshape(*image.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(image[:, :, :3])


def chars_of(lines: Sequence[OcrLine], scale: float) -> Iterator[Char]:
    """One character after another, spread over the box of their line by what each takes."""
    for line, size in zip(lines, _sizes(lines, scale), strict=True):
        left, top, right, bottom = (edge / scale for edge in line.box)
        room = max(0.0, (bottom - top - size) / 2)
        yield from _spread(line.text, (left + room, top + room, right - room, bottom - room), size)


def _sizes(lines: Sequence[OcrLine], scale: float) -> list[float]:
    """Size of each line in points. Lines that differ little from the usual one are set like it."""
    sizes = [_GLYPH * (line.box[3] - line.box[1]) / scale for line in lines]
    by_char = sorted(size for line, size in zip(lines, sizes, strict=True) for _ in line.text)
    usual = round(2 * by_char[len(by_char) // 2]) / 2 if by_char else 0.0
    return [usual if abs(size - usual) < _ALIKE * usual else round(size, 1) for size in sizes]


def _spread(text: str, box: BBox, size: float) -> Iterator[Char]:
    look = Look(size, bold=False, font="", white=False, hidden=False, angle=0)
    shares = [1.0 if is_wide(char) else _LATIN for char in text]
    step = (box[2] - box[0]) / (sum(shares) or 1.0)
    left = box[0]
    for char, share in zip(text, shares, strict=True):
        right = left + share * step
        yield Char(char, left, box[1], right, box[3], look)
        left = right
