"""Indicator and canonical name of KPI series."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping.criteria import load_criteria
from mapping.glossary import load_glossary
from mapping.kpi_place import place_kpis
from models.assessment import IndicatorScore
from models.judgement import Match
from models.kpi import KpiSeries
from tests.mapping.kpi_drafts import series

CRITERIA = load_criteria()
GLOSSARY = load_glossary()


def match(*scores: tuple[str, float], best: str | None = None) -> Match:
    told = tuple(IndicatorScore(node, score) for node, score in scores)
    return Match(told, (), None, IndicatorScore(best, 0.2) if best else None)


def placed(one: Match | None, *names: str) -> list[str | None]:
    group = [series(name, indicator=None) for name in names]
    return [k.indicator for k in place_kpis(group, {"p-1": one} if one else {}, CRITERIA, GLOSSARY)]


def test_the_place_decides_for_the_whole_table() -> None:
    place = match(("7.3.1", 0.8), ("7.6.4", 0.1))
    assert placed(place, "营业收入", "净利润", "纳税总额") == ["7.3.1"] * 3


def test_names_turn_the_scale_between_near_indicators() -> None:
    place = match(("7.2.2", 0.45), ("7.2.1", 0.4))
    assert placed(place, "顾客满意度", "顾客忠诚度") == ["7.2.1"] * 2
    assert placed(place, "市场占有率", "中标率") == ["7.2.2"] * 2


def test_names_alone_where_the_passage_answers_nothing() -> None:
    assert placed(match(), "顾客满意度") == ["7.2.1"]
    assert placed(None, "顾客满意度") == ["7.2.1"]
    assert placed(None, "砚池活跃度") == [None]


def test_best_under_the_threshold_helps() -> None:
    assert placed(match(best="7.5.1"), "砚池活跃度") == ["7.5.1"]


def test_results_told_in_process_chapters_stay_there() -> None:
    assert placed(match(("3.2.2", 0.9)), "顾客满意度") == ["3.2.2"]


def test_a_heading_of_a_process_keeps_its_figures() -> None:
    chart = series("改进项目完成率", indicator=None, kind="chart")
    looks = match(("7.6.1", 0.35), ("7.5.1", 0.22), ("1.1.6", 0.09), ("6.1.2", 0.07))

    def under(heading: str, one: Match) -> str | None:
        return place_kpis([chart], {"p-1": one}, CRITERIA, GLOSSARY, {"p-1": heading})[0].indicator

    assert under("1.1.6", looks) == "1.1.6"
    assert under("1.1.6", match(("7.6.1", 0.35))) == "1.1.6"
    assert under("1.1", match(("7.6.1", 0.9), ("1.1.4", 0.05))) == "1.1.4"
    assert under("7.6.1", looks) == "7.6.1"


def test_order_and_other_fields_stay() -> None:
    group = [series("营业收入"), series("顾客满意度", passage="p-2")]
    found = place_kpis(group, {}, CRITERIA, GLOSSARY)
    assert [replace(k, indicator=None, canonical="") for k in found] == [
        replace(k, indicator=None, canonical="") for k in group
    ]


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("顾客满意度", "顾客满意度"),
        ("客户满意度", "顾客满意度"),
        ("总体顾客满意度", "顾客满意度"),
        ("离职率", "员工流失率"),
        ("政务客户满意度", "政务客户满意度"),
        ("开箱合格率", "开箱合格率"),
        ("砚池活跃度", "砚池活跃度"),
    ],
)
def test_canonical(name: str, canonical: str) -> None:
    found: tuple[KpiSeries, ...] = place_kpis([series(name)], {}, CRITERIA, GLOSSARY)
    assert found[0].canonical == canonical


def test_the_glossary_has_211_names_with_indicators_of_the_criteria() -> None:
    assert len(GLOSSARY.kpis) == 211
    assert {kpi.indicator for kpi in GLOSSARY.kpis} == {
        indicator.id for indicator in CRITERIA.indicators if CRITERIA.is_result(indicator.id)
    }


def test_every_name_of_the_glossary_is_found_as_itself() -> None:
    for kpi in GLOSSARY.kpis:
        found = GLOSSARY.find(kpi.name)
        assert found is not None
        assert (found.kpi.name, found.how) == (kpi.name, "name")
