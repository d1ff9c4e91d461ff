"""Sheets that show how the duties stand: organisations by years, and every duty with its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from api.export.xlsx_cells import Column, Value, colour_words, note, table
from models.annual_round import AnnualReport, AnnualRound
from models.duty import DutyStanding, DutyState, DutyTerms, day, due_date

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_LETTERS: dict[DutyState, str] = {
    "not_due": "○",
    "near": "◔",
    "received": "●",
    "late": "▲",
    "correction": "◆",
    "checked": "✓",
}
_COLOURS: dict[DutyState, str] = {
    "near": "855300",
    "received": "1F5673",
    "late": "A3262A",
    "correction": "855300",
    "checked": "2F6B3A",
}
_ASKS = "需人工核对"
_UNNAMED = "（未找到组织名称）"
_DUTY_COLUMNS = (
    Column("组织", 34, wrap=True),
    Column("届次", 10),
    Column("奖项", 16, wrap=True),
    Column("年度", 8, number="0"),
    Column("应交日期", 24),
    Column("状态", 10),
    Column("超期天数", 10, number="0"),
    Column("说明", 44, wrap=True),
)


def add_board(book: Workbook, annual: AnnualRound, terms: DutyTerms) -> None:
    """A row per organisation, a column per year; a cell says the state in a sign, a word and a day."""
    from openpyxl.utils import get_column_letter

    years = _years(annual)
    columns = [
        Column("组织", 34, wrap=True),
        *(Column(f"{year}年度", 18, wrap=True) for year in years),
        Column(_ASKS, 60, wrap=True),
    ]
    rows = [[name, *cells, asks] for name, cells, asks in _rows(annual, years, terms)]
    sheet = table(book, "看板", columns, rows)
    colours = {terms.states[state]: colour for state, colour in _COLOURS.items()}
    for place in range(2, len(years) + 2):
        colour_words(sheet, get_column_letter(place), len(rows), colours)
    legend = "　".join(f"{_LETTERS[state]} {name}" for state, name in terms.states.items())
    due = day(due_date(annual.covers, terms))
    told = f"{annual.covers} 年度报告应于 {due} 前提交；遇休息日不顺延。"
    note(sheet, f"{legend}　　状态截至 {annual.on.isoformat()}。{told}", len(columns))


def add_duties(book: Workbook, annual: AnnualRound, terms: DutyTerms) -> None:
    """Every duty, those overdue first."""
    winners = {winner.name: winner for winner in annual.winners}
    ordered = sorted(annual.standings, key=lambda one: (one.state != "late", one.duty.due))
    rows: list[list[Value]] = []
    for one in ordered:
        winner, extension = winners.get(one.duty.organisation), one.duty.extension
        rows.append(
            [
                one.duty.organisation,
                winner.round if winner else "",
                winner.award if winner else "",
                one.duty.year,
                day(one.duty.due),
                terms.states[one.state],
                one.days_late or None,
                f"已延期：{extension.reason}" if extension else "",
            ]
        )
    sheet = table(book, "应交与逾期", _DUTY_COLUMNS, rows)
    colour_words(sheet, "F", len(rows), {terms.states[s]: colour for s, colour in _COLOURS.items()})


def _years(annual: AnnualRound) -> list[int]:
    years = {one.duty.year for one in annual.standings} | {annual.covers}
    years |= {report.year for report in (*annual.reports, *annual.earlier) if report.year and report.record}
    return sorted(years)


def _rows(
    annual: AnnualRound, years: Sequence[int], terms: DutyTerms
) -> Iterator[tuple[str, list[Value], str]]:
    standings: defaultdict[str, dict[int, DutyStanding]] = defaultdict(dict)
    for one in annual.standings:
        standings[one.duty.organisation][one.duty.year] = one
    reports: defaultdict[str, list[AnnualReport]] = defaultdict(list)
    for report in (*annual.reports, *annual.earlier):
        reports[report.organisation].append(report)
    for name in sorted({*standings, *reports}):
        came = {report.year: report for report in reports[name] if report.record}
        cells: list[Value] = [_cell(standings[name].get(year), came.get(year), terms) for year in years]
        asks = dict.fromkeys(ask for report in reports[name] for ask in report.asks)
        yield name or _UNNAMED, cells, "\n".join(asks)


def _cell(one: DutyStanding | None, report: AnnualReport | None, terms: DutyTerms) -> str:
    if one is None:
        return "" if report is None else f"{_LETTERS['received']} {terms.states['received']}"
    words = [f"{_LETTERS[one.state]} {terms.states[one.state]}"]
    if report and report.receipt.received_on:
        words.append(report.receipt.received_on.isoformat())
    if report is None and one.state != "late":
        words.append(f"应于 {one.duty.due.isoformat()}")
    if one.days_late:
        words.append(f"超期 {one.days_late} 天")
    return "\n".join(words)
