"""The board of yearly duties: organisations by years, and what of each report a person has to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.store.boards import Line
from api.store.duties import receipt_of, winner_of
from api.store.tables import DutyMark, WinnerRow
from models.duty import Duty, DutyStanding, DutyState, DutyTerms, duties_of, name_key, standing

SIGNS: dict[DutyState, str] = {
    "not_due": "○",
    "near": "◔",
    "received": "●",
    "late": "▲",
    "correction": "◆",
    "checked": "✓",
}
_UNREAD = "{year} 年度：有 {pages} 页或文件没有读到，请人工查看。"
_DEPENDS = "{year} 年度：是否超过字数上限取决于计数口径，请核对。"


@dataclass(frozen=True, slots=True)
class DutyCell:
    standing: DutyStanding
    line: Line | None
    """The report that came; None: none did."""

    @property
    def state(self) -> DutyState:
        return self.standing.state


@dataclass(frozen=True, slots=True)
class DutyRow:
    winner: WinnerRow
    cells: Mapping[int, DutyCell]
    """By the year that the report is about."""
    asks: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.winner.organisation.name

    def owed(self, on: date) -> bool:
        """Whether a report is due by this day that did not come, or is to be set right."""
        return any(
            cell.state == "correction" or (cell.line is None and cell.standing.duty.due <= on)
            for cell in self.cells.values()
        )


@dataclass(frozen=True, slots=True)
class DutyBoard:
    years: tuple[int, ...]
    rows: tuple[DutyRow, ...]
    loose: tuple[Line, ...]
    """Yearly reports that belong to no duty: of no winner, or of a year that is not known."""

    @property
    def standings(self) -> tuple[DutyStanding, ...]:
        return tuple(cell.standing for row in self.rows for cell in row.cells.values())


def year_of(line: Line) -> int | None:
    """The year that a report counts for: as the office set it, else as it was read."""
    if line.covers:
        return int(line.covers)
    read = ((line.figures or {}).get("annual") or {}).get("year")
    return int(read) if read else None


def duty_board(
    winners: Sequence[WinnerRow],
    lines: Sequence[Line],
    marks: Mapping[str, DutyMark],
    terms: DutyTerms,
    on: date,
) -> DutyBoard:
    """``lines``: what was handed in of the round; of two reports on one year the later counts."""
    came: dict[tuple[str, int | None], Line] = {}
    annual = [one for one in lines if one.kind == "annual" and one.status == "submitted"]
    for line in sorted(annual, key=lambda one: (one.submitted is None, one.submitted)):
        came[line.organisation_id, year_of(line)] = line
    rows = tuple(_row(winner, came, marks, terms, on) for winner in winners)
    placed = {cell.line.submission for row in rows for cell in row.cells.values() if cell.line}
    years = sorted({year for row in rows for year in row.cells})
    loose = tuple(line for line in annual if line.submission not in placed)
    return DutyBoard(tuple(years), rows, loose)


def _row(
    winner: WinnerRow,
    came: Mapping[tuple[str, int | None], Line],
    marks: Mapping[str, DutyMark],
    terms: DutyTerms,
    on: date,
) -> DutyRow:
    cells: dict[int, DutyCell] = {}
    asks: list[str] = []
    for duty in duties_of(winner_of(winner), terms):
        line = came.get((winner.organisation_id, duty.year))
        mark = marks.get(line.submission) if line else None
        cells[duty.year] = DutyCell(_standing(duty, line, mark, on, terms), line)
        if line is not None and cells[duty.year].state != "checked":
            asks += asks_of(line, duty.year, (winner.organisation.name, *winner.organisation.former_names))
    return DutyRow(winner, cells, tuple(asks))


def _standing(
    duty: Duty, line: Line | None, mark: DutyMark | None, on: date, terms: DutyTerms
) -> DutyStanding:
    return standing(duty, receipt_of(line, mark) if line else None, on, terms)


def asks_of(line: Line, year: int, names: Sequence[str]) -> list[str]:
    """What a person has to look at, a sentence each."""
    if line.job == "failed":
        return [f"{year} 年度：没有读成。{line.error or ''}"]
    figures = line.figures
    if not figures:
        return []
    told = figures.get("annual")
    if told is None:
        return [f"{year} 年度：没有读出年度报告，请核对是否交错了文件。"]
    asks = [*_of_year(told, year), *_of_name(told, year, names)]
    unread = figures.get("unread", 0) + figures.get("unreadable", 0)
    if unread:
        asks.append(_UNREAD.format(year=year, pages=unread))
    if any(one["status"] == "depends" for one in figures["documents"] if one["kind"] == "annual"):
        asks.append(_DEPENDS.format(year=year))
    return asks


def _of_year(told: Mapping[str, Any], year: int) -> list[str]:
    if told["year"] is None:
        return [f"{year} 年度：报告中未找到所属年度，请核对。"]
    if int(told["year"]) != year:
        return [f"应交 {year} 年度的报告，读到的是 {told['year']} 年度，请核对。"]
    return [] if told["year_sure"] else [f"{year} 年度：报告所属年度没有把握，请核对。"]


def _of_name(told: Mapping[str, Any], year: int, names: Sequence[str]) -> list[str]:
    known = {name_key(name) for name in names}
    read = [name for name in (told["name"], *told["name_others"]) if name]
    if not read or any(name_key(name) in known for name in read):
        return []
    return [f"{year} 年度：报告中的组织名称是“{read[0]}”，请核对。"]


SHOWN: Mapping[str, tuple[str, Callable[[DutyRow, date], bool]]] = {
    "owed": ("今天欠交", lambda row, on: row.owed(on)),
    "person": ("需要人看", lambda row, _: bool(row.asks)),
    "late": ("逾期", lambda row, _: any(cell.state == "late" for cell in row.cells.values())),
    "correction": ("请补正", lambda row, _: any(cell.state == "correction" for cell in row.cells.values())),
}
"""What the board can be narrowed to."""
