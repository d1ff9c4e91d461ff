"""Lists that an office keeps as .xlsx or .csv: rows by column title, read with care."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from models.errors import DamagedFile, MissingPath, UnsupportedFormat, UsageError

_ENCODINGS = ("utf-8-sig", "gb18030")
_MOST_ROWS = 20_000
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YES = frozenset(("是", "有", "√", "✓", "y", "yes", "true", "1", "应交", "需交", "已"))
_NO = frozenset(("否", "无", "×", "n", "no", "false", "0", "不应交", "无需", "不交", "未"))


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    """As the program that shows the list numbers it, from 1."""
    cells: Mapping[str, str]
    """Texts by the names that were asked for; a column that is not there gives no entry."""


class CellFault(Exception):
    """What is wrong with one cell, a clause in Chinese."""


def read_rows(path: Path, columns: Mapping[str, Sequence[str]]) -> tuple[Row, ...]:
    """Rows of the first sheet. ``columns``: titles that each name may have, the first being the usual one;
    the first of ``columns`` must be there.

    Raises MissingPath, UnsupportedFormat, DamagedFile, or UsageError for a list without that column."""
    lines = [[_text(value) for value in line] for line in _lines(path)]
    head, places = _head(lines, columns)
    if not places:
        wanted = next(iter(columns.values()))[0]
        raise UsageError(f"“{path.name}”中没有名为“{wanted}”的列，请在表头写明。")
    rows = (
        Row(number, {name: line[place] for name, place in places.items() if place < len(line)})
        for number, line in enumerate(lines[head + 1 :], head + 2)
    )
    return tuple(row for row in rows if any(row.cells.values()))


def _head(lines: Sequence[Sequence[str]], columns: Mapping[str, Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Number of the row of titles, from 0, and the places of the columns; titles may stand above it."""
    for number, line in enumerate(lines[:20]):
        places = {name: place for name, titles in columns.items() if (place := _place(line, titles)) >= 0}
        if next(iter(columns)) in places:
            return number, places
    return 0, {}


def as_date(text: str) -> date | None:
    """None for an empty cell. Raises CellFault for what is no date."""
    if not text:
        return None
    found = _DATE.match(text)
    if found is None:
        _refuse(text, "日期", "2021-03-31")
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        _refuse(text, "日期", "2021-03-31")


def as_year(text: str) -> int | None:
    """None for an empty cell. Raises CellFault for what is no year."""
    if not text:
        return None
    found = re.fullmatch(r"((?:19|20)\d\d)(?:\.0)?\s*年?度?", text)
    if found is None:
        _refuse(text, "年份", "2020")
    return int(found[1])


def as_flag(text: str, *, default: bool) -> bool:
    """``default`` for an empty cell. Raises CellFault for what is neither 是 nor 否."""
    word = text.lower()
    if not word:
        return default
    if word in _YES or word in _NO:
        return word in _YES
    raise CellFault(f"“{text}”应填“是”或“否”")


def _refuse(text: str, kind: str, example: str) -> NoReturn:
    raise CellFault(f"“{text}”不是{kind}，请写成 {example} 的样子")


def _place(line: Sequence[str], titles: Sequence[str]) -> int:
    plain = [re.sub(r"[\s*（(].*$", "", cell) for cell in line]
    return next((plain.index(title) for title in titles if title in plain), -1)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _lines(path: Path) -> Iterator[Sequence[object]]:
    if not path.is_file():
        raise MissingPath(f"找不到“{path}”，请核对路径和文件名。")
    kind = path.suffix.lower()
    if kind == ".csv":
        return _csv_lines(path)
    if kind == ".xlsx":
        return _xlsx_lines(path)
    raise UnsupportedFormat(f"“{path.name}”不是 .xlsx 或 .csv，请另存为其中一种。")


def _csv_lines(path: Path) -> Iterator[Sequence[object]]:
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return iter(list(csv.reader(io.StringIO(text)))[:_MOST_ROWS])
    raise DamagedFile(f"“{path.name}”的文字编码无法识别，请另存为 UTF-8 的 .csv 或 .xlsx。")


def _xlsx_lines(path: Path) -> Iterator[Sequence[object]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = [list(line) for line in sheet.iter_rows(max_row=_MOST_ROWS, values_only=True)]
        book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as error:
        raise DamagedFile(f"“{path.name}”不完整或已损坏，请用 Excel 打开后另存再试。") from error
    return iter(lines)
