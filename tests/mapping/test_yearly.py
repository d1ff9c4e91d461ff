"""A yearly report beside the one before: same words, restated values, announcements; and hints."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.checks import run_checks
from mapping.criteria import load_criteria
from mapping.yearly.comparison import compare_years
from mapping.yearly.hints import event_of, find_hints
from mapping.yearly.kpi_years import compare_kpis
from mapping.yearly.promises import follow_promises
from mapping.yearly.same_text import same_passages, same_share
from models.annual import AnnualRecord, CoveredYear, OrganisationName
from models.assessment import Assessment, Finding, PassageRecord
from models.kpi import KpiSeries
from tests.mapping.kpi_drafts import draft, passage, series

CRITERIA = load_criteria()
TOLD = (
    "质量管理部每季度组织跨部门评审，对照年度目标逐项检查完成情况，形成改进清单，下季度评审时先核对上次清单。"
)
OTHER = "人力资源部建立双通道晋升制度，技术序列与管理序列各设七级，员工每两年可申请一次转换。"


def annual(
    *passages: PassageRecord, kpis: tuple[KpiSeries, ...] = (), year: str = "2020", sure: bool = True
) -> Assessment:
    record = AnnualRecord(
        "d1",
        CoveredYear(year, "title", f"{year}年度自我评价报告", 1, sure, () if sure else ("2019",)),
        OrganisationName("云麓有限公司", "cover", "云麓有限公司", 1, True),
    )
    return replace(draft(kpis, passages, kinds=("annual",)), annual=(record,))


def found(assessment: Assessment, check: str) -> list[Finding]:
    return [one for one in run_checks(assessment, CRITERIA) if one.check == check]


def due(assessment: Assessment, year: str) -> Assessment:
    return replace(assessment, annual=(replace(assessment.annual[0], due=year),))


def beside(this: Assessment, last: Assessment) -> Assessment:
    comparison = compare_years(this, last)
    assert comparison is not None
    return replace(this, annual=(replace(this.annual[0], comparisons=(comparison,)),))


# --- same text


def test_the_same_words_and_nearly_the_same_are_found() -> None:
    near = TOLD.replace("逐项检查", "逐项认真检查")
    same = same_passages([passage(TOLD, "a"), passage(near, "b"), passage(OTHER, "c")], [passage(TOLD, "z")])
    assert [(one.passage, one.last_passage) for one in same] == [("a", "z"), ("b", "z")]
    assert same[0].likeness == 1.0 > same[1].likeness


def test_last_years_words_with_this_years_figures_are_not_the_same_text() -> None:
    last = (
        "2019年共开展质量改进项目46项，节约成本382万元，顾客满意度达到91.2分，比上年提高1.3分，投诉减少18件。"
    )
    this = (
        "2020年共开展质量改进项目52项，节约成本417万元，顾客满意度达到92.8分，比上年提高1.6分，投诉减少21件。"
    )
    assert same_passages([passage(this, "a")], [passage(last, "z")]) == ()
    assert same_passages([passage(last, "a")], [passage(last, "z")]) != ()


def test_tables_and_short_lines_are_no_running_text() -> None:
    short = passage("以顾客为中心。", "s")
    table = passage(TOLD, "t", kind="table")
    assert same_passages([short, table], [short, table]) == ()


@settings(max_examples=25)
@given(
    st.lists(
        st.text("质量改进评审顾客过程年度目标责任清单检查员工设备", min_size=40, max_size=80),
        max_size=8,
        unique=True,
    )
)
def test_a_report_beside_itself_is_the_same_all_over(texts: list[str]) -> None:
    passages = [passage(text, str(n)) for n, text in enumerate(texts)]
    same = same_passages(passages, passages)
    assert [one.passage for one in same] == [one.id for one in passages]
    assert same_share(same, passages) == (1.0 if passages else 0.0)


# --- figures


def test_a_restated_value_is_found_and_rounding_is_none() -> None:
    last = [series(years=("2018", "2019")), series("投诉数", (8.0, 6.0), unit="件", years=("2018", "2019"))]
    this = [
        series(values=(92.0, 93.0, 95.1), years=("2018", "2019", "2020")),
        series("投诉数", (8.04, 6.0), unit="件", years=("2018", "2019"), raw={"2018": "8", "2019": "6"}),
    ]
    changes = compare_kpis(this, last).changes
    assert [(one.name, one.year, one.now, one.before) for one in changes] == [
        ("顾客满意度", "2018", "92%", "91.2%")
    ]


def test_a_value_in_another_unit_of_ten_thousands_is_the_same() -> None:
    last = [series("营业收入", (12.35,), unit="亿元", years=("2019",))]
    this = [series("营业收入", (123500.0,), unit="万元", years=("2019",))]
    assert compare_kpis(this, last).changes == ()


def test_a_series_that_is_not_found_again_is_lost_and_one_told_in_words_is_not() -> None:
    last = [series("准时交付率"), series("通话次数", kind="prose")]
    assert [one.name for one in compare_kpis([series()], last).lost] == ["准时交付率"]


def test_names_that_stand_several_times_with_other_values_are_left_out() -> None:
    twice = [series(values=(80.0,), years=("2019",)), series(values=(90.0,), years=("2019",), identity="k-2")]
    assert compare_kpis([series(values=(85.0,), years=("2019",))], twice).changes == ()


# --- announcements


def test_an_announcement_comes_back_in_other_words_or_is_open() -> None:
    last = [passage("下一步，公司将建设供应商协同平台，实现订单数据互通。今后拟改造老旧配电设施。", "z")]
    this = [passage("供应商协同平台已于6月上线，订单数据与主要供方互通。", "a"), passage(OTHER, "b")]
    first, second = follow_promises(this, last)
    assert (first.answers, second.answers) == (("a",), ())
    assert second.sentence.endswith("配电设施")


def test_what_is_done_every_year_announces_nothing() -> None:
    last = [
        passage("公司将质量指标纳入各部门绩效考核，由质量部检查并提升水平。公司将要求分解到班组并完善记录。")
    ]
    assert follow_promises([], last) == ()


# --- findings


def test_the_wrong_year_is_an_error_only_where_it_is_sure() -> None:
    assert found(due(annual(), "2020"), "annual-year-wrong") == []
    (wrong,) = found(due(annual(), "2021"), "annual-year-wrong")
    assert wrong.severity == "error"
    assert "2022-03-31（星期四）" in wrong.advice
    (unsure,) = found(due(annual(sure=False), "2021"), "annual-year-wrong")
    assert unsure.severity == "note"


def test_nobody_asked_for_a_year_nothing_is_said() -> None:
    assert found(annual(), "annual-year-wrong") == []


def test_what_the_comparison_shows_is_told_in_notes() -> None:
    last = annual(
        *(passage(f"{TOLD}{n}", f"z{n}") for n in "甲乙丙"),
        passage("下一步，公司将建设供应商协同平台，实现订单数据互通。", "p"),
        kpis=(series(years=("2017", "2018", "2019")), series("准时交付率")),
        year="2019",
    )
    this = annual(
        *(passage(f"{TOLD}{n}", f"a{n}") for n in "甲乙丙"),
        kpis=(series(values=(92.0, 95.1), years=("2018", "2019")),),
    )
    findings = [one for one in run_checks(beside(this, last), CRITERIA) if one.check.startswith("annual-")]
    assert {one.check for one in findings} == {
        "annual-kpi-restated",
        "annual-kpi-gone",
        "annual-same-text",
        "annual-promise-open",
    }
    assert {one.severity for one in findings} == {"note"}
    assert not any("缺失" in one.message + one.advice for one in findings)


def test_a_report_that_speaks_of_last_year_has_its_comparison() -> None:
    assert found(annual(passage("投诉件数较上年下降两成。")), "annual-no-comparison") == []


@pytest.mark.parametrize(("years", "raised"), [(("2018", "2019"), 0), (("2019",), 1)])
def test_figures_of_two_years_side_by_side_are_a_comparison(years: tuple[str, ...], raised: int) -> None:
    made = annual(kpis=(series(years=years, values=(92.0, 95.1)[: len(years)]),))
    assert len(found(made, "annual-no-comparison")) == raised


def test_an_award_report_is_no_last_years_report() -> None:
    report = draft((series("准时交付率"),), (passage(TOLD, "z"),), kinds=("report",))
    comparison = compare_years(annual(passage(TOLD, "a")), report)
    assert comparison is not None
    assert (comparison.kind, comparison.year, len(comparison.same)) == ("report", None, 1)
    assert compare_years(report, report) is None


# --- hints


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("7月，二车间发生一起机械伤害事故，1名员工骨折", ("accident", "safety")),
        ("公司被区生态环境局罚款5万元", ("penalty", "environment")),
        ("客户将公司诉至法院，一审判决赔偿18万元", ("lawsuit", "quality")),
        ("食堂发生食物中毒，27人送医", ("accident", "health")),
    ],
)
def test_what_happened_is_a_hint(sentence: str, told: tuple[str, str]) -> None:
    assert event_of(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "全年未发生重大质量、安全、环保和卫生事故",
        "6月组织火灾应急演练，模拟仓库起火",
        "一旦发生质量事故，由质量部启动追溯",
        "制定《生产安全事故报告和调查处理办法》",
        "对来料不合格的供方给予罚款并约谈其负责人",
        "组织学习同行业爆炸事故案例",
    ],
)
def test_what_did_not_happen_is_none(sentence: str) -> None:
    assert event_of(sentence) is None


def test_hints_carry_the_sentence_and_counts_above_nought() -> None:
    accident = series("安全生产事故数", (0.0, 1.0), unit="起", years=("2019", "2020"))
    rate = series("事故率", (1.0, 1.0), unit="‰", years=("2019", "2020"))
    text = passage("全年未发生火灾。7月，二车间发生一起机械伤害事故，1名员工骨折。", "a")
    hints = find_hints(annual(text, kpis=(accident, rate)))
    assert hints[0].sentence == "7月，二车间发生一起机械伤害事故，1名员工骨折"
    assert [("安全生产事故数" in hint.sentence) for hint in hints] == [False, True]


def test_hints_are_for_the_office_alone() -> None:
    text = passage("7月，二车间发生一起机械伤害事故，1名员工骨折。", "a")
    told = " ".join(one.message + one.advice for one in run_checks(due(annual(text), "2020"), CRITERIA))
    assert "机械伤害" not in told
