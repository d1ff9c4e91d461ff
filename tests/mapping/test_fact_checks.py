"""Silence on accidents, and years that have not been told as facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping.checks.accidents import says_of_accidents
from models.assessment import TableRecord, Years
from tests.mapping.kpi_drafts import series
from tests.mapping.process_drafts import report, run, told

# --- accidents --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "三年内未发生重大安全事故。",
        "重伤及以上责任事故均为零。",
        "2019年发生轻伤事故1起。",
        "全年无质量事故。",
        "近三年没有发生环境污染事件。",
        "千人负伤率为0.8‰。",
        "职业伤害连续四年为零。",
        "未因环保问题受到行政处罚。",
        "三年实现安全生产零事故。",
        "产品召回0起。",
    ],
)
def test_accidents_and_their_absence_are_told(text: str) -> None:
    assert says_of_accidents(text)
    assert not run("accidents-silent", report(told("1.1.3", text, "result")))


@pytest.mark.parametrize(
    "text",
    [
        "杜绝各类事故。",
        "制定事故应急预案，每年演练两次。",
        "目标是事故为零。",
        "一旦发生事故，立即启动预案。",
        "公司未发生信息安全事件。",
        "事故处理按规定上报。",
        "缴纳工伤保险。",
        "安全部每月检查。",
    ],
)
def test_aims_plans_and_rules_tell_nothing_of_accidents(text: str) -> None:
    found = run("accidents-silent", report(told("1.1.3", text)))
    assert [(one.severity, one.indicator) for one in found] == [("warning", "7.6.4")]


def test_a_series_or_a_row_of_a_table_tells_of_accidents() -> None:
    plain = told("1.1.3", "安全部每月检查。")
    assert not run("accidents-silent", report(plain, kpis=[series("工伤事故率", unit="‰", direction="down")]))
    table = TableRecord("d1", 3, "责任指标", (("指标", "2019年"), ("安全生产事故数（起）", "0")), None)
    assert not run("accidents-silent", report(plain, tables=[table]))


def test_what_may_stand_on_an_unread_page_is_a_note_and_an_annual_report_is_not_asked() -> None:
    made = report(told("1.1.3", "安全部每月检查。"))
    ledger = replace(made.documents[0].ledger, unread_pages=(4,))
    unread = replace(made, documents=(replace(made.documents[0], ledger=ledger),))
    assert [one.severity for one in run("accidents-silent", unread)] == ["note"]
    assert not run("accidents-silent", report(told("1.1.3", "安全部每月检查。"), kinds=["annual"]))


# --- years that have not been -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("2021年营业收入达到12.4亿元。", "warning"),
        ("2022年，顾客满意度提高到97.8%，高于竞争对手。", "warning"),
        ("公司2021年授权发明专利累计130件。", "warning"),
        ("2021年主要供应商接待客户286家，应收账款下降12%。", "warning"),
        ("2020年净利润为1.2亿元，同比增长18%。", "note"),
    ],
)
def test_a_figure_of_a_year_to_come_told_as_fact_is_found(text: str, severity: str) -> None:
    found = run("forecast-as-actual", report(told("7.3.1", text, "result")))
    assert [(one.subject, one.severity) for one in found] == [(text[text.index("20") :][:5], severity)]


@pytest.mark.parametrize(
    "text",
    [
        "2019年营业收入达到8.8亿元。",
        "预计2021年营业收入达到12.4亿元。",
        "2021年目标为12亿元。",
        "2021年营业收入将突破12亿元。",
        "力争2021年满意度提高到97%。",
        "规划到2021年收入达到12亿元。",
        "2020年一季度在手订单回升11%。",
        "2020年1—6月完成营业收入4.1亿元。",
        "截至2020年3月，累计签约39家。",
        "2020年春节期间，42名员工完成了12个项目。",
        "2020年初的防疫工作获得3个街道表扬。",
        "现行规划覆盖2017年至2021年，共5个阶段。",
        "证书有效期至2022年，共12项。",
        "《2021年行动计划》共42项措施。",
        "2021年底前完成12项整改。",
        "2021年起执行新标准，共12项。",
        "2021年应完成整改12项。",
    ],
)
def test_marked_part_and_past_years_are_none(text: str) -> None:
    assert not run("forecast-as-actual", report(told("7.3.1", text, "result")))


def test_a_column_of_a_year_to_come_is_found_and_a_target_is_not() -> None:
    ahead = series(values=(91.2, 93.0, 95.1, 97.0), years=("2018", "2019", "2020", "2021"))
    found = run("forecast-as-actual", report(told("7.2.1", "顾客"), kpis=[ahead]))
    assert [(one.subject, one.severity) for one in found] == [("2020年", "note"), ("2021年", "warning")]
    assert not run("forecast-as-actual", report(told("7.2.1", "顾客"), kpis=[series(target={"2021": 97.0})]))


def test_one_year_is_one_line_and_without_reporting_years_nothing_is_said() -> None:
    told_twice = [told("7.3.1", "2021年收入达到12亿元。"), told("7.2.1", "2021年满意度达到97%。")]
    made = report(*told_twice)
    assert [len(one.where) for one in run("forecast-as-actual", made)] == [2]
    assert not run("forecast-as-actual", replace(made, years=Years((), "inferred")))
