"""What all checks of process answers keep to: no claim about what was not seen, none of a yearly report, and
none that clean text about something else brings about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.assessment import NodeAnswer, PassageRecord
from tests.mapping import test_cycle_checks, test_method_checks
from tests.mapping.process_drafts import METHOD, WORK, report, run, told

ABSENCES = (*test_method_checks.ABSENCES, *test_cycle_checks.ABSENCES)
_CLEAN = st.sampled_from(
    [METHOD, WORK, METHOD + WORK, "行政与设施部每年九月编制更新清单，2019年更新服务器210台。"]
)
_OTHERS = st.sampled_from(["1.2.1", "2.1.1", "3.2.1", "4.1.3", "4.5.2", "5.2.1", "6.2.1"])


@pytest.mark.parametrize(("check", "passages"), ABSENCES)
def test_nothing_is_called_not_found_beside_a_picture_or_against_a_person_s_word(
    check: str, passages: tuple[PassageRecord, ...]
) -> None:
    made = report(*passages)
    assert run(check, made)
    assert not run(check, report(*passages, unseen=["1.1.3"]))
    said = NodeAnswer("1.1.3", "elsewhere", "见附件。")
    assert not run(check, report(*passages, answers=[said]))


@pytest.mark.parametrize(("check", "passages"), ABSENCES)
def test_the_annual_report_is_not_asked(check: str, passages: tuple[PassageRecord, ...]) -> None:
    assert not run(check, report(*passages, kinds=["annual"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_OTHERS, _CLEAN), min_size=1, max_size=6))
def test_clean_text_about_something_else_raises_nothing_for_an_indicator(
    others: list[tuple[str, str]],
) -> None:
    kept = (told("1.1.3", METHOD), told("1.1.3", WORK, "deployment"))
    more = [told(node, text) for node, text in others]
    for check, _ in (*ABSENCES, ("criteria-parroted", ())):
        assert not [one for one in run(check, report(*kept, *more)) if one.indicator == "1.1.3"]
