"""What was read is kept, so that a job that was killed, or the next draft, does not read it again.

A stored document depends on the file's content and on the reader: its code, its libraries and what it may
use. A folder of these may be deleted at any time; it only costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from api.options import OnPage
from ingest.limits import ReadLimits
from ingest.ocr import can_recognise
from ingest.read import read_document
from models.codec import from_json, to_json
from models.document import Document

_ROOT = Path(__file__).resolve().parents[2]
_LIBRARIES = ("lxml", "pdfplumber", "pdfminer.six", "pypdfium2", "python-docx")
_ROOM = 1 << 30
_OLDEST_ASIDE = 3600.0
"""Seconds after which an unfinished file is taken for a killed worker's."""


@dataclass(frozen=True, slots=True)
class StageStore:
    """A folder of documents, a file each; the longest unused go when ``room`` bytes are full."""

    folder: Path
    room: int = _ROOM

    def find(self, sha256: str, variant: str) -> Document | None:
        """The document of a content as this reader makes it; None where there is none or a broken one."""
        path = self._path(sha256, variant)
        try:
            document = from_json(Document, json.loads(zlib.decompress(path.read_bytes())))
            os.utime(path)
        except (OSError, ValueError, KeyError, TypeError, zlib.error):
            return None
        return document

    def keep(self, sha256: str, variant: str, document: Document) -> None:
        data = json.dumps(to_json(document), ensure_ascii=False, separators=(",", ":"))
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f"{secrets.token_hex(8)}.tmp"
        try:
            aside.write_bytes(zlib.compress(data.encode("utf-8", "surrogatepass"), 1))
            aside.replace(self._path(sha256, variant))
        finally:
            aside.unlink(missing_ok=True)
        self._make_room()

    def forget(self, sha256: str) -> None:
        """Deletes what was read from a content; for a file that its owner deletes."""
        for path in self.folder.glob(f"{sha256}-*"):
            path.unlink(missing_ok=True)

    def sweep(self, kept: Callable[[str], bool]) -> None:
        """Deletes what was read from contents that are no longer ``kept``, and what was left unfinished."""
        oldest = time.time() - _OLDEST_ASIDE
        for path, _, used in list(self._stored()):
            if used < oldest if path.suffix == ".tmp" else not kept(path.name.partition("-")[0]):
                path.unlink(missing_ok=True)

    def _path(self, sha256: str, variant: str) -> Path:
        return self.folder / f"{sha256}-{variant}"

    def _make_room(self) -> None:
        stored = sorted(self._stored(), key=lambda one: one[2])
        over = sum(size for _, size, _ in stored) - self.room
        for path, size, _ in stored[:-1]:  # the newest stays, however large
            if over <= 0:
                return
            path.unlink(missing_ok=True)
            over -= size

    def _stored(self) -> Iterator[tuple[Path, int, float]]:
        """Files with their size and when they were last used."""
        for path in self.folder.glob("*"):
            try:
                status = path.stat()
            except OSError:  # another worker has deleted it
                continue
            yield path, status.st_size, status.st_mtime


@dataclass(frozen=True, slots=True)
class StagedReading:
    """Reads as ``read_document`` does, each content once. ``stored`` hears of each that was kept."""

    store: StageStore
    stored: Callable[[], None]

    def __call__(
        self,
        source: Path,
        *,
        limits: ReadLimits,
        password: str | None,
        on_page: OnPage,
    ) -> Document:
        if password is not None:  # what a password opens is not kept beside the file
            return read_document(source, limits=limits, password=password, on_page=on_page)
        with source.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        variant = reader_variant(source.suffix.lower(), limits)
        document = self.store.find(sha256, variant)
        if document is None:
            document = read_document(source, limits=limits, on_page=on_page)
            self._keep(sha256, variant, document)
        return replace(document, filename=source.name)

    def _keep(self, sha256: str, variant: str, document: Document) -> None:
        try:
            self.store.keep(sha256, variant, document)
        except OSError:  # a full disk: what is not kept only costs time
            return
        self.stored()


def reader_variant(suffix: str, limits: ReadLimits) -> str:
    """Names all that a document depends on beside the content: 16 characters."""
    may = (suffix, can_recognise(), limits.ocr_pages)
    return _digest([reader_code(), repr(may).encode()])[:16]


@cache
def reader_code() -> bytes:
    """Digest of the reader's code and of its libraries' versions."""
    sources = sorted([*(_ROOT / "ingest").rglob("*.py"), _ROOT / "models" / "document.py"])
    code = [path.read_bytes() for path in sources]
    return _digest([*code, *(version(name).encode() for name in _LIBRARIES)]).encode()


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
