"""Years of headers, and the years that a submission reports on."""

from __future__ import annotations

import pytest

from nlp.years import YearLabel, infer_reporting_years, read_year
from tests.nlp.layouts import caption, paragraph, part_of, table_block

YEARS = ("2017", "2018", "2019")


@pytest.mark.parametrize(
    ("text", "year", "rest"),
    [
        ("2017年", "2017", ""),
        ("2017", "2017", ""),
        ("２０１７年", "2017", ""),
        ("2017年度", "2017", ""),
        ("2017年末", "2017", ""),
        ("截至2019年12月31日", "2019", ""),
        ("2019.12.31", "2019", ""),
        ("FY2018", "2018", ""),
        ("2018A", "2018", ""),
        ("17年", "2017", ""),
        ("二〇一九年", "2019", ""),
        ("本年", "2019", ""),
        ("上年", "2018", ""),
        ("去年", "2018", ""),
        ("本年度目标", "2019", "目标"),
        ("2019年目标", "2019", "目标"),
        ("2019年竞争对手A", "2019", "竞争对手A"),
        ("行业标杆（2019年）", "2019", "行业标杆"),
        ("2017年（万元）", "2017", "（万元）"),
        ("2019年1-12月", "2019", ""),
    ],
)
def test_year_labels(text: str, year: str, rest: str) -> None:
    found = read_year(text, YEARS)
    assert found is not None
    assert (found.year, found.rest.replace("(", "（").replace(")", "）")) == (year, rest)
    assert not (found.partial or found.forecast)


@pytest.mark.parametrize(
    "text", ["2017—2019年", "2017-2019", "2017至2019年", "2020年上半年", "2019年1-6月", "2019年Q3"]
)
def test_more_or_less_than_a_year(text: str) -> None:
    found = read_year(text, YEARS)
    assert found is not None
    assert found.partial


@pytest.mark.parametrize("text", ["2025E", "2025年（预计）", "2020年预测", "2021年预期"])
def test_forecasts(text: str) -> None:
    found = read_year(text, YEARS)
    assert found is not None
    assert found.forecast


@pytest.mark.parametrize(
    "text", ["指标", "", "近三年", "较上年增长", "2,017", "2017.5", "120,170", "5年", "竞争对手A"]
)
def test_no_year(text: str) -> None:
    assert read_year(text, YEARS) is None


def test_relative_years_need_the_reporting_years() -> None:
    assert read_year("上年") is None
    assert read_year("上年", ("2020", "2021")) == YearLabel("2020", "")


def table(*years: str) -> str:
    return f"指标 | {' | '.join(years)}\n营业收入 | {' | '.join('1' for _ in years)}"


def test_years_of_most_tables() -> None:
    part = part_of(
        table_block(table("2017年", "2018年", "2019年", "2021年目标")),
        table_block(table("2017年", "2018年", "2019年")),
        table_block(table("2016年", "2017年")),
    )
    assert infer_reporting_years([part]) == YEARS


def test_two_years_of_data_are_still_three_reporting_years() -> None:
    assert infer_reporting_years([part_of(table_block(table("2018年", "2019年")))]) == YEARS


def test_years_down_the_rows() -> None:
    part = part_of(table_block("年份 | 收入\n2017年 | 1\n2018年 | 2\n2019年 | 3\n2019年目标 | 4"))
    assert infer_reporting_years([part]) == YEARS


def test_the_report_comes_before_the_annual_report() -> None:
    report = part_of(table_block(table("2017年", "2018年", "2019年")))
    annual = part_of(table_block(table("2018年", "2019年", "2020年")), kind="annual")
    assert infer_reporting_years([annual, report]) == YEARS
    assert infer_reporting_years([annual]) == ("2018", "2019", "2020")


def test_years_of_the_text_where_no_table_has_any() -> None:
    text = "公司2003年成立。2018年收入增长，2019年收入创新高，2019年通过认证。规划到2035年。" * 3
    part = part_of(caption("目录"), paragraph(text), paragraph("2018年、2019年"))
    assert infer_reporting_years([part]) == YEARS


def test_no_years() -> None:
    assert infer_reporting_years([part_of(paragraph("没有年份。"))]) == ()
    assert infer_reporting_years([]) == ()


def test_a_year_after_that_is_named_once_is_not_reported_on() -> None:
    text = "2019年末员工1,186人。2019年营业收入8.86亿元。2019年份额11.4%。2020年春季远程交付。"
    assert infer_reporting_years([part_of(paragraph(text), kind="overview")]) == YEARS
