"""What a person asks of one check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from models.document import PartKind

Progress = Callable[[str, str, int, int | None], None]
"""Stage, file name, steps done, steps in all (None: not known yet)."""


def silent(stage: str, filename: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


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
