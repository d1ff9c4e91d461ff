"""A row per report: day, length, year and the words it was read from, 23 items, figures, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from api.export.length import short_verdict
from api.export.lookup import SEVERITIES as ORDER
from api.export.wording import opening, page
from api.export.xlsx_cells import Column, Value, colour_words, note, table
from models.annual_round import AnnualReport, AnnualRound
from models.assessment import Severity
from models.criteria import Criteria, Item
from models.duty import DutyTerms, day, due_date

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_COLUMNS = (
    Column("组织", 28, wrap=True),
    Column("年度", 7, number="0"),
    Column("收到日期", 12),
    Column("应交日期", 22),
    Column("字数", 9, number="#,##0"),
    Column("字数结论", 20, wrap=True),
    Column("年度读自", 34, wrap=True),
    Column("23 条目", 8),
    Column("未找到的条目", 16, wrap=True),
    Column("违反规定", 8, number="0"),
    Column("建议补充", 8, number="0"),
    Column("请核对", 8, number="0"),
    Column("与上年相同", 9, number="0%"),
    Column("需人工核对", 44, wrap=True),
    Column("指标数", 9, number="0", printed=False),
    Column("数值调整", 9, number="0", printed=False),
    Column("改进未提", 9, number="0", printed=False),
    Column("提示", 8, number="0", printed=False),
    Column("文件", 34, wrap=True, printed=False),
)
_NOTE = (
    "“未找到”只说明程序没有读到，请以原文为准。“与上年相同”是与上年报告文字相同或几乎相同的段落占正文的比例。"
    "“数值调整”是同一指标同一年在两次报告中不同的数值，“改进未提”是上年报告提出而本次未找到的改进事项。"
)


def add_reports(book: Workbook, annual: AnnualRound, criteria: Criteria, terms: DutyTerms) -> None:
    reports = [one for one in (*annual.reports, *annual.earlier) if one.record]
    dues = {(one.duty.organisation, one.duty.year): one.duty.due for one in annual.standings}
    rows = []
    for report in reports:
        due = dues.get((report.organisation, report.year or 0))
        rows.append(_row(report, criteria, due or due_date(report.year or annual.covers, terms)))
    sheet = table(book, "报告", _COLUMNS, rows)
    colour_words(sheet, "F", len(rows), {"超出": "A3262A", "取决": "855300"})
    note(sheet, _NOTE, len(_COLUMNS))


def _row(report: AnnualReport, criteria: Criteria, due: date) -> list[Value]:
    record, length = report.record, report.document.length
    assert record is not None  # noqa: S101 - award reports have no row
    found, lacking = items_found(report, criteria)
    severities: Counter[Severity] = Counter(finding.severity for finding in report.assessment.findings)
    last = next((one for one in record.comparisons if one.kind == "annual"), None)
    received = report.receipt.received_on
    return [
        report.organisation,
        report.year,
        received.isoformat() if received else "",
        day(due),
        length.count,
        short_verdict(length),
        _read_from(report),
        f"{found}/{len(criteria.items)}",
        "、".join(item.id for item in lacking),
        *(severities[severity] for severity in ORDER),
        last.same_share if last else None,
        "\n".join(report.asks),
        len({(one.name, one.unit) for one in report.assessment.kpis if not one.source.same_as}),
        len(last.changes) if last else None,
        sum(not one.answers for one in last.promises) if last else None,
        len(report.hints),
        report.name,
    ]


def items_found(report: AnnualReport, criteria: Criteria) -> tuple[int, Sequence[Item]]:
    """How many items some passage answers, and those that none was found for. Items of which a picture or
    an unread page may hold the answer are in neither."""
    rows = [row for row in report.assessment.coverage if row.document == report.document.id]
    status = {row.indicator: row.status for row in rows}
    states = {item: {status.get(i.id, "unknown") for i in item.indicators} for item in criteria.items}
    found = sum(bool(kinds & {"covered", "partial", "referred"}) for kinds in states.values())
    return found, [item for item, kinds in states.items() if kinds == {"missing"}]


def _read_from(report: AnnualReport) -> str:
    assert report.record is not None  # noqa: S101 - as above
    covers = report.record.covers
    if covers.year is None:
        return "未找到"
    where = {"tables": "表格中的年份", "filename": "文件名"}.get(covers.origin, page(covers.page))
    sentence = f"“{opening(covers.sentence)}”" if covers.sentence else ""
    doubt = "" if covers.sure else "（没有把握）"
    return f"{covers.year}：{where}{sentence}{doubt}"
