"""The seam for encoders: anything that turns texts into unit vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

FloatArray = Any
"""A numpy array of float32. ``models`` needs the standard library only, so its type is not named."""

Segmenter = Callable[[str], Sequence[str]]
"""Cuts a text into words."""


class Encoder(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def sha256(self) -> str:
        """Of the weights, so that an assessment can be made again with the same ones."""
        ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) float32, rows of unit length (a row of zeros for an empty text)."""
        ...
