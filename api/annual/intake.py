"""Files of a batch from folders, archives and single files, each content once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.files import submission_files
from models.annual_round import NotRead

_MOST = 2_000
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class IntakeFile:
    path: Path
    name: str
    """As an officer knows it; with its folder where two files of a batch have the same name."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Intake:
    files: tuple[IntakeFile, ...]
    not_read: tuple[NotRead, ...]
    """Duplicates, files of other kinds, and archives that could not be opened."""
    missing: tuple[str, ...]


def take_in(paths: Sequence[Path], scratch: Path) -> Intake:
    """The files below ``paths`` by name; those of a .zip are written below ``scratch``.

    Of files with the same content the first is kept. Raises UsageError for far too many files."""
    found = submission_files(paths, scratch, _MOST)
    not_read = [NotRead("", sentence, failed=False) for sentence in found.left_out]
    not_read += [NotRead("", sentence) for sentence in found.unreadable]
    ordered = sorted(found.files, key=lambda path: (path.name, str(path)))
    names = [path.name for path in ordered]
    kept: dict[str, IntakeFile] = {}
    for path in ordered:
        name = path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}"
        try:
            digest = file_hash(path)
        except OSError:
            not_read.append(NotRead(name, "无法读取这个文件，请检查有没有读取权限。"))
            continue
        first = kept.setdefault(digest, IntakeFile(path, name, digest))
        if first.path != path:
            not_read.append(NotRead(name, f"与《{first.name}》内容完全相同，只检查一次。", failed=False))
    return Intake(tuple(kept.values()), tuple(not_read), found.missing)


def file_hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
