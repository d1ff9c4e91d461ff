"""Checks of KPI series: what is found, how severe it is, and how fair the sentence is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping.checks.kpi_promises import planned_names
from mapping.criteria import load_criteria
from models.assessment import Finding, TableRecord
from models.kpi import Comparison
from tests.mapping.kpi_drafts import checked, draft, passage, series

CRITERIA = load_criteria()
no_comparison = checked("kpi-no-comparison")
no_unit = checked("kpi-no-unit")
promised_not_reported = checked("kpi-promised-not-reported")
under_three_years = checked("kpi-under-three-years")
worsening = checked("kpi-worsening")


def brief(findings: object) -> list[tuple[str, str]]:
    assert not isinstance(findings, Finding)
    return [(f.severity, f.subject) for f in findings]  # type: ignore[attr-defined]


def test_two_years_in_a_table_of_results_is_an_error() -> None:
    (found,) = under_three_years(draft([series(values=(None, 93.0, 95.1))]), CRITERIA)
    assert (found.severity, found.subject, found.indicator) == ("error", "顾客满意度", "7.2.1")
    assert found.where[0].kpi == "k-顾客满意度-d1-table"
    assert "未识别为数值" in found.message
    assert "没有数据" not in found.message


def test_what_was_not_surely_read_is_no_error() -> None:
    one = replace(series(values=(None, 93.0, 95.1)), unsure=("2018", "2019"))
    assert brief(under_three_years(draft([one]), CRITERIA)) == [("warning", "顾客满意度")]


def test_three_years_and_process_chapters_are_quiet() -> None:
    quiet = [
        series(),
        series("培训学时", (1.0,), indicator="4.1.3"),
        series("无指标", (1.0,), indicator=None),
    ]
    assert not list(under_three_years(draft(quiet), CRITERIA))


def test_nothing_is_demanded_of_overview_and_annual_report() -> None:
    one = series(values=(None, None, 95.1), comparisons=())
    for kind in ("overview", "annual"):
        held = draft([one], kinds=[kind])
        assert not list(under_three_years(held, CRITERIA))
        assert not list(no_comparison(held, CRITERIA))


@pytest.mark.parametrize(
    "text", ["顾客满意度自2018年起开始第三方调查。", "顾客满意度测评系统2018年3月上线。"]
)
def test_a_late_start_that_is_told_is_a_note(text: str) -> None:
    held = draft([series(values=(None, 93.0, 95.1))], [passage(identity="p-1"), passage(text, "p-2")])
    assert brief(under_three_years(held, CRITERIA)) == [("note", "顾客满意度")]


def test_a_cell_that_says_not_yet_is_a_reason() -> None:
    one = series(values=(None, 93.0, 95.1), raw={"2017": "未开展", "2018": "93", "2019": "95.1"})
    assert brief(under_three_years(draft([one]), CRITERIA)) == [("note", "顾客满意度")]


def test_sentences_give_notes_and_single_years_nothing() -> None:
    two = series(values=(None, 93.0, 95.1), kind="prose", comparisons=())
    one = series("市场占有率", (None, None, 95.1), kind="prose", comparisons=())
    held = draft([two, one], [passage("顾客满意度升至95.1%。")])
    assert brief(under_three_years(held, CRITERIA)) == [("note", "顾客满意度")]
    assert brief(no_comparison(held, CRITERIA)) == [("note", "顾客满意度")]


def test_a_repetition_is_not_judged_again() -> None:
    again = series(values=(None, 93.0, 95.1), same_as="k-x", comparisons=(), unit="")
    held = draft([again])
    assert not [*under_three_years(held, CRITERIA), *no_comparison(held, CRITERIA), *no_unit(held, CRITERIA)]


def test_no_comparison() -> None:
    empty = Comparison("行业标杆", "benchmark", {})
    assert brief(no_comparison(draft([series(comparisons=(empty,))]), CRITERIA)) == [
        ("warning", "顾客满意度")
    ]
    assert not list(no_comparison(draft([series()]), CRITERIA))


def test_a_comparison_in_words_is_one() -> None:
    told = series(kind="prose", comparisons=())
    held = draft([told], [passage("顾客满意度升至95.1%，高于行业平均。")])
    assert not list(no_comparison(held, CRITERIA))


@pytest.mark.parametrize(
    ("name", "severity"), [("客户培训规模", "warning"), ("流动比率", "note"), ("行业排名", "note")]
)
def test_no_unit(name: str, severity: str) -> None:
    assert brief(no_unit(draft([series(name, unit="")]), CRITERIA)) == [(severity, name)]


def test_worsening_says_which_way_is_good() -> None:
    one = series(values=(27.5, 26.1, 24.3), trend="worsening")
    (found,) = worsening(draft([one], [passage()]), CRITERIA)
    assert found.severity == "warning"
    assert found.message == (
        "“顾客满意度”数值下降（该指标一般以高为好）：2017年 27.5%、2018年 26.1%、2019年 24.3%。"
    )


def test_a_reason_makes_it_a_note() -> None:
    one = series(values=(27.5, 26.1, 24.3), trend="worsening")
    held = draft([one], [passage(), passage("受夜间响应不足影响，顾客满意度有所下降。", "p-2")])
    assert brief(worsening(held, CRITERIA)) == [("note", "顾客满意度")]
    elsewhere = passage("受夜间响应不足影响，顾客满意度有所下降。", "p-2", path=("1 领导",))
    assert brief(worsening(draft([one], [passage(), elsewhere]), CRITERIA)) == [("warning", "顾客满意度")]


def test_no_judgement_without_direction() -> None:
    one = series(values=(27.5, 26.1, 24.3), trend="unknown", direction="unknown")
    assert not list(worsening(draft([one]), CRITERIA))


PLAN = TableRecord(
    "d1", 12, "表5.1-2 绩效指标设置",
    (
        ("关键过程", "关键绩效指标", "单位", "2019年目标", "监测频次"),
        ("研发", "组件复用率", "%", "48", "月"),
        ("采购", "供方按期交付率", "%", "95", "月"),
        ("", "客户满意度（%）", "", "95", "年"),
    ),
    "p-9",
)  # fmt: skip


def test_promised_and_not_reported() -> None:
    reported = [series("组件复用率", indicator="7.5.1"), series("总体顾客满意度")]
    plan = passage(identity="p-9", indicator="5.1.2", kind="table")
    (found,) = promised_not_reported(draft(reported, [plan], [PLAN]), CRITERIA)
    assert (found.severity, found.subject, found.indicator) == ("warning", "供方按期交付率", "5.1.2")
    assert found.where[0].page == 12


def test_tables_of_results_promise_nothing() -> None:
    plan = passage(identity="p-9", indicator="7.5.1", kind="table")
    assert not list(promised_not_reported(draft([], [plan], [PLAN]), CRITERIA))


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (("指标", "2019年目标"), ("合格率",)),
        (("序号", "指标名称", "责任部门"), ("甲部",)),
        (("指标", "2019年目标", "2019年实际"), ()),
        (("指标", "2018年", "2019年", "2019年目标"), ()),
        (("指标类别", "说明"), ()),
        (("过程", "要求"), ()),
    ],
)
def test_planned_names(head: tuple[str, ...], names: tuple[str, ...]) -> None:
    body = ("合格率≥98%", "甲部", "丙", "丁")[: len(head)]
    assert planned_names((head, body)) == names
