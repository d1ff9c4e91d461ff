"""Opening a PDF: passwords, damage, page caps, and its outline."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from models.errors import DamagedFile, EncryptedFile, ResourceLimit

MAX_PAGES = 3000
_MAX_OUTLINE = 5000
_ENCRYPTED = "这个 PDF 文件加了打开密码，请用 --password 给出密码，或另存为不加密的文件后再试。"
_WRONG = "给出的密码打不开这个 PDF 文件，请核对密码后再试。"
DAMAGED = "这个 PDF 文件不完整或已损坏，无法读取；请重新导出或重新下载后再试。"
_NO_PAGES = "这个 PDF 文件里没有任何页面，无法读取；请重新导出后再试。"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark; ``level`` from 1, ``page`` from 1 or None, ``top`` from the foot of the page or None."""

    title: str
    level: int
    page: int | None


def open_pdf(data: bytes, password: str | None) -> Any:
    """A pypdfium2.PdfDocument. An empty user password opens by itself.

    Raises EncryptedFile, DamagedFile, or ResourceLimit for more than MAX_PAGES pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedFile(_WRONG if password else _ENCRYPTED) from None
        raise DamagedFile(DAMAGED) from None
    pages = len(document)
    if pages == 0:
        raise DamagedFile(_NO_PAGES)
    if pages > MAX_PAGES:
        raise ResourceLimit(
            f"这个 PDF 文件有 {pages} 页，超过 {MAX_PAGES} 页的上限；请按部分拆成几个文件后再试。"
        )
    return document


def read_outline(document: Any) -> tuple[OutlineEntry, ...]:
    """Bookmarks in order; none where the outline is broken, which is common and harmless."""
    entries: list[OutlineEntry] = []
    with contextlib.suppress(Exception):
        for bookmark in document.get_toc(max_depth=8):
            entries.append(_entry(bookmark))
            if len(entries) >= _MAX_OUTLINE:
                break
    return tuple(entries)


def _entry(bookmark: Any) -> OutlineEntry:
    destination = bookmark.get_dest()
    index = destination.get_index() if destination else None
    return OutlineEntry(bookmark.get_title() or "", bookmark.level + 1, None if index is None else index + 1)
