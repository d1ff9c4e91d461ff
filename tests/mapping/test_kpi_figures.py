"""Checks of figures against each other and against the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping.checks.kpi_units import last_digit
from mapping.criteria import load_criteria
from models.kpi import Comparison, KpiSeries
from tests.mapping.kpi_drafts import checked, draft, passage, series

CRITERIA = load_criteria()
growth_wrong = checked("kpi-growth-wrong")
trend_word = checked("kpi-trend-word")
comparison_one_year = checked("kpi-comparison-one-year")
comparison_unnamed = checked("kpi-comparison-unnamed")
conflict = checked("kpi-conflict")
empty_cell = checked("kpi-empty-cell")
impossible = checked("kpi-impossible")
no_target = checked("kpi-no-target")
unit_jump = checked("kpi-unit-jump")
year_gap = checked("kpi-year-gap")
REVENUE = series("营业收入", (61240, 73518, 88632), unit="万元", indicator="7.3.1")


def test_year_gap() -> None:
    gap = series(years=("2015", "2016", "2019"))
    old = series("净推荐值", years=("2015", "2016", "2017"))
    found = list(year_gap(draft([gap, old, series("投诉率")]), CRITERIA))
    assert [(f.subject, f.severity) for f in found] == [("顾客满意度", "warning"), ("净推荐值", "warning")]
    assert "2019年的数值" in found[1].advice


def test_empty_cell_beside_enough_years() -> None:
    years = ("2016", "2017", "2018", "2019")
    (found,) = empty_cell(draft([series(values=(None, 1, 2, 3), years=years)]), CRITERIA)
    assert "2016年“—”未识别为数值" in found.message
    assert not list(empty_cell(draft([series(values=(None, 2, 3))]), CRITERIA))


def test_one_note_for_all_tables_of_a_document() -> None:
    (found,) = comparison_one_year(draft([series(), series("投诉率")]), CRITERIA)
    assert (found.severity, found.subject, len(found.where)) == ("note", "对比数据", 1)
    every = tuple(Comparison("对手", "competitor", {"2018": 1.0, "2019": 2.0}) for _ in range(1))
    assert not list(comparison_one_year(draft([series(comparisons=every)]), CRITERIA))


@pytest.mark.parametrize(
    ("label", "unnamed"),
    [("竞争对手", True), ("行业标杆", True), ("竞争对手A", False), ("行业平均", False), ("华测仪表", False)],
)
def test_comparison_without_a_name(label: str, unnamed: bool) -> None:
    one = series(comparisons=(Comparison(label, "other", {"2019": 1.0}),))
    assert bool(list(comparison_unnamed(draft([one]), CRITERIA))) == unnamed


@pytest.mark.parametrize(
    ("values", "jump"),
    [((6.1, 7.4, 88632), True), ((61240, 73518, 8.9), True), ((0, 0, 5), False), ((1, 9, 90), False)],
)
def test_unit_jump(values: tuple[float, ...], jump: bool) -> None:
    assert bool(list(unit_jump(draft([series(values=values)]), CRITERIA))) == jump


def test_no_target_in_a_whole_table() -> None:
    assert len(list(no_target(draft([series(target={})]), CRITERIA))) == 1
    assert not list(no_target(draft([series(target={}), series("投诉率")]), CRITERIA))


@pytest.mark.parametrize(
    ("one", "odd"),
    [
        (series("出厂合格率", (98, 99, 100.5)), True),
        (series("出厂合格率", (98, 99, 100)), False),
        (series("计划完成率", (98, 99, 120)), False),
        (series("顾客投诉数", (3, 2, -1), unit="件"), True),
        (series("净利润", (3, 2, -1), unit="万元"), False),
    ],
)
def test_impossible(one: KpiSeries, odd: bool) -> None:
    assert bool(list(impossible(draft([one]), CRITERIA))) == odd


def test_two_values_are_a_question() -> None:
    other = series("营业收入", (61240, 73518, 90000), unit="万元", document="d2")
    (found,) = conflict(draft([REVENUE, other], kinds=("report", "annual")), CRITERIA)
    assert found.severity == "warning"
    assert found.message == "“营业收入”2019年的数值有88632万元和90000万元两种。"
    assert found.advice.startswith("请核对：口径是否一致？")
    assert [where.kpi for where in found.where] == [other.id, REVENUE.id]


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ((6.12, 7.35, 8.86), "亿元"),
        ((61240.4, 73518.1, 88632.3), "万元"),
        ((1, 2, 3), "家"),
    ],
)
def test_rounding_and_other_units_are_no_conflict(values: tuple[float, ...], unit: str) -> None:
    other = series("营业收入", values, unit=unit, document="d2")
    assert not list(conflict(draft([REVENUE, other]), CRITERIA))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("三年间营业收入年均增长约20.3%。", False),
        ("三年间营业收入年均增长约24.3%。", True),
        ("2019年营业收入同比增长20.6%。", False),
        ("2019年营业收入同比增长26.0%。", True),
        ("2018年营业收入比上年增长20.0%。", False),
        ("2019年营业收入较2017年增长44.7%。", False),
        ("2019年营业收入同比下降20.6%。", True),
        ("2019年营业收入同比增长约21%。", False),
        ("净利润同比增长99%。", False),
    ],
)
def test_growth(text: str, wrong: bool) -> None:
    held = draft([REVENUE], [passage(), passage(text, "p-2")])
    assert bool(list(growth_wrong(held, CRITERIA))) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2019年顾客满意度比上年提高2.1个百分点。", False),
        ("2019年顾客满意度比上年提高3.1个百分点。", True),
        ("2019年顾客满意度比上年提高2.3%。", False),
    ],
)
def test_points(text: str, wrong: bool) -> None:
    held = draft([series()], [passage(), passage(text, "p-2")])
    assert bool(list(growth_wrong(held, CRITERIA))) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("顾客满意度逐年提高。", False),
        ("顾客满意度逐年下降。", True),
        ("顾客满意度持续稳步上升，投诉逐年下降。", False),
    ],
)
def test_trend_word(text: str, wrong: bool) -> None:
    held = draft([series()], [passage(), passage(text, "p-2")])
    assert bool(list(trend_word(held, CRITERIA))) == wrong


@pytest.mark.parametrize(("text", "digit"), [("92.1%", 0.1), ("1,820", 1.0), ("0.42", 0.01), ("—", 0.0)])
def test_last_digit(text: str, digit: float) -> None:
    assert last_digit(text) == pytest.approx(digit)


def placed(one: KpiSeries, block: int) -> KpiSeries:
    return replace(one, id=f"k-{block}", source=replace(one.source, block=block))


def test_far_apart_or_unknown_is_a_question_and_rows_of_one_table_are_none() -> None:
    half = replace(REVENUE, values={"2019": 30_000.0}, raw={"2019": "30,000"})
    near = replace(REVENUE, values={"2019": 88_132.0}, raw={"2019": "88,132"})
    vague = replace(near, direction="unknown")
    severities = [
        [f.severity for f in conflict(draft([REVENUE, placed(one, 9)]), CRITERIA)]
        for one in (near, half, vague)
    ]
    assert severities == [["warning"], ["note"], ["note"]]
    assert not list(conflict(draft([REVENUE, placed(near, REVENUE.source.block)]), CRITERIA))


def test_many_conflicts_are_one_line_beyond_the_tenth() -> None:
    kpis = [placed(series(f"指标{n}率", (90 - n, 91, 92 + k)), n * 2 + k) for n in range(14) for k in (0, 1)]
    found = list(conflict(draft(kpis), CRITERIA))
    assert len(found) == 11
    assert (found[-1].subject, len(found[-1].where)) == ("数据一致性", 4)
    assert "等 4 项指标" in found[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "行业营业收入同比增长8.4%。",
        "软件产品营业收入同比增长26.0%。",
        "公司计划2020年营业收入同比增长25%。",
        "2019年营业收入88,632万元，利润总额同比增长24.2%。",
        "营业收入和利润总额分别同比增长24.2%和20.6%。",
        "一季度营业收入同比增长31.0%。",
    ],
)
def test_what_is_said_of_something_else_is_not_held_against_the_series(text: str) -> None:
    assert not list(growth_wrong(draft([REVENUE], [passage(text, "p-2", indicator="7.3.1")]), CRITERIA))


def test_a_claim_shows_the_sentence_it_rests_on() -> None:
    told = passage("2019年营业收入同比增长26.0%。", "p-2", indicator="7.3.1")
    held = draft([REVENUE], [passage(identity="p-1", indicator="7.3.1"), told])
    (found,) = growth_wrong(held, CRITERIA)
    assert [where.passage for where in found.where] == ["p-1", "p-2"]
