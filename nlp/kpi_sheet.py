"""The shape of a table of figures: how high its head is, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.document import Table, cell_places
from nlp.kpi_labels import ColumnKind, Label, head_kind, read_header, read_stub
from nlp.numbers import read_number
from nlp.units import clean_unit, is_unit
from nlp.years import read_year

_HIGHEST_HEAD = 4
_SAYS_NOTHING = re.compile(
    r"指标|项目|年度|年份|历年|近[三五]年|时间|数据|情况|年|内容|名称|统计数据|绩效|KPI|备注"
)
_BEST_NAME = re.compile(r"指标|KPI", re.IGNORECASE)


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
class Column:
    kind: ColumnKind
    label: Label


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
    head = _head_height(sheet, years)
    heads = _filled_heads(sheet, head)
    columns = [_column(sheet, heads, head, number, years) for number in range(sheet.width)]
    down = _year_column(columns)
    across = any(column.kind == "value" and column.label.year for column in columns)
    named = _choose_name(heads, columns, bool(down) and not across)
    return Layout(head, tuple(named), bool(down) and not across)


def _head_height(sheet: Sheet, years: Sequence[str]) -> int:
    height = 1
    while height < min(_HIGHEST_HEAD, len(sheet.rows) - 1) and _is_head(sheet, height, years):
        height += 1
    return height


def _is_head(sheet: Sheet, row: int, years: Sequence[str]) -> bool:
    """A further row of the head: without figures, hung under the row above or full of years and roles."""
    cells, above = sheet.rows[row], sheet.rows[row - 1]
    if any(_is_figure(cell, years) for cell in cells):
        return False
    if head_kind(cells[0]) == "unit":
        return all(is_unit(cell) or not clean_unit(cell) for cell in cells[1:])
    labels = [read_header(cell, years) for cell in cells]
    speaks = any(label.year or label.role for label in labels)
    hung = sheet.origins[row][0] == sheet.origins[row - 1][0] or not cells[0] or cells[0] == above[0]
    wide_above = any(a == b for a, b in pairwise(sheet.origins[row - 1]))
    return hung and (speaks or wide_above)


def _is_figure(text: str, years: Sequence[str]) -> bool:
    reading = read_number(text)
    return reading.value is not None and not (reading.unit == "" and read_year(text, years))


def _filled_heads(sheet: Sheet, head: int) -> list[list[str]]:
    """Head rows in which a text that stands over several columns is in each of them."""
    rows = [list(row) for row in sheet.rows[:head]]
    for number, row in enumerate(rows[:-1]):
        for column in range(1, len(row)):
            below = rows[number + 1][column]
            if not row[column] and row[column - 1] and below and below != rows[number + 1][0]:
                row[column] = row[column - 1]
    return rows


def _path(heads: Sequence[Sequence[str]], column: int) -> list[str]:
    return list(dict.fromkeys(row[column] for row in heads if row[column]))


def _column(
    sheet: Sheet, heads: Sequence[Sequence[str]], head: int, number: int, years: Sequence[str]
) -> Column:
    path = _path(heads, number)
    label = _joined([read_header(text, years) for text in path])
    body = [row[number] for n, row in enumerate(sheet.rows[head:], head) if not sheet.is_band(n)]
    told = [text for text in body if read_number(text).kind != "blank"]
    figures = sum(_is_figure(text, years) or read_number(text).kind in ("range", "ratio") for text in told)
    mostly_text = bool(told) and figures * 2 < len(told)
    stands = next((kind for text in reversed(path) if (kind := head_kind(text))), None)
    if label.role in ("growth", "skip") and not label.year:
        return Column("skip", label)
    if label.year and not _all_years(told, years):
        return Column("skip" if label.role in ("growth", "skip") else "value", label)
    if stands in ("index", "unit") and not _all_years(told, years):
        return Column(stands, label)
    if mostly_text:
        return Column(_text_kind(told, stands, years), label)
    if stands == "year" or (_all_years(told, years) and number == 0):
        return Column("year", label)
    if number == 0 and not path and _counts_up(told):
        return Column("index", label)
    return Column("skip" if not told and not label.role else "value", label)


def _text_kind(told: Sequence[str], stands: ColumnKind | None, years: Sequence[str]) -> ColumnKind:
    """Kind of a column of words, by its words before its head."""
    if all(is_unit(text) or not text for text in told) and stands != "name":
        return "unit"
    labels = [read_stub(text, years) for text in told]
    if sum(bool(label.year) and not label.name for label in labels) * 2 > len(labels) and stands in (
        "year",
        "name",
        "unit",
        None,
    ):
        return "year"
    roles = sum(label.role in ("own", "target", "comparison", "growth") for label in labels)
    if roles * 5 >= len(labels) * 3:
        return "role"
    return stands or "name"


def _all_years(told: Sequence[str], years: Sequence[str]) -> bool:
    labels = [read_year(text, years) for text in told]
    return bool(labels) and all(label is not None and not label.rest for label in labels)


def _counts_up(told: Sequence[str]) -> bool:
    return [read_number(text).value for text in told] == [float(n) for n in range(1, len(told) + 1)]


def _joined(labels: Sequence[Label]) -> Label:
    """One label of a column from the head's rows, top to bottom: the lower says it more exactly."""
    year = next((label.year for label in reversed(labels) if label.year), None)
    roles = [label.role for label in labels if label.role]
    role = next(
        (r for want in ("growth", "target", "comparison", "skip", "own") for r in roles if r == want), None
    )
    party = next((label.party for label in reversed(labels) if label.party), "")
    names = [label.name for label in labels if label.name and not _SAYS_NOTHING.fullmatch(label.name)]
    if role == "comparison" and not party and names:
        party, names = names[-1], names[:-1]
    unit = next((label.unit for label in reversed(labels) if label.unit is not None), None)
    if unit is None and (told := [clean_unit(name) for name in names if is_unit(name)]):
        unit, names = told[-1], [name for name in names if not is_unit(name)]
    return Label(year, role, party, "".join(dict.fromkeys(names)), unit)


