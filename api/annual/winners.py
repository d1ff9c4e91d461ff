"""The office's lists: winners with their awards, and what came when. Row errors are sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from api.annual.sheet import CellFault, Row, as_date, as_flag, as_year, read_rows
from models.duty import Extension, Receipt, Roll, Winner, name_key

T = TypeVar("T")
_WINNERS = {
    "name": ("组织名称", "单位名称", "获奖组织", "获奖单位", "企业名称", "名称", "组织", "单位"),
    "award_year": ("获奖年度", "获奖年份", "获奖年"),
    "former": ("曾用名", "曾用名称", "原名称", "简称"),
    "round": ("届次", "届"),
    "award": ("奖项", "奖项类别", "奖别"),
    "obliged": ("是否应交", "应交", "是否需提交"),
    "first_due": ("首次应交年份", "首个应交年份", "首次提交年份", "首次应交"),
    "extended": ("延期年度", "延期所属年度"),
    "until": ("延期至", "延期日期"),
    "reason": ("延期原因", "延期理由"),
    "withdrawn": ("撤销日期", "撤奖日期"),
}
_TITLES = {
    "award_year": "获奖年度",
    "obliged": "是否应交",
    "first_due": "首次应交年份",
    "extended": "延期年度",
    "until": "延期至",
    "withdrawn": "撤销日期",
    "received_on": "收到日期",
    "correction": "请补正",
    "checked": "已核对",
}
_RECEIPTS = {
    "subject": ("文件", "文件名", "组织名称", "单位名称", "获奖组织", "名称", "组织", "单位"),
    "received_on": ("收到日期", "收件日期", "提交日期"),
    "correction": ("请补正", "已请补正"),
    "checked": ("已核对", "核对"),
}


@dataclass(frozen=True, slots=True)
class WinnerList:
    """``faults`` are sentences; a row with one is left out, the others stand."""

    roll: Roll
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiptList:
    receipts: Mapping[str, Receipt]
    """By file name, and by ``name_key`` of what stands there."""
    faults: tuple[str, ...]


def read_winners(path: Path) -> WinnerList:
    """Winners of a list. Several rows of one organisation and award year add extensions.

    Raises an error of ``read_rows`` for a list that cannot be read at all."""
    winners: dict[str, Winner] = {}
    faults: list[str] = []
    for row in read_rows(path, _WINNERS):
        try:
            winner = _winner(row)
        except CellFault as fault:
            faults.append(f"“{path.name}”第 {row.number} 行：{fault}。")
            continue
        before = winners.setdefault(name_key(winner.name), winner)
        if before is winner:
            continue
        if before.award_year != winner.award_year or not winner.extensions:
            faults.append(
                f"“{path.name}”第 {row.number} 行：“{winner.name}”前面已有一行，没有采用；"
                "请合并，或只保留最近一次获奖。"
            )
        else:
            both = (*before.extensions, *winner.extensions)
            winners[name_key(winner.name)] = replace(before, extensions=both)
    return WinnerList(Roll(tuple(winners.values())), tuple(faults))


def read_receipts(path: Path) -> ReceiptList:
    """Days of receipt by file name or organisation. Raises an error of ``read_rows``."""
    receipts: dict[str, Receipt] = {}
    faults = []
    for row in read_rows(path, _RECEIPTS):
        cell = _Cells(row)
        try:
            receipt = Receipt(cell.day("received_on"), cell.flag("correction"), cell.flag("checked"))
        except CellFault as fault:
            faults.append(f"“{path.name}”第 {row.number} 行：{fault}。")
            continue
        subject = row.cells["subject"]
        receipts[subject] = receipts[name_key(subject)] = receipt
    return ReceiptList(receipts, tuple(faults))


def _winner(row: Row) -> Winner:
    cell = _Cells(row)
    name = row.cells.get("name", "")
    if not name:
        raise CellFault("没有组织名称")
    award_year = cell.year("award_year")
    if award_year is None:
        raise CellFault("没有获奖年度")
    first_due = cell.year("first_due")
    if first_due is not None and first_due < award_year:
        raise CellFault(f"首次应交年份 {first_due} 早于获奖年度 {award_year}")
    return Winner(
        name=name,
        award_year=award_year,
        former=tuple(one for one in re.split(r"[、;；,，\n]", row.cells.get("former", "")) if one.strip()),
        round=row.cells.get("round", ""),
        award=row.cells.get("award", ""),
        obliged=cell.flag("obliged", default=True),
        first_due=first_due,
        extensions=_extension(cell),
        withdrawn=cell.day("withdrawn"),
    )


def _extension(cell: _Cells) -> tuple[Extension, ...]:
    until, year, reason = cell.day("until"), cell.year("extended"), cell.row.cells.get("reason", "")
    if until is None:
        return ()
    if not reason:
        raise CellFault("有延期日期而没有延期原因")
    return (Extension(year or until.year - 1, until, reason),)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Typed cells of a row; a fault names its column."""

    row: Row

    def day(self, name: str) -> date | None:
        return self._typed(name, as_date)

    def year(self, name: str) -> int | None:
        return self._typed(name, as_year)

    def flag(self, name: str, *, default: bool = False) -> bool:
        return self._typed(name, lambda text: as_flag(text, default=default))

    def _typed(self, name: str, read: Callable[[str], T]) -> T:
        try:
            return read(self.row.cells.get(name, ""))
        except CellFault as fault:
            raise CellFault(f"{_TITLES[name]}{fault}") from None
