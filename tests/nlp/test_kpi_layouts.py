"""Layouts of KPI tables: what is read from each.

A layout is a caption, a table in the notation of ``layouts.grid``, and the series wanted, a line each:
``name [unit] 2017=1 2018=2 ; target 2019=3 ; 竞争对手A 2019=4``;
a line that starts with + goes on with the one above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from mapping.glossary import load_glossary
from models.kpi import KpiSeries
from nlp.kpis import extract_kpis
from tests.nlp.layouts import caption, paragraph, part_of, table_block

YEARS = ("2017", "2018", "2019")
GLOSSARY = load_glossary()


@dataclass(frozen=True)
class Layout:
    caption: str
    table: str
    series: str
    note: str = ""


LAYOUTS = {
    "years in columns, unit column, target and comparisons without a year": Layout(
        "表7.1-1 主要产品质量指标",
        """指标 | 单位 | 2017年 | 2018年 | 2019年 | 2019年目标 | 竞争对手A | 行业标杆
        交付后缺陷密度 | 个/千行 | 0.42 | 0.31 | 0.22 | ≤0.25 | 0.38 | 0.18
        上线一次成功率 | % | 91.5 | 94.2 | 96.8 | 96 | 92.5 | —""",
        """交付后缺陷密度 [个/千行] 2017=0.42 2018=0.31 2019=0.22 ; target 2019=0.25 ;
        + 竞争对手A 2019=0.38 ; 行业标杆 2019=0.18
        上线一次成功率 [%] 2017=91.5 2018=94.2 2019=96.8 ; target 2019=96 ; 竞争对手A 2019=92.5""",
    ),
    "two-level header: own over years, comparison over parties": Layout(
        "表7.1-2 服务水平",
        """指标 | 单位 | 本公司实绩 | < | < | 2019年对比 | <
        ^ | ^ | 2017年 | 2018年 | 2019年 | 竞争对手A | 竞争对手B
        事件按时解决率 | % | 93.8 | 95.9 | 97.6 | 94.1 | 95.2""",
        "事件按时解决率 [%] 2017=93.8 2018=95.9 2019=97.6 ; 竞争对手A 2019=94.1 ; 竞争对手B 2019=95.2",
    ),
    "two-level header: own and benchmark over the same years": Layout(
        "表7.3-2 盈利质量",
        """指标 | 单位 | 本公司 | < | < | 行业平均 | < | <
        ^ | ^ | 2017年 | 2018年 | 2019年 | 2017年 | 2018年 | 2019年
        净资产收益率 | % | 14.2 | 15.1 | 16.3 | 11.8 | 12.0 | 12.4""",
        "净资产收益率 [%] 2017=14.2 2018=15.1 2019=16.3 ; 行业平均 2017=11.8 2018=12.0 2019=12.4",
    ),
    "target and actual under each year": Layout(
        "表6 关键绩效指标",
        """关键绩效指标 | 计量单位 | 2018年 | < | 2019年 | < | 标杆值
        ^ | ^ | 目标 | 实际 | 目标 | 实际 | ^
        设备完好率 | % | 96 | 96.5 | 97 | 97.2 | 98
        现金流量净额 | 万元 | 1,000 | （860） | 1,200 | 1,350 | 2,000""",
        """设备完好率 [%] 2018=96.5 2019=97.2 ; target 2018=96 2019=97 ; 标杆值 2019=98
        现金流量净额 [万元] 2018=-860 2019=1350 ; target 2018=1000 2019=1200 ; 标杆值 2019=2000""",
    ),
    "years in rows, units in the names, target and competitor rows": Layout(
        "表7.2-3 市场拓展情况",
        """年份 | 新签合同额（万元） | 投标中标率（%）
        2017年 | 68,950 | 33.4
        2018年 | 82,370 | 37.2
        2019年 | 101,460 | 41.5
        2019年目标 | 98,000 | 40.0
        2019年竞争对手A | 134,200 | 38.6
        华测仪表 | 99,000 | —""",
        """新签合同额 [万元] 2017=68950 2018=82370 2019=101460 ; target 2019=98000 ;
        + 竞争对手A 2019=134200 ; 华测仪表 2019=99000
        投标中标率 [%] 2017=33.4 2018=37.2 2019=41.5 ; target 2019=40 ; 竞争对手A 2019=38.6""",
    ),
    "one KPI, parties in rows, name and unit in the caption": Layout(
        "表7.4-2 设备综合效率对比（单位：%）",
        """项目 | 2017年 | 2018年 | 2019年
        本公司 | 76.4 | 78.8 | 81.0
        北辰精工 | 74.0 | 76.4 | 78.6
        国际标杆（德国K公司） | 77.1 | 79.5 | 81.7""",
        "设备综合效率 [%] 2017=76.4 2018=78.8 2019=81.0 ; 北辰精工 2017=74.0 2018=76.4 2019=78.6"
        " ; 国际标杆（德国K公司） 2017=77.1 2018=79.5 2019=81.7",
    ),
    "unit in the caption, empty first cell, plain years": Layout(
        "表7.3-1 主要经营成果（单位：万元）",
        """ | 2017 | 2018 | 2019
        营业收入 | 61,240 | 73,518 | 88,632
        净利润 | 5,206 | 6,543 | 8,243""",
        """营业收入 [万元] 2017=61240 2018=73518 2019=88632
        净利润 [万元] 2017=5206 2018=6543 2019=8243""",
    ),
    "merged first column of classes, index column": Layout(
        "表 顾客结果",
        """序号 | 类别 | 指标（单位） | 2018年 | 2019年 | 目标 | 竞争对手 | 标杆
        1 | 满意 | 顾客满意度（分） | 88.6 | 89.9 | ≥89 | 85 | 91
        2 | ^ | 顾客忠诚度（%） | 81.3 | 83.0 | 82 | / | 85
        3 | 投诉 | 投诉处理及时率（%） | 95.8 | 97 | 96 | 94 | 98""",
        """顾客满意度 [分] 2018=88.6 2019=89.9 ; target 2019=89 ; 竞争对手 2019=85 ; 标杆 2019=91
        顾客忠诚度 [%] 2018=81.3 2019=83 ; target 2019=82 ; 标杆 2019=85
        投诉处理及时率 [%] 2018=95.8 2019=97 ; target 2019=96 ; 竞争对手 2019=94 ; 标杆 2019=98""",
    ),
    "one KPI by product: the group goes before the name": Layout(
        "表 产品合格率",
        """产品 | 指标 | 单位 | 2018年 | 2019年
        流量计 | 出厂合格率 | % | 98.1 | 98.9
        ^ | 返修率 | % | 1.2 | 0.9
        压力表 | 出厂合格率 | % | 97.0 | 97.7""",
        """流量计出厂合格率 [%] 2018=98.1 2019=98.9
        返修率 [%] 2018=1.2 2019=0.9
        压力表出厂合格率 [%] 2018=97.0 2019=97.7""",
    ),
    "unit in the cells": Layout(
        "表7.6-2 公司治理指标",
        """指标 | 2017年 | 2018年 | 2019年 | 同业上市公司均值
        董事会决议执行率 | 96.5% | 98.2% | 100% | 97.0%
        信息披露差错 | 2次 | 1次 | 0次 | 1次""",
        """董事会决议执行率 [%] 2017=96.5 2018=98.2 2019=100 ; 同业上市公司均值 2019=97
        信息披露差错 [次] 2017=2 2018=1 2019=0 ; 同业上市公司均值 2019=1""",
    ),
    "blank marks and words are no values": Layout(
        "表 结果",
        """指标 | 单位 | 2017年 | 2018年 | 2019年
        知识复用率 | % | — | 31.5 | 43.2
        质量管理评价等级 | — | 三星 | 四星 | 四星""",
        "知识复用率 [%] 2018=31.5 2019=43.2",
    ),
    "planning table: targets only": Layout(
        "表2.1-1 2019—2021年战略关键绩效指标",
        """维面 | 关键绩效指标 | 单位 | 2019年目标 | 2020年目标 | 2021年目标
        财务 | 营业收入 | 万元 | 85,000 | 102,000 | 120,000""",
        "",
    ),
    "staff structure: no series": Layout(
        "表4.1-1 2019年末员工结构",
        """类别 | 人数（人） | 占比（%） | 平均司龄（年）
        研发人员 | 498 | 42.0 | 4.6
        营销人员 | 107 | 9.0 | 3.8""",
        "",
    ),
    "list of things with a year: no series": Layout(
        "表4.3-1 主要信息系统一览",
        """系统名称 | 主要功能 | 上线年份 | 覆盖范围
        工单系统 | 事件、变更 | 2018 | 运维
        数据仓库 | 指标、驾驶舱 | 2019 | 管理层""",
        "",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layout(layout: Layout) -> None:
    note = [paragraph(layout.note)] if layout.note else []
    part = part_of(caption(layout.caption), *note, table_block(layout.table))
    series = extract_kpis(part, (), GLOSSARY, YEARS)
    wanted = re.sub(r"\n\s*\+", "", layout.series)
    assert [told(one) for one in series] == [plain(line) for line in wanted.splitlines() if line]


def told(series: KpiSeries) -> str:
    parts = [f"{series.name} [{series.unit}] {listed(series.values)}"]
    parts += [f"target {listed(series.target)}"] if series.target else []
    parts += [f"{other.label} {listed(other.values)}" for other in series.comparisons]
    return " ; ".join(parts)


def listed(values: dict[str, float]) -> str:
    return " ".join(f"{year}={value:g}" for year, value in values.items())


def plain(line: str) -> str:
    """The wanted line with its numbers in one form."""
    words = line.split()
    return " ".join(
        f"{word.split('=')[0]}={float(word.split('=')[1]):g}" if "=" in word else word for word in words
    )
