"""Layouts of published reports (yearly reports, prospectuses, ESG reports), with figures of our own."""

from __future__ import annotations

import re

import pytest

from nlp.kpis import extract_kpis
from tests.nlp.layouts import caption, part_of, table_block
from tests.nlp.test_kpi_layouts import GLOSSARY, YEARS, Layout, plain, told

LAYOUTS = {
    "a merged topic before the items that are measured": Layout(
        "表 环境绩效",
        """指标 | 量化项 | 单位 | 2019
        废气 | 二氧化硫排放量 | 吨 | 1.57
        ^ | 氮氧化物排放量 | 吨 | 10.83
        废水 | 排放总量 | 吨 | 926,152.7""",
        """二氧化硫排放量 [吨] 2019=1.57
        氮氧化物排放量 [吨] 2019=10.83
        排放总量 [吨] 2019=926152.7""",
    ),
    "a topic repeated in every row": Layout(
        "",
        """指标 | 量化项 | 单位 | 2018 | 2019
        环保培训 | 培训时长 | 小时 | 5100 | 5833
        环保培训 | 培训人次 | 人次 | 1320 | 1403
        安全培训 | 培训人次 | 人次 | 5980 | 6173""",
        """培训时长 [小时] 2018=5100 2019=5833
        环保培训培训人次 [人次] 2018=1320 2019=1403
        安全培训培训人次 [人次] 2018=5980 2019=6173""",
    ),
    "amount and share by age of debt": Layout(
        "表 应收账款账龄",
        """账龄 | 期末余额 | < | 期初余额 | <
        ^ | 金额 | 比例 | 金额 | 比例
        1年以内 | 4,300 | 86.00% | 3,900 | 81.25%
        1至2年 | 700 | 14.00% | 900 | 18.75%
        合计 | 5,000 | -- | 4,800 | --""",
        """1年以内 [] 2019=4300 2018=3900
        1年以内比例 [%] 2018=81.25 2019=86
        1至2年 [] 2018=900 2019=700
        1至2年比例 [%] 2018=18.75 2019=14""",
    ),
    "a company by its bare name, year by year": Layout(
        "表 顾客结果",
        """指标 | 2018年 | 2019年 | 2018年华测仪表 | 2019年华测仪表
        顾客满意度（%） | 93.0 | 95.1 | 90.4 | 91.7""",
        "顾客满意度 [%] 2018=93 2019=95.1 ; 华测仪表 2018=90.4 2019=91.7",
    ),
    "own years under 本公司, a company by its bare name": Layout(
        "表 顾客结果",
        """指标 | 单位 | 本公司 | < | 华测仪表 | <
        ^ | ^ | 2018年 | 2019年 | 2018年 | 2019年
        顾客满意度 | % | 93.0 | 95.1 | 90.4 | 91.7""",
        "顾客满意度 [%] 2018=93 2019=95.1 ; 华测仪表 2018=90.4 2019=91.7",
    ),
    "the KPI in a row of its own above whose figures": Layout(
        "表 顾客结果",
        """年度 | 2017 | 2018 | 2019
        顾客满意度（%） | < | < | <
        本公司 | 91.2 | 93.0 | 95.1
        竞争对手A | 89 | 90 | 91
        顾客流失率（%） | < | < | <
        本公司 | 5.1 | 4.6 | 4.0
        竞争对手A | 6 | 5.9 | 5.8""",
        """顾客满意度 [%] 2017=91.2 2018=93 2019=95.1 ; 竞争对手A 2017=89 2018=90 2019=91
        顾客流失率 [%] 2017=5.1 2018=4.6 2019=4 ; 竞争对手A 2017=6 2018=5.9 2019=5.8""",
    ),
    "three rows of head, the parties by name in the third": Layout(
        "表 设备",
        """指标 | 单位 | 实绩 | < | < | 对比（2019年） | < | <
        ^ | ^ | 2017 | 2018 | 2019 | 目标 | 同行 | <
        ^ | ^ | ^ | ^ | ^ | ^ | A公司 | B公司
        完好率 | % | 96 | 97 | 98 | 97.5 | 95 | 94""",
        "完好率 [%] 2017=96 2018=97 2019=98 ; target 2019=97.5 ; A公司 2019=95 ; B公司 2019=94",
    ),
    "heads in English": Layout(
        "表 设备",
        """KPI | Unit | 2017 | 2018 | 2019 | Target | Benchmark
        OEE | % | 75 | 78 | 81 | 80 | 85""",
        "OEE [%] 2017=75 2018=78 2019=81 ; target 2019=80 ; Benchmark 2019=85",
    ),
    "companies by their names, the applicant first": Layout(
        "表 市场占有率对比（%）",
        """企业名称 | 2017年 | 2018年 | 2019年
        北京砚池科技股份有限公司 | 18.2 | 19.6 | 21.3
        华测仪表有限公司 | 15 | 15.5 | 15.8""",
        "市场占有率 [%] 2017=18.2 2018=19.6 2019=21.3 ; 华测仪表有限公司 2017=15 2018=15.5 2019=15.8",
    ),
    "branches are groups": Layout(
        "表 客户满意度（%）",
        """单位 | 2018年 | 2019年
        华北分公司 | 92 | 94
        华东分公司 | 91 | 93""",
        """华北分公司客户满意度 [%] 2018=92 2019=94
        华东分公司客户满意度 [%] 2018=91 2019=93""",
    ),
    "a base year beside the plan": Layout(
        "表 规划",
        """指标 | 2019年（基期） | 2020年目标 | 2021年目标
        营业收入（亿元） | 8.86 | 10 | 12""",
        "营业收入 [亿元] 2019=8.86 ; target 2020=10 2021=12",
    ),
    "party and target in the name of the row": Layout(
        "表 顾客结果（%）",
        """年度 | 2017年 | 2018年 | 2019年
        满意度 | 91.2 | 93.0 | 95.1
        行业平均满意度 | 88 | 89 | 90
        满意度目标值 | 91 | 92.5 | 94.5""",
        """满意度 [%] 2017=91.2 2018=93 2019=95.1 ; target 2017=91 2018=92.5 2019=94.5 ;
        + 行业平均 2017=88 2018=89 2019=90""",
    ),
    "ages that begin with a number": Layout(
        "表 存货库龄（万元）",
        """库龄 | 2018年 | 2019年
        1年以内 | 2,593 | 2,494
        1到3年 | 491 | 258
        3年以上 | 89 | 155""",
        """1年以内 [万元] 2018=2593 2019=2494
        1到3年 [万元] 2018=491 2019=258
        3年以上 [万元] 2018=89 2019=155""",
    ),
    "balances by kind of claim": Layout(
        "表 其他应收款（万元）",
        """款项性质 | 期末账面余额 | 期初账面余额
        押金保证金 | 800 | 497
        备用金 | 125 | 180""",
        """押金保证金账面余额 [万元] 2018=497 2019=800
        备用金账面余额 [万元] 2018=180 2019=125""",
    ),
    "this period and the same period of the year before, no names": Layout(
        "",
        """报告期投资额（万元） | 上年同期投资额（万元） | 变动幅度
        593 | 606 | -2.1%""",
        "投资额 [万元] 2018=606 2019=593",
    ),
    "end of this period and end of last year, then a second head for the months": Layout(
        "",
        """ | 本报告期末 | 上年度末 | 本报告期末比上年度末增减（%）
        总资产（万元） | 8,947 | 8,513 | 5.1
        净资产（万元） | 2,477 | 2,402 | 3.1
         | 年初至报告期末 | 上年初至上年报告期末 | 比上年同期增减（%）
        营业收入（万元） | 4,975 | 4,310 | 15.4""",
        """总资产 [万元] 2018=8513 2019=8947
        净资产 [万元] 2018=2402 2019=2477""",
    ),
    "another head in the middle with other years": Layout(
        "表 主要指标",
        """指标 | 2018年 | 2019年
        客户满意度（%） | 93.0 | 95.1
        指标 | 2017年 | 2019年
        净推荐值（分） | 41 | 52""",
        """客户满意度 [%] 2018=93 2019=95.1
        净推荐值 [分] 2017=41 2019=52""",
    ),
    "names and values in pairs are no series": Layout(
        "",
        """报告期末职工总数（人） | 1,774 | 报告期内新增职工（人） | 86
        其中：技术人员（人） | 443 | 离职（人） | 61""",
        "",
    ),
    "a rule is no name": Layout(
        "",
        """定量标准 | 错报金额 | 2019年
        1、错报不低于利润总额的10%；2、错报不低于资产总额的1%。 | 4000 | 0""",
        "",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layout(layout: Layout) -> None:
    part = part_of(*([caption(layout.caption)] if layout.caption else []), table_block(layout.table))
    series = extract_kpis(part, (), GLOSSARY, YEARS)
    wanted = re.sub(r"\n\s*\+", "", layout.series)
    assert {frozenset(told(one).split()) for one in series} == {
        frozenset(plain(line).split()) for line in wanted.splitlines() if line
    }
