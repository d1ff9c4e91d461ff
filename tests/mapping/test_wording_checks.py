"""Repeats, references, remnants, standards, personal data, evidence: what is raised and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.checks.personal import masked, personal, valid_card, valid_identity
from mapping.checks.remnants import remnants
from models.assessment import Assessment, TableRecord
from tests.faults.consistency import identity_number
from tests.mapping.wordings import findings, subjects, submission, told

LONG = (
    "高层每季度主持经营分析会，对照年度目标逐项检查偏差，形成改进清单并指定责任部门，"
    "由企划部按月跟踪至关闭，结果纳入部门考核。"
)
OTHER = (
    "公司每年组织一次供方大会，邀请战略供方介绍新工艺和新材料，"
    "双方共同确定下一年度的联合开发项目和质量目标，会后由采购部跟踪。"
)


# ---- repeats


def test_a_paragraph_told_twice_is_one_line_with_both_places() -> None:
    made = submission(told(LONG), told(OTHER), told(f"此外，{LONG}", "4.1.1"))
    (finding,) = findings("text-repeated", made)
    assert [where.passage for where in finding.where] == ["p-0", "p-2"]
    assert finding.severity == "note"


def test_few_changed_words_are_still_the_same_text() -> None:
    changed = LONG.replace("企划部", "综合管理部").replace("每季度", "每月")
    assert subjects("text-repeated", submission(told(LONG), told(changed)))


@pytest.mark.parametrize(
    "again",
    [
        "公司以“让系统安静地工作”为使命，愿景是做最可托付的建设者。",
        "详见本报告4.1，结果见7.4。",
        LONG[:24] + "并在此基础上开展专项审计，年底向董事会报告整改情况。",
    ],
)
def test_short_repeats_are_legitimate(again: str) -> None:
    assert findings("text-repeated", submission(told(LONG), told(again), told(again, "3.1.1"))) == []


def test_many_repeats_are_a_few_lines() -> None:
    texts = [LONG.replace("高层", f"第{n}事业部的{n}位负责人") + OTHER[n : n + 40] for n in range(1, 9)]
    different = [
        f"{'甲乙丙丁戊己庚辛'[n]}{''.join(chr(0x4E00 + 97 * n + k) for k in range(80))}" for n in range(8)
    ]
    found = findings("text-repeated", submission(*map(told, different), *map(told, different)))
    assert len(found) == 6
    assert "另有 3 段" in found[-1].message
    assert len(findings("text-repeated", submission(*map(told, texts)))) <= 6


def test_text_of_the_overview_in_the_report_is_one_line() -> None:
    overview = [told(LONG, "0.1.1"), told(OTHER, "0.1.2")]
    report = [told(LONG, "1.1.1", document="d2"), told(OTHER, "4.6.1", document="d2")]
    made = submission(*overview, *report, kinds=("overview", "report"))
    (finding,) = findings("overview-repeated", made)
    assert "2 段" in finding.message
    assert len(finding.where) == 4
    assert findings("text-repeated", made) == []


def test_without_an_overview_nothing_is_taken_over_from_it() -> None:
    assert findings("overview-repeated", submission(told(LONG), told(LONG))) == []


def test_what_is_shared_is_quoted_from_the_start_of_its_sentence() -> None:
    made = submission(told(OTHER[8:24]), told(LONG + OTHER), told(f"公司如下运作。{OTHER}"))
    (subject,) = subjects("text-repeated", made)
    assert subject.startswith("公司每年组织一次供方大会")


def test_an_annual_report_may_repeat_the_report() -> None:
    made = submission(told(LONG), told(LONG, document="d2"), kinds=("report", "annual"))
    assert findings("text-repeated", made) == findings("overview-repeated", made) == []


# ---- references and captions


def captioned(*more: str) -> Assessment:
    tables = (
        told("甲\t1", kind="table", context="表7.1-1 质量指标"),
        told("乙\t2", kind="table", context="表7.1-2 服务指标\n单位：%"),
        told("图7.1-1 趋势", kind="caption"),
        told("图7.1-2 对比", kind="caption"),
    )
    return submission(*tables, *map(told, more))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("数据见表7.1-9。", "表7.1-9"),
        ("如图7.2—3所示，逐年上升。", "图7.2-3"),
        ("有关内容详见8.3。", "8.3"),
        ("结果见第 6.4 节。", "6.4"),
        ("改进情况参见第九章。", "第9章"),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(text: str, number: str) -> None:
    assert subjects("reference-broken", captioned(text)) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "数据见表7.1-1和表7.1-2，趋势见图 7.1-1。",
        "结果指标见第7.2节，方法见4.1.2。",
        "运行控制图1,140张，发出报表3.5万份。",
        "按GB/T 19580第9.1条的要求，见ISO 9001:2015 9.3。",
        "意见2.5条，见效3.2个月。",
        "污染物执行GB8978-1996表4中三级标准。",
        "见《质量手册》8.4。",
    ],
)
def test_what_is_there_or_is_no_reference_is_not_named(text: str) -> None:
    assert subjects("reference-broken", captioned(text)) == []


def test_without_captions_of_a_kind_its_references_are_not_judged() -> None:
    assert findings("reference-broken", submission(told("数据见表7.1-9，如图3-1所示。"))) == []


def test_numbers_twice_and_numbers_left_out() -> None:
    names = ("表2-1 甲", "表2-2 乙", "表2-2 丙", "表2-4 丁", "表2-2 乙（续）")
    made = submission(*(told("甲\t1", kind="table", context=name) for name in names))
    assert subjects("caption-number-repeated", made) == ["表2-2", "表2-3"]


def test_a_table_that_goes_on_under_its_caption_is_one() -> None:
    names = ("表2-1 甲", "表2-2 乙", "表2-2 乙")
    assert (
        findings(
            "caption-number-repeated",
            submission(*(told("甲\t1", kind="table", context=name) for name in names)),
        )
        == []
    )


def with_tables(*captions: str) -> Assessment:
    made = submission(*(told("甲\t1", kind="table", context=caption) for caption in captions))
    cells = (("指标", "值"), ("甲", "1"), ("乙", "2"))
    tables = tuple(TableRecord("d1", None, caption, cells, f"p-{n}") for n, caption in enumerate(captions))
    return replace(made, tables=tables)


def test_tables_without_a_number_are_one_note_where_others_have_one() -> None:
    (finding,) = findings("caption-missing-number", with_tables("表1 甲", "主要指标", "", "表2 乙"))
    assert "2 个图表" in finding.message
    assert findings("caption-missing-number", with_tables("主要指标", "")) == []


# ---- remnants and other awards


@pytest.mark.parametrize(
    "text",
    [
        "×××公司成立于2003年",
        "XX集团建立了制度",
        "20XX年完成改造",
        "【请填写公司名称】",
        "【】",
        "（请结合实际说明）",
        "此处插入流程图",
        "单击此处输入文字",
        "结果待补充。",
        "Lorem ipsum dolor",
        "本条应说明组织如何识别风险",
        "〔公司名称〕坚持创新",
        "请简述近三年的改进。",
    ],
)
def test_remnants_of_a_template_are_read(text: str) -> None:
    assert list(remnants(text))


@pytest.mark.parametrize(
    "text",
    [
        "竞争对手A、B公司为代表",
        "某公司的经验",
        "占比XX%",
        "【案例】夜间抢修",
        "【2019】12号文",
        "国营第七○○厂",
        "长×宽×高为3×4×5",
        "y=a×b，XXL号工服",
        "此处不再展开",
        "恳请各位专家指正",
        "拟写待办清单",
        "A公司与客户约定",
        "EXXON公司",
    ],
)
def test_anonymous_names_formulas_and_notes_are_no_remnants(text: str) -> None:
    assert list(remnants(text)) == []


def test_many_anonymous_names_are_a_note() -> None:
    once = submission(told("XX公司成立于2003年。"))
    assert [f.severity for f in findings("template-remnant", once)] == ["warning"]
    often = submission(*(told(f"XX公司第{n}次修订制度。") for n in range(25)))
    assert [f.severity for f in findings("template-remnant", often)] == ["note"]


@pytest.mark.parametrize(
    ("text", "award"),
    [
        ("本报告按照深圳市市长质量奖评价准则编写。", "深圳市市长质量奖"),
        ("公司现申报全国质量奖。", "全国质量奖"),
        ("依据《中国质量奖评审办法》，", "中国质量奖"),
    ],
)
def test_an_award_that_is_applied_for_and_is_another_one(text: str, award: str) -> None:
    assert subjects("other-award", submission(told(text))) == [award]


@pytest.mark.parametrize(
    "text",
    [
        "公司2018年荣获海淀区区长质量奖。",
        "公司计划2022年申报中国质量奖。",
        "本次申报北京市人民政府质量管理奖。",
        "公司获评全国质量奖提名奖。",
        "按照北京市人民政府质量管理奖评价准则编写。",
    ],
)
def test_awards_won_or_planned_and_the_own_one_are_no_fault(text: str) -> None:
    assert findings("other-award", submission(told(text))) == []


# ---- standards


@pytest.mark.parametrize(
    "text",
    [
        "按照ISO 9001:2008建立体系。",
        "通过OHSAS18001认证。",
        "依据GB/T 19580—2004自评。",
        "执行ISO14001：2004要求。",
    ],
)
def test_old_editions_are_named_with_what_holds_now(text: str) -> None:
    (finding,) = findings("standard-outdated", submission(told(text)))
    assert "已由" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "2010年通过ISO 9001:2008认证，2017年换版。",
        "公司完成ISO 9001:2008向ISO 9001:2015的转换。",
        "2012年取得OHSAS 18001证书。",
        "执行ISO 9001:2015和GB/T 19580-2012。",
        "通过ISO/IEC 27001:2013认证。",  # replaced after the years of the report
        "依据GB/T 45001-2020建设。",
    ],
)
def test_history_and_editions_in_force_are_no_fault(text: str) -> None:
    assert findings("standard-outdated", submission(told(text))) == []


# ---- personal data


def test_personal_data_are_named_with_the_middle_hidden() -> None:
    number = identity_number("11010119700101123")
    made = submission(told(f"身份证{number}，手机13800005678，邮箱wang@qq.com"))
    said = "".join(f.message + f.subject for f in findings("personal-data", made))
    assert "138****5678" in said
    assert "w***@qq.com" in said
    assert number not in said
    assert "13800005678" not in said


@pytest.mark.parametrize(
    "text",
    [
        "编号110101197001011230",  # the check character does not fit
        "服务热线010-62345678，400-810-8888",
        "合同编号20190312345678",
        "邮箱service@example.com.cn",
        "专利号ZL201910123456.7",
        "产量13800005678901件",
        "统一社会信用代码91110108MA01ABCD2X",
        "订单6222021001116245700",
    ],
)
def test_numbers_that_are_no_personal_data(text: str) -> None:
    assert list(personal(text)) == []


@given(st.integers(min_value=0, max_value=10**17 - 1))
def test_one_of_eleven_check_characters_fits(number: int) -> None:
    first = f"{number:017d}"
    assert sum(valid_identity(first + last) for last in "0123456789X") == 1


@given(st.from_regex(r"62[0-9]{13}", fullmatch=True))
def test_one_of_ten_check_digits_of_a_card_fits(first: str) -> None:
    assert sum(valid_card(first + str(last)) for last in range(10)) == 1


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_the_hidden_form_keeps_the_length(number: str) -> None:
    assert len(masked(number)) == len(number)
    assert "****" in masked(number)


# ---- evidence

LIST = ("证实性材料目录", "1 营业执照", "2 ISO 9001质量管理体系证书", "3 “首都文明单位”奖牌")


@pytest.mark.parametrize(
    "claim",
    [
        "公司通过ISO 22301认证。",
        "公司荣获“全国工人先锋号”称号。",
        "公司拥有发明专利86件。",
        "取得安全生产许可证。",
    ],
)
def test_claims_that_the_list_does_not_name_are_one_note(claim: str) -> None:
    (finding,) = findings(
        "evidence-not-listed", submission(told(claim), kinds=("report", "evidence"), evidence=LIST)
    )
    assert finding.severity == "note"


@pytest.mark.parametrize("claim", ["公司通过ISO 9001认证。", "公司获评“首都文明单位”。", "公司建立了制度。"])
def test_claims_that_the_list_names_are_not_raised(claim: str) -> None:
    made = submission(told(claim), kinds=("report", "evidence"), evidence=LIST)
    assert findings("evidence-not-listed", made) == []


def test_without_evidence_handed_in_nothing_is_asked() -> None:
    assert findings("evidence-not-listed", submission(told("公司通过ISO 22301认证。"))) == []
