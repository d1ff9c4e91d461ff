"""Reads a file: what it is is told by its content, not its name, and a child process parses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.child import Kind, Request, read_in_child
from ingest.limits import ReadLimits
from ingest.office import as_docx, as_original, office_kind
from models.document import Document
from models.errors import DamagedFile, MissingPath, ResourceLimit, UnreadableFile, UnsupportedFormat

_HEAD = 4096
_PDF_WITHIN = 1024
"""Readers accept a PDF whose header stands within its first kilobyte."""
_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx，或导出为 PDF，再试一次。"
_MISSING = "找不到文件“{}”，请核对路径和文件名。"
_FOLDER = "“{}”不是文件，请给出 .docx 或 .pdf 文件的路径。"
_NO_ACCESS = "没有权限或无法打开这个文件；请核对文件的访问权限，并关闭正在使用它的程序后再试。"
_EMPTY = "这个文件是空的（0 字节），请重新导出或重新下载后再试。"
_TOO_LARGE = "这个文件有 {size} MB，超过 {limit} MB 的上限，没有读取；请压缩图片或拆成几个文件后再试。"
_TEXTS = (
    (b"<!doctype html", f"这是网页（HTML）文件，不是 .docx 或 PDF；{_SAVE_AS}"),
    (b"<html", f"这是网页（HTML）文件，不是 .docx 或 PDF；{_SAVE_AS}"),
    (b"<?xml", f"这是 XML 文件，不是 .docx 或 PDF；{_SAVE_AS}"),
    (b"%!ps", f"这是 PostScript 文件，不是 .docx 或 PDF；{_SAVE_AS}"),
    (b"rar!", "这是 RAR 压缩包，不是 .docx 或 PDF；请解压后再检查其中的文件。"),
    (b"7z\xbc\xaf", "这是 7z 压缩包，不是 .docx 或 PDF；请解压后再检查其中的文件。"),
    (b"\xff\xd8\xff", "这是图片，不是 .docx 或 PDF；请提供自评报告的 .docx 或 PDF 文件。"),
    (b"\x89png", "这是图片，不是 .docx 或 PDF；请提供自评报告的 .docx 或 PDF 文件。"),
)
_UNKNOWN = f"这个文件的内容不是 .docx 也不是 PDF（扩展名不能说明问题），无法读取；{_SAVE_AS}"


def read_document(
    source: Path,
    *,
    limits: ReadLimits | None = None,
    password: str | None = None,
    on_page: Callable[[int, int | None], None] | None = None,
) -> Document:
    """The document that a file holds. ``on_page`` hears of the pages read and, for a PDF, their number.

    Raises MissingPath, or an UnreadableFile whose sentence names the file.
    """
    limits = limits or ReadLimits()
    if not source.exists():
        raise MissingPath(_MISSING.format(source))
    if not source.is_file():
        raise MissingPath(_FOLDER.format(source))
    try:
        return _read(source, limits, password, on_page)
    except UnreadableFile as error:
        raise type(error)(f"《{source.name}》：{error.message}") from None


def _read(
    source: Path,
    limits: ReadLimits,
    password: str | None,
    on_page: Callable[[int, int | None], None] | None,
) -> Document:
    head = _head(source, limits)
    if old := office_kind(source, head):
        with as_docx(source, old, limits.convert_seconds) as made:
            document = read_in_child(Request("docx", made, None, limits), on_page)
        return as_original(document, source, old)
    return read_in_child(Request(tell_kind(head), source.resolve(), password, limits), on_page)


def _head(source: Path, limits: ReadLimits) -> bytes:
    """The first bytes of a file. Raises an UnreadableFile for one that is empty, locked away or too large."""
    try:
        size = source.stat().st_size
        with source.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise UnreadableFile(_NO_ACCESS) from error
    if not head:
        raise DamagedFile(_EMPTY)
    if size > limits.file_bytes:
        mega = 1024 * 1024
        raise ResourceLimit(_TOO_LARGE.format(size=size // mega, limit=limits.file_bytes // mega))
    return head


def tell_kind(head: bytes) -> Kind:
    """What a file is by its first bytes. Raises UnsupportedFormat for anything but .docx and .pdf."""
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "docx"
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    raise UnsupportedFormat(_sentence(head))


def _sentence(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((sentence for magic, sentence in _TEXTS if start.startswith(magic)), _UNKNOWN)
