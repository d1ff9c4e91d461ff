"""How much a single file may cost before reading it is given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import UsageError


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """A 58,000-character report of 112 pages takes under 5 CPU seconds and 150 MB.

    The child process that parses a file is stopped when it passes one of these. Linux holds memory and
    processor time by resource limits, other systems by a watcher inside the child; wall time is held by
    the parent everywhere.
    """

    memory_bytes: int = 1536 * 1024 * 1024
    """Address space of the child (elsewhere than on Linux: its largest resident memory)."""
    cpu_seconds: int = 60
    wall_seconds: float = 180.0
    """Longer than the processor time, for machines that do other work."""
    file_bytes: int = 512 * 1024 * 1024
    """Largest file that is opened at all."""
    convert_seconds: float = 120.0
    """Wall time for LibreOffice to make a .docx of an old format; the full-size report takes 10."""
    ocr_pages: int = 300
    """Pages of one file that are recognised; the others are reported as not read."""
    ocr_page_seconds: int = 60
    """Processor time for recognising one page, beside ``cpu_seconds``; a full A4 page takes 7."""
    ocr_wall_seconds: float = 120.0
    """Added to ``wall_seconds`` for each page that is recognised."""
    ocr_memory_bytes: int = 2048 * 1024 * 1024
    """Address space for recognition, beside ``memory_bytes``: its models and images take 0.9 GB."""


_MB = 1024 * 1024
_MOST = 1_000_000
_SETTINGS: dict[str, tuple[str, int]] = {
    "ZIPING_MEMORY_MB": ("memory_bytes", _MB),
    "ZIPING_CPU_SECONDS": ("cpu_seconds", 1),
    "ZIPING_WALL_SECONDS": ("wall_seconds", 1),
    "ZIPING_FILE_MB": ("file_bytes", _MB),
    "ZIPING_CONVERT_SECONDS": ("convert_seconds", 1),
    "ZIPING_OCR_PAGES": ("ocr_pages", 1),
    "ZIPING_OCR_PAGE_SECONDS": ("ocr_page_seconds", 1),
    "ZIPING_OCR_MEMORY_MB": ("ocr_memory_bytes", _MB),
}


def limits_from(environment: Mapping[str, str]) -> ReadLimits:
    """The limits that the environment sets, the usual ones for the others. Raises UsageError for nonsense."""
    given: dict[str, Any] = {}
    for name, (field, unit) in _SETTINGS.items():
        text = environment.get(name, "").strip()
        if not text:
            continue
        if not text.isdecimal() or not 0 < int(text) <= _MOST:
            raise UsageError(f"环境变量 {name} 应是 1 到 {_MOST} 的整数，现在是“{text}”。")
        given[field] = int(text) * unit
    return ReadLimits(**given)
