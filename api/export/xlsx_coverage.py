"""Coverage in the workbook: a report by indicators, an overview by points, a yearly report by items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.export import wording
from api.export.answers import node_sentences
from api.export.coverage import item_status
from api.export.lookup import Lookup
from api.export.xlsx_cells import Column, Value, colour_words, note, table
from models.assessment import Coverage, DocumentRecord
from models.criteria import ASPECTS, Criteria, Indicator

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_NOT_ASKED = "不要求"
_FIRST_ASPECT = 6
_COLOURS = {"已找到": "24663F", "一部分": "855300", "未找到": "A3262A", "无法判断": "5A4A8A"}
_SAID = Column("使用者的说明", 36, wrap=True)
_REPORT = (
    Column("章", 18),
    Column("条目", 26),
    Column("条目分值", 9, number="0"),
    Column("指标", 9),
    Column("指标名称", 24),
    *(Column(title, 10, number="0") for title in wording.ASPECTS.values()),
    Column("状态", 18),
    Column("段落", 8, number="0"),
    Column("要点", 8, number="0"),
    Column("有对应段落的要点", 12, wrap=True, number="0"),
    Column("未见直接对应的要点", 46, wrap=True),
    _SAID,
)
_OVERVIEW = (
    Column("指标", 9),
    Column("指标名称", 18),
    Column("要点", 10),
    Column("要求", 70, wrap=True),
    Column("状态", 34),
    Column("段落", 8, number="0"),
    _SAID,
)
_ANNUAL = (
    Column("章", 18),
    Column("条目", 30),
    Column("条目分值", 9, number="0"),
    Column("状态", 18),
    Column("段落", 8, number="0"),
    _SAID,
)


def add_coverage(book: Workbook, lookup: Lookup, criteria: Criteria) -> None:
    """A sheet per document that was held against the criteria."""
    for document in lookup.judged:
        if document.kind == "overview":
            rows = list(_points(document, lookup, criteria))
            sheet = table(book, _free(book, "概述要点"), _OVERVIEW, rows)
            colour_words(sheet, "E", len(rows), {"有对应": "24663F", "未找到": "A3262A"})
        elif document.kind == "annual":
            rows = list(_items(document, lookup, criteria))
            sheet = table(book, _free(book, "年度覆盖"), _ANNUAL, rows)
            colour_words(sheet, "D", len(rows), _COLOURS)
        else:
            rows = list(_indicators(document, lookup, criteria))
            sheet = table(book, _free(book, "覆盖"), _REPORT, rows)
            colour_words(sheet, "I", len(rows), _COLOURS)
            _hatch(sheet, len(rows))
            note(sheet, f"{criteria.counting_note}分值只到条目，写在条目的第一行。", len(_REPORT))


def _free(book: Workbook, title: str) -> str:
    """The title, or with a number where a sheet of an earlier document has it."""
    names = [title, *(f"{title}{number}" for number in range(2, len(book.sheetnames) + 3))]
    return next(name for name in names if name not in book.sheetnames)


def _indicators(document: DocumentRecord, lookup: Lookup, criteria: Criteria) -> Iterator[list[Value]]:
    for chapter in criteria.chapters:
        for item in chapter.items:
            for place, indicator in enumerate(item.indicators):
                row = lookup.row.get((document.id, indicator.id))
                if row is not None:
                    yield [
                        f"{chapter.id} {chapter.title}",
                        f"{item.id} {item.title}",
                        item.points if place == 0 else None,
                        *_indicator(indicator, row),
                    ]


def _indicator(indicator: Indicator, row: Coverage) -> list[Value]:
    answered = sum(point.status == "covered" for point in row.requirements)
    open_points = [point.id for point in row.requirements if point.status in ("weak", "missing")]
    return [
        indicator.id,
        indicator.title,
        *(row.count(a) if a in row.expected or row.count(a) else _NOT_ASKED for a in ASPECTS),
        wording.STATUSES[row.status],
        len(row.passages),
        len(row.requirements),
        answered,
        "、".join(open_points),
        "\n".join(node_sentences(row)),
    ]


def _hatch(sheet: Worksheet, rows: int) -> None:
    """Cells of aspects that are not expected are hatched, not empty."""
    from openpyxl.styles import PatternFill

    hatched = PatternFill("lightUp", fgColor="B8B2A4")
    for line in sheet.iter_rows(2, rows + 1, _FIRST_ASPECT, _FIRST_ASPECT + len(ASPECTS) - 1):
        for cell in line:
            if cell.value == _NOT_ASKED:
                cell.fill = hatched


def _points(document: DocumentRecord, lookup: Lookup, criteria: Criteria) -> Iterator[list[Value]]:
    for indicator in criteria.overview_indicators:
        row = lookup.row.get((document.id, indicator.id))
        found = {point.id: point for point in row.requirements} if row else {}
        for requirement in indicator.requirements:
            point = found.get(requirement.id)
            yield [
                indicator.id,
                indicator.title,
                requirement.id,
                requirement.text,
                wording.POINT_STATUSES[point.status if point else "missing"],
                len(point.passages) if point else 0,
                "\n".join(node_sentences(row)) if row else "",
            ]


def _items(document: DocumentRecord, lookup: Lookup, criteria: Criteria) -> Iterator[list[Value]]:
    for chapter in criteria.chapters:
        for item in chapter.items:
            rows = lookup.rows(document.id, [indicator.id for indicator in item.indicators])
            yield [
                f"{chapter.id} {chapter.title}",
                f"{item.id} {item.title}",
                item.points,
                wording.STATUSES[item_status(rows)],
                len({passage for row in rows for passage in row.passages}),
                "\n".join(dict.fromkeys(one for row in rows for one in node_sentences(row))),
            ]
