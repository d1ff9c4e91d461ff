"""KPI series of a part: several tables, charts, sentences, ids, places, direction and trend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping.glossary import load_glossary
from models.document import Block, Chart, ChartSeries, Place
from models.kpi import KpiSeries
from models.trend import trend_of
from nlp.kpi.direction import direction_of
from nlp.kpis import extract_kpis
from nlp.split import split_passages
from tests.nlp.layouts import caption, chart_block, grid, paragraph, part_of, table_block

YEARS = ("2017", "2018", "2019")
GLOSSARY = load_glossary()
REVENUE = """指标 | 单位 | 2017年 | 2018年 | 2019年
营业收入 | 万元 | 61,240 | 73,518 | 88,632"""


def series_of(*blocks: Block) -> tuple[KpiSeries, ...]:
    part = part_of(*blocks)
    return extract_kpis(part, split_passages(part), GLOSSARY, YEARS)


def test_source_says_block_row_caption_and_passage() -> None:
    part = part_of(paragraph("正文。"), caption("表7.3-1 收入"), table_block(REVENUE))
    passages = split_passages(part)
    (one,) = extract_kpis(part, passages, GLOSSARY, YEARS)
    holding = next(p for p in passages if p.block <= 2 <= p.last_block)
    assert (one.source.block, one.source.row, one.source.caption) == (2, 1, "表7.3-1 收入")
    assert one.source.passage == holding.id
    assert one.document == part.id
    assert one.raw == {"2017": "61,240", "2018": "73,518", "2019": "88,632"}


def test_page_is_that_of_the_row() -> None:
    table = grid(REVENUE)
    cells = tuple(replace(cell, place=Place(page=7 + cell.row)) for cell in table.cells)
    block = Block(0, "table", "", place=Place(page=7), table=replace(table, cells=cells))
    assert series_of(block)[0].source.page == 8
    assert series_of(replace(block, table=table))[0].source.page == 7


def test_ids_are_stable_and_unique() -> None:
    blocks = [table_block(REVENUE), table_block(REVENUE), paragraph("新开头。")]
    first, again = series_of(*blocks), series_of(paragraph("前面多了一段。"), *blocks)
    assert [one.id for one in first] == [one.id for one in again]
    assert len({one.id for one in first}) == 2


def test_a_table_without_head_goes_on_with_the_one_before() -> None:
    rest = "净利润 | 万元 | 5,206 | 6,543 | 8,243"
    found = series_of(table_block(REVENUE), paragraph("续表7.3-1"), table_block(f"{rest}\n{rest[3:]} | |"))
    assert [one.name for one in found] == ["营业收入"]
    found = series_of(table_block(REVENUE), caption("续表7.3-1"), table_block(rest))
    assert [(one.name, one.values["2019"]) for one in found] == [("营业收入", 88632), ("净利润", 8243)]
    assert found[1].source.row == 0


def test_text_between_two_tables_parts_them() -> None:
    found = series_of(
        table_block(REVENUE), paragraph("下表是别的内容。"), table_block("净利润 | 万元 | 1 | 2 | 3")
    )
    assert [one.name for one in found] == ["营业收入"]


def test_lines_aligned_by_tabs() -> None:
    found = series_of(
        paragraph("指标\t单位\t2018年\t2019年"),
        paragraph("项目中标率\t%\t37.2\t41.5"),
        paragraph("新增顾客数\t家\t74\t96"),
        paragraph("以上为主要数据。"),
    )
    assert [(one.name, one.unit, one.values) for one in found] == [
        ("项目中标率", "%", {"2018": 37.2, "2019": 41.5}),
        ("新增顾客数", "家", {"2018": 74, "2019": 96}),
    ]


CATEGORIES = ("2017年", "2018年", "2019年")


def test_chart_with_own_and_party() -> None:
    chart = Chart(
        "新产品销售收入占比",
        CATEGORIES,
        (
            ChartSeries("新产品销售收入占比（%）", (24.6, 31.8, 38.5)),
            ChartSeries("行业平均（%）", (18.2, None, 22.1)),
        ),
    )
    (one,) = series_of(chart_block(chart), caption("图7.1-1 新产品销售收入占比"))
    assert (one.name, one.unit, one.source.kind, one.source.row) == (
        "新产品销售收入占比",
        "%",
        "chart",
        0,
    )
    assert one.values == {"2017": 24.6, "2018": 31.8, "2019": 38.5}
    assert [(c.label, c.kind, c.values) for c in one.comparisons] == [
        ("行业平均", "industry", {"2017": 18.2, "2019": 22.1})
    ]


def test_chart_with_years_as_series_and_names_that_hold_a_word_of_columns_without_figures() -> None:
    years = [ChartSeries(f"{year}年", (80.0 + n, 90.0 + n)) for n, year in enumerate((2017, 2018, 2019))]
    chart = Chart("各渠道评价（单位：分）", ("电话渠道服务评价", "门店渠道服务评价"), tuple(years))
    found = {one.name: one.values for one in series_of(chart_block(chart))}
    assert found == {
        "电话渠道服务评价": {"2017": 80.0, "2018": 81.0, "2019": 82.0},
        "门店渠道服务评价": {"2017": 90.0, "2018": 91.0, "2019": 92.0},
    }


def test_chart_named_by_its_title_repeats_the_table() -> None:
    chart = Chart(
        "营业收入趋势图（万元）",
        CATEGORIES,
        (ChartSeries("京衡智装", (61240, 73518, 88632)), ChartSeries("竞争对手", (1, 2, 3))),
    )
    table, drawn = series_of(table_block(REVENUE), chart_block(chart))
    assert (drawn.name, drawn.unit, drawn.source.same_as) == ("营业收入", "万元", table.id)


def test_chart_of_one_series_shows_the_kpi_of_its_title() -> None:
    chart = Chart("图7-2 年度新增客户数（家）", CATEGORIES, (ChartSeries("系列1", (57, 74, 96)),))
    (one,) = series_of(chart_block(chart))
    assert (one.name, one.unit, one.values["2019"]) == ("新增客户数", "家", 96)


def test_a_sentence_that_repeats_a_table_is_linked() -> None:
    table, told = series_of(table_block(REVENUE), paragraph("公司2019年营业收入8.86亿元，再创新高。"))
    assert (told.source.kind, told.source.same_as, told.unit) == ("prose", table.id, "亿元")


def test_a_sentence_with_another_value_is_not_linked() -> None:
    _, told = series_of(table_block(REVENUE), paragraph("公司2019年营业收入9.86亿元。"))
    assert told.source.same_as is None


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("顾客满意度", "up"),
        ("政务客户满意度", "up"),
        ("核心员工流失率", "down"),
        ("投诉处理及时率", "up"),
        ("顾客投诉件数", "down"),
        ("隐患整改率", "up"),
        ("系统测试缺陷检出率", "up"),
        ("交付后缺陷密度", "down"),
        ("采购成本降低率", "up"),
        ("单位产品制造成本", "down"),
        ("研发费用占营业收入比重", "up"),
        ("平均故障修复时长", "down"),
        ("平均无故障时间", "up"),
        ("志愿服务时长", "up"),
        ("应收账款周转天数", "down"),
        ("资产负债率", "band"),
        ("工作量估算偏差率", "down"),
        ("单机柜年耗电量", "down"),
        ("行业排名", "down"),
        ("开箱合格率", "up"),
        ("开箱不良率", "down"),
        ("新签合同额", "up"),
        ("管理办法", "unknown"),
    ],
)
def test_direction(name: str, direction: str) -> None:
    assert direction_of(name, GLOSSARY)[0] == direction


@pytest.mark.parametrize(
    ("name", "sure"),
    [("顾客满意度", True), ("粉尘浓度超标次数", True), ("京外业务占比", False), ("浑浊度均值", False)],
)
def test_direction_of_a_plain_quantity_is_a_guess(name: str, sure: bool) -> None:
    assert direction_of(name, GLOSSARY)[1] == sure


@pytest.mark.parametrize(
    ("values", "direction", "trend"),
    [
        ((27.5, 26.1, 24.3), "up", "worsening"),
        ((88, 95, 103), "down", "worsening"),
        ((1, 3, 2), "up", "mixed"),
        ((3, 1, 2), "up", "mixed"),
        ((1, 2, 2), "up", "improving"),
        ((0, 0, 0), "down", "flat"),
        ((1, 2, 3), "band", "unknown"),
        ((1,), "up", "unknown"),
    ],
)
def test_trend(values: tuple[float, ...], direction: str, trend: str) -> None:
    years = map(str, range(2017, 2020))
    assert trend_of(dict(zip(years, values, strict=False)), direction) == trend  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words",
    ["平均值", "竞争对手", "年度目标", "其中：", "同比增长", "三年来", "并且", "2019年", "（", "1,234"],
)
def test_repeated_words_are_read_in_a_moment(words: str) -> None:
    long = words * 300
    held = series_of(
        table_block(f"{long} | 2018年 | {long}\n{long} | {long} | 3\n合格率 | 1 | 2"),
        paragraph(f"{long}由2018年的3%升至{long}。"),
    )
    assert all(isinstance(one, KpiSeries) for one in held)
