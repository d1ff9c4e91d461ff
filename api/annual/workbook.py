"""The workbook of a round: board, duties, reports, KPI over the years, findings, hints, files not read."""

from __future__ import annotations

from pathlib import Path

from api.annual.board_sheets import add_board, add_duties
from api.annual.detail_sheets import (
    add_findings,
    add_hints,
    add_kpis,
    add_not_read,
    add_promises,
    add_same_text,
)
from api.annual.report_sheet import add_reports
from api.export.xlsx import settled_bytes
from api.export.xlsx_cells import new_workbook
from models.annual_round import AnnualRound
from models.criteria import Criteria
from models.duty import DutyTerms


def write_workbook(annual: AnnualRound, criteria: Criteria, terms: DutyTerms, path: Path) -> None:
    """Writes the workbook; the same round gives the same bytes. Raises OSError if it cannot be written."""
    book = new_workbook()
    add_board(book, annual, terms)
    if annual.standings:
        add_duties(book, annual, terms)
    add_reports(book, annual, criteria, terms)
    add_kpis(book, annual)
    add_findings(book, annual, criteria)
    add_same_text(book, annual)
    add_promises(book, annual)
    add_hints(book, annual)
    add_not_read(book, annual)
    path.write_bytes(settled_bytes(book))
