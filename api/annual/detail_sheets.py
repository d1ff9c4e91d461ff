"""Sheets with a row per detail: KPI by year, findings, same passages, improvements, hints, files not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from api.export.findings import item_title
from api.export.lookup import SEVERITIES as ORDER
from api.export.lookup import Lookup
from api.export.wording import SEVERITIES, opening, page, place
from api.export.xlsx_cells import Column, Value, colour_words, note, table
from api.export.xlsx_sheets import place_text
from mapping.yearly.kpi_years import by_key
from models.annual import HintEvent, HintField, YearComparison
from models.annual_round import AnnualReport, AnnualRound
from models.assessment import PassageRecord
from models.criteria import Criteria
from models.kpi import KpiSeries

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

EVENTS: Mapping[HintEvent, str] = {"accident": "事故", "penalty": "处罚", "lawsuit": "诉讼"}
FIELDS: Mapping[HintField, str] = {
    "quality": "质量",
    "safety": "安全",
    "environment": "环保",
    "health": "卫生",
    "other": "其他",
}
_WHOSE = (Column("组织", 28, wrap=True), Column("年度", 8, number="0"))
_QUOTED = 80
_HINT_NOTE = (
    "本表只供评审办查看：列出可能说到事故、处罚、诉讼的句子，是否属于“重大质量、安全、环保、卫生等事故”请核实原文和事实。"
    "发生重大事故、造成严重不良社会影响的，获奖组织应及时书面报告；是否撤销由主管部门联合报请市政府，程序不作判断。"
)


def add_kpis(book: Workbook, annual: AnnualRound) -> None:
    """Series over the years; a year is shown as the latest report prints it."""
    series = list(_series(annual))
    years = sorted({year for _, _, values, _ in series for year in values})
    columns = [
        _WHOSE[0],
        Column("指标", 30, wrap=True),
        Column("单位", 10),
        *(Column(f"{year}年", 12, number="General") for year in years),
        Column("与前次报告不同的数值", 44, wrap=True),
    ]
    rows = [
        [whose, one.name, one.unit, *(values.get(year) for year in years), changed]
        for whose, one, values, changed in series
    ]
    table(book, "指标", columns, rows)


def _series(annual: AnnualRound) -> Iterator[tuple[str, KpiSeries, dict[str, Value], str]]:
    """Organisation, series, values by year as printed, and what was restated."""
    every = [one for one in (*annual.reports, *annual.earlier) if one.record and one.organisation]
    for whose in sorted({report.organisation for report in every}):
        own = sorted((r for r in every if r.organisation == whose), key=lambda r: r.year or 0, reverse=True)
        groups = [by_key(report.assessment.kpis) for report in own]
        for key in dict.fromkeys(key for group in groups for key in group):
            told = [group[key][0] for group in groups if key in group]
            values: dict[str, Value] = {}
            for one in told:
                for year in one.values:
                    values.setdefault(year, one.values[year])
            yield whose, told[0], values, _restated(own, told[0].name)


def _restated(own: Iterable[AnnualReport], name: str) -> str:
    lines = (
        f"{change.year}年：{change.now}，前次{change.before}"
        for report in own
        for beside in _comparisons(report)
        for change in beside.changes
        if change.name == name
    )
    return "\n".join(dict.fromkeys(lines))


def add_findings(book: Workbook, annual: AnnualRound, criteria: Criteria) -> None:
    columns = [
        *_WHOSE,
        Column("分组", 11),
        Column("条目", 24, wrap=True),
        Column("对象", 20, wrap=True),
        Column("发现", 52, wrap=True),
        Column("建议", 44, wrap=True),
        Column("位置", 36, wrap=True),
        Column("编号", 16),
        Column("文件", 26, wrap=True, printed=False),
    ]
    rows: list[list[Value]] = []
    for report in annual.reports:
        lookup = Lookup(report.assessment)
        for finding in (one for severity in ORDER for one in lookup.findings[severity]):
            places = (place_text(where, lookup) for where in finding.where)
            rows.append(
                [
                    report.organisation,
                    report.year,
                    SEVERITIES[finding.severity],
                    item_title(criteria, finding.indicator),
                    finding.subject,
                    finding.message,
                    finding.advice,
                    "\n".join(text for text in places if text),
                    finding.id,
                    report.name,
                ]
            )
    sheet = table(book, "发现", columns, rows)
    colour_words(sheet, "C", len(rows), {"违反规定": "A3262A", "建议补充": "855300", "请核对": "1F5673"})


def add_same_text(book: Workbook, annual: AnnualRound) -> None:
    columns = [
        *_WHOSE,
        Column("位置", 20),
        Column("文字", 80, wrap=True),
        Column("相同程度", 10, number="0%"),
        Column("前次报告", 30, wrap=True),
        Column("前次位置", 14),
    ]
    rows: list[list[Value]] = []
    for report in annual.reports:
        passages = _passages(report)
        for beside in _comparisons(report):
            for one in beside.same:
                passage = passages[one.passage]
                rows.append(
                    [
                        report.organisation,
                        report.year,
                        place(passage),
                        opening(passage.text, _QUOTED),
                        one.likeness,
                        beside.filename,
                        page(one.last_page),
                    ]
                )
    table(book, "与上年相同", columns, rows)


def add_promises(book: Workbook, annual: AnnualRound) -> None:
    columns = [
        *_WHOSE,
        Column("上年提出的改进事项", 70, wrap=True),
        Column("本次", 14),
        Column("位置与文字", 70, wrap=True),
    ]
    rows: list[list[Value]] = []
    for report in annual.reports:
        passages = _passages(report)
        for one in (p for beside in _comparisons(report) if beside.kind == "annual" for p in beside.promises):
            places = [passages[answer] for answer in one.answers]
            told = "\n".join(f"{place(passage)} {opening(passage.text, _QUOTED)}" for passage in places)
            state = "看来有回应" if places else "未再提及"
            rows.append([report.organisation, report.year, one.sentence, state, told])
    table(book, "改进事项", columns, rows)


def add_hints(book: Workbook, annual: AnnualRound) -> None:
    columns = [
        *_WHOSE,
        Column("事项", 8),
        Column("类别", 8),
        Column("原句", 96, wrap=True),
        Column("位置", 20),
        Column("文件", 28, wrap=True),
    ]
    rows: list[list[Value]] = []
    for report in annual.reports:
        passages = _passages(report)
        for hint in report.hints:
            passage = passages.get(hint.passage)
            where = place(passage) if passage else page(hint.page)
            rows.append(
                [
                    report.organisation,
                    report.year,
                    EVENTS[hint.event],
                    FIELDS[hint.field],
                    hint.sentence,
                    where,
                    report.name,
                ]
            )
    note(table(book, "提示", columns, rows), _HINT_NOTE, len(columns))


def add_not_read(book: Workbook, annual: AnnualRound) -> None:
    rows = [[one.name, one.reason] for one in annual.not_read]
    table(book, "未读文件", [Column("文件", 40, wrap=True), Column("原因", 100, wrap=True)], rows)


def _comparisons(report: AnnualReport) -> tuple[YearComparison, ...]:
    return report.record.comparisons if report.record else ()


def _passages(report: AnnualReport) -> dict[str, PassageRecord]:
    return {passage.id: passage for passage in report.assessment.passages}
