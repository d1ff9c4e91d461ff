"""Duties: what is owed when, and how it stands on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mapping.yearly.terms import load_terms
from models.duty import Extension, Receipt, Roll, Winner, day, due_date, duties_of, standing

TERMS = load_terms()
WINNER = Winner("云麓制造有限公司", 2020, former=("云麓机械厂",))


def test_three_reports_are_owed_each_by_the_end_of_march() -> None:
    assert [(d.year, d.due) for d in duties_of(WINNER, TERMS)] == [
        (2020, date(2021, 3, 31)), (2021, date(2022, 3, 31)), (2022, date(2023, 3, 31)),
    ]  # fmt: skip


def test_the_first_due_year_is_a_field_of_its_own() -> None:
    assert [d.year for d in duties_of(replace(WINNER, first_due=2022), TERMS)] == [2021, 2022, 2023]


def test_a_weekend_is_shown_and_shifts_nothing() -> None:
    assert due_date(2023, TERMS) == date(2024, 3, 31)
    assert day(due_date(2023, TERMS)) == "2024-03-31（星期日）"


def test_an_extension_moves_one_due_date() -> None:
    extended = replace(WINNER, extensions=(Extension(2021, date(2022, 5, 31), "停工"),))
    assert [d.due for d in duties_of(extended, TERMS)][1:] == [date(2022, 5, 31), date(2023, 3, 31)]


def test_nothing_is_owed_after_a_withdrawal_or_without_obligation() -> None:
    assert [d.year for d in duties_of(replace(WINNER, withdrawn=date(2022, 1, 1)), TERMS)] == [2020]
    assert duties_of(replace(WINNER, obliged=False), TERMS) == ()


def test_a_winner_is_found_by_a_former_name_and_whatever_the_width_of_brackets() -> None:
    roll = Roll((WINNER, Winner("博砚（集团）有限公司", 2020)))
    assert roll.find(("云麓机械厂",)) is WINNER
    assert roll.find(("无此公司", "博砚(集团) 有限公司")) is roll.winners[1]
    assert roll.find(("无此公司",)) is None


@given(st.integers(-400, 400), st.one_of(st.none(), st.integers(-400, 400)), st.booleans(), st.booleans())
def test_states_follow_from_facts_and_the_day(
    on: int, received: int | None, asked: bool, checked: bool
) -> None:
    duty = duties_of(WINNER, TERMS)[0]
    today = duty.due + timedelta(days=on)
    if received is None:
        stands = standing(duty, None, today, TERMS)
        assert (stands.state == "late") == (today > duty.due)
        assert (stands.state == "near") == (0 <= -on <= TERMS.near_days)
        assert stands.days_late == max(0, on)
        return
    receipt = Receipt(duty.due + timedelta(days=received), asked, checked)
    stands = standing(duty, receipt, today, TERMS)
    assert stands.state == ("checked" if checked else "correction" if asked else "received")
    assert stands.days_late == max(0, received)
