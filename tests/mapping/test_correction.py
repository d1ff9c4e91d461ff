"""Answers laid on an assessment: nothing without answers, once is twice, and only what they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from api.export.json import to_json
from mapping.checks import all_checks, run_checks
from mapping.correction import correct
from mapping.correction_passages import recover
from models.answers import Answer
from models.assessment import Assessment, Coverage, HeadingRecord, PassageRecord
from models.criteria import Requirement
from tests.api.assessments import CRITERIA, gold_assessment

CHECKS = frozenset(
    {"indicator-missing", "aspect-missing", "item-missing", "passage-misplaced"}
    | {"kpi-under-three-years", "kpi-worsening", "part-missing", "length-over"}
)
OFF = frozenset(check.id for check in all_checks()) - CHECKS
"""Some checks say all there is to say of corrections, and take a tenth of the time."""
WHOLE = gold_assessment()
GOLD = replace(WHOLE, findings=run_checks(WHOLE, CRITERIA, off=OFF))
PASSAGES = [p for p in GOLD.passages if p.document == "d2" and p.indicators]
INDICATORS = [indicator.id for indicator in CRITERIA.indicators]
NODES = [node.id for node in CRITERIA.nodes()]

passage_answers = st.builds(
    Answer,
    about=st.just("passage"),
    id=st.sampled_from([*(p.id for p in PASSAGES), "p-gone"]),
    verdict=st.just("wrong"),
    indicators=st.none() | st.lists(st.sampled_from(INDICATORS), max_size=2, unique=True).map(tuple),
    aspect=st.sampled_from((None, "approach", "deployment", "result", "none")),
)
node_answers = st.builds(
    Answer,
    about=st.just("node"),
    id=st.sampled_from([*NODES, "9.9.9"]),
    verdict=st.sampled_from(("not_applicable", "elsewhere")),
    sentence=st.just("本组织没有这项业务。"),
)
finding_answers = st.builds(
    Answer,
    about=st.just("finding"),
    id=st.sampled_from([*(f.id for f in GOLD.findings), "f-gone"]),
    verdict=st.sampled_from(("wrong", "done")),
)
kpi_answers = st.builds(
    Answer,
    about=st.just("kpi"),
    id=st.sampled_from([*(k.id for k in GOLD.kpis), "k-gone"]),
    verdict=st.just("wrong"),
    year=st.sampled_from(("", "2018", "2019", "2025")),
    target=st.booleans(),
    value=st.none() | st.floats(1, 100).map(lambda number: round(number, 1)),
).filter(lambda answer: bool(answer.year) or (answer.value is None and not answer.target))
every_answer = passage_answers | node_answers | finding_answers | kpi_answers


def lay(assessment: Assessment, answers: Sequence[Answer]) -> Assessment:
    return correct(assessment, answers, CRITERIA, off=OFF)


def wrong(passage: PassageRecord, *indicators: str) -> Answer:
    return Answer("passage", passage.id, "wrong", indicators=indicators)


def row(assessment: Assessment, indicator: str, document: str = "d2") -> Coverage:
    return next(r for r in assessment.coverage if (r.document, r.indicator) == (document, indicator))


def emptied() -> tuple[Coverage, list[Answer]]:
    """A row of the report, and the answers that leave it without a passage."""
    rows = [r for r in GOLD.coverage if r.document == "d2" and r.passages]
    least = min(rows, key=lambda r: len(r.passages))
    return least, [Answer("passage", p, "wrong", indicators=(), aspect="none") for p in least.passages]


def test_no_answers_change_nothing() -> None:
    assert to_json(lay(GOLD, ())) == to_json(GOLD)


@settings(max_examples=25)
@given(st.lists(every_answer, max_size=6))
def test_laying_on_twice_is_laying_on_once(answers: list[Answer]) -> None:
    once = lay(GOLD, answers)
    assert to_json(lay(once, answers)) == to_json(once)


@settings(max_examples=25)
@given(st.lists(passage_answers, max_size=3))
def test_a_corrected_passage_changes_only_rows_it_names(answers: list[Answer]) -> None:
    after = lay(GOLD, answers)
    old = {p.id: p for p in GOLD.passages}
    named = {node for a in answers for node in a.indicators or ()}
    named |= {score.id for a in answers if a.id in old for score in old[a.id].indicators}
    for before, now in zip(GOLD.coverage, after.coverage, strict=True):
        assert before == now or (now.indicator in named and now.document == "d2")
    asked = {a.id for a in answers}
    for was, is_now in zip(GOLD.passages, after.passages, strict=True):
        assert was == is_now or is_now.id in asked


@settings(max_examples=25)
@given(st.lists(every_answer, max_size=5))
def test_every_answer_gets_a_reply(answers: list[Answer]) -> None:
    replies = lay(GOLD, answers).answers
    assert [reply.answer.key for reply in replies] == list(dict.fromkeys(a.key for a in answers))
    for reply in replies:
        assert reply.message.endswith(("。", "）")) or reply.answer.about == "node"
        if reply.answer.id.endswith(("-gone", "9.9.9")):
            assert not reply.applied


def test_a_passage_moves_to_its_right_indicator_with_coverage_findings_and_series() -> None:
    missing = next(r.indicator for r in GOLD.coverage if r.document == "d2" and r.status == "missing")
    passage = next(
        p for p in PASSAGES if p.kind == "table" and any(k.source.passage == p.id for k in GOLD.kpis)
    )
    was = passage.indicators[0].id
    after = lay(GOLD, [wrong(passage, missing)])
    assert passage.id not in row(after, was).passages
    assert row(after, missing).passages == (passage.id,) and row(after, missing).status != "missing"
    assert not [f for f in after.findings if f.check == "indicator-missing" and f.subject == missing]
    assert {k.indicator for k in after.kpis if k.source.passage == passage.id} == {missing}
    moved = next(p for p in after.passages if p.id == passage.id)
    assert (moved.indicators[0].score, moved.why, moved.corrected) == (1.0, None, ("indicators",))


def test_a_point_names_its_indicator_and_itself() -> None:
    passage = PASSAGES[0]
    after = lay(GOLD, [wrong(passage, "4.3.2-1")])
    moved = next(p for p in after.passages if p.id == passage.id)
    assert moved.indicators[0].id == "4.3.2" and moved.requirements == ("4.3.2-1",)
    point = next(p for p in row(after, "4.3.2").requirements if p.id == "4.3.2-1")
    assert passage.id in point.passages


def test_unrelated_takes_a_passage_out_of_every_row() -> None:
    alone, answers = emptied()
    after = lay(GOLD, answers)
    assert row(after, alone.indicator).passages == ()
    assert row(after, alone.indicator).status in ("missing", "partial", "unknown")


def test_where_a_heading_names_it_nothing_is_called_not_found() -> None:
    alone, answers = emptied()
    passage = next(p for p in GOLD.passages if p.id == alone.passages[0])
    heading = HeadingRecord("d2", "标题", 3, None, passage.paragraph - 1, alone.indicator)
    after = lay(replace(GOLD, headings=(heading,)), answers)
    assert row(after, alone.indicator).status == "partial"
    later = HeadingRecord("d2", "标题", 3, None, passage.paragraph + 10_000, alone.indicator)
    bare = lay(replace(GOLD, headings=(later,)), answers)
    assert row(bare, alone.indicator).status == "missing"


def test_not_applicable_takes_indicator_and_findings_off_the_list() -> None:
    finding = next(f for f in GOLD.findings if f.check == "indicator-missing")
    answer = Answer("node", finding.subject, "not_applicable", "本组织没有供应商。")
    after = lay(GOLD, [answer])
    changed = row(after, finding.subject)
    assert changed.status == "not_applicable" and changed.answers[0].sentence == "本组织没有供应商。"
    assert {point.status for point in changed.requirements} == {"not_applicable"}
    assert finding.id not in {f.id for f in after.findings}
    assert after.answers[0].applied and after.answers[0].message.endswith("：本组织没有供应商。")
    assert row(after, finding.subject, "d3").status == "not_applicable", "the yearly report too"


def test_a_mark_of_an_item_is_one_of_all_its_indicators_and_of_a_point_only_the_point() -> None:
    whole = lay(GOLD, [Answer("node", "4.5", "elsewhere", "见附件三。")])
    item = next(item for item in CRITERIA.items if item.id == "4.5")
    assert all(row(whole, i.id).status == "not_applicable" for i in item.indicators)
    point = next(n for n in CRITERIA.nodes() if isinstance(n, Requirement) and n.id == "1.1.1-2")
    one = row(lay(GOLD, [Answer("node", point.id, "not_applicable", "无。")]), "1.1.1")
    assert one.status == row(GOLD, "1.1.1").status
    assert [p.id for p in one.requirements if p.status == "not_applicable"] == [point.id]


def test_what_the_rules_demand_stays_on_the_list() -> None:
    error = next(f for f in GOLD.findings if f.severity == "error" and f.indicator)
    after = lay(GOLD, [Answer("node", str(error.indicator), "not_applicable", "不看。")])
    assert error in after.findings


def test_a_finding_that_is_wrong_or_done_is_off_the_list_and_told() -> None:
    first, second = GOLD.findings[0], GOLD.findings[-1]
    answers = [Answer("finding", first.id, "wrong"), Answer("finding", second.id, "done", "已补。")]
    after = lay(GOLD, answers)
    assert {first.id, second.id}.isdisjoint(f.id for f in after.findings)
    assert len(after.findings) == len(GOLD.findings) - 2
    assert after.answers[0].message == first.message


def test_a_right_value_changes_trend_and_findings() -> None:
    falling = next(f for f in GOLD.findings if f.check == "kpi-worsening")
    series = next(k for k in GOLD.kpis if k.id == falling.where[0].kpi)
    last = max(series.values)
    better = max(series.values.values()) + 1 if series.direction == "up" else 0.0
    after = lay(GOLD, [Answer("kpi", series.id, "wrong", year=last, value=better)])
    new = next(k for k in after.kpis if k.id == series.id)
    assert new.values[last] == better and new.trend == "improving" and new.corrected == (last,)
    assert new.raw == series.raw, "what is printed stays as it was printed"
    assert falling.id not in {f.id for f in after.findings}


def test_what_is_no_kpi_is_gone_and_nothing_repeats_it() -> None:
    series = GOLD.kpis[0]
    twin = replace(GOLD.kpis[1], source=replace(GOLD.kpis[1].source, same_as=series.id))
    draft = replace(GOLD, kpis=(series, twin, *GOLD.kpis[2:]))
    after = lay(draft, [Answer("kpi", series.id, "wrong")])
    assert series.id not in {k.id for k in after.kpis}
    assert next(k for k in after.kpis if k.id == twin.id).source.same_as is None
    assert not [f for f in after.findings if any(w.kpi == series.id for w in f.where)]


def test_a_later_answer_wins_and_earlier_ones_stay() -> None:
    first = lay(GOLD, [Answer("node", "4.5", "elsewhere", "甲。")])
    later = [Answer("node", "4.5", "not_applicable", "乙。"), wrong(PASSAGES[0], "1.1.1")]
    second = lay(first, later)
    assert [r.answer for r in second.answers] == later
    assert [a.sentence for a in row(second, "4.5.1").answers] == ["乙。"]


def test_rows_made_anew_from_records_are_those_made_from_the_reading() -> None:
    """The whole coverage of the gold report, whose rows were laid down apart from this code."""
    blank = replace(GOLD, passages=tuple(replace(p, text=p.text + "。") for p in GOLD.passages))
    for old, new in zip(GOLD.coverage, recover(GOLD, blank, CRITERIA), strict=True):
        certain = [p for p in GOLD.passages if p.id in old.passages and p.indicators[0].id == old.indicator]
        if len(certain) == len(old.passages) > 0:
            assert (old.passages, old.approach, old.result) == (new.passages, new.approach, new.result)


def test_findings_follow_the_office_s_own_rules() -> None:
    check = GOLD.findings[0].check
    after = correct(GOLD, [wrong(PASSAGES[0], "1.1.1")], CRITERIA, off=OFF | {check})
    assert check not in {f.check for f in after.findings}
    assert check in {f.check for f in lay(GOLD, [wrong(PASSAGES[0], "1.1.1")]).findings}
