"""The checks of length, parts and answers: raised when due, in fair words, once per fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapping.checks import all_checks, run_checks, shipped_rules
from models.assessment import Finding, IndicatorScore, PassageRecord, ReadingNote, UnreadableFile
from tests.documents import heading, paragraph
from tests.mapping.readings import (
    CRITERIA,
    Reading,
    assessment,
    document,
    full_report,
    length,
    reading,
    without,
)


def raised(draft: object, check: str) -> list[Finding]:
    return [f for f in run_checks(draft, CRITERIA) if f.check == check]  # type: ignore[arg-type]


def subjects(made: Reading, check: str) -> list[str]:
    return [finding.subject for finding in raised(assessment(made), check)]


def test_complete_report_within_its_limit_has_nothing_above_a_note() -> None:
    assert [f for f in run_checks(assessment(full_report()), CRITERIA) if f.severity != "note"] == []


@pytest.mark.parametrize(
    ("status", "check", "severity"),
    [
        ("over", "length-over", "error"),
        ("depends", "length-depends", "warning"),
        ("near", "length-near", "note"),
    ],
)
def test_length_is_judged_by_its_status(status: str, check: str, severity: str) -> None:
    draft = assessment(documents=[document(measured=length(status, 60_900))])  # type: ignore[arg-type]
    (finding,) = raised(draft, check)
    assert (finding.severity, finding.document) == (severity, "d1")
    assert "60,9" in finding.message or "60,8" in finding.message


def test_over_says_by_how_much_at_least() -> None:
    draft = assessment(documents=[document(measured=length("over", 60_900))])
    assert "800 字" in raised(draft, "length-over")[0].advice


def test_pictures_are_said_where_a_limit_holds() -> None:
    draft = assessment(documents=[document(measured=length(pictures=3))])
    assert "3 张图片" in raised(draft, "length-pictures")[0].message
    free = replace(length(pictures=3), limit=None)
    assert raised(assessment(documents=[document(measured=free)]), "length-pictures") == []


def test_part_not_handed_in_is_a_note_not_a_fault() -> None:
    found = raised(assessment(full_report()), "part-missing")
    assert [f.subject for f in found] == ["组织概述", "证实性材料"]
    assert {f.severity for f in found} == {"note"}


def test_yearly_report_alone_lacks_no_part() -> None:
    assert raised(assessment(documents=[document(kind="annual")]), "part-missing") == []


def test_unread_pages_are_named() -> None:
    (finding,) = raised(assessment(documents=[document(unread=(3, 4, 5, 9))]), "pages-unread")
    assert "3-5、9" in finding.message
    assert [w.page for w in finding.where] == [3, 4, 5, 9]


def test_notes_of_one_kind_are_one_line() -> None:
    notes = (ReadingNote("cid", "字符无法识别。", 2), ReadingNote("cid", "字符无法识别。", 7))
    (finding,) = raised(assessment(documents=[document(notes=notes)]), "reading-note")
    assert "共 2 处" in finding.message


def test_unreadable_file_is_said() -> None:
    draft = replace(assessment(full_report()), unreadable=(UnreadableFile("b.pdf", "《b.pdf》已加密。"),))
    assert [f.subject for f in raised(draft, "file-unreadable")] == ["b.pdf"]


def test_indicator_without_passage_is_raised_once() -> None:
    made = without(full_report(), "1.2.2", "7.4.5")
    assert subjects(made, "indicator-missing") == ["1.2.2", "7.4.5"]
    assert subjects(made, "item-missing") == []


def test_item_without_passage_is_one_line_for_all_its_indicators() -> None:
    made = without(full_report(), "2.2")
    assert subjects(made, "item-missing") == ["2.2"]
    assert subjects(made, "indicator-missing") == []


def test_item_of_one_indicator_is_raised_as_item() -> None:
    made = without(full_report(), "7.3.1")
    assert (subjects(made, "item-missing"), subjects(made, "indicator-missing")) == (["7.3"], [])


def test_heading_without_a_sure_answer_asks_to_look() -> None:
    made = reading([heading("1.1.2 品牌建设", 3), paragraph("…")], [None], targets=[(0, "1.1.2")])
    assert subjects(made, "indicator-unsure") == ["1.1.2"]
    assert "1.1.2" not in subjects(made, "indicator-missing")


def test_lacking_aspect_is_named() -> None:
    made = reading([paragraph("制度")], [("1.1.1", "approach")])
    (finding,) = raised(assessment(made), "aspect-missing")
    assert "未找到工作展开" in finding.message
    assert finding.severity == "warning"


def test_lacking_aspect_beside_a_picture_is_a_note() -> None:
    made = reading([paragraph("制度"), ("picture", "")], [("1.1.1", "approach")], doubtful=[1])
    (finding,) = raised(assessment(made), "aspect-missing")
    assert finding.severity == "note"


def test_unknown_is_never_called_not_found() -> None:
    made = reading([heading("1 领导"), ("picture", "")], [], targets=[(0, "1")], doubtful=[1])
    found = run_checks(assessment(made), CRITERIA)
    assert all("未找到" not in f.message for f in found if (f.indicator or "").startswith("1."))
    assert any(f.check == "unread-section" and f.indicator == "1.1.1" for f in found)


def test_unread_sections_are_one_line_a_chapter() -> None:
    made = reading([paragraph("甲"), ("picture", "")], [None], doubtful=[1])
    assert subjects(made, "unread-section") == [chapter.id for chapter in CRITERIA.chapters]


def test_yearly_report_has_items_as_notes_and_no_single_indicators() -> None:
    made = reading([paragraph("制度")], [("1.1.1", "approach")], kind="annual")
    found = run_checks(assessment(made), CRITERIA)
    assert {f.severity for f in found} == {"note"}
    assert "indicator-missing" not in {f.check for f in found}
    assert len([f for f in found if f.check == "item-missing"]) == 22


def test_errors_come_first_and_checks_can_be_off() -> None:
    draft = assessment(without(full_report(), "1.2.2"), documents=[document(measured=length("over"))])
    found = run_checks(draft, CRITERIA)
    assert [f.severity for f in found] == sorted(
        (f.severity for f in found), key=("error", "warning", "note").index
    )
    rest = run_checks(draft, CRITERIA, off=frozenset({"length-over"}))
    assert "length-over" not in {f.check for f in rest}
    assert len(rest) == len(found) - 1


def test_every_check_says_its_rule() -> None:
    assert set(shipped_rules()) == {check.id for check in all_checks()}
    assert all(rule.source and rule.title for rule in shipped_rules().values())


@pytest.mark.parametrize("word", ["缺失", "符合", "扣分", "失分"])
def test_no_finding_uses_an_unfair_word(word: str) -> None:
    made = without(full_report(), "1.2.2", "2.2", "7.3")
    drafts = [
        assessment(made, documents=[document(measured=length(status, 59_000, 2), unread=(3,))])  # type: ignore[arg-type]
        for status in ("over", "near", "depends", "within")
    ]
    texts = [f.message + f.advice for draft in drafts for f in run_checks(draft, CRITERIA)]
    assert texts
    assert not [text for text in texts if word in text]


def misplaced(
    node: str, indicator: str, score: float = 0.95, text: str = "2019年，各基地共注册QC小组63个。"
) -> list[Finding]:
    """Findings on one passage under a heading of ``node``."""
    passage = PassageRecord(
        id="p-1",
        document="d1",
        text=text,
        heading_path=(node,),
        kind="paragraph",
        page=None,
        page_label=None,
        page_exact=False,
        bbox=None,
        paragraph=3,
        indicators=(IndicatorScore(indicator, score),),
        requirements=(),
        aspect="deployment",
        aspects={},
        learning=False,
        integration=False,
        why=None,
        heading_node=node,
    )
    draft = replace(assessment(documents=[document()]), passages=(passage,))
    return raised(draft, "passage-misplaced")


@pytest.mark.parametrize("node", ["1.1", "1.1.2"])
def test_text_about_another_item_than_its_heading_is_raised(node: str) -> None:
    assert [finding.indicator for finding in misplaced(node, "6.2.2")] == ["6.2.2"]


def test_a_quoted_beginning_is_one_line_without_indents() -> None:
    (finding,) = misplaced("1.1", "6.2.2", text="\u3000\u3000风险类别\t应对\n措施")
    assert "“风险类别 应对 措施…”" in finding.message


@pytest.mark.parametrize(
    ("node", "indicator", "score"),
    [
        ("6.2", "6.2.2", 0.95),  # under its own item
        ("6", "1.1.1", 0.95),  # a chapter's heading says nothing of the item
        ("4.1", "7.4.1", 0.95),  # results may be told beside the process
        ("1.1", "6.2.2", 0.45),  # not sure enough
    ],
)
def test_text_in_its_place_or_in_doubt_is_not_raised(node: str, indicator: str, score: float) -> None:
    assert misplaced(node, indicator, score) == []
