"""The files of one submission: those named, and those in the folders named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import UsageError

READABLE = (".docx", ".pdf")
_MOST = 200
_NAMED = 5


@dataclass(frozen=True, slots=True)
class SubmissionFiles:
    files: tuple[Path, ...]
    missing: tuple[str, ...]
    """A sentence for each path that is not there."""
    left_out: tuple[str, ...]
    """A sentence for each folder that also holds files of other kinds."""


def submission_files(paths: Sequence[Path]) -> SubmissionFiles:
    """Files to read, each once.

    A named file is read whatever its name (the reader looks at the content); of a folder the files
    with a known ending, also in folders below. Raises UsageError for a folder with far too many.
    """
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
    if len(files) > _MOST:
        raise UsageError(f"一次提交最多检查 {_MOST} 个文件，这里有 {len(files)} 个；请只给出本次提交的文件。")
    return SubmissionFiles(tuple(files), tuple(missing), tuple(left_out))


def _readable(file: Path) -> bool:
    return file.suffix.lower() in READABLE


def _hidden(file: Path) -> bool:
    """Hidden files, and the lock files (~$…) that Word leaves beside an open report."""
    return file.name.startswith((".", "~$"))


def _left_out(folder: Path, names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    return f"“{folder}”中有 {len(names)} 个文件不是 .docx 或 .pdf，未检查：{shown}。"
