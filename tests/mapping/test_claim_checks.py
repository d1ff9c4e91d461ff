"""Claims without number or source, and lists of awards."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.document import PartKind
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
