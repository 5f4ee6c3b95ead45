"""A confirmation confirms a delay only after the deadline that was in force on its day."""

import random

import pytest
from making import as_update, plan, said

from db.model.records import UpdateKind
from tracker.domain.statement_labels import confirmed_late


def updates(*statements):
    return [as_update(s, number) for number, s in enumerate(statements, 1)]


def late_days(*statements):
    known = updates(*statements)
    late = confirmed_late(known)
    return [u.reported_on.isoformat() for u in known if u.id in late]


@pytest.mark.parametrize(
    ("day", "late"),
    [("2026-06-29", False), ("2026-06-30", False), ("2026-07-01", True)],
)
def test_the_last_day_of_the_window_is_the_deadline(day, late):
    assert bool(late_days(plan("2026-06", "2026-01-05"), said("confirm", day))) is late


def test_each_is_held_against_the_forecast_of_its_day():
    assert late_days(
        plan("2026-03", "2026-01-05"),
        said("confirm", "2026-02-01"),
        said("confirm", "2026-04-01"),
        plan("2026-06", "2026-04-02"),
        said("confirm", "2026-04-03"),
        said("confirm", "2026-07-03"),
        said("plan", "2026-07-04", value={"undated": True}),
        said("confirm", "2026-07-05"),
    ) == ["2026-04-01", "2026-07-03"]


def test_a_step_of_which_no_date_is_known_is_not_late():
    assert late_days(said("confirm", "2026-07-05")) == []
    assert late_days(plan("[2026-01..]", "2026-01-05"), said("confirm", "2026-07-05")) == []
    other = plan("2026-01", "2026-01-05", "completion")
    assert late_days(other, said("confirm", "2026-07-05")) == []


def test_a_plan_that_was_taken_back_counts_for_nothing():
    known = updates(plan("2026-03", "2026-01-05"), plan("2026-09", "2026-01-06"))
    back = as_update(said("retract", "2026-07-01", retracts=2), 3)
    confirm = as_update(said("confirm", "2026-07-02"), 4)
    assert confirmed_late([*known, back, confirm]) == {4}
    assert confirmed_late([*known, confirm]) == frozenset()


def test_one_that_was_taken_back_keeps_its_name():
    known = updates(plan("2026-03", "2026-01-05"), said("confirm", "2026-07-01"))
    back = as_update(said("retract", "2026-07-01", retracts=2), 3)
    assert confirmed_late([*known, back]) == {2}


def test_the_order_of_reading_makes_no_difference():
    known = updates(
        plan("2026-03", "2026-01-05"),
        *(said("confirm", f"2026-0{month}-10") for month in range(1, 8)),
    )
    shuffled = random.Random(7).sample(known, len(known))  # noqa: S311 - any order
    assert confirmed_late(shuffled) == confirmed_late(known)
    assert all(known[n - 1].kind is UpdateKind.CONFIRM for n in confirmed_late(known))
