"""A gold report of ``benchmarks/gold`` as blocks, as the reader of .docx gives them, without a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from models.document import Block, Cell, Chart, ChartSeries, Table

_GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"

Record = dict[str, Any]


@cache
def load_gold(name: str) -> Record:
    record: Record = json.loads((_GOLD / f"{name}.json").read_text(encoding="utf-8"))
    return record


def gold_blocks(records: Sequence[Record]) -> tuple[Block, ...]:
    """Blocks in reading order; captions stand above tables and below charts, as ``render.py`` sets them."""
    return tuple(block for record in records for block in _blocks(record))


def table_block(rows: Sequence[Sequence[str]], heads: int = 1) -> Block:
    """A table whose first ``heads`` rows are its head; equal neighbours of a head of two rows are merged."""
    cells = tuple(_head_cells(rows[:heads]) if heads > 1 else _plain_cells(rows[:heads], 0))
    cells += tuple(_plain_cells(rows[heads:], heads))
    table = Table(cells, len(rows), max(map(len, rows)))
    text = "\n".join("\t".join(row) for row in table.grid())
    return Block(0, "table", text, table=table)


def _blocks(record: Record) -> Iterator[Block]:
    kind = record["type"]
    if kind == "heading":
        yield Block(0, "heading", record["text"], level=record["level"])
    elif kind == "para":
        yield Block(0, "paragraph", record["text"])
    elif kind == "table":
        head = record["header"]
        heads = head if isinstance(head[0], list) else [head]
        rows = [[cell or "" for cell in row] for row in (*heads, *record["rows"])]
        yield Block(0, "caption", record["caption"])
        yield table_block(rows, len(heads))
    else:
        series = tuple(ChartSeries(one["name"], tuple(one["values"])) for one in record["series"])
        lines = (record["caption"], *record["categories"], *(one.name for one in series))
        chart = Chart(record["caption"], tuple(record["categories"]), series)
        yield Block(0, "chart", "\n".join(lines), chart=chart)
        yield Block(0, "caption", record["caption"])


def _plain_cells(rows: Sequence[Sequence[str]], first: int) -> Iterator[Cell]:
    return (Cell(text, first + r, c) for r, row in enumerate(rows) for c, text in enumerate(row))


def _head_cells(heads: Sequence[Sequence[str]]) -> Iterator[Cell]:
    top, below = heads
    column = 0
    while column < len(top):
        end = column + 1
        while end < len(top) and top[end] == top[column]:
            end += 1
        if end - column == 1 and below[column] == top[column]:
            yield Cell(top[column], 0, column, row_span=2)
        else:
            yield Cell(top[column], 0, column, column_span=end - column)
            yield from (Cell(below[c], 1, c) for c in range(column, end))
        column = end
