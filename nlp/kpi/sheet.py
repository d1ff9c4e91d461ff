"""The shape of a table of figures: how high its head is, and what each column holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.document import Table, cell_places
from nlp.kpi.columns import Column, ColumnText, choose_names, is_figure, read_column
from nlp.kpi.labels import ColumnKind, head_kind, read_header
from nlp.units import clean_unit, is_unit
from nlp.years import read_year

_HIGHEST_HEAD = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled grid. ``origins`` tells which cells of it are one merged cell."""

    rows: tuple[tuple[str, ...], ...]
    origins: tuple[tuple[int, ...], ...]
    first: int = 0
    """Number of the first row in the table (title rows above it are left out)."""
    title: str = ""
    left: int = 0
    """Number of the first column in the table."""

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def is_band(self, row: int) -> bool:
        """One merged cell over the whole width, or one text and blanks: a title or a section row."""
        if len(set(self.origins[row])) == 1 and self.width > 1:
            return True
        return (
            self.width > 2 and bool(self.rows[row][0].strip()) and not any(map(str.strip, self.rows[row][1:]))
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """``head`` rows are above the body; ``years_down``: the years stand in a column of their own."""

    head: int
    columns: tuple[Column, ...]
    years_down: bool

    def of_kind(self, kind: ColumnKind) -> list[int]:
        return [number for number, column in enumerate(self.columns) if column.kind == kind]


def sheet_of(table: Table) -> Sheet:
    """The filled grid without the title rows above the head."""
    rows = [[" ".join(cell.split()) for cell in row] for row in table.grid(filled=True)]
    origins = [[-1 - (r * table.columns + c) for c in range(table.columns)] for r in range(table.rows)]
    for number, cell in enumerate(table.cells):
        for row, column in cell_places(cell):
            if row < table.rows and column < table.columns:
                origins[row][column] = number
    whole = Sheet(tuple(map(tuple, rows)), tuple(map(tuple, origins)))
    first = 0
    while first + 2 < len(rows) and whole.is_band(first):
        first += 1
    title = " ".join(rows[n][0] for n in range(first))
    return Sheet(whole.rows[first:], whole.origins[first:], first, title)


def with_head_of(sheet: Sheet, head: Sequence[Sequence[str]]) -> Sheet:
    """A table continued without its head, with the head of the table before it put on top."""
    count = len(head)
    fresh = tuple(tuple(-(10**6) - r * sheet.width - c for c in range(sheet.width)) for r in range(count))
    rows, origins = (*map(tuple, head), *sheet.rows), (*fresh, *sheet.origins)
    return Sheet(rows, origins, sheet.first - count, sheet.title, sheet.left)


def layout_of(sheet: Sheet, years: Sequence[str]) -> Layout | None:
    """The layout of a table that has figures by year; None for any other."""
    if len(sheet.rows) < 2 or sheet.width < 2:
        return None
    if any(is_figure(cell, years) and not read_year(cell, years) for cell in sheet.rows[0]):
        return None
    head = _head_height(sheet, years)
    heads = _filled_heads(sheet, head)
    texts = [_texts(sheet, heads, head, number) for number in range(sheet.width)]
    columns = [read_column(text, number, years) for number, text in enumerate(texts)]
    down = _year_column(columns)
    across = any(column.kind == "value" and column.label.year for column in columns)
    named = choose_names(texts, columns, years_down=bool(down) and not across)
    return Layout(head, tuple(named), bool(down) and not across)


def _texts(sheet: Sheet, heads: Sequence[Sequence[str]], head: int, number: int) -> ColumnText:
    path = tuple(dict.fromkeys(row[number] for row in heads if row[number]))
    body = (row[number] for n, row in enumerate(sheet.rows[head:], head) if not sheet.is_band(n))
    return ColumnText(path, tuple(body))


def _head_height(sheet: Sheet, years: Sequence[str]) -> int:
    height = 1
    while height < min(_HIGHEST_HEAD, len(sheet.rows) - 1) and _is_head(sheet, height, years):
        height += 1
    return height


def _is_head(sheet: Sheet, row: int, years: Sequence[str]) -> bool:
    """A further row of the head: without figures, hung under the row above or full of years and roles."""
    cells, above = sheet.rows[row], sheet.rows[row - 1]
    if any(is_figure(cell, years) for cell in cells):
        return False
    if head_kind(cells[0]) == "unit":
        return all(is_unit(cell) or not clean_unit(cell) for cell in cells[1:])
    labels = [read_header(cell, years) for cell in cells]
    speaks = any(label.year or label.role for label in labels)
    hung = sheet.origins[row][0] == sheet.origins[row - 1][0] or not cells[0] or cells[0] == above[0]
    wide_above = any(a == b for a, b in pairwise(sheet.origins[row - 1]))
    return hung and (speaks or wide_above)


def _filled_heads(sheet: Sheet, head: int) -> list[list[str]]:
    """Head rows in which a text that stands over several columns is in each of them."""
    rows = [list(row) for row in sheet.rows[:head]]
    for number, row in enumerate(rows[:-1]):
        for column in range(1, len(row)):
            below = rows[number + 1][column]
            if not row[column] and row[column - 1] and below and below != rows[number + 1][0]:
                row[column] = row[column - 1]
    return rows


def _year_column(columns: Sequence[Column]) -> int | None:
    """1 + number of a year column that stands left of the figures; None (or 0) if there is none."""
    for number, column in enumerate(columns):
        if column.kind == "value":
            return None
        if column.kind == "year":
            return number + 1
    return None
