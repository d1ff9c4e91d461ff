"""A page of a PDF as it looks: its size, its image, and its text with the places of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a line. ``x`` is its left end, ``y`` its base line, from the top left corner."""

    text: str
    x: float
    y: float
    width: float
    size: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """All measures in PDF points, the size as the page is shown (turned, cropped)."""

    page: int
    pages: int
    width: float
    height: float
    runs: tuple[TextRun, ...]
    image: bytes
    """JPEG."""
