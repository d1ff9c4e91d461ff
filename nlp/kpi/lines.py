"""Tables that are lines aligned by tabs or spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.document import Block, Cell, Table
from nlp.years import read_year

_GAP = re.compile(r"\s*\t+\s*|[ \u3000]{2,}")
_FEWEST_CELLS = 3


@dataclass(frozen=True, slots=True)
class LineTable(Table):
    """A table made of lines; ``lines`` are their positions among the blocks."""

    lines: tuple[int, ...] = ()


def aligned_tables(blocks: Sequence[Block], years: Sequence[str]) -> dict[int, LineTable]:
    """Tables by the position of their first block: a line with at least two years, and the lines after it
    that have as many cells."""
    tables: dict[int, LineTable] = {}
    index = 0
    while index < len(blocks):
        lines = _lines(blocks[index])
        if not lines or not _is_head(lines[0], years):
            index += 1
            continue
        first, used = index, [index]
        while (
            index + 1 < len(blocks) and (more := _lines(blocks[index + 1])) and len(more[0]) == len(lines[0])
        ):
            index += 1
            used.append(index)
            lines = [*lines, *more]
        if len(lines) > 1:
            tables[first] = _table(lines, tuple(used))
        index += 1
    return tables


def _lines(block: Block) -> list[list[str]]:
    """The cells of each line of a paragraph; none where a line is not cut into cells."""
    if block.kind not in ("paragraph", "list", "text_box") or not _GAP.search(block.text):
        return []
    lines = [_GAP.split(line.strip()) for line in block.text.split("\n") if line.strip()]
    width = len(lines[0]) if lines else 0
    return lines if width >= _FEWEST_CELLS and all(len(line) == width for line in lines) else []


def _is_head(cells: Sequence[str], years: Sequence[str]) -> bool:
    return sum(1 for cell in cells if (year := read_year(cell, years)) and not year.rest) > 1


def _table(lines: Sequence[Sequence[str]], used: tuple[int, ...]) -> LineTable:
    cells = tuple(Cell(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line))
    return LineTable(cells, len(lines), len(lines[0]), 1, used)
