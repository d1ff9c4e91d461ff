"""Claims without number or source, lists of awards, silence on accidents, years that have not been."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.checks.accidents import says_of_accidents
from models.assessment import TableRecord, Years
from models.document import PartKind
from tests.mapping.kpi_drafts import series
from tests.mapping.process_drafts import report, run, told

# --- much and all without a number ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "通过培训，员工能力显著提升。",
        "投诉量大幅下降，得到客户的一致好评。",
        "新制度已在各单位全面推行。",
        "管理效率明显提高。服务水平明显改善。",
        "质量月活动取得了丰硕成果。",
        "合规培训覆盖全体员工。",
        "全员签订了安全承诺书。",
        "各部门均已完成整改。",
        "改进工作成效显著。",
        "服务得到社会各界的广泛赞誉。",
    ],
)
def test_a_claim_with_nothing_countable_is_a_note(text: str) -> None:
    found = run("claim-without-number", report(told("4.1.3", text, "result")))
    assert [(one.indicator, one.severity) for one in found] == [("4.1.3", "note")]


@pytest.mark.parametrize(
    "text",
    [
        "员工能力显著提升，持证比例由38%升至53%。",
        "员工能力显著提升。持证人员达到412人。",
        "2019年培训412人。员工能力显著提升。",
        "如表4.1-2所示，员工能力显著提升。",
        "新制度全面推行，见《推行方案》。",
        "投诉量下降近一半，改善明显。",
        "为显著提升员工能力，公司开设了技术夜校。",
        "公司将全面推广这一做法。",
        "确保安全责任全面落实。",
        "鼓励全员参与改进。",
        "树立“全员参与”的质量理念。",
        "推行全面质量管理和全员生产维护。",
        "全员劳动生产率按合并口径计算。",
        "形成全员参与的文化氛围。",
        "效果不明显的措施予以停用。",
    ],
)
def test_something_countable_beside_it_an_aim_or_a_name_is_none(text: str) -> None:
    assert not run("claim-without-number", report(told("4.1.3", text)))


def test_what_a_table_of_the_section_shows_is_countable() -> None:
    spoken = told("7.2.1", "顾客满意度显著提升。", "result", path=("7.2",))
    table = told("7.2.1", "顾客满意度\t95.1", "result", kind="table", path=("7.2",))
    assert run("claim-without-number", report(spoken))
    assert not run("claim-without-number", report(spoken, table))


def test_what_a_picture_may_show_is_not_called_without_number_or_method() -> None:
    made = report(
        told("4.1.3", "员工能力显著提升。"), told("1.1.4", _AWARDS, "result"), unseen=["4.1.3", "1.1.4"]
    )
    assert not run("claim-without-number", made)
    assert not run("awards-instead-of-method", made)


def test_claims_to_one_indicator_are_one_line_with_all_places() -> None:
    made = report(
        told("4.1.3", "能力显著提升。"), told("4.1.3", "成效显著。"), told("4.1.4", "满意度大幅提高。")
    )
    assert [(one.indicator, len(one.where)) for one in run("claim-without-number", made)] == [
        ("4.1.3", 2),
        ("4.1.4", 1),
    ]


# --- first, only, leading ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("公司产品市场占有率全国第一。", "warning"),
        ("公司是国内唯一具备该能力的企业。", "warning"),
        ("该技术填补了国内空白。", "warning"),
        ("公司拥有行业最大的服务网络。", "warning"),
        ("本项目为国内首创。", "warning"),
        ("产品性能国际领先。", "note"),
        ("公司技术处于行业领先水平。", "note"),
        ("公司是该领域的行业龙头企业。", "note"),
        ("服务能力在同行业遥遥领先。", "note"),
        ("研发团队国内一流。", "note"),
    ],
)
def test_a_superlative_without_source_is_found(text: str, severity: str) -> None:
    found = run("superlative-without-source", report(told("4.4.2", text, "result")))
    assert [(one.indicator, one.severity) for one in found] == [("4.4.2", severity)]


@pytest.mark.parametrize(
    "text",
    [
        "据行业协会统计，公司产品市场占有率全国第一。",
        "2019年公司产品市场占有率居全国第一。",
        "经省科技厅鉴定，该技术国际领先。",
        "该技术经科技查新，填补了国内空白。",
        "在中国质量协会的测评中，满意度行业第一。",
        "公司的愿景是成为国内领先的服务商。",
        "公司致力于打造行业一流的研发团队。",
        "力争市场占有率全国第一。",
        "开展“争创行业第一”劳动竞赛。",
        "《国际一流企业建设规划》分三步实施。",
        "以行业领先为目标制定计划。",
        "与国际领先企业相比仍有差距。",
        "引进了国际最先进的检测设备。",
        "总经理是安全生产第一责任人。",
        "公司坚持安全第一、质量第一。",
        "接到投诉后第一时间响应。",
        "每台设备有唯一编号。",
        "最大限度减少浪费。",
        "公司获评农业产业化国家重点龙头企业。",
        "领先指标与滞后指标并用。",
    ],
)
def test_a_source_an_aim_a_name_or_another_sense_is_none(text: str) -> None:
    assert not run("superlative-without-source", report(told("4.4.2", text)))


def test_a_note_of_the_section_is_a_source() -> None:
    claim = told("7.2.2", "市场占有率全国第一。", "result", path=("7.2",))
    note = told(None, "注：对比数据取自上市公司年报。", "none", kind="footnote", path=("7.2",))
    assert run("superlative-without-source", report(claim))
    assert not run("superlative-without-source", report(claim, note))


def test_an_overview_is_told_in_a_note() -> None:
    kinds: tuple[PartKind, ...] = ("report", "overview")
    made = report(told("0.2.1", "公司产品市场占有率全国第一。", "none", document="d2"), kinds=kinds)
    assert [(one.document, one.severity) for one in run("superlative-without-source", made)] == [
        ("d2", "note")
    ]


# --- lists of awards --------------------------------------------------------------------------------------

_AWARDS = "公司荣获区长质量奖、用户满意工程先进单位，被评为质量信得过班组，获评北京市著名商标。"


def test_a_list_of_awards_for_a_method_is_a_note() -> None:
    found = run("awards-instead-of-method", report(told("1.1.4", _AWARDS, "result")))
    assert [(one.indicator, one.severity) for one in found] == [("1.1.4", "note")]


def test_results_linked_elsewhere_stay_under_their_heading() -> None:
    linked = told("7.6.3", _AWARDS, "result", under="1.1.2")
    assert [one.indicator for one in run("awards-instead-of-method", report(linked))] == ["1.1.2"]
    assert not run("awards-instead-of-method", report(told("7.6.3", _AWARDS, "result", under="7.6.3")))


def test_awards_beside_a_longer_method_or_one_award_are_none() -> None:
    method = told(
        "1.1.4", "首席质量官主持质量晨会，按《质量红线》审查每个版本，触碰红线的退回，质量奖金按季清算。"
    )
    assert not run("awards-instead-of-method", report(method, told("1.1.4", _AWARDS[:30], "result")))
    one = told("1.1.4", "质量损失率由1.9%降到1.1%，缺陷密度下降四成，公司获评先进单位。", "result")
    assert not run("awards-instead-of-method", report(one))


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


# --- nothing for what had nothing -------------------------------------------------------------------------

_CLEAN = st.sampled_from(
    [
        "公司2019年培训412人次，持证比例升至53%。",
        "安全部每月检查机房，三年内未发生安全事故。",
        "客户经理每季度回访一次。",
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["1.2.1", "2.1.1", "4.1.3", "7.2.1"]), _CLEAN), max_size=5))
def test_clean_text_raises_no_claim(others: list[tuple[str, str]]) -> None:
    made = report(told("1.1.3", "三年内未发生安全事故。"), *(told(node, text) for node, text in others))
    for check in (
        "claim-without-number",
        "superlative-without-source",
        "awards-instead-of-method",
        "accidents-silent",
    ):
        assert not run(check, made)
