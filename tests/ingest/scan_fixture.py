"""Scanned PDFs made in code: pages of an example drawn, turned as a careless scan is, and put into a file."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image

from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "自评报告.pdf"
DPI = 150


def drawn(page: int, angle: float = 0.0) -> Image.Image:
    """A page (from 1) of the example as a gray image, turned counter-clockwise."""
    document = pypdfium2.PdfDocument(EXAMPLE)
    try:
        image: Image.Image = document[page - 1].render(scale=DPI / 72).to_pil().convert("L")
    finally:
        document.close()
    whole = angle % 90 == 0
    return image.rotate(angle, expand=whole, fillcolor=255, resample=Image.Resampling.BICUBIC)


def scan(images: Sequence[Image.Image]) -> bytes:
    """A PDF of nothing but these images, a page each."""
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=DPI)
    return out.getvalue()
