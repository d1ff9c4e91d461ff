"""Tables that were laid out as one: side by side under one head, or one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.document import Table
from nlp.kpi.columns import is_figure
from nlp.kpi.labels import head_kind, read_header
from nlp.kpi.sheet import Sheet, sheet_of


def sheets_of(table: Table, years: Sequence[str]) -> Iterator[Sheet]:
    """The sheets that a table is cut into, from left to right and from top to bottom."""
    for half in _halves(sheet_of(table)):
        yield from _stacked(half, years)


def _stacked(sheet: Sheet, years: Sequence[str]) -> Iterator[Sheet]:
    starts = [0, *(n for n in range(2, len(sheet.rows) - 1) if _is_second_head(sheet, n, years))]
    for first, last in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        yield replace(
            sheet, rows=sheet.rows[first:last], origins=sheet.origins[first:last], first=sheet.first + first
        )


def _is_second_head(sheet: Sheet, row: int, years: Sequence[str]) -> bool:
    """A row of years or parties between rows of figures, that is not the head once more."""
    before, cells, after = (any(is_figure(c, years) for c in sheet.rows[n]) for n in (row - 1, row, row + 1))
    if cells or not (before and after) or sheet.is_band(row) or sheet.rows[row] in sheet.rows[:row]:
        return False
    corner = sheet.rows[row][0]
    labels = [read_header(text, years) for text in dict.fromkeys(sheet.rows[row][1:]) if text]
    told = sum(bool(label.year or label.role in ("own", "target", "comparison")) for label in labels)
    return told > 1 and (not corner or corner == sheet.rows[0][0] or head_kind(corner) is not None)


def _halves(sheet: Sheet) -> tuple[Sheet, ...]:
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
