"""Reads a .pdf: text and boxes from pdfium, tables by pdfplumber's finder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ingest.pdf.blocks import to_blocks
from ingest.pdf.file import DAMAGED, open_pdf, read_outline
from ingest.pdf.notes import notes_of
from ingest.pdf.pages import PageContent, Recognise, read_page, unreadable_page
from models.document import Document, Ledger
from models.errors import DamagedFile


def read_pdf(
    source: Path,
    *,
    password: str | None = None,
    on_page: Callable[[int, int], None] | None = None,
    recognise: Recognise | None = None,
) -> Document:
    """The document that a PDF holds. ``on_page`` hears of each page read: its number and how many there are.
    ``recognise`` reads the image of a page without a text layer.

    Raises EncryptedFile, DamagedFile, ResourceLimit. pdfium can abort the process on hostile files:
    call this in a child process.
    """
    data = source.read_bytes()
    document = open_pdf(data, password)
    try:
        outline = read_outline(document)
        pages = tuple(_pages(document, on_page, recognise))
    finally:
        document.close()
    if all(page.state == "unreadable" and not page.found for page in pages):
        raise DamagedFile(DAMAGED)
    blocks = to_blocks(pages, outline)
    return Document(
        filename=source.name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="pdf",
        blocks=blocks,
        ledger=_ledger(pages),
        pictures=sum(block.kind == "picture" for block in blocks),
        notes=notes_of(pages, recognised=recognise is not None),
    )


def _ledger(pages: Sequence[PageContent]) -> Ledger:
    return Ledger(
        pages=len(pages),
        states=tuple(page.state for page in pages),
        found=sum(page.found for page in pages),
        doubtful=tuple(page.number for page in pages if page.doubtful),
    )


def _pages(
    document: Any, on_page: Callable[[int, int], None] | None, recognise: Recognise | None
) -> Iterator[PageContent]:
    total = len(document)
    for index in range(total):
        yield _page(document, index, recognise)
        if on_page is not None:
            on_page(index + 1, total)


def _page(document: Any, index: int, recognise: Recognise | None) -> PageContent:
    """A page that pdfium cannot load or take apart is recorded as unreadable, and the others go on."""
    import pypdfium2

    page = None
    try:
        page = document[index]
        return read_page(page, index + 1, recognise)
    except pypdfium2.PdfiumError:
        return unreadable_page(index + 1)
    finally:
        if page is not None:
            page.close()
