"""Totals against their parts, shares against a hundred."""

from __future__ import annotations

import pytest

from mapping.criteria import load_criteria
from models.assessment import Finding, TableRecord
from tests.mapping.kpi_drafts import checked, draft
from tests.nlp.layouts import grid

CRITERIA = load_criteria()
sums = checked("kpi-sum-wrong")


def found_in(text: str, caption: str = "表 各产品收入（万元）") -> list[Finding]:
    return list(sums(draft(tables=[TableRecord("d1", 3, caption, grid(text).grid(), None)]), CRITERIA))


RIGHT = {
    "rows": """产品 | 2018年 | 2019年
        软件 | 1,200 | 1,350
        服务 | 800 | 910.5
        合计 | 2,000 | 2,260.5""",
    "rounded parts": """产品 | 2018年 | 2019年
        软件 | 33.3% | 33.3%
        服务 | 33.3% | 33.4%
        其他 | 33.3% | 33.3%
        合计 | 100% | 100%""",
    "of which": """项目 | 2018年 | 2019年
        职工薪酬 | 900 | 1,000
        其中：工资 | 700 | 760
        奖金 | 200 | 240
        折旧 | 100 | 120
        合计 | 1,000 | 1,120""",
    "rows that part the one above without saying so": """账龄 | 余额
        1年以内 | 480
        3年以上 | 20
        3至4年 | 8
        5年以上 | 12
        合计 | 500""",
    "subtotals": """项目 | 2019年
        铁路 | 10
        公路 | 20
        运输小计 | 30
        电力 | 7
        水务 | 3
        市政小计 | 10
        合计 | 40""",
    "something taken off": """项目 | 2019年
        板块一 | 160
        板块二 | 150
        内部抵销 | 20
        合计 | 290""",
    "rates and means": """产品 | 毛利率 | 满意度平均
        软件 | 40% | 90
        服务 | 20% | 95
        合计 | 35% | 93""",
    "a total of another thing": """项目 | 人数
        培训一 | 30
        培训二 | 40
        总数 | 1,200""",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_no_question_where_some_way_of_adding_fits(text: str) -> None:
    assert found_in(text) == []


def test_a_slip_in_one_column_is_asked_about() -> None:
    (found,) = found_in(RIGHT["rows"].replace("2,260.5", "2,360.5"))
    assert (found.severity, found.subject) == ("warning", "表 各产品收入（万元）")
    assert "“合计”为 2,360.5，各项之和为 2,260.5" in found.message


def test_a_table_that_adds_up_nowhere_was_not_understood() -> None:
    assert found_in(RIGHT["rows"].replace("800", "950").replace("910.5", "990")) == []


def test_the_only_column_is_a_note() -> None:
    (found,) = found_in(RIGHT["something taken off"].replace("290", "280"))
    assert found.severity == "note"


def test_totals_at_the_right() -> None:
    text = """产品 | 一季度 | 二季度 | 合计
        软件 | 100 | 120 | 220
        服务 | 80 | 90 | 190"""
    (found,) = found_in(text)
    assert "服务：“合计”为 190，各项之和为 170" in found.message


@pytest.mark.parametrize(("share", "notes"), [("25.1", 0), ("29", 1)])
def test_shares_of_a_whole(share: str, notes: int) -> None:
    text = f"""客户群 | 收入占比
        政务 | 45.0
        金融 | 29.9
        其他 | {share}"""
    assert len(found_in(text, "表 客户构成")) == notes
    assert found_in(text, "表 客户情况") == []
