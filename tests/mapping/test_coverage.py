"""Coverage: found, partly found, not found - and never "not found" about what could not be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from mapping.coverage import NEARLY, SECONDARY, cover
from mapping.match import UNSURE
from models.assessment import Coverage, IndicatorScore
from models.document import Block, PageState, PartKind, Place
from models.judgement import Aspect, Match
from tests.documents import Spec, heading, paragraph
from tests.mapping.readings import CRITERIA, Reading, full_report, reading, without


def row(made: Reading, indicator: str) -> Coverage:
    return next(r for r in cover(made, CRITERIA) if r.indicator == indicator)


def test_every_indicator_has_a_row_in_the_order_of_the_criteria() -> None:
    rows = cover(full_report(), CRITERIA)
    assert [r.indicator for r in rows] == [i.id for i in CRITERIA.indicators]
    assert {r.status for r in rows} == {"covered"}


@pytest.mark.parametrize("kind", ["evidence", "other"])
def test_evidence_is_not_held_against_the_criteria(kind: PartKind) -> None:
    assert cover(reading([paragraph("证书")], [None], kind=kind), CRITERIA) == ()


def test_overview_is_held_against_its_own_indicators() -> None:
    rows = cover(reading([paragraph("产品")], [("0.1.1", "none")], kind="overview"), CRITERIA)
    assert [r.indicator for r in rows] == [i.id for i in CRITERIA.overview_indicators]
    assert rows[0].status == "covered"


def test_one_of_two_expected_aspects_is_partial() -> None:
    made = reading([paragraph("制度")], [("1.1.1", "approach")])
    assert row(made, "1.1.1").status == "partial"
    assert (row(made, "1.1.1").approach, row(made, "1.1.1").deployment) == (1, 0)


@pytest.mark.parametrize(
    ("share", "deployment", "status"), [(NEARLY, 1, "covered"), (NEARLY - 0.01, 0, "partial")]
)
def test_an_aspect_told_nearly_as_likely_counts_beside_the_first(
    share: float, deployment: int, status: str
) -> None:
    made = reading([paragraph("制度")], [("1.1.1", "approach")])
    made = replace(made, aspects=(Aspect("approach", 1 - share, share, 0),))
    told = row(made, "1.1.1")
    assert (told.approach, told.deployment, told.status) == (1, deployment, status)


def test_no_passage_and_no_heading_is_missing_with_the_nearest_shown() -> None:
    made = reading([paragraph("制度")], [None])
    assert row(made, "1.1.1").status == "missing"
    assert row(made, "1.1.1").nearest == (made.passages[0].id,)


def test_a_heading_that_names_the_indicator_is_not_missing() -> None:
    made = reading([heading("1.1.2 品牌建设", 3), paragraph("…")], [None], targets=[(0, "1.1.2")])
    assert row(made, "1.1.2").status == "partial"


def test_a_heading_without_text_names_nothing() -> None:
    made = reading(
        [heading("1.1.2 品牌建设", 3), heading("1.1.3 安全生产", 3), paragraph("…")],
        [None],
        targets=[(0, "1.1.2"), (1, "1.1.3")],
    )
    assert row(made, "1.1.2").status == "missing"


def test_a_picture_in_the_item_makes_it_unknown_there_only() -> None:
    specs = [heading("1.1 高层领导的作用"), ("picture", ""), heading("1.2 组织治理"), paragraph("甲")]
    made = reading(specs, [None], targets=[(0, "1.1"), (2, "1.2")], doubtful=[1])
    assert row(made, "1.1.6").status == "unknown"
    assert row(made, "1.2.2").status == "missing"


def test_an_unread_page_without_headings_makes_all_unknown() -> None:
    made = reading([paragraph("甲")], [None], doubtful=[0])
    assert {r.status for r in cover(made, CRITERIA)} == {"unknown"}


def test_unseen_is_said_beside_what_was_found() -> None:
    made = reading([paragraph("制度"), ("picture", "")], [("1.1.1", "approach")], doubtful=[1])
    assert (row(made, "1.1.1").status, row(made, "1.1.1").unseen) == ("partial", True)


def test_only_a_reference_is_referred() -> None:
    made = reading([paragraph("有关内容详见6.1.1。")], [("1.1.6", "none")])
    assert row(made, "1.1.6").status == "referred"


@pytest.mark.parametrize("text", ["成效由此可见一斑。", "见3名顾客代表后立即整改。", "意见第一时间答复。"])
def test_a_number_alone_is_no_reference(text: str) -> None:
    made = reading([paragraph(text)], [("1.1.6", "none")])
    assert row(made, "1.1.6").status == "partial"


@pytest.mark.parametrize(
    "text", ["见第四章。", "详见 6.1.1", "参阅本报告第 3 章。", "参见下文二、三节。", "见7章。"]
)
def test_a_chapter_or_number_with_points_is_one(text: str) -> None:
    made = reading([paragraph(text)], [("1.1.6", "none")])
    assert row(made, "1.1.6").status == "referred"


LOGO: Spec = ("picture", "")
CHAPTER: Sequence[Spec] = (heading("1 领导"), heading("1.1 高层领导的作用", 2), paragraph("甲"))


def covering(
    *front: Spec, targets: Sequence[tuple[int, str]] = ((0, "1"), (1, "1.1")), **more: Any
) -> Reading:
    """A report of one chapter behind ``front``, whose pictures were not read."""
    return reading(
        [*front, *CHAPTER],
        [None],
        targets=[(block + len(front), node) for block, node in targets],
        doubtful=[n for n, spec in enumerate(front) if _is_picture(spec)],
        **more,
    )


def _is_picture(spec: Spec) -> bool:
    return (spec.kind if isinstance(spec, Block) else spec[0]) == "picture"


def test_a_logo_above_the_first_chapter_hides_nothing() -> None:
    assert {r.status for r in cover(covering(LOGO), CRITERIA)} == {"missing"}


def test_a_picture_above_a_later_heading_may_hold_what_is_asked_before_it() -> None:
    made = covering(LOGO, targets=[(0, "2"), (1, "2.1")])
    assert row(made, "1.3.2").status == "unknown"
    assert row(made, "2.1.1").status == "missing"


def test_where_the_chapters_have_an_order_of_their_own_a_picture_in_front_may_hold_anything() -> None:
    made = covering(LOGO, targets=[(0, "7"), (1, "1.1")])
    assert {r.status for r in cover(made, CRITERIA)} == {"unknown"}


def test_without_headings_a_picture_in_front_may_hold_anything() -> None:
    assert {r.status for r in cover(covering(LOGO, targets=()), CRITERIA)} == {"unknown"}


@pytest.mark.parametrize("scanned", [1, 2])
def test_a_first_page_that_was_not_read_may_hold_anything(scanned: int) -> None:
    """The second page counts at the last block before it, which may be the logo."""
    states: tuple[PageState, ...] = tuple("image_only" if n == scanned else "text" for n in (1, 2, 3))
    made = covering(Block(0, "picture", "", Place(page=1)), states=states)
    assert {r.status for r in cover(made, CRITERIA)} == {"unknown"}


def test_a_cover_ahead_of_the_contents_answers_nothing() -> None:
    states: tuple[PageState, ...] = ("image_only", "text", "text")
    front = (Block(0, "picture", "", Place(page=1)), Block(1, "contents", "1 领导 3", Place(page=2)))
    assert {r.status for r in cover(covering(*front, states=states), CRITERIA)} == {"missing"}


def test_a_page_behind_the_contents_may_hold_anything() -> None:
    states: tuple[PageState, ...] = ("text", "image_only", "text")
    front = (Block(0, "contents", "1 领导 3", Place(page=1)), Block(1, "picture", "", Place(page=2)))
    assert {r.status for r in cover(covering(*front, states=states), CRITERIA)} == {"unknown"}


def test_second_indicator_counts_from_its_threshold() -> None:
    for score, passages in ((SECONDARY, 1), (SECONDARY - 0.01, 0)):
        assert len(row(second("1.1.1", "1.3.2", score), "1.3.2").passages) == passages


def second(first: str, other: str, score: float) -> Reading:
    """A reading of one passage with a second indicator."""
    made = reading([paragraph("制度")], [(first, "approach")])
    match = Match((IndicatorScore(first, 0.6), IndicatorScore(other, score)), (), None)
    return Reading(made.part, made.outline, made.passages, (match,), (Aspect("approach", 1, 0, 0),))


@pytest.mark.parametrize(
    ("first", "other", "score", "status"),
    [
        ("1.1.1", "1.3.2", UNSURE, "partial"),
        ("1.1.1", "1.3.2", UNSURE - 0.01, "missing"),
        ("4.6.1", "7.4.5", 0.3, "missing"),  # only the link of a result told under its process
        ("7.4.4", "7.4.5", 0.3, "partial"),
    ],
)
def test_an_unsure_answer_is_not_missing(first: str, other: str, score: float, status: str) -> None:
    made = row(second(first, other, score), other)
    assert (made.status, made.passages) == (status, ())
    assert bool(made.nearest)


def test_points_are_covered_weak_or_missing() -> None:
    points = row(reading([paragraph("制度")], [("1.1.1", "approach")]), "1.1.1").requirements
    assert [p.status for p in points] == ["covered", "weak", "weak", "weak"]
    assert {p.status for p in row(without(full_report(), "1.1.1"), "1.1.1").requirements} == {"missing"}
