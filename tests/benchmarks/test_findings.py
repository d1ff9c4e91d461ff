"""Planted faults: each of a known check, each another, and found by it; little is raised without one."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks import findings
from benchmarks.findings import WRONG, Score, measure, summary, to_markdown
from mapping.checks import shipped_rules
from tests.faults.plant import (
    VARIANTS,
    assessed,
    assessed_anew,
    clean,
    hits,
    planters,
    raised_on_clean,
)


@pytest.mark.parametrize("check", planters())
def test_a_planter_plants_ten_different_faults_of_a_known_check(check: str) -> None:
    planted = [planters()[check](clean(), variant) for variant in range(VARIANTS)]
    assert check in shipped_rules()
    assert all(one.submission != clean() and one.needle for one in planted)
    made = [one.submission for one in planted]
    assert len({(one.drafts, one.earlier, one.unreadable) for one in made}) == VARIANTS


def test_the_report_without_faults_is_left_in_peace() -> None:
    raised = Counter(finding.check for finding in raised_on_clean())
    assert {check: times for check, times in raised.items() if times > WRONG} == {}
    assert {finding.check for finding in raised_on_clean() if finding.severity == "error"} == set()


@pytest.mark.parametrize("check", ["aspect-missing", "indicator-missing", "length-over", "passage-misplaced"])
def test_the_fault_is_found(check: str) -> None:
    assert hits(check, planters()[check](clean(), 3))


@pytest.mark.parametrize(
    ("check", "variant"),
    [("indicator-missing", 4), ("claim-without-number", 7), ("pages-unread", 2), ("items-out-of-order", 9)],
)
def test_what_is_kept_of_texts_seen_before_changes_nothing(check: str, variant: int) -> None:
    submission = planters()[check](clean(), variant).submission
    assert raised_on_clean()
    assert assessed(submission) == assessed_anew(submission)


def test_what_does_not_hold_is_marked() -> None:
    scores = {"length-over": Score((0, 1, 2), 0), "part-missing": Score(tuple(range(10)), 1)}
    over, part = [line for line in to_markdown(scores).splitlines() if line.startswith("| `")]
    assert "3 of 10 | 0 | ←" in over
    assert "10 of 10 | 1 |  |" in part
    assert summary(scores)["below"] == ["length-over"]


def test_only_what_is_asked_for_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "_found", lambda task: task[1] < 3)
    assert measure(["file-unreadable"]) == {"file-unreadable": Score((0, 1, 2), 0)}
