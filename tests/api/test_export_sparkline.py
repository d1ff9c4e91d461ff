from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from api.export.sparkline import HEIGHT, WIDTH, description, sparkline, years_of
from models.kpi import Comparison, KpiSeries
from tests.api.assessments import gold_assessment

BARE = replace(gold_assessment().kpis[0], values={}, target={}, comparisons=(), raw={})
VALUES = st.dictionaries(
    st.integers(2010, 2025).map(str), st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 3))
)


def drawn(series: KpiSeries) -> etree._Element:
    return etree.fromstring(sparkline(series))


def test_a_missing_year_is_a_gap_not_a_line() -> None:
    series = replace(BARE, values={"2015": 1.0, "2016": 2.0, "2018": 3.0, "2019": 4.0})
    assert years_of(series) == ("2015", "2016", "2017", "2018", "2019")
    lines = drawn(series).xpath("//polyline[@class='own']/@points")
    assert [len(line.split()) for line in lines] == [2, 2]


def test_a_year_that_stands_alone_is_a_dot() -> None:
    series = replace(BARE, values={"2015": 1.0, "2017": 3.0, "2018": 4.0})
    picture = drawn(series)
    assert len(picture.xpath("//circle[@class='own']")) == 1
    assert len(picture.xpath("//polyline[@class='own']")) == 1


def test_higher_values_stand_higher() -> None:
    series = replace(BARE, values={"2018": 1.0, "2019": 9.0})
    (line,) = drawn(series).xpath("//polyline/@points")
    first, last = (float(point.split(",")[1]) for point in line.split())
    assert last < first


def test_target_and_comparison_are_drawn_and_told() -> None:
    comparison = Comparison("标杆 <甲>", "benchmark", {"2018": 5.0, "2019": 6.0})
    series = replace(BARE, values={"2018": 1.0, "2019": 2.0}, target={"2019": 3.0}, comparisons=(comparison,))
    picture = drawn(series)
    assert len(picture.xpath("//path[@class='target']")) == 1
    assert len(picture.xpath("//polyline[@class='other']")) == 1
    told = picture.find("desc").text
    assert told == description(series)
    assert "目标 2019年 3" in told and "标杆 <甲> 2018年 5" in told


def test_one_year_or_none_draws_nothing() -> None:
    assert sparkline(BARE) == ""
    assert sparkline(replace(BARE, values={"2019": 3.0})) == ""
    assert sparkline(replace(BARE, target={"2018": 1.0, "2019": 3.0})) == ""


def test_years_that_are_no_numbers_keep_their_order() -> None:
    assert years_of(replace(BARE, values={"2019H2": 1.0, "2019H1": 2.0})) == ("2019H1", "2019H2")


@given(VALUES, VALUES, VALUES)
def test_every_drawing_is_whole_and_inside_its_frame(
    values: dict[str, float], target: dict[str, float], other: dict[str, float]
) -> None:
    comparisons = (Comparison("甲", "other", other),)
    picture = sparkline(replace(BARE, values=values, target=target, comparisons=comparisons))
    if not picture:
        return
    root = etree.fromstring(picture)
    points = [p for line in root.xpath("//@points") for p in line.split()]
    circles = [f"{c.get('cx')},{c.get('cy')}" for c in root.iter("circle")]
    for point in (*points, *circles):
        x, y = map(float, point.split(","))
        assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT
