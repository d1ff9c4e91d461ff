"""Files by their content: each content once, under its SHA-256.

A file is first written aside and only named when it is whole and on the disk, so that a name in the folder
always stands for its content, whatever was killed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.errors import ResourceLimit

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Content:
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder of contents."""

    folder: Path

    def add(
        self,
        chunks: Iterable[bytes],
        limit: int | None = None,
        check: Callable[[Path], object] | None = None,
    ) -> Content:
        """Keeps what the chunks hold. Raises ResourceLimit as soon as more than ``limit`` bytes have come.

        ``check`` may look at the whole content before it is kept, and raise.
        """
        aside = self.folder / "incoming"
        aside.mkdir(parents=True, exist_ok=True)
        waiting = aside / secrets.token_hex(16)
        try:
            content = _write(waiting, chunks, limit)
            if check is not None:
                check(waiting)
            path = self.path(content.sha256)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                waiting.replace(path)
                _sync_folder(path.parent)
            return content
        finally:
            waiting.unlink(missing_ok=True)

    def probe(self) -> None:
        """Raises OSError if nothing can be written."""
        aside = self.folder / "incoming"
        aside.mkdir(parents=True, exist_ok=True)
        waiting = aside / secrets.token_hex(16)
        waiting.write_bytes(b"ziping")
        waiting.unlink()

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        return self.path(sha256).read_bytes()

    def delete(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Hashes of all contents, in order."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(path.name for path in folder.iterdir())

    def damaged(self) -> Iterator[str]:
        """Hashes whose content is no longer theirs."""
        for name in self.names():
            with self.path(name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != name:
                    yield name


def _write(path: Path, chunks: Iterable[bytes], limit: int | None) -> Content:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if limit is not None and size > limit:
                raise ResourceLimit(
                    f"文件超过 {limit // _CHUNK} MB 的上限，没有保存。请压缩图片或分成几个文件。"
                )
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Content(digest.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    """Makes a new name in a folder lasting; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
