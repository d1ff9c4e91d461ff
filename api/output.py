"""Where the result of a check goes: the terminal, one file, or a folder with one file per format."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from models.assessment import Assessment
from models.criteria import Criteria
from models.errors import UsageError

_ENDINGS = {"text": ".txt", "json": ".json", "html": ".html", "xlsx": ".xlsx", "docx": ".docx"}
_STEM = "ziping"


@dataclass(frozen=True, slots=True)
class Target:
    """``path`` is None for the terminal; a folder if it is one or several formats are asked for."""

    formats: tuple[str, ...]
    path: Path | None
    folder: bool

    @classmethod
    def of(cls, formats: Sequence[str], output: str | None) -> Target:
        """Raises UsageError for formats and output that do not go together."""
        formats = tuple(dict.fromkeys(formats))
        path = Path(output) if output else None
        if path is None:
            if len(formats) > 1:
                raise UsageError("多个格式时请用 --output 指定一个文件夹。")
            if formats[0] in ("xlsx", "docx"):
                raise UsageError(f"{formats[0]} 不能显示在屏幕上，请用 --output 指定文件名。")
            return cls(formats, None, folder=False)
        folder = len(formats) > 1 or path.is_dir() or (output is not None and output.endswith(("/", os.sep)))
        if folder and path.is_file():
            raise UsageError(f"多个格式时 --output 须是文件夹，而“{path}”是文件。")
        return cls(formats, path, folder)

    def file(self, kind: str) -> Path:
        assert self.path is not None  # noqa: S101 - the terminal has no file
        return self.path / f"{_STEM}{_ENDINGS[kind]}" if self.folder else self.path


def write(assessment: Assessment, criteria: Criteria, target: Target) -> tuple[Path, ...]:
    """Writes every format and returns the files; the terminal gets the summary beside them.

    A file is replaced whole or not at all. Raises UsageError if a place cannot be written to.
    """
    if target.path is None:
        sys.stdout.write(_text_of(target.formats[0], assessment, criteria))
        return ()
    sys.stdout.write(_text_of("text", assessment, criteria))
    written = []
    for kind in target.formats:
        path = target.file(kind)
        write_file(path, partial(_make, kind, assessment, criteria))
        written.append(path)
    return tuple(written)


def write_file(path: Path, make: Callable[[Path], None]) -> None:
    """Replaces a file whole or not at all by what ``make`` writes to the path it is given.

    Raises UsageError if the place cannot be written to."""
    try:
        _replace(path, make)
    except OSError as error:
        raise UsageError(
            f"不能写入“{path}”（{error.strerror}），请换一个位置，或关闭正在打开它的程序。"
        ) from error


def _replace(path: Path, make: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ziping-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        make(temporary)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _make(kind: str, assessment: Assessment, criteria: Criteria, path: Path) -> None:
    if kind == "xlsx":
        from api.export.xlsx import write_xlsx

        write_xlsx(assessment, criteria, path)
    elif kind == "docx":
        from api.export.docx import write_docx

        write_docx(assessment, criteria, path)
    else:
        path.write_text(_text_of(kind, assessment, criteria), encoding="utf-8", newline="\n")


def _text_of(kind: str, assessment: Assessment, criteria: Criteria) -> str:
    if kind == "json":
        from api.export.json import to_json

        return to_json(assessment)
    if kind == "html":
        from api.export.html import to_html

        return to_html(assessment, criteria)
    from api.export.text import to_text

    return to_text(assessment, criteria)
