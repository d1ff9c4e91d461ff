"""Growth, compound growth and gaps of a series."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.kpi_judgement import cagr, changes, gaps
from models.kpi import Comparison
from tests.mapping.kpi_drafts import series

REVENUE = series("营业收入", (61240, 73518, 88632), unit="万元")
positive = st.floats(0.01, 1e9)


def test_amounts_grow_in_per_cent_and_shares_in_points() -> None:
    assert [(c.year, round(c.size, 1), c.unit) for c in changes(REVENUE)] == [
        ("2018", 20.0, "%"),
        ("2019", 20.6, "%"),
    ]
    assert [(c.size, c.unit) for c in changes(series())] == [(1.8, "百分点"), (2.1, "百分点")]


def test_no_growth_over_a_gap_or_from_nothing() -> None:
    assert changes(series("利润", (1, 2), unit="万元", years=("2017", "2019"))) == ()
    assert [c.year for c in changes(series("利润", (-3, 2, 4), unit="万元"))] == ["2019"]
    assert cagr(series("利润", (-3, 2, 4), unit="万元")) is None


def test_compound_growth_needs_three_years_and_an_amount() -> None:
    assert cagr(REVENUE) == pytest.approx(20.30, abs=0.01)
    assert cagr(series("营业收入", (61240, 73518), unit="万元")) is None
    assert cagr(series()) is None
    ranks = {"2017": "第5名", "2018": "第3名", "2019": "第1名"}
    assert cagr(series("行业排名", (5, 3, 1), unit="名", raw=ranks)) is None


def test_compound_growth_counts_years_not_values() -> None:
    over = series("产量", (100, 110, 121), unit="件", years=("2015", "2016", "2019"))
    assert cagr(over) == pytest.approx((1.21 ** (1 / 4) - 1) * 100)


def test_gaps_by_year_and_by_whose() -> None:
    rival = Comparison("竞争对手A", "competitor", {"2018": 93.6, "2019": 94.0, "2020": 1.0})
    one = series(comparisons=(rival,), target={"2019": 96.0})
    assert [(g.kind, g.year, g.size, g.ahead) for g in gaps(one)] == [
        ("target", "2019", -0.9, False),
        ("competitor", "2018", -0.6, False),
        ("competitor", "2019", 1.1, True),
    ]


@pytest.mark.parametrize(("direction", "ahead"), [("up", False), ("down", True), ("unknown", None)])
def test_ahead_goes_by_the_good_direction(direction: str, ahead: bool | None) -> None:
    one = series(direction=direction, comparisons=(), target={"2019": 97.0})  # type: ignore[arg-type]
    assert [gap.ahead for gap in gaps(one)] == [ahead]


@given(st.tuples(positive, positive, positive))
def test_compound_growth_lies_between_the_yearly_ones(values: tuple[float, float, float]) -> None:
    one = series("产量", values, unit="件")
    sizes = [change.size for change in changes(one)]
    growth = cagr(one)
    assert growth is not None
    assert min(sizes) - 1e-6 * abs(min(sizes)) <= growth <= max(sizes) + 1e-6 * max(1.0, abs(max(sizes)))
