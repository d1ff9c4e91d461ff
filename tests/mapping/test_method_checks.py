"""Checks of what is told instead of a method."""

from __future__ import annotations

import pytest

from models.assessment import NodeAnswer
from tests.mapping.process_drafts import CRITERIA, METHOD, WORK, report, run, told

EXAMPLE = "例如，2019年3月某客户反映系统变慢，工程师连夜赶到现场处理，客户非常满意。"
FINE = "公司高度重视安全生产，始终把安全放在首位，不断强化安全意识，积极推进安全文化，努力营造良好氛围。"


# --- an example in place of the process -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        "比如春节前夕，值班员发现线路老化，及时更换，避免了断电。",
        "典型案例：锅炉房改造后，员工不再需要进入高温区。",
        "以天津项目为例，项目经理主动公示了工期。",
        "某次汛期，值守人员发现积水后立即断电。",
        "案例一：采购员退回供应商礼金。",
        "公司很重视这项工作。例如，去年有员工主动上交了礼品卡。",
        "（1）如2019年在武汉，驻场工程师及时排除了险情。",
    ],
)
def test_an_example_that_opens_is_found(text: str) -> None:
    found = run("example-for-process", report(told("1.1.3", text, "deployment")))
    assert [(one.indicator, one.severity) for one in found] == [("1.1.3", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        METHOD + EXAMPLE,
        "客服部负责受理投诉。例如，2019年3月某客户反映系统变慢，当天处理完毕。",
        "公司制定了投诉处理办法。典型案例：某客户的投诉当天办结。",
        "每月召开例会，某次会上提出了改进要求。",
        "如下图所示，投诉处理分受理、处置、回访三步。",
        "如何保证安全，公司有明确规定：安全部每月检查一次。",
        "2019年3月，安全部组织检查14处。",
        "如在检查中发现隐患，安全部责令整改。",
        "案例分享会每月举行一次。",
        "拿到投诉后，客服部当天答复。",
    ],
)
def test_a_method_before_the_example_is_none(text: str) -> None:
    assert not run("example-for-process", report(told("1.1.3", text)))


def test_an_example_before_a_longer_method_is_none_and_before_a_short_one_a_note() -> None:
    shown = told("1.1.3", EXAMPLE, "deployment")
    assert not run("example-for-process", report(shown, told("1.1.3", METHOD)))
    found = run("example-for-process", report(shown, told("1.1.3", "安全部每月检查。")))
    assert [one.severity for one in found] == ["note"]


def test_a_case_in_a_box_and_a_table_open_nothing() -> None:
    box = told("1.1.3", "典型案例：某次演练。", "deployment", kind="text_box")
    assert not run("example-for-process", report(box, told("1.1.3", METHOD)))


# --- the words of the criteria ----------------------------------------------------------------------------


@pytest.mark.parametrize("node", ["1.1.2", "1.3.2", "3.2.2", "4.1.3", "4.3.3", "5.1.2", "6.1.1", "6.2.1"])
def test_the_requirements_given_back_are_found(node: str) -> None:
    points = [
        point.text.replace("如何", "").replace("组织", "公司")
        for point in CRITERIA.indicator(node).requirements
    ]
    found = run("criteria-parroted", report(told(node, "公司" + "".join(points))))
    assert [(one.indicator, one.severity) for one in found] == [(node, "warning")]


def test_the_question_before_an_answer_of_ones_own_is_none() -> None:
    question = CRITERIA.indicator("1.1.3").requirements[0].text
    made = report(told("1.1.3", f"（1）{question}", "none"), told("1.1.3", METHOD), told("1.1.3", WORK))
    assert not run("criteria-parroted", made)
    assert not run("criteria-parroted", report(told("1.1.3", f"（1）{question}", "none")))


def test_repeated_words_beside_a_picture_are_a_note_and_a_person_s_word_ends_it() -> None:
    copied = told("1.1.3", "高层领导策划和推动安全生产工作，依法履行安全生产职责。")
    assert [one.severity for one in run("criteria-parroted", report(copied, unseen=["1.1.3"]))] == ["note"]
    said = NodeAnswer("1.1.3", "elsewhere", "见附件。")
    assert not run("criteria-parroted", report(copied, answers=[said]))


