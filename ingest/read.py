"""Reads a file: what it is is told by its content, not its name, and a child process parses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.child import Kind, Request, read_in_child
from ingest.limits import ReadLimits
from models.document import Document
from models.errors import (
    DamagedFile,
    EncryptedFile,
    MissingPath,
    ResourceLimit,
    UnreadableFile,
    UnsupportedFormat,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_PDF_WITHIN = 1024
"""Readers accept a PDF whose header stands within its first kilobyte."""
_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx，或导出为 PDF，再试一次。"
_MISSING = "找不到文件“{}”，请核对路径和文件名。"
_FOLDER = "“{}”不是文件，请给出 .docx 或 .pdf 文件的路径。"
_NO_ACCESS = "没有权限或无法打开这个文件；请核对文件的访问权限，并关闭正在使用它的程序后再试。"
_EMPTY = "这个文件是空的（0 字节），请重新导出或重新下载后再试。"
_TOO_LARGE = "这个文件有 {size} MB，超过 {limit} MB 的上限，没有读取；请压缩图片或拆成几个文件后再试。"
_LOCKED = (
    "这个 Word 文件加了打开密码，无法读取；请在 Word 中去掉密码（文件—信息—保护文档）后另存为 .docx 再试。"
)
_OLD_DOC = f"这是旧版 Word 文件（.doc）或 WPS 文字文件（.wps），只是名字可能不同，不能直接读取；{_SAVE_AS}"
_OLE_OTHER = f"这是旧版 Office 文件，但不是 Word 文档，不能读取；{_SAVE_AS}"
_TEXTS = (
    (b"{\\rtf", f"这是 RTF 文件，不是 .docx 或 PDF；{_SAVE_AS}"),
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
        kind = tell_kind(source, limits)
        return read_in_child(Request(kind, source.resolve(), password, limits), on_page)
    except UnreadableFile as error:
        raise type(error)(f"《{source.name}》：{error.message}") from None


def tell_kind(source: Path, limits: ReadLimits) -> Kind:
    """What a file is by its first bytes. Raises an UnreadableFile for anything but .docx and .pdf."""
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
    if head.startswith(_OLE):
        raise _ole_error(source)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "docx"
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    raise UnsupportedFormat(_sentence(head))


def _sentence(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((sentence for magic, sentence in _TEXTS if start.startswith(magic)), _UNKNOWN)


def _ole_error(source: Path) -> UnreadableFile:
    """An OLE file is a .docx with a password, an old .doc, or something else: its streams tell."""
    data = source.read_bytes()
    if _stream("EncryptedPackage") in data:
        return EncryptedFile(_LOCKED)
    if _stream("WordDocument") in data:
        return UnsupportedFormat(_OLD_DOC)
    return UnsupportedFormat(_OLE_OTHER)


def _stream(name: str) -> bytes:
    """A name as the directory of an OLE file writes it."""
    return name.encode("utf-16-le")
