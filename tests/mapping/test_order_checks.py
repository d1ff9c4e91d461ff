"""Headings and parts: out of place, under another number; an order of one's own is no fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.assessment import Assessment, HeadingRecord
from tests.mapping.wordings import CRITERIA, findings, heading, subjects, submission, told


def item_headings() -> list[HeadingRecord]:
    return [heading(f"{item.id} {item.title}", item.id) for item in CRITERIA.items]


def with_headings(*headings: HeadingRecord, numbering: str = "criteria") -> Assessment:
    made = submission(told("文字"), headings=headings)
    (document,) = made.documents
    return replace(made, documents=(replace(document, numbering=numbering),))  # type: ignore[arg-type]


def renamed(old: str, new: str) -> Assessment:
    return with_headings(*(replace(h, text=h.text.replace(old, new)) for h in item_headings()))


def test_headings_as_in_the_criteria_raise_nothing() -> None:
    made = with_headings(*item_headings())
    for check in ("items-out-of-order", "heading-number-wrong", "item-heading-missing"):
        assert findings(check, made) == []


def test_an_item_before_its_place_is_named_once() -> None:
    headings = item_headings()
    headings.insert(0, headings.pop(5))
    (finding,) = findings("items-out-of-order", with_headings(*headings))
    assert (finding.subject, finding.indicator) == (headings[0].node, f"{headings[0].node}.1")
    assert finding.severity == "note"


def test_a_report_in_an_order_of_its_own_is_no_fault() -> None:
    assert findings("items-out-of-order", with_headings(*item_headings()[::-1])) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1.2 组织治理", "1.3 组织治理", "“1.3 组织治理”在评价准则中为“1.2 组织治理”"),
        ("2.2 战略部署", "2.2 年度重点工作", "“2.2 年度重点工作”的标题与“2.2 战略部署”不同"),
    ],
)
def test_another_number_or_title_is_said(old: str, new: str, said: str) -> None:
    (finding,) = findings("heading-number-wrong", renamed(old, new))
    assert said in finding.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3.1 顾客和市场的了解", "3.1 顾客与市场的了解"),
        ("4.2 财务资源", "4.2、财务资源（15分）"),
        ("1.1 高层领导的作用", "1.1  高层领导作用"),
    ],
)
def test_small_differences_of_a_title_are_none(old: str, new: str) -> None:
    assert findings("heading-number-wrong", renamed(old, new)) == []


def test_national_numbers_are_right_in_a_report_that_keeps_to_them() -> None:
    headings = [heading(f"{i.national} {i.title}", i.id) for i in CRITERIA.items]
    assert findings("heading-number-wrong", with_headings(*headings, numbering="national")) == []


def test_titles_of_ones_own_are_no_fault() -> None:
    headings = [heading(f"{item.id} 我们怎样做{n}", item.id) for n, item in enumerate(CRITERIA.items)]
    assert findings("heading-number-wrong", with_headings(*headings)) == []


def test_a_number_used_for_two_titles_is_said() -> None:
    extra = (heading("4.1.7 班组建设", None, 3), heading("4.1.7 民主管理", None, 3))
    (finding,) = findings("heading-number-wrong", with_headings(*item_headings(), *extra))
    assert "编号 4.1.7 用于“班组建设”和“民主管理”两处" in finding.message


def under(node: str, *headings: HeadingRecord) -> Assessment:
    """A report with one passage about 4.5 that stands under a heading of that node."""
    made = with_headings(*headings)
    return replace(made, passages=(replace(told("文字", "4.5.1"), heading_node=node),))


def test_an_item_that_is_answered_under_the_heading_of_another_is_a_note() -> None:
    rest = [h for h in item_headings() if h.node != "4.5"]
    assert subjects("item-heading-missing", under("4.4", *rest)) == ["4.5"]
    assert subjects("item-heading-missing", with_headings(*rest)) == []


def test_a_heading_in_words_of_ones_own_is_a_heading() -> None:
    rest = [h for h in item_headings() if h.node != "4.5"]
    assert findings("item-heading-missing", under("4", *rest, heading("楼宇与机房", None))) == []


def test_a_report_without_headings_lacks_none() -> None:
    made = under("4.4", heading("4.4 技术资源", "4.4"))
    assert findings("item-heading-missing", made) == []


def test_parts_of_one_volume_in_another_order_are_said() -> None:
    made = submission(told("甲"), told("乙", document="d2"), kinds=("overview", "report"))
    overview, report = made.documents
    swapped = (replace(overview, blocks=(50, 60)), replace(report, blocks=(0, 49)))
    (finding,) = findings("parts-out-of-order", replace(made, documents=swapped))
    assert "自评报告、组织概述" in finding.message
    assert (
        findings("parts-out-of-order", replace(made, documents=(replace(overview, blocks=(0, 3)), report)))
        == []
    )
    apart = (swapped[0], replace(swapped[1], sha256="1" * 64))
    assert findings("parts-out-of-order", replace(made, documents=apart)) == []
