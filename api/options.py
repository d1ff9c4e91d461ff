"""What a person asks of one check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from models.document import Document, PartKind

if TYPE_CHECKING:
    from ingest.limits import ReadLimits

OnPage = Callable[[int, "int | None"], None]
"""Pages read, and how many there are (None: not known)."""
Progress = Callable[[str, str, int, int | None], None]
"""Stage, file name, steps done, steps in all (None: not known yet)."""


def silent(stage: str, filename: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


class Reader(Protocol):
    """What makes a document of a file: ``read_document``, or something that keeps what that made."""

    def __call__(
        self, source: Path, *, limits: ReadLimits, password: str | None, on_page: OnPage
    ) -> Document: ...


@dataclass(frozen=True, slots=True)
class Options:
    kind: PartKind | None = None
    """Kind of every file; None: found from the content."""
    years: tuple[str, ...] = ()
    """Reporting years, oldest first; empty: found from the content."""
    parts: Mapping[PartKind, tuple[int, int]] = field(default_factory=dict)
    """Bounds of the parts of a single volume: first and last block."""
    password: str | None = None
    checks_off: frozenset[str] = frozenset()
    covers: str | None = None
    """The year that a yearly report was to be about; None: nobody said."""
