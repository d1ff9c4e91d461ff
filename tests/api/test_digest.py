"""Lines to be read: one per fault, every finding in exactly one, the most important first."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from api.export.digest import Line, digest
from models.assessment import Assessment, Finding, Severity, Where
from models.criteria import Indicator, Item
from tests.api.assessments import CRITERIA, gold_assessment

_IDS = [indicator.id for indicator in CRITERIA.indicators]
_CHECKS = ("indicator-missing", "aspect-missing", "kpi-no-unit", "length-over")


def finding(
    check: str,
    subject: str,
    indicator: str | None = None,
    severity: Severity = "warning",
    advice: str = "请补充。",
) -> Finding:
    places = (Where(page=1, passage=f"p-{subject}"),)
    return Finding(check, severity, "d2", indicator, subject, f"“{subject}”有一处。", advice, places)


def lines(*findings: Finding) -> tuple[Line, ...]:
    return digest(replace(gold_assessment(), findings=findings), CRITERIA)


def test_the_same_fault_at_many_places_is_one_line_that_names_them() -> None:
    one, two, three = (finding("kpi-no-unit", name, "7.2.1") for name in ("甲", "乙", "丙"))
    (line,) = lines(one, two, three)
    assert line.message == "“甲”有一处。同样情况另有 2 处：乙、丙。"
    assert (line.count, line.findings) == (3, (one, two, three))
    assert [place.passage for place in line.places] == ["p-甲", "p-乙", "p-丙"]


def test_another_thing_to_do_is_another_line() -> None:
    assert len(lines(finding("a", "甲"), finding("a", "乙", advice="请核对。"))) == 2
    assert len(lines(finding("a", "甲"), finding("a", "甲", severity="note"))) == 2


def test_a_subject_that_comes_back_is_not_named_again() -> None:
    (line,) = lines(finding("a", "甲"), finding("a", "甲"))
    assert line.message == "“甲”有一处。同样情况另有 1 处。"


def test_long_lists_of_names_end_somewhere() -> None:
    (line,) = lines(*(finding("a", f"名{n}") for n in range(20)))
    assert "另有 19 处" in line.message and line.message.endswith("等。")
    assert len(line.message) < 80


def test_an_indicator_of_the_report_that_is_not_found_keeps_its_line() -> None:
    missing = [finding("indicator-missing", one, one) for one in ("1.2.2", "4.2.1")]
    assert [line.indicator for line in lines(*missing)] == ["1.2.2", "4.2.1"]
    (line,) = lines(*(replace(one, severity="note") for one in missing))
    assert line.count == 2


def of_two_files(one: Finding, other: Finding) -> tuple[Line, ...]:
    """The lines on a report that is handed in as two files, d1 and d2."""
    made = gold_assessment()
    (report,) = (document for document in made.documents if document.kind == "report")
    files = (
        replace(report, id="d1", filename="自评报告.docx"),
        replace(report, id="d2", filename="自评报告.pdf"),
    )
    return digest(replace(made, documents=files, findings=(one, other)), CRITERIA)


def test_one_report_in_two_formats_is_told_once() -> None:
    one = finding("indicator-missing", "7.4.5", "7.4.5")
    other = replace(one, document="d1", where=(Where(page=9),))
    (line,) = of_two_files(one, other)
    assert line.message == f"{one.message}（2 个文件均如此）"
    assert (set(line.findings), len(line.places)) == ({one, other}, 2)


def test_what_differs_between_the_files_is_told_of_each() -> None:
    one = finding("indicator-missing", "7.4.5", "7.4.5")
    assert len(of_two_files(one, replace(one, document="d1", message="“7.4.5”有两处。"))) == 2


def test_in_a_group_points_come_first_then_what_is_not_found() -> None:
    light = finding("indicator-missing", "4.2.1", "4.2.1")
    heavy = finding("kpi-no-unit", "甲", "7.2.1")
    absent = finding("indicator-missing", "7.2.2", "7.2.2")
    loose = finding("names-differ", "乙")
    assert [line.findings[0] for line in lines(loose, light, heavy, absent)] == [absent, heavy, light, loose]


def test_a_breach_of_a_whole_file_comes_first() -> None:
    over = finding("length-over", "自评报告.docx", severity="error")
    few = finding("kpi-under-three-years", "甲", "7.2.1", "error")
    assert [line.check for line in lines(few, over)] == ["length-over", "kpi-under-three-years"]


@given(
    st.lists(
        st.builds(
            finding,
            st.sampled_from(_CHECKS),
            st.sampled_from("甲乙丙"),
            st.none() | st.sampled_from(_IDS),
            st.sampled_from(("error", "warning", "note")),
            st.sampled_from(("请补充。", "请核对。")),
        ),
        max_size=25,
    )
)
def test_every_finding_stands_in_one_line_in_fair_order(findings: list[Finding]) -> None:
    made = lines(*findings)
    told = [one for line in made for one in line.findings]
    assert sorted(map(repr, told)) == sorted(map(repr, findings))
    for line in made:
        assert {(one.check, one.severity, one.document, one.advice) for one in line.findings} == {
            (line.check, line.severity, line.document, line.advice)
        }
    groups = [line.severity for line in made]
    assert groups == sorted(groups, key=("error", "warning", "note").index)
    for severity in ("warning", "note"):
        weights = [_points(line.indicator) for line in made if line.severity == severity]
        assert weights == sorted(weights, reverse=True)


def test_the_screen_of_the_gold_report_stays_short() -> None:
    whole: Assessment = gold_assessment()
    assert sum(line.severity != "note" for line in digest(whole, CRITERIA)) <= 15


def _points(indicator: str | None) -> int:
    node = CRITERIA.by_id.get(indicator or "")
    item = CRITERIA.by_id[node.item] if isinstance(node, Indicator) else None
    return item.points if isinstance(item, Item) else 0
