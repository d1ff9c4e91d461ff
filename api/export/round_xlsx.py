"""The workbook of an award round: a row per submission, its indicators, its parts, who reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.export.figures import FOUND
from api.export.wording import LENGTH_STATUSES, PART_KINDS, SEVERITIES, SHORT_STATUSES
from api.export.xlsx import settled_bytes
from api.export.xlsx_cells import Column, Value, colour_words, new_workbook, note, table
from models.criteria import Criteria

_SUBMISSIONS = (
    Column("组织", 32, wrap=True),
    Column("材料", 18),
    Column("状态", 10),
    Column("收到日期", 12),
    Column("提交时间", 17),
    Column("回执编号", 22),
    Column("检查", 12),
    Column("字数", 10, number="#,##0"),
    Column("字数结论", 14),
    Column("已找到的指标", 12, number="0"),
    Column("指标", 8, number="0"),
    *(Column(name, 10, number="0") for name in SEVERITIES.values()),
    Column("未读到的页和文件", 12, number="0"),
    Column("指标数据", 10, number="0"),
    Column("评审员", 40, wrap=True),
    Column("说明", 40, wrap=True),
)
_PARTS = (
    Column("组织", 32, wrap=True),
    Column("材料", 18),
    Column("部分", 16),
    Column("文件", 40, wrap=True),
    Column("页数", 8, number="0"),
    Column("计入限额", 12, number="#,##0"),
    Column("最少", 10, number="#,##0"),
    Column("最多", 10, number="#,##0"),
    Column("上限", 10, number="#,##0"),
    Column("结论", 16),
)
_READERS = (
    Column("组织", 32, wrap=True),
    Column("材料", 18),
    Column("评审员", 14),
    Column("小组", 14),
    Column("完成日期", 12),
    Column("已看完的条目", 12, number="0"),
    Column("回避原因", 40, wrap=True),
)
_NOTE = "“未找到”只说明程序没有读到，请以原文为准。各栏是程序读出的结果，不含评审意见，也不是评分。"


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A submission as the workbook tells it; ``figures`` as ``api.export.figures`` makes them."""

    organisation: str
    kind: str
    status: str
    received: str
    submitted: str
    receipt: str
    reading: str
    length: str
    words: int | None
    figures: Mapping[str, Any]
    readers: Sequence[tuple[str, str, str, int, str]]
    """Name, group, due date, items done, reason of 回避."""
    remark: str


def round_workbook(rows: Sequence[RoundRow], criteria: Criteria) -> bytes:
    """The file's content; the same rows give the same bytes."""
    book = new_workbook()
    sheet = table(book, "材料", _SUBMISSIONS, [_row(row) for row in rows])
    colour_words(sheet, "I", len(rows), {LENGTH_STATUSES["over"]: "A3262A", "取决": "855300"})
    note(sheet, _NOTE, len(_SUBMISSIONS))
    _coverage(book, rows, criteria)
    table(book, "字数", _PARTS, _parts(rows))
    table(book, "分配", _READERS, _readers(rows))
    return settled_bytes(book)


def _row(row: RoundRow) -> list[Value]:
    coverage, lines = row.figures.get("coverage", {}), row.figures.get("lines", {})
    known = bool(row.figures)
    names = (f"{name}（{done} 条{'，回避' if why else ''}）" for name, _, _, done, why in row.readers)
    return [
        row.organisation,
        row.kind,
        row.status,
        row.received,
        row.submitted,
        row.receipt,
        row.reading,
        row.words,
        row.length if known else "",
        sum(status in FOUND for status in coverage.values()) if known else None,
        len(coverage) if known else None,
        *(lines.get(severity) for severity in SEVERITIES),
        row.figures["unread"] + row.figures["unreadable"] if known else None,
        row.figures["kpis"] if known else None,
        "\n".join(names),
        row.remark,
    ]


def _coverage(book: Any, rows: Sequence[RoundRow], criteria: Criteria) -> None:
    """Organisations by indicators, where the award report was read."""
    indicators = [indicator for item in criteria.items for indicator in item.indicators]
    columns = [Column("组织", 32, wrap=True), *(Column(one.id, 8) for one in indicators)]
    read = [row for row in rows if row.figures.get("main") == "report"]
    cells: list[list[Value]] = [
        [row.organisation, *(_status(row.figures["coverage"].get(one.id)) for one in indicators)]
        for row in read
    ]
    sheet = table(book, "指标覆盖", columns, cells)
    titles = "；".join(f"{one.id} {one.title}" for one in indicators)
    note(sheet, titles, len(columns))


def _status(status: Any) -> str:
    return SHORT_STATUSES[status] if status else ""


def _parts(rows: Iterable[RoundRow]) -> Iterable[list[Value]]:
    for row in rows:
        for one in row.figures.get("documents", ()):
            yield [
                row.organisation,
                row.kind,
                PART_KINDS[one["kind"]],
                one["filename"],
                one["pages"],
                one["count"],
                one["low"],
                one["high"],
                one["limit"],
                LENGTH_STATUSES[one["status"]],
            ]


def _readers(rows: Iterable[RoundRow]) -> Iterable[list[Value]]:
    for row in rows:
        for name, group, due, done, why in row.readers:
            yield [row.organisation, row.kind, name, group, due, done, why]
