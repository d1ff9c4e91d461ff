"""Every KPI check finds its planted fault, and is a note where it is not right four times of five."""

from __future__ import annotations

import pytest

from benchmarks.kpi_checks import RIGHT, Score, findings, measure, to_markdown
from benchmarks.kpi_faults import FAULTS
from benchmarks.kpi_reports import STYLES, clean
from mapping.checks import shipped_rules

SEVERITY = {one.id: one.severity for one in shipped_rules().values()}


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return measure()


def test_each_check_has_ten_faults(scores: dict[str, Score]) -> None:
    assert {check: score.planted for check, score in scores.items()} == dict.fromkeys(scores, 10)


def test_a_check_that_is_not_right_four_times_of_five_is_a_note(scores: dict[str, Score]) -> None:
    unsure = {check for check, score in scores.items() if (score.precision or 0) < RIGHT}
    assert {SEVERITY[check] for check in unsure} <= {"note"}


def test_planted_faults_are_found(scores: dict[str, Score]) -> None:
    assert {check: score.found for check, score in scores.items() if score.found < 9} == {}


def test_a_clean_report_is_quiet() -> None:
    assert [finding.message for finding in findings(clean(4))] == []


def test_every_fault_changes_the_report() -> None:
    for fault in FAULTS:
        for style in range(STYLES):
            assert fault(clean(style)).report != clean(style)


def test_table_has_a_row_per_check(scores: dict[str, Score]) -> None:
    rows = [line for line in to_markdown(scores).splitlines() if line.startswith("| `")]
    assert len(rows) == len(scores)
