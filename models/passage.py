"""A passage: a paragraph-sized unit of a part, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.document import Place

PassageKind = Literal["paragraph", "list", "table", "chart", "caption", "footnote", "text_box"]


@dataclass(frozen=True, slots=True)
class Passage:
    """``text`` is what stands in the blocks from ``block`` to ``last_block``; ``context`` is a
    lead-in or caption that belongs to it and is shown to the encoder in front of the text."""

    id: str
    part: str
    kind: PassageKind
    text: str
    heading_path: tuple[str, ...]
    headings: tuple[int, ...]
    """Block numbers of the headings in ``heading_path``."""
    block: int
    last_block: int
    start: int
    """Character offset of the text in the first block."""
    place: Place
    context: str = ""

    @property
    def full_text(self) -> str:
        return f"{self.context}\n{self.text}" if self.context else self.text