def test_one_sentence_in_the_words_of_the_criteria_is_none() -> None:
    opening = "高层领导策划和推动安全生产工作，依法履行安全生产职责。"
    assert not run("criteria-parroted", report(told("1.1.3", opening + METHOD + WORK)))
    assert not run("criteria-parroted", report(told("1.1.3", opening), told("1.1.3", METHOD)))


# --- fine words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        FINE,
        "公司十分重视这项工作，认真贯彻上级精神，着力提升管理水平，不断取得新的进步。",
        "我们始终坚持以人为本，大力弘扬企业精神，持续凝聚发展力量。",
        "公司不断健全安全生产管理体系，扎实推进各项制度建设，切实加强管理。",
        "高层领导高度重视，亲自推动，狠抓落实，常抓不懈，安全工作稳步提升。",
        "公司建立健全完善的管理体系，积极加强过程管控，进一步夯实管理基础。",
    ],
)
def test_fine_words_alone_are_found(text: str) -> None:
    made = report(told("1.1.3", text))
    assert [one.indicator for one in run("how-unanswered", made)] == ["1.1.3"]
    assert not any(run(other, made) for other in ("process-without-evidence", "no-owner", "no-frequency"))


@pytest.mark.parametrize(
    "text",
    [
        FINE + METHOD,
        FINE + "安全部负责检查。",
        FINE + "每月检查一次。",
        FINE + "2019年整改隐患31项。",
        FINE + "公司制定了《安全生产责任清单》。",
        FINE + "检查分自查、互查、抽查三步。",
        FINE + "公司建立了隐患分级治理制度。",
        "安全部检查机房。",
    ],
)
def test_one_thing_that_can_be_looked_at_is_enough(text: str) -> None:
    assert not run("how-unanswered", report(told("1.1.3", text)))


def test_what_stands_under_the_heading_counts_whatever_it_answers() -> None:
    other = told("1.3.1", "安全部每月检查。", under="1.1.3")
    assert run("how-unanswered", report(told("1.1.3", FINE)))
    assert not run("how-unanswered", report(told("1.1.3", FINE, under="1.1.3"), other))


# --- a process without figure, date, document or example --------------------------------------------------

_BARE = (
    "安全部每月检查机房和驻场点，发现问题当场督促整改，"
    "隐患由各部门负责人逐项销号，结果纳入年度考核，逐级落实。"
)
_BARE_WORK = "各部门已按要求组织排查，驻场工程师都接受了急救培训，节假日期间由副总裁带班值守。"


def test_a_told_process_without_any_evidence_is_a_note() -> None:
    made = report(told("1.1.3", _BARE), told("1.1.3", _BARE_WORK, "deployment"))
    assert [(one.indicator, one.severity) for one in run("process-without-evidence", made)] == [
        ("1.1.3", "note")
    ]


@pytest.mark.parametrize(
    "more",
    ["2019年检查。", "见《安全手册》。", "按ISO 45001管理。", "例如，春节前更换了插排。", "完成率为98%。"],
)
def test_one_figure_document_or_example_is_evidence(more: str) -> None:
    made = report(told("1.1.3", _BARE), told("1.1.3", _BARE_WORK + more, "deployment"))
    assert not run("process-without-evidence", made)


def test_where_deployment_is_not_found_that_is_the_line() -> None:
    assert not run("process-without-evidence", report(told("1.1.3", _BARE)))


def test_figures_in_a_table_are_evidence() -> None:
    table = told("1.1.3", "检查次数\t12", "deployment", kind="table")
    made = report(told("1.1.3", _BARE), told("1.1.3", _BARE_WORK, "deployment"), table)
    assert not run("process-without-evidence", made)


# --- fairness ---------------------------------------------------------------------------------------------

ABSENCES = (
    ("example-for-process", (told("1.1.3", EXAMPLE, "deployment"),)),
    ("how-unanswered", (told("1.1.3", FINE),)),
    ("process-without-evidence", (told("1.1.3", _BARE), told("1.1.3", _BARE_WORK, "deployment"))),
)
