from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import days, periods

from db.fold.facility_rollup import rollup
from db.model.period import Period
from db.model.records import Kind, Milestone, Standing, State
from db.model.states import Rag
from tracker.domain.limits import Limits
from tracker.domain.schedule import (
    Detail,
    SlipClass,
    facility_state,
    judge,
    next_up,
    slip,
)

LIMITS = Limits()


def p(text):
    return Period.parse(text) if text else None


def milestone(forecast="2025-10", baseline="2025-10", actual=None, kind="opening", **more):
    forecast_, actual_ = p(forecast), p(actual)
    if actual_:
        standing = Standing.COMPLETED
    else:
        standing = Standing.OPEN if forecast_ and forecast_.latest else Standing.UNDATED
    values = {
        "facility": "hall",
        "facility_name": "가람도서관",
        "city": "김해시",
        "owner": None,
        "slug": kind,
        "kind": Kind(kind),
        "title": None,
        "standing": standing,
        "baseline": p(baseline),
        "forecast": forecast_,
        "actual": actual_,
        "forecast_on": date(2025, 6, 10),
        "actual_on": None,
        "confirmed_on": None,
        "on_hold_since": None,
        "cancelled_on": None,
        "snoozed_until": None,
        "updated_on": date(2025, 6, 10),
        "contradicted": False,
        "breach": False,
        "source": None,
    }
    return Milestone(**(values | more))


def on(day, **kwargs):
    return judge(milestone(**kwargs), date.fromisoformat(day), LIMITS)


def test_the_deadline_is_the_last_day_of_the_window():
    assert on("2025-10-31").state is State.DUE_SOON
    assert on("2025-10-31").to_deadline == 0
    assert on("2025-11-01").state is State.OVERDUE
    assert on("2025-11-01").to_deadline == 1
    assert on("2025-11-01").days_overdue == 1
    assert on("2025-10-30").days_overdue == 0


def test_due_soon_begins_thirty_days_before():
    assert on("2025-10-01").state is State.DUE_SOON
    assert on("2025-09-30").state is State.UPCOMING
    assert on("2025-09-30", forecast="2025").state is State.IN_WINDOW
    assert on("2025-09-30", forecast="[..2025-12]").state is State.IN_WINDOW
    assert on("2025-01-01", forecast="2025").state is State.IN_WINDOW
    assert on("2024-12-31", forecast="2025").state is State.UPCOMING


def test_without_a_last_day_it_is_undated():
    assert on("2025-10-01", forecast=None).state is State.UNDATED
    assert on("2025-10-01", forecast="[2023..]").state is State.UNDATED
    assert on("2025-10-01", forecast=None).to_deadline is None
    assert on("2025-10-01", forecast=None).days_overdue is None
    assert on("2025-12-01", standing=Standing.ON_HOLD).to_deadline is None


def test_overdue_is_confirmed_by_a_word_after_the_deadline():
    assert on("2025-12-01").detail is Detail.UNCONFIRMED
    assert on("2025-12-01", confirmed_on=date(2025, 10, 31)).detail is Detail.UNCONFIRMED
    assert on("2025-12-01", confirmed_on=date(2025, 11, 1)).detail is Detail.CONFIRMED
    assert on("2025-12-01", forecast_on=date(2025, 11, 5)).detail is Detail.CONFIRMED
    late = on("2025-12-01", forecast_on=date(2025, 11, 5), listed=True)
    assert late.detail is Detail.UNCONFIRMED, "a table that had the date confirms nothing"


@pytest.mark.parametrize(
    ("actual", "detail"),
    [
        ("2025-10-28", Detail.ON_TIME),
        ("2025-09", Detail.ON_TIME),
        ("2025-10-31", Detail.ON_TIME),
        ("[2025-10-31..2025-11-05]", Detail.UNKNOWN),
        ("[2025-01..]", Detail.UNKNOWN),
        ("[2025-12..]", Detail.LATE),
        ("2025-11-01", Detail.LATE),
        ("2025", Detail.UNKNOWN),
        ("[2025-10..2025-11]", Detail.UNKNOWN),
        ("[..2025-11-05]", Detail.UNKNOWN),
    ],
)
def test_how_a_completed_one_went(actual, detail):
    assert on("2026-01-01", actual=actual).detail is detail
    assert on("2026-01-01", actual=actual, baseline=None).detail is None
    assert on("2026-01-01", actual=actual, baseline="[2025..]").detail is Detail.UNKNOWN


@pytest.mark.parametrize(
    ("baseline", "current", "days", "earliest", "latest", "kind"),
    [
        ("2025-40", "[2025-01..2025-06]", 0, -180, 180, "none"),
        ("2025-40", "2025-04", -61, -90, 119, "refined"),
        ("2025-04", "2025-40", 61, -119, 90, "widened"),
        ("2025-40", "2025-10", 123, 93, 303, "certain_slip"),
        ("2026-05", "2026-04", -31, -60, -1, "certain_gain"),
        ("2026-40", "[2026-03..2026-09]", 92, -121, 272, "possible_slip"),
        ("2026-41", "[2026-03..2026-09]", -92, -305, 91, "possible_gain"),
        ("[..2026-06]", "2026-41", 184, 1, None, "certain_slip"),
        ("2026", "[2026-06..]", None, -213, None, "possible_slip"),
        ("[2026-06-01..2026-06-10]", "[2026-06-02..2026-06-11]", 1, -8, 10, "possible_slip"),
    ],
)
def test_slip_classes(baseline, current, days, earliest, latest, kind):
    moved = slip(p(baseline), p(current))
    assert (moved.days, moved.earliest, moved.latest, moved.kind) == (
        days,
        earliest,
        latest,
        SlipClass(kind),
    )


