"""Labels of a chart: texts as they were drawn, which may stand close together or over each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.chars import Char
from ingest.pdf.geometry import around
from ingest.pdf.lines import text_of
from models.document import BBox

_NUMBER = re.compile(r"^[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?$|^[-−]?\d+(?:\.\d+)?%?$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    box: BBox

    @property
    def middle(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    @property
    def centre(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def is_value(self) -> bool:
        """True for a bare number at an axis or a bar; a year names a category."""
        return self.value is not None and not _YEAR.match(self.text)

    @property
    def value(self) -> float | None:
        bare = self.text.replace(",", "").replace("−", "-").rstrip("%")
        return float(bare) if _NUMBER.match(self.text) else None


def to_labels(chars: Sequence[Char]) -> tuple[Label, ...]:
    """Texts as they were drawn: labels of a chart may stand close together, or over each other."""
    held: list[Char] = []
    found: list[Label] = []
    for char in chars:
        if held and not _is_same_label(held[-1], char):
            found.append(_label(held))
            held = []
        held.append(char)
    if held:
        found.append(_label(held))
    return tuple(label for label in found if label.text)


def _label(chars: Sequence[Char]) -> Label:
    return Label(text_of(chars).strip(), around(char[1:5] for char in chars))


def _is_same_label(last: Char, char: Char) -> bool:
    if abs(last.centre - char.centre) > 0.4 * max(last.look.size, 1.0):
        return False
    gap = (char.left - last.right) / max(last.look.size, 1.0)
    return -0.1 < gap < 0.35 or (last.look is char.look and -0.5 < gap < 1.0)
