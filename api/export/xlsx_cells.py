"""Sheets of a workbook: typed cells, safe strings, one look."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.columns import width
from api.export.wording import printable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767
"""Characters that one cell of Excel holds."""
_CUT = "…（此格放不下，全文见 HTML）"
_LINE, _HIGHEST = 14.5, 409.0
"""Points of one line, and of the highest row that Excel allows."""
_NOTE_ROWS = 2
FONT = "微软雅黑"
INK, SOFT, WASH = "22252A", "5C616B", "EFECE4"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    wrap: bool = False
    number: str = ""
    """Number format of its numbers."""
    printed: bool = True
    """Columns behind the last printed one are for the screen only."""


_FACTS = (Column("", 24), Column("", 96, wrap=True))


def new_workbook() -> Workbook:
    from openpyxl import Workbook as New

    book = New()
    book.remove(book.worksheets[0])
    return book


def safe(text: str) -> str:
    """The text without characters that a workbook cannot hold, cut to what one cell holds."""
    clean = printable(text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - len(_CUT)] + _CUT


def put(cell: Cell | MergedCell, value: Value, number: str = "") -> None:
    """Writes a number as a number and a text as a text, even if it looks like a formula."""
    if isinstance(value, str):
        text = safe(value)
        cell.value = text
        if text.startswith(_FORMULA):
            cell.data_type = "s"
            cell.quotePrefix = True
    elif value is not None:
        cell.value = value
        if number:
            cell.number_format = number


def table(
    book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> Worksheet:
    """A sheet with a header row that stays in view, a filter, and a page setup that prints well."""
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = book.create_sheet(title)
    _head(sheet, columns)
    last = _body(sheet, columns, rows)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    seen = max(number for number, column in enumerate(columns, 1) if column.printed)
    sheet.print_area = f"A1:{get_column_letter(seen)}{last + _NOTE_ROWS}"
    _printing(sheet)
    return sheet


def _head(sheet: Worksheet, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    font = Font(name=FONT, size=10, bold=True, color=INK)
    wash = PatternFill("solid", fgColor=WASH)
    wrapped = Alignment(vertical="top", wrap_text=True)
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(1, number)
        put(cell, column.title)
        cell.font, cell.fill, cell.alignment = font, wash, wrapped
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    titles = [replace(column, wrap=True) for column in columns]
    sheet.row_dimensions[1].height = _height(titles, [column.title for column in columns])


def _body(sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> int:
    """Number of the last row written."""
    from openpyxl.styles import Alignment, Border, Font, Side

    font = Font(name=FONT, size=10, color=INK)
    line = Border(bottom=Side(style="hair", color=SOFT))
    plain = Alignment(vertical="top")
    figures = Alignment(vertical="top", horizontal="right", indent=1)
    wrapped = Alignment(vertical="top", wrap_text=True)
    last = 1
    for last, row in enumerate(rows, 2):
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            cell = sheet.cell(last, number)
            put(cell, value, column.number)
            numeric = isinstance(value, int | float) or (bool(column.number) and not column.wrap)
            cell.alignment = figures if numeric else wrapped if column.wrap else plain
            cell.font, cell.border = font, line
        sheet.row_dimensions[last].height = _height(columns, row)
    return last


def _height(columns: Sequence[Column], row: Sequence[Value]) -> float:
    """Points that the wrapped texts of a row need: not every program works that out on opening."""
    lines = 1
    for column, value in zip(columns, row, strict=True):
        if column.wrap and isinstance(value, str):
            room = max(column.width - 2, 4)
            lines = max(lines, sum(max(1, math.ceil(width(part) / room)) for part in value.split("\n")))
    return min(_LINE * lines + 3, _HIGHEST)


def facts(book: Workbook, title: str, rows: Iterable[tuple[str, Value]]) -> Worksheet:
    """A sheet of names and values; a row without a value is a heading."""
    from openpyxl.styles import Alignment, Font

    sheet: Worksheet = book.create_sheet(title)
    for letter, column in zip("AB", _FACTS, strict=True):
        sheet.column_dimensions[letter].width = column.width
    for number, (name, value) in enumerate(rows, 1):
        heading = value is None
        put(sheet.cell(number, 1), name)
        sheet.cell(number, 1).font = Font(name=FONT, size=12 if heading else 10, bold=heading, color=INK)
        sheet.cell(number, 1).alignment = Alignment(vertical="bottom" if heading else "top")
        put(sheet.cell(number, 2), value, "#,##0")
        sheet.cell(number, 2).font = Font(name=FONT, size=10, color=INK)
        sheet.cell(number, 2).alignment = Alignment(vertical="top", horizontal="left", wrap_text=True)
        sheet.row_dimensions[number].height = 26 if heading else _height(_FACTS, (name, value))
    _printing(sheet)
    return sheet


def note(sheet: Worksheet, text: str, columns: int) -> None:
    """A remark two rows below the table, over its columns."""
    from openpyxl.styles import Alignment, Font

    row = sheet.max_row + 2
    put(sheet.cell(row, 1), text)
    sheet.cell(row, 1).font = Font(name=FONT, size=9, color=SOFT)
    sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.row_dimensions[row].height = 44


def colour_words(sheet: Worksheet, column: str, rows: int, colours: dict[str, str]) -> None:
    """Colours the cells of a column by the word in them; the word stays, so colour is never alone."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font
    from openpyxl.styles.differential import DifferentialStyle

    for word, colour in colours.items() if rows else ():
        style = DifferentialStyle(font=Font(color=colour, bold=True))
        formula = [f'ISNUMBER(SEARCH("{word}",{column}2))']
        rule = Rule(type="expression", formula=formula, dxf=style)
        sheet.conditional_formatting.add(f"{column}2:{column}{rows + 1}", rule)


def _printing(sheet: Worksheet) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = "&A", "第 &P 页，共 &N 页"
    sheet.oddFooter = footer
