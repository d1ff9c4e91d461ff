"""Real documents that are no report files, as parts: HTML, Markdown with HTML tables, lines of JSON.

Product code reads .docx and .pdf only; these loaders serve the benchmark of real tables.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.document import Block, BlockKind, Cell, Document, Ledger, Part, Place, Table

_WHITE = re.compile(r"\s+")
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_LINES = ("p", "h", "h1", "h2", "h3", "h4", "h5", "li")


def load(path: Path) -> Part:
    """The document as one report part, by the ending of its name."""
    if path.suffix == ".pdf":
        from ingest.read import read_document

        document = read_document(path)
    else:
        makers = {".html": _html, ".md": _markdown, ".txt": _json_lines}
        blocks = tuple(
            Block(n, kind, text, Place(page), table=table)
            for n, (kind, text, table, page) in enumerate(makers[path.suffix](path))
        )
        document = Document(path.name, "0" * 64, "docx", blocks, Ledger(None))
    return Part("d1", "report", document, 0, len(document.blocks) - 1)


Made = tuple[BlockKind, str, Table | None, int | None]


def _html(path: Path) -> Iterator[Made]:
    from lxml import html

    root: Any = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()
    yield from _walk(root)


def _walk(element: Any) -> Iterator[Made]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("script", "style"):
            continue
        if child.tag == "table":
            yield "table", "", _table(child), None
        elif child.tag in _LINES or not len(child):
            if text := _text(child):
                yield "paragraph", text, None, None
        else:
            yield from _walk(child)


def _text(element: Any) -> str:
    return _WHITE.sub(" ", element.text_content()).strip()


def _table(element: Any) -> Table:
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(element.iter("tr")):
        column = 0
        for cell in line.iter("td", "th"):
            while (row, column) in taken:
                column += 1
            down, right = (int(cell.get(name) or 1) for name in ("rowspan", "colspan"))
            taken |= {(row + r, column + c) for r in range(down) for c in range(right)}
            cells.append(Cell(_text(cell), row, column, down, right))
    rows = 1 + max((row for row, _ in taken), default=-1)
    return Table(tuple(cells), rows, 1 + max((column for _, column in taken), default=-1))


def _markdown(path: Path) -> Iterator[Made]:
    from lxml import html

    text = path.read_text(encoding="utf-8")
    place = 0
    for found in _TABLE.finditer(text):
        yield from _paragraphs(text[place : found.start()])
        yield "table", "", _table(html.fromstring(found[0])), None
        place = found.end()
    yield from _paragraphs(text[place:])


def _paragraphs(text: str) -> Iterator[Made]:
    for line in text.split("\n"):
        bare = re.sub(r"<[^>]+>", "", line).strip()
        if bare:
            kind: BlockKind = "heading" if bare.startswith("#") else "paragraph"
            yield kind, bare.lstrip("# "), None, None


def _json_lines(path: Path) -> Iterator[Made]:
    """A line of JSON per line of text, or per row of a table that goes on as long as its width does."""
    rows: list[list[str]] = []
    page = None
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        row = ast.literal_eval(entry["inside"]) if entry["type"] == "excel" else None
        if rows and (row is None or len(row) != len(rows[0])):
            yield "table", "", _grid(rows), page
            rows = []
        if row is not None:
            rows.append([_WHITE.sub("", str(cell)) for cell in row])
        elif entry["type"] == "text" and entry["inside"].strip():
            yield "paragraph", entry["inside"].strip(), None, entry["page"]
        page = entry["page"]
    if rows:
        yield "table", "", _grid(rows), page


def _grid(rows: list[list[str]]) -> Table:
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(cells, len(rows), len(rows[0]))
