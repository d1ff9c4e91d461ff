"""Table layouts in a small notation, and the document around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.document import Block, Cell, Chart, Document, Ledger, Part, Table


def grid(text: str) -> Table:
    """A table from lines of cells parted by ``|``; ``<`` and ``^`` belong to the cell left or above."""
    rows = [[cell.strip() for cell in line.strip().split("|")] for line in text.strip().splitlines()]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    cells = [
        Cell(text, r, c, *_spans(rows, r, c))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text not in ("<", "^")
    ]
    return Table(tuple(cells), len(rows), width)


def _spans(rows: Sequence[Sequence[str]], row: int, column: int) -> tuple[int, int]:
    down = right = 1
    while column + right < len(rows[row]) and rows[row][column + right] == "<":
        right += 1
    while row + down < len(rows) and rows[row + down][column] == "^":
        down += 1
    return down, right


def part_of(*blocks: Block, kind: str = "report") -> Part:
    numbered = tuple(replace(block, index=n) for n, block in enumerate(blocks))
    document = Document("a.docx", "0" * 64, "docx", numbered, Ledger(None))
    return Part("d1", kind, document, 0, len(numbered) - 1)  # type: ignore[arg-type]


def table_block(text: str) -> Block:
    return Block(0, "table", text, table=grid(text))


def chart_block(chart: Chart) -> Block:
    return Block(0, "chart", chart.title, chart=chart)


def paragraph(text: str) -> Block:
    return Block(0, "paragraph", text)


def caption(text: str) -> Block:
    return Block(0, "caption", text)
