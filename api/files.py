"""The files of one submission: those named, those in the folders named, and those in a .zip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import is_archive, unpack
from ingest.office import SUFFIXES
from models.errors import UnreadableFile, UsageError

READABLE = (".docx", ".pdf", *SUFFIXES)
_ARCHIVE = ".zip"
_MOST = 200
_NAMED = 5


@dataclass(frozen=True, slots=True)
class SubmissionFiles:
    files: tuple[Path, ...]
    missing: tuple[str, ...]
    """A sentence for each path that is not there."""
    left_out: tuple[str, ...]
    """Sentences for what a folder or a .zip holds besides and is not read."""
    unreadable: tuple[str, ...] = ()
    """A sentence for each .zip that could not be taken apart."""


def submission_files(paths: Sequence[Path], scratch: Path, most: int = _MOST) -> SubmissionFiles:
    """Files to read, each once. Those of a .zip are written below ``scratch``, a folder of the caller's.

    A named file is read whatever its name (the reader looks at the content); of a folder the files
    with a known ending, also in folders below. Raises UsageError for a folder with far too many.
    """
    found = _listed(paths)
    files: dict[Path, None] = {}
    left_out = list(found.left_out)
    unreadable: list[str] = []
    for number, path in enumerate(found.files):
        if path.suffix.lower() != _ARCHIVE and not is_archive(path):
            files[path] = None
            continue
        try:
            inside = unpack(path, scratch / str(number), READABLE)
        except UnreadableFile as error:
            unreadable.append(f"《{path.name}》：{error.message}")
        else:
            files.update(dict.fromkeys(inside.files))
            left_out += inside.left_out
    if len(files) > most:
        raise UsageError(f"一次提交最多检查 {most} 个文件，这里有 {len(files)} 个；请只给出本次提交的文件。")
    return SubmissionFiles(tuple(files), found.missing, tuple(left_out), tuple(unreadable))


def _listed(paths: Sequence[Path]) -> SubmissionFiles:
    """The files named and those in the folders named, archives as they are."""
    files: dict[Path, None] = {}
    missing: list[str] = []
    left_out: list[str] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.is_file() and not _hidden(file)]
            files.update(dict.fromkeys(file for file in inside if _readable(file)))
            others = [file.name for file in inside if not _readable(file)]
            if others:
                left_out.append(_left_out(path, others))
        elif path.exists():
            files[path] = None
        else:
            missing.append(f"找不到“{path}”，请核对路径和文件名。")
    return SubmissionFiles(tuple(files), tuple(missing), tuple(left_out))


def _readable(file: Path) -> bool:
    return file.suffix.lower() in (*READABLE, _ARCHIVE)


def _hidden(file: Path) -> bool:
    """Hidden files, and the lock files (~$…) that Word leaves beside an open report."""
    return file.name.startswith((".", "~$"))


def _left_out(folder: Path, names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    return f"“{folder}”中有 {len(names)} 个文件不是 .docx、.pdf 或 .doc，未检查：{shown}。"
