"""Two drafts: what was planted between them is found, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.drafts import compare
from mapping.drafts_edits import edits
from models.answers import Answer, Reply
from models.assessment import Assessment, Finding, PassageRecord
from models.diff import DraftDiff, PassageChange
from models.finding_id import identify
from tests.api.assessments import CRITERIA, gold_assessment

GOLD = replace(gold_assessment(), findings=gold_assessment().findings[:12])
REPORT = [p for p in GOLD.passages if p.document == "d2" and p.kind == "paragraph" and p.indicators]
LONG = [p for p in REPORT if len(p.text) > 60]


def with_passages(*passages: PassageRecord) -> Assessment:
    return replace(GOLD, passages=passages)


def all_changes(diff: DraftDiff) -> list[PassageChange]:
    return [change for row in diff.indicators for change in row.passages]


def edited(passage: PassageRecord, text: str, identity: str = "p-new") -> Assessment:
    new = replace(passage, id=identity, text=text)
    return with_passages(*(new if p is passage else p for p in GOLD.passages))


def test_equal_drafts_differ_in_nothing() -> None:
    diff = compare(GOLD, GOLD, CRITERIA)
    assert (diff.indicators, diff.kpis, diff.lengths) == ((), (), ())
    assert (diff.findings.solved, diff.findings.new) == ((), ())
    assert diff.findings.left == GOLD.findings
    assert diff.previous == {p.id: p.id for p in GOLD.passages}


@settings(max_examples=15)
@given(st.permutations(range(len(REPORT))), st.integers(0, 12))
def test_dropping_passages_is_all_that_is_told(order: list[int], number: int) -> None:
    gone = {REPORT[place].id for place in order[:number]}
    shorter = with_passages(*(p for p in GOLD.passages if p.id not in gone))
    removed = all_changes(compare(GOLD, shorter, CRITERIA))
    assert {change.previous_id for change in removed} == gone
    assert {change.kind for change in removed} <= {"removed"}
    added = all_changes(compare(shorter, GOLD, CRITERIA))
    assert {change.new.id for change in added if change.new} == gone
    assert {change.kind for change in added} <= {"added"}


def test_a_changed_figure_is_a_changed_passage_with_the_words_that_changed() -> None:
    passage = next(p for p in LONG if "2019" in p.text)
    diff = compare(GOLD, edited(passage, passage.text.replace("2019", "2020", 1)), CRITERIA)
    (change,) = all_changes(diff)
    assert (change.kind, change.moved, change.previous_id) == ("changed", False, passage.id)
    assert [(e.kind, e.text) for e in change.edits if e.kind != "same"] == [
        ("removed", "2019"),
        ("added", "2020"),
    ]
    assert diff.previous["p-new"] == passage.id
    assert [row.indicator for row in diff.indicators] == [passage.indicators[0].id]


def test_a_passage_that_grew_is_the_same_passage() -> None:
    passage = LONG[3]
    more = (
        "此外，公司还邀请第三方机构每半年评估一次，评估结果报管理评审会，并据此修订制度和流程，形成闭环。" * 3
    )
    (change,) = all_changes(compare(GOLD, edited(passage, passage.text + more), CRITERIA))
    assert change.kind == "changed" and change.previous_id == passage.id


def test_another_text_is_an_added_and_a_removed_one() -> None:
    passage = LONG[3]
    found = all_changes(compare(GOLD, edited(passage, "食堂每周公布菜单并征求员工意见。"), CRITERIA))
    assert {change.kind for change in found} == {"added", "removed"}


def test_white_space_and_width_change_nothing() -> None:
    passage = LONG[0]
    assert all_changes(compare(GOLD, edited(passage, passage.text.replace("，", " ，")), CRITERIA)) == []


def test_a_passage_carried_to_another_place_moved() -> None:
    passages = list(GOLD.passages)
    moved = LONG[5]
    passages.remove(moved)
    passages.insert(passages.index(LONG[20]), moved)
    (change,) = all_changes(compare(GOLD, with_passages(*passages), CRITERIA))
    assert (change.kind, change.previous_id) == ("moved", moved.id)


def test_another_section_is_a_move_and_a_reworded_heading_is_none() -> None:
    passage = replace(LONG[0], heading_node="1.1")
    old = with_passages(*(passage if p is LONG[0] else p for p in GOLD.passages))
    reworded = replace(passage, heading_path=("1 领导作用",))
    other = replace(passage, heading_node="4.2")
    for new, expected in ((reworded, []), (other, ["moved"])):
        draft = with_passages(*(new if p is LONG[0] else p for p in GOLD.passages))
        assert [change.kind for change in all_changes(compare(old, draft, CRITERIA))] == expected


def test_texts_are_compared_within_their_kind_of_document() -> None:
    passage = LONG[0]
    (overview,) = [d for d in GOLD.documents if d.kind == "overview"]
    elsewhere = replace(passage, id="p-over", document=overview.id)
    new = with_passages(*(elsewhere if p is passage else p for p in GOLD.passages))
    found = {(row.document, c.kind) for row in compare(GOLD, new, CRITERIA).indicators for c in row.passages}
    assert found == {("overview", "added"), ("report", "removed")}


def test_findings_are_solved_new_or_still_there() -> None:
    first, second = GOLD.findings[:2]
    fresh = replace(first, subject="另一指标")
    new = replace(GOLD, findings=identify((fresh, second), GOLD.documents))
    told = compare(replace(GOLD, findings=(first, second)), new, CRITERIA).findings
    assert [f.id for f in told.solved] == [first.id]
    assert [f.subject for f in told.new] == ["另一指标"]
    assert [f.id for f in told.left] == [second.id]


def test_a_finding_that_lost_its_fellows_is_still_there() -> None:
    one = next(f for f in gold_assessment().findings if f.check == "passage-misplaced" or f.where)
    twin = replace(one, where=(replace(one.where[0], passage="p-other"),))
    old: tuple[Finding, ...] = identify((one, twin), GOLD.documents)
    told = compare(
        replace(GOLD, findings=old), replace(GOLD, findings=identify((one,), GOLD.documents)), CRITERIA
    ).findings
    assert (len(told.solved), len(told.new), len(told.left)) == (1, 0, 1)


def test_figures_that_changed_and_series_that_came_and_went() -> None:
    series, gone = GOLD.kpis[0], GOLD.kpis[1]
    year = max(series.values)
    new = replace(series, values={**series.values, year: 1.5}, unit="万元")
    fresh = replace(gone, id="k-new", name="新指标", canonical="新指标")
    found = compare(GOLD, replace(GOLD, kpis=(new, fresh, *GOLD.kpis[2:])), CRITERIA).kpis
    changed, added, removed = found
    assert [(c.what, c.year, c.old, c.new) for c in changed.cells] == [
        ("value", year, series.values[year], 1.5)
    ]
    assert changed.units == (series.unit, "万元")
    assert (added.name, added.old) == ("新指标", None) and (removed.name, removed.new) == (gone.name, None)


def test_length_changes_by_item() -> None:
    report = next(d for d in GOLD.documents if d.kind == "report")
    longer = replace(report.length, count=report.length.count + 100, by_item={"1.1": 300})
    documents = tuple(replace(d, length=longer) if d is report else d for d in GOLD.documents)
    (change,) = compare(GOLD, replace(GOLD, documents=documents), CRITERIA).lengths
    assert change.count == (report.length.count, report.length.count + 100)
    assert change.by_item == {"1.1": (0, 300)}


def test_answers_are_carried_to_what_is_still_there() -> None:
    kept, gone = LONG[0], LONG[1]
    answers = (
        Answer("node", "4.5", "elsewhere", "见附件。"),
        Answer("finding", GOLD.findings[0].id, "wrong"),
        Answer("finding", GOLD.findings[1].id, "done"),
        Answer("passage", kept.id, "wrong", indicators=("1.1.2",)),
        Answer("passage", gone.id, "wrong", indicators=("1.1.2",)),
    )
    old = replace(GOLD, answers=tuple(Reply(answer, True, "…") for answer in answers))
    text = kept.text + "每年复核一次。"
    new = with_passages(
        *(replace(p, id="p-kept", text=text) if p is kept else p for p in GOLD.passages if p is not gone)
    )
    carried = compare(old, new, CRITERIA).carried
    assert carried == (*answers[:2], replace(answers[3], id="p-kept"))


def test_a_value_set_right_is_carried_where_the_same_is_printed() -> None:
    series = GOLD.kpis[0]
    year = max(series.values)
    answer = Answer("kpi", series.id, "wrong", year=year, value=7.0)
    old = replace(GOLD, answers=(Reply(answer, True, "…"),))
    assert compare(old, GOLD, CRITERIA).carried == (answer,)
    rewritten = replace(series, raw={**series.raw, year: "7.0"})
    new = replace(GOLD, kpis=(rewritten, *GOLD.kpis[1:]))
    assert compare(old, new, CRITERIA).carried == ()


@given(st.text("质量管理由升至12.5%A\n ", max_size=40), st.text("质量管理由升至12.5%A\n ", max_size=40))
def test_edits_give_back_both_texts(old: str, new: str) -> None:
    told = edits(old, new)
    assert "".join(e.text for e in told if e.kind != "added") == old
    assert "".join(e.text for e in told if e.kind != "removed") == new
    assert all(one.kind != other.kind for one, other in pairwise(told))


def test_numbers_change_whole() -> None:
    told = edits("合格率由91.2%升至95.0%，居行业首位。", "合格率由91.2%升至96.5%，居行业首位。")
    assert [e.text for e in told if e.kind != "same"] == ["95.0%", "96.5%"]