@given(periods(2015, 2030), periods(2015, 2030))
def test_slip_lies_between_its_honest_ends(a, b):
    moved = slip(a, b)
    for less, more in ((moved.earliest, moved.days), (moved.days, moved.latest)):
        assert less is None or more is None or less <= more
    if moved.kind is SlipClass.CERTAIN_SLIP:
        assert moved.earliest > 0
    if moved.kind is SlipClass.CERTAIN_GAIN:
        assert moved.latest < 0
    mirror = {
        "refined": "widened",
        "widened": "refined",
        "certain_slip": "certain_gain",
        "certain_gain": "certain_slip",
        "none": "none",
    }
    if moved.kind in mirror:
        assert slip(b, a).kind == mirror[moved.kind]


def test_slip_needs_both():
    assert slip(None, p("2025")) is None
    assert slip(p("2025"), None) is None


def test_the_slip_is_that_of_the_actual_else_of_the_forecast():
    assert on("2025-01-01", forecast="2025-12").slip.days == 61
    assert on("2026-01-01", forecast="2025-12", actual="2025-11").slip.days == 30
    assert on("2026-01-01", forecast=None, actual="2025-11").slip.days == 30


def test_one_day_is_a_delay():
    assert on("2025-01-01", baseline="2025-10-01", forecast="2025-10-02").delayed


def test_delayed_is_not_overdue():
    late = on("2025-01-01", baseline="2025-06", forecast="2025-10")
    assert late.delayed
    assert late.state is State.UPCOMING
    assert not on("2026-01-01").delayed


def test_stale_by_state():
    quiet = date(2025, 10, 20)
    assert not on("2025-10-24", updated_on=quiet - timedelta(10)).stale
    assert on("2025-10-25", updated_on=date(2025, 10, 10)).stale
    assert not on("2025-11-10", updated_on=date(2025, 10, 11)).stale
    assert on("2025-11-11", updated_on=date(2025, 10, 11)).stale
    assert not on("2025-01-01", updated_on=date(2024, 10, 3)).stale
    assert on("2025-01-02", updated_on=date(2024, 10, 3)).stale
    assert on("2026-01-01", actual="2025-10", updated_on=date(2020, 1, 1)).stale is False


@given(periods(2015, 2030), days(2010, 2035), st.sampled_from(Standing))
def test_states_are_exhaustive_and_exclusive(forecast, day, standing):
    if standing is Standing.OPEN and forecast.latest is None:
        standing = Standing.UNDATED
    judged = judge(replace(milestone(), forecast=forecast, standing=standing), day, LIMITS)
    a, e, last = day, forecast.earliest, forecast.latest
    is_open = standing is Standing.OPEN
    soon = is_open and last is not None and 0 <= (last - a).days <= 30
    rules = {
        State.OVERDUE: is_open and a > last,
        State.DUE_SOON: soon,
        State.IN_WINDOW: is_open and a <= last and not soon and (e is None or e <= a),
        State.UPCOMING: is_open and not soon and e is not None and e > a,
        State.UNDATED: standing is Standing.UNDATED,
        State.ON_HOLD: standing is Standing.ON_HOLD,
        State.PASSED: standing is Standing.PASSED,
        State.COMPLETED: standing is Standing.COMPLETED,
        State.CANCELLED: standing is Standing.CANCELLED,
    }
    assert [state for state, holds in rules.items() if holds] == [judged.state]


def test_a_facility_is_as_urgent_as_its_most_urgent_open_milestone():
    assert facility_state([State.COMPLETED, State.UPCOMING, State.DUE_SOON]) is State.DUE_SOON
    assert facility_state([State.COMPLETED, State.PASSED]) is State.COMPLETED
    assert facility_state([State.PASSED, State.CANCELLED]) is State.PASSED
    assert facility_state([]) is None


def test_phase_and_next():
    own = [
        milestone(kind="completion", actual="2025-06"),
        milestone(kind="selection", actual="2022"),
        milestone(kind="opening", forecast="2025-10"),
        milestone(kind="operation", forecast="2025-09"),
        milestone(kind="groundbreaking", forecast="2024", standing=Standing.PASSED),
    ]
    assert rollup(own).phase == Kind.COMPLETION
    assert next_up(own).slug == "operation"
    assert rollup([]).phase is None
    assert next_up(own[:2]) is None
    undated = milestone(kind="selection", forecast=None)
    half_open = milestone(kind="design", forecast="[2025..]")
    assert next_up([undated, half_open, own[2]]).slug == "opening"
    assert next_up([half_open, undated]).slug == "selection", "in the order of building"


def test_rag():
    day = date(2025, 8, 1)
    on_plan = [milestone(kind="completion", forecast="2025-09", baseline="2025-09"), milestone()]
    assert rollup(on_plan).rag(day) is Rag.GREEN
    slipped = milestone(kind="completion", forecast="2025-09", baseline="2025-08")
    assert rollup([slipped, milestone()]).rag(day) is Rag.AMBER
    late_end = milestone(forecast="2025-12")
    assert rollup([on_plan[0], late_end]).rag(day) is Rag.RED
    assert rollup(on_plan).rag(date(2025, 11, 1)) is Rag.RED
    early = milestone(forecast="2025-09")
    assert rollup([on_plan[0], early]).rag(day) is Rag.GREEN
    assert rollup([]).rag(day) is None
    done_late = milestone(
        kind="completion", forecast="2025-08", baseline="2025-08", actual="2025-09"
    )
    assert rollup([done_late, milestone()]).rag(day) is Rag.AMBER
    event = milestone(kind="event", forecast="2025-07")
    assert rollup([event, milestone()]).rag(day) is Rag.AMBER
    passed = milestone(kind="completion", forecast="2024", standing=Standing.PASSED)
    assert rollup([passed, milestone()]).rag(day) is Rag.GREEN
