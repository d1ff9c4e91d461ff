"""Checks of the results as a whole."""

from __future__ import annotations

from dataclasses import replace

from mapping.criteria import load_criteria
from models.assessment import Coverage
from tests.mapping.kpi_drafts import checked, draft, passage, series

CRITERIA = load_criteria()
chart_without_data = checked("chart-without-data")
economic_missing = checked("kpi-economic-missing")
not_introduced = checked("kpi-not-introduced")
responsibility_kinds = checked("kpi-responsibility-kinds")
without_process = checked("result-without-process")


def covered(indicator: str, approach: int) -> Coverage:
    return Coverage("d1", indicator, "partial", ("approach", "deployment"), approach, 1, 0, (), ())


def test_results_whose_item_has_no_approach() -> None:
    held = draft([series("供方满意度", indicator="7.4.5")])
    bare = replace(held, coverage=(covered("4.6.1", 0), covered("4.5.1", 0)))
    (found,) = without_process(bare, CRITERIA)
    assert (found.indicator, found.severity) == ("7.4.5", "warning")
    assert "“4.6”" in found.message
    assert not list(without_process(replace(held, coverage=(covered("4.6.1", 1),)), CRITERIA))
    assert not list(without_process(held, CRITERIA))


def test_three_kinds_of_responsibility() -> None:
    safety, honesty = series("安全生产事故数", indicator="7.6.4"), series("合同履约率", indicator="7.6.4")
    (found,) = responsibility_kinds(draft([safety, honesty]), CRITERIA)
    assert "未找到公益支持方面的指标" in found.message
    giving = series("公益捐赠额", indicator="1.3.3", kind="prose")
    assert not list(responsibility_kinds(draft([safety, honesty, giving]), CRITERIA))
    assert not list(responsibility_kinds(draft([series()]), CRITERIA))


def test_economic_indicators() -> None:
    names = ["营业收入", "净利润", "净资产收益率", "资产负债率", "经营活动现金流量净额"]
    every = [series(name, indicator="7.3.1") for name in names]
    assert not list(economic_missing(draft(every), CRITERIA))
    (most,) = economic_missing(draft(every[:4]), CRITERIA)
    assert (most.severity, most.message) == ("note", "“7.3.1 财务结果”未找到现金流类指标。")
    (few,) = economic_missing(draft(every[:1]), CRITERIA)
    assert few.severity == "warning"
    assert "公益性组织" in few.advice


def test_names_that_the_process_chapters_do_not_know() -> None:
    known = passage("顾客满意度由市场部每季度监测。", "p-2", indicator="3.2.2")
    (found,) = not_introduced(draft([series(), series("净推荐值")], [known]), CRITERIA)
    assert (found.severity, "“净推荐值”" in found.message, "顾客满意度" in found.message) == (
        "note",
        True,
        False,
    )
    assert not list(not_introduced(draft([series()], [known]), CRITERIA))


def test_a_chart_that_was_not_read() -> None:
    drawn = passage("图7.2-1 年度新增客户数\n2017年", "p-c", kind="chart")
    (found,) = chart_without_data(draft([], [drawn]), CRITERIA)
    assert (found.severity, found.subject) == ("note", "图7.2-1 年度新增客户数")
    assert not list(chart_without_data(draft([series(kind="chart", passage="p-c")], [drawn]), CRITERIA))


def test_a_caption_of_figures_without_a_chart_is_a_picture_to_look_at() -> None:
    named = passage("图7.2-3 市场占有率趋势", "p-f", kind="caption")
    (found,) = chart_without_data(draft([], [named]), CRITERIA)
    assert "以图片形式给出" in found.message
    diagram = passage("图7.2-4 顾客满意度测量流程", "p-g", kind="caption")
    table = passage("表7.2-4 顾客满意度", "p-h", kind="caption")
    process = passage("图3.2-1 顾客满意度趋势", "p-i", kind="caption", indicator="3.2.2")
    assert not list(chart_without_data(draft([], [diagram, table, process]), CRITERIA))


def test_a_caption_beside_a_chart_that_was_read_is_no_picture() -> None:
    named = replace(passage("图7.2-3 市场占有率趋势", "p-f", kind="caption"), paragraph=4)
    drawn = passage("市场占有率", "p-c", kind="chart")
    assert not list(
        chart_without_data(draft([series(kind="chart", passage="p-c")], [named, drawn]), CRITERIA)
    )


def test_a_public_benefit_organisation_is_not_asked_for_profit() -> None:
    spent = series("财务收支平衡率", indicator="7.3.1")
    says = passage("本中心是北京市卫生健康委员会所属公益一类事业单位。", "p-o", indicator=None)
    serves = passage("本公司为政府机关和事业单位客户提供软件服务。", "p-o", indicator=None)
    assert not list(economic_missing(draft([spent], [says]), CRITERIA))
    assert len(list(economic_missing(draft([spent], [serves]), CRITERIA))) == 1
