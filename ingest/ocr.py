"""Text of images, by rapidocr where the extra ``ziping[ocr]`` is installed.

Its Chinese models lie in its wheel. This is the only door to it; it runs in the child process, which may
neither write nor connect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INSTALL = 'pip install "ziping[ocr]"'
MAX_SIDE = 2000
"""Pixels; rapidocr makes larger images smaller before it looks for text."""
_THREADS = 4
_LEAST = 0.5
"""Score below which a line is more likely a stain or a drawing than what was read."""
_SURE = 0.85
"""Score from which a line can be trusted; rendered pages score 0.98 and more."""


@dataclass(frozen=True, slots=True)
class OcrLine:
    """One line; ``box`` is left, top, right, bottom in pixels, with some room around the text."""

    text: str
    box: tuple[float, float, float, float]
    score: float


@dataclass(frozen=True, slots=True)
class OcrText:
    lines: tuple[OcrLine, ...]
    dropped: int = 0
    """Places that look like text and could not be read."""

    @property
    def score(self) -> float:
        """Mean score of the characters; 0 where there are none."""
        size = sum(len(line.text) for line in self.lines)
        return sum(line.score * len(line.text) for line in self.lines) / size if size else 0.0

    @property
    def doubtful(self) -> bool:
        """Whether over a tenth of the characters is read with doubt, or more than two places not at all."""
        size = sum(len(line.text) for line in self.lines)
        unsure = sum(len(line.text) for line in self.lines if line.score < _SURE)
        return unsure * 10 > size or self.dropped > max(2, len(self.lines) // 10)


def can_recognise() -> bool:
    """Whether the extra is installed. Does not import it."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(image: NDArray[np.uint8]) -> OcrText:
    """The text of an image (rows, columns, 3; blue first) that stands upright in it.

    About 7 CPU seconds and 0.9 GB a page. Lines from top to bottom.
    """
    found = _engine()(image, use_cls=False)
    if found.txts is None:
        return OcrText(())
    lines = [
        OcrLine(text, _upright(box), float(score))
        for text, box, score in zip(found.txts, found.boxes, found.scores, strict=True)
        if text.strip()
    ]
    kept = tuple(line for line in lines if line.score >= _LEAST)
    return OcrText(kept, len(lines) - len(kept))


def _upright(corners: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    across, down = [float(corner[0]) for corner in corners], [float(corner[1]) for corner in corners]
    return min(across), min(down), max(across), max(down)


@lru_cache(maxsize=1)
def _engine() -> Any:
    import os

    from rapidocr import RapidOCR

    threads = min(_THREADS, os.cpu_count() or 1)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.max_side_len": MAX_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )
