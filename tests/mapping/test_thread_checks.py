"""The overview against its points, and what of it the report takes up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping.checks.named import challenges, customers, partners
from models.assessment import Assessment, Coverage, RequirementCoverage, RequirementStatus
from tests.mapping.wordings import CRITERIA, findings, subjects, submission, told

OVERVIEW = (
    told("顾客分为市区两级政务部门、水务供热等公用事业单位、城商行及农村金融机构三类。", "0.1.2"),
    told("供方分为四类：云资源供应商（32家）、人力外协服务商（21家）、玻璃制品厂。", "0.1.2"),
    told("挑战主要有：核心零部件依赖进口；政务回款周期拉长。优势在于：十年知识积累、稳定的团队。", "0.2.2"),
)


def both(*report: tuple[str, str]) -> Assessment:
    passages = [told(text, indicator, document="d2") for text, indicator in report]
    return submission(*OVERVIEW, *passages, kinds=("overview", "report"))


FILLER = (("公司每年修订规划。", "2.1.1"), ("路标按半年对表。", "2.1.2"), ("任务分解到部门。", "2.2.1"))


def test_names_are_read_from_the_lists_of_the_overview() -> None:
    made = both()
    assert [one.name for one in customers(made)] == [
        "市区两级政务部门",
        "水务供热等公用事业单位",
        "城商行及农村金融机构",
    ]
    assert [one.name for one in partners(made)] == ["云资源供应商", "人力外协服务商", "玻璃制品厂"]
    assert [(one.name, one.kind) for one in challenges(made)] == [
        ("核心零部件依赖进口", "挑战"),
        ("政务回款周期拉长", "挑战"),
        ("十年知识积累、稳定的团队", "优势"),
    ]


def test_a_challenge_of_which_chapter_2_says_nothing_is_named() -> None:
    answers = (("针对回款慢，设立专班。", "2.1.1"), ("依托知识积累和团队。", "4.1.1"))
    (finding,) = findings("challenge-unanswered", both(*FILLER, *answers))
    assert "“核心零部件依赖进口”" in finding.message
    assert "回款" not in finding.message
    assert "知识" not in finding.message


def test_a_challenge_taken_up_in_other_words_of_its_own_is_answered() -> None:
    answers = (
        ("推进关键零部件国产替代。", "2.1.1"),
        ("压降回款天数。", "2.2.1"),
        ("知识积累、团队稳定。", "2.1.2"),
    )
    assert findings("challenge-unanswered", both(*FILLER, *answers)) == []


def test_without_a_chapter_2_challenges_are_not_judged() -> None:
    assert findings("challenge-unanswered", both(("公司每年修订规划。", "2.1.1"))) == []


REPORT = (
    ("对政务、公用事业和金融三类客户分级走访。", "3.1.1"),
    ("客户经理按月回访。", "3.2.1"),
    ("每年开展满意度调查。", "3.2.2"),
    ("云资源伙伴和外协单位按季评价。", "4.6.1"),
    ("过程按流程管理。", "5.1.1"),
    ("工单按时关闭。", "5.2.1"),
)


def test_a_supplier_that_never_comes_back_is_named() -> None:
    (finding,) = findings("party-not-followed", both(*REPORT))
    assert finding.subject == "玻璃制品厂"
    assert finding.indicator == "4.6.1"


def test_customer_groups_that_never_come_back_are_named_in_one_line() -> None:
    report = [("客户经理按月回访。", "3.1.1"), *REPORT[1:3]]
    (finding,) = findings("party-not-followed", both(*report))
    assert "顾客群“市区两级政务部门”、“水务供热等公用事业单位”、“城商行及农村金融机构”" in finding.message


def test_pictures_in_the_chapters_keep_the_check_silent() -> None:
    unseen = Coverage("d2", "3.1.1", "unknown", ("approach",), 0, 0, 0, (), (), unseen=True)
    report = [("客户经理按月回访。", "3.1.1"), *REPORT[1:3]]
    assert findings("party-not-followed", replace(both(*report), coverage=(unseen,))) == []


@pytest.mark.parametrize(("cell", "raised"), [("总体满意度\t95", True), ("政务客户满意度\t95", False)])
def test_results_by_no_group_of_the_overview_are_a_note(cell: str, raised: bool) -> None:
    table = told(cell, "7.2.1", document="d2", kind="table", context="表7.2-1 顾客满意度")
    made = submission(*OVERVIEW, table, kinds=("overview", "report"))
    assert bool(findings("no-segmentation", made)) is raised


def points(statuses: dict[str, RequirementStatus]) -> tuple[Coverage, ...]:
    rows = []
    for indicator in CRITERIA.overview_indicators:
        ids = [point.id for point in indicator.requirements]
        told = tuple(RequirementCoverage(one, statuses.get(one, "covered"), ()) for one in ids)
        rows.append(Coverage("d1", indicator.id, "covered", (), 1, 0, 0, told, ("p-0",)))
    return tuple(rows)


def overview(text: str, statuses: dict[str, RequirementStatus]) -> Assessment:
    return replace(submission(told(text, "0.1.1"), kinds=("overview",)), coverage=points(statuses))


def test_points_that_neither_model_nor_words_find_are_one_note_that_says_it_is_not_scored() -> None:
    (finding,) = findings(
        "overview-point-missing", overview("概况。", {"0.1.1-5": "weak", "0.2.1-3": "missing"})
    )
    assert (finding.subject, finding.severity) == ("0.1.1-5、0.2.1-3", "note")
    assert "不评分" in finding.advice
    assert finding.where


def test_words_that_speak_of_nothing_else_are_enough() -> None:
    assert subjects("overview-point-missing", overview("受法律法规约束。", {"0.1.1-5": "weak"})) == []


def test_a_point_may_stand_in_a_picture() -> None:
    made = overview("概况。", {"0.1.2-1": "weak"})
    (document,) = made.documents
    seen = replace(document, length=replace(document.length, uncounted_pictures=1))
    (finding,) = findings("overview-point-missing", replace(made, documents=(seen,)))
    assert "可能在其中" in finding.message


def test_a_name_of_one_pair_is_too_little_to_tell() -> None:
    made = submission(
        told("供方分为原水、药剂、计量仪表厂三类。", "0.1.2"),
        *(told(text, indicator, document="d2") for text, indicator in REPORT[3:]),
        kinds=("overview", "report"),
    )
    assert subjects("party-not-followed", made) == ["计量仪表厂"]
