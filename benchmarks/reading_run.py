"""Reads one file with one reader and writes the text it gives: what `benchmarks.reading` measures.

python -m benchmarks.reading_run READER FILE OUT.txt
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path


def _ziping(file: Path) -> Iterator[str]:
    from ingest.read import read_document

    apart = ("contents", "margin", "invisible")
    yield from (block.label for block in read_document(file).blocks if block.kind not in apart)


def _pdfplumber(file: Path) -> Iterator[str]:
    """Text and tables page by page, each page closed. The text holds that of the tables."""
    import pdfplumber

    with pdfplumber.open(file) as document:
        for page in document.pages:
            yield page.extract_text()
            page.extract_tables()
            page.close()


def _markitdown(file: Path) -> Iterator[str]:
    from markitdown import MarkItDown

    yield MarkItDown().convert(str(file)).text_content


def _python_docx(file: Path) -> Iterator[str]:
    """The usual recipe: paragraphs, then the cells of each row."""
    import docx

    document = docx.Document(str(file))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


READERS: dict[str, tuple[str, tuple[str, ...], Callable[[Path], Iterator[str]]]] = {
    "ziping": ("ziping", (".docx", ".pdf"), _ziping),
    "pdfplumber, page by page": ("pdfplumber", (".pdf",), _pdfplumber),
    "markitdown": ("markitdown", (".docx", ".pdf"), _markitdown),
    "python-docx, read naively": ("docx", (".docx",), _python_docx),
}
"""By name: the package it needs, the formats it reads, and how."""


def main() -> int:
    reader, file, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    text = "\n".join(READERS[reader][2](file))
    out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
