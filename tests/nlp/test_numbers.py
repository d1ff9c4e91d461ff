"""The number parser: what a cell says, and what it does not say."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nlp.numbers import Reading, read_number
from nlp.units import is_unit, pick_unit, scaled, split_unit, unit_in_caption


def value_unit(text: str) -> tuple[float | None, str]:
    reading = read_number(text)
    return reading.value, reading.unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,820", 1820, ""),
        ("1，820.5", 1820.5, ""),
        ("1 234 567", 1234567, ""),
        ("９２．１％", 92.1, "%"),
        ("0.4‰", 0.4, "‰"),
        ("50ppm", 50, "ppm"),
        ("1.2万", 1.2, "万"),
        ("8.86亿元", 8.86, "亿元"),
        ("0.42个/千行", 0.42, "个/千行"),
        ("2.1个百分点", 2.1, "个百分点"),
        ("-3.5", -3.5, ""),
        ("－3.5", -3.5, ""),
        ("（860）", -860, ""),
        ("(1,234.5)万元", -1234.5, "万元"),
        ("+12.3%", 12.3, "%"),
        ("0", 0, ""),
        ("0次", 0, "次"),
        ("零", 0, ""),
        ("92.1*", 92.1, ""),
        ("92.1①", 92.1, ""),
        ("20%↑", 20, "%"),
        ("99.9%（第三方）", 99.9, "%"),
        ("4.4分（满分5分）", 4.4, "分"),
        ("5.5年", 5.5, "年"),
    ],
)
def test_numbers(text: str, value: float, unit: str) -> None:
    assert value_unit(text) == (value, unit)
    assert read_number(text).kind == "number"


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("≥98%", "at_least"),
        ("98%以上", "at_least"),
        ("不低于98%", "at_least"),
        ("300余", "at_least"),
        ("≤0.25", "at_most"),
        ("<0.25", "at_most"),
        ("5以内", "at_most"),
        ("约95", "about"),
        ("95左右", "about"),
        ("95", ""),
    ],
)
def test_bounds_keep_the_value(text: str, bound: str) -> None:
    reading = read_number(text)
    assert reading.bound == bound
    assert reading.value is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "—",
        "－",
        "--",
        "/",
        "／",
        "…",
        "无",
        "暂无",
        "未披露",
        "未开展",
        "N/A",
        "n/a",
        "不适用",
        "保密",
    ],
)
def test_blank_marks_are_not_zero(text: str) -> None:
    assert read_number(text) == Reading(text, "blank")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1:3.2", "ratio"),
        ("1：3.2", "ratio"),
        ("3/5", "ratio"),
        ("1比3.1", "ratio"),
        ("95-98", "range"),
        ("40%~50%", "range"),
        ("±5%", "range"),
        ("8:30", "time"),
        ("2019/6/30", "date"),
        ("2019年4月", "date"),
        ("2019年", "date"),
        ("三星", "text"),
        ("AAA", "text"),
        ("达标", "text"),
        ("1,82", "text"),
        ("95.2 (94.8)", "text"),
        ("ISO 9001", "text"),
        ("12项任务", "text"),
    ],
)
def test_other_cells_give_no_value(text: str, kind: str) -> None:
    reading = read_number(text)
    assert (reading.kind, reading.value) == (kind, None)


@pytest.mark.parametrize(("text", "value"), [("第1名", 1), ("第3位", 3), ("No.2", 2), ("第5", 5)])
def test_ranks(text: str, value: float) -> None:
    reading = read_number(text)
    assert (reading.kind, reading.value) == ("rank", value)


@given(st.text())
def test_never_raises_and_keeps_the_text(text: str) -> None:
    reading = read_number(text)
    assert reading.text == text
    assert (reading.value is None) == (reading.kind not in ("number", "rank"))


@pytest.mark.parametrize(
    ("text", "value"), [("1900.00", 1900), ("1950.5", 1950.5), ("2013.45", 2013.45), ("2019.13", 2019.13)]
)
def test_amounts_of_the_size_of_years_are_amounts(text: str, value: float) -> None:
    assert read_number(text).value == value


@pytest.mark.parametrize("text", ["2019.06", "2019.12", "2019.5.3", "2019-06", "2019/6/3", "2019年6月"])
def test_months_and_days_are_dates(text: str) -> None:
    assert (read_number(text).kind, read_number(text).value) == ("date", None)


decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(decimals, st.sampled_from(["", "%", "‰", "万元", "件", "小时", "个/千行", "千瓦时/万元"]))
def test_what_is_written_is_read(number: object, unit: str) -> None:
    assume(unit or not re.fullmatch(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])", str(number)))  # 2019.06 is a month
    plain = read_number(f"{number}{unit}")
    grouped = read_number(f"{number:,}{unit}")
    assert (plain.value, plain.unit) == (float(str(number)), unit) == (grouped.value, grouped.unit)


WIDE = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")


@given(decimals)
def test_full_width_is_the_same(number: object) -> None:
    narrow, wide = f"{number:,}%", f"{number:,}%".translate(WIDE)
    assert read_number(narrow).value == read_number(wide).value


@given(st.decimals(min_value="0.01", max_value=10**9, places=2))
def test_brackets_make_it_negative(number: object) -> None:
    assert read_number(f"（{number:,}）").value == -float(str(number))
    assert read_number(f"({number})").value == -float(str(number))


@given(st.integers(1900, 2099))
def test_a_year_is_no_quantity(year: int) -> None:
    assert read_number(f"{year}年").value is None


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("营业收入（万元）", "营业收入", "万元"),
        ("营业收入(单位：万元)", "营业收入", "万元"),
        ("营业收入/万元", "营业收入", "万元"),
        ("顾客满意度 %", "顾客满意度", "%"),
        ("单位产值综合能耗（kgce/万元）", "单位产值综合能耗", "kgce/万元"),
        ("流动比率（—）", "流动比率", ""),
        ("信息系统（含外购）", "信息系统（含外购）", None),
        ("顾客满意度", "顾客满意度", None),
        ("（%）", "（%）", None),
    ],
)
def test_split_unit(text: str, name: str, unit: str | None) -> None:
    assert split_unit(text) == (name, unit)


@pytest.mark.parametrize(
    "unit", ["%", "万元", "个/千行", "次/百万工时", "元/股", "万人次", "tCO2e/万元", "亿"]
)
def test_units(unit: str) -> None:
    assert is_unit(unit)


@pytest.mark.parametrize("text", ["合格率", "含外购", "", "第三方", "A", "2019"])
def test_other_words_are_no_units(text: str) -> None:
    assert not is_unit(text)


def test_units_of_a_caption() -> None:
    assert unit_in_caption("表7.3-1 收入（单位：万元）") == "万元"
    assert unit_in_caption("单位: 万元、%") == "万元、%"
    assert unit_in_caption("表7.3-1 收入") is None
    assert pick_unit("万元、%", "营业收入") == "万元"
    assert pick_unit("万元、%", "毛利率") == "%"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((0.5, "亿元"), (5000, "万元")),
        ((5000, "万元"), (50_000_000, "元")),
        ((0.5, "%"), (5, "‰")),
        ((0.005, "‰"), (5, "ppm")),
        ((1.5, "小时"), (90, "分钟")),
        ((2, "吨"), (2000, "千克")),
        ((1.2, "万人"), (12000, "人")),
        ((3, "万千瓦时"), (30000, "度")),
    ],
)
def test_one_scale(one: tuple[float, str], other: tuple[float, str]) -> None:
    (a, unit_a), (b, unit_b) = scaled(*one), scaled(*other)
    assert a == pytest.approx(b)
    assert unit_a == unit_b


def test_percent_and_points_are_not_one_scale() -> None:
    assert scaled(2, "%")[1] != scaled(2, "个百分点")[1]
