"""Ten ways in which a file of a batch is bad, each told by what a check should say of it."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 400
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2_000


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncated(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])


def _picture(path: Path) -> None:
    path.write_bytes(_JPEG)


def _web_page(path: Path) -> None:
    path.write_text("<html><body>年度报告</body></html>", encoding="utf-8")


def _locked(path: Path) -> None:
    """A compound file that is neither a .doc nor readable, as an encrypted .docx looks to a reader."""
    path.write_bytes(_COMPOUND)


def _broken_xml(path: Path) -> None:
    """The package is whole, the main document is cut."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    path.write_bytes(content.getvalue())


UNREADABLE: Mapping[str, Callable[[Path], None]] = {
    "空文件": _empty,
    "截断": _truncated,
    "图片改名": _picture,
    "网页改名": _web_page,
    "加密": _locked,
    "正文损坏": _broken_xml,
}
"""Done to a report's file; the check must say that it was not read, and go on."""


def duplicate(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


def without_names(lines: list[str]) -> list[str]:
    """The lines of a report without any year of it and any name of whose it is."""
    return [re.sub(r"(?:19|20)\d\d年?", "当年", line) for line in lines]