def _year_column(columns: Sequence[Column]) -> int | None:
    """1 + number of a year column that stands left of the figures; None (or 0) if there is none."""
    for number, column in enumerate(columns):
        if column.kind == "value":
            return None
        if column.kind == "year":
            return number + 1
    return None


def _with_names(columns: Sequence[Column]) -> Sequence[Column]:
    """Parties among the names of one column make it no column of parties, unless there is one of names."""
    if any(column.kind in ("name", "group") for column in columns):
        return columns
    return [Column("name", c.label) if c.kind == "role" else c for c in columns]


def halves(sheet: Sheet) -> tuple[Sheet, ...]:
    """Tables that stand side by side under one head; the sheet itself where there is one."""
    head = sheet.rows[0] if sheet.rows else ()
    starts = [
        n for n, text in enumerate(head) if text and text == head[0] and (n == 0 or head[n - 1] != text)
    ]
    if len(starts) < 2 or not head_kind(head[0]) or starts[1] < 2:
        return (sheet,)
    ends = [*starts[1:], sheet.width]
    return tuple(
        Sheet(
            tuple(row[a:b] for row in sheet.rows),
            tuple(row[a:b] for row in sheet.origins),
            sheet.first,
            sheet.title,
            a,
        )
        for a, b in zip(starts, ends, strict=True)
    )


def _choose_name(
    heads: Sequence[Sequence[str]], columns: Sequence[Column], years_down: bool
) -> Iterator[Column]:
    """One name column; word columns before it are groups, those after it only if their head says so."""
    first = next((n for n, column in enumerate(columns) if column.kind == "value"), len(columns))
    columns = _with_names(columns)
    words = [n for n, column in enumerate(columns[:first]) if column.kind in ("name", "group")]
    named = [n for n in words if columns[n].kind == "name"] or words
    best = [n for n in named if _BEST_NAME.search("".join(_path(heads, n)))] or named
    chosen = best[-1] if best else None
    for number, column in enumerate(columns):
        if column.kind not in ("name", "group"):
            yield column
        elif number == chosen:
            yield Column("group" if years_down and column.kind == "group" else "name", column.label)
        else:
            before = chosen is not None and number < chosen
            yield Column(
                "group" if before or (column.kind == "group" and number < first) else "skip", column.label
            )
