"""Checks of who does it, how often, how it is improved, and how much is told."""

from __future__ import annotations

import pytest

from tests.mapping.process_drafts import report, run, told

# --- owner and period -------------------------------------------------------------------------------------

_NO_OWNER = (
    "隐患台账每季度审议一次，42个岗位的职责写成“可做、禁做、应急做”三栏，"
    "安全投入单列预算，按《办法》提级调查，检查14处。"
)
_NO_PERIOD = (
    "安委会审议隐患台账，42个岗位的职责写成“可做、禁做、应急做”三栏，"
    "安全投入单列预算，驻场工程师须接受登高实操训练，按《办法》提级调查事故。"
)


def test_who_and_how_often_are_one_note_for_an_item() -> None:
    made = report(told("1.1.3", _NO_OWNER), told("1.1.4", _NO_OWNER), told("1.2.1", _NO_OWNER))
    found = run("no-owner", made)
    assert [(one.subject, one.severity, len(one.where)) for one in found] == [
        ("1.1", "note", 2),
        ("1.2", "note", 1),
    ]
    assert not run("no-frequency", made)
    assert [one.subject for one in run("no-frequency", report(told("1.1.3", _NO_PERIOD)))] == ["1.1"]
    assert not run("no-owner", report(told("1.1.3", _NO_PERIOD)))


@pytest.mark.parametrize(
    "owner", ["由安全部负责", "安委会审定", "总裁主持", "各车间执行", "设专员跟踪", "工会监督"]
)
def test_any_owner_will_do(owner: str) -> None:
    assert not run("no-owner", report(told("1.1.3", _NO_OWNER + owner + "。")))


@pytest.mark.parametrize(
    "period", ["每年两次", "按季度", "逐月", "召开周例会", "年底总结", "全年共检查12次", "三年一次", "实时"]
)
def test_any_period_will_do(period: str) -> None:
    assert not run("no-frequency", report(told("1.1.3", _NO_PERIOD + period + "。")))


def test_regularly_is_no_period() -> None:
    assert run("no-frequency", report(told("1.1.3", _NO_PERIOD + "定期检查。")))


def test_a_short_passage_is_not_asked_for_owner_and_period() -> None:
    short = report(told("1.1.3", "按《办法》检查14处。"))
    assert not run("no-owner", short)
    assert not run("no-frequency", short)


# --- learning ---------------------------------------------------------------------------------------------

_ONCE = (
    "公司按依存度和增长潜力把供方、渠道、科研机构分成四层，战略层由副总裁任责任人，已确定战略级对象17个。" * 3
)


def test_an_item_without_a_look_back_is_a_note() -> None:
    found = run("no-learning-cycle", report(told("4.6.1", _ONCE)))
    assert [(one.subject, one.severity) for one in found] == [("4.6", "note")]


@pytest.mark.parametrize(
    "more",
    [
        "2018年评审后把四层改为三层。",
        "分类办法每年评价、修订一次。",
        "年末复盘分类标准并作调整。",
        "分层由两层发展为四层。",
        "2019年根据供方反馈优化了评分表。",
        "经过三年来的对标，简化了准入程序。",
        "2019年起停用了观察层。",
        "准入材料每两年精简一次。",
        "2018年把准入环节从五个压到两个。",
    ],
)
def test_a_look_back_with_a_date_or_a_before_is_enough(more: str) -> None:
    assert not run("no-learning-cycle", report(told("4.6.1", _ONCE + more)))


def test_a_look_back_under_the_heading_of_the_item_counts() -> None:
    elsewhere = told("6.2.1", "2018年评审后修订了分层办法。", under="4.6")
    assert not run("no-learning-cycle", report(told("4.6.1", _ONCE), elsewhere))


def test_many_items_are_one_line() -> None:
    made = report(*(told(node, _ONCE) for node in ("1.3.1", "3.1.1", "4.2.1", "4.6.1")))
    found = run("no-learning-cycle", made)
    assert [one.subject for one in found] == ["1.3、3.1、4.2、4.6"]
    assert len(found[0].where) == 4


# --- thin -------------------------------------------------------------------------------------------------


def test_a_few_words_to_many_points_are_a_note() -> None:
    thin = (told("3.2.2", "每年调查顾客满意度。"), told("3.2.2", "2019年调查286家。", "deployment"))
    found = run("thin-indicator", report(*thin))
    assert [(one.indicator, one.severity) for one in found] == [("3.2.2", "note")]
    assert "22 字" in found[0].message
    assert not run("thin-indicator", report(*thin, told("3.2.2", "问卷按客户类别分设。" * 20)))
    assert not run("thin-indicator", report(thin[0]))


# --- fairness ---------------------------------------------------------------------------------------------

ABSENCES = (
    ("no-owner", (told("1.1.3", _NO_OWNER),)),
    ("no-frequency", (told("1.1.3", _NO_PERIOD),)),
    ("no-learning-cycle", (told("1.1.3", _ONCE),)),
    ("thin-indicator", (told("1.1.3", "每年检查。"), told("1.1.3", "2019年检查14处。", "deployment"))),
)
