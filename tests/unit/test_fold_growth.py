"""Folding takes n log n for n statements, however they are spread; what follows is exact."""

from datetime import date, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import as_update, histories, periods, said
from work import growth

from db.fold.contradiction import SameDayPlans
from db.fold.folding import FacilityFold, fold, fold_and_tell, in_force
from db.fold.lifecycle import mark_breaches
from db.fold.milestone_history import fold_with_history
from db.fold.state import MilestoneFold
from db.model.period import Period
from db.model.records import LIFECYCLE, Kind, Source, Standing, Statement, UpdateKind
from tracker.domain.forecast_history import history
from tracker.domain.holds import holds

FIRST = date(2000, 1, 1)
KINDS = tuple(Kind)
SOURCES = [Source(publisher=f"신문 {n}") for n in range(7)]
AT_MOST = 6.5  # four times as much, with what sorting adds; a square is sixteen
WINDOW = Period.parse("2026")


def statement(n, kind=UpdateKind.PLAN, *, step="opening", day=0):
    return Statement(
        "hall",
        step,
        kind,
        FIRST + timedelta(days=day),
        period=WINDOW,
        reason="사유",
        source=SOURCES[n % len(SOURCES)],
    )


SPREAD = {
    "of one step on one day": statement,
    "of one step on many days": lambda n: statement(n, day=n),
    "of one step, done and open in turn": lambda n: statement(
        n, (UpdateKind.ACTUAL, UpdateKind.REOPEN)[n % 2], step=f"{n // 2 % 2}", day=n
    ),
    "each of another step": lambda n: statement(n, step=f"{n}", day=n),
    "each of another step that is done": lambda n: statement(
        n, UpdateKind.ACTUAL, step=f"{n}", day=n
    ),
    "each of another step on one day": lambda n: statement(n, UpdateKind.ACTUAL, step=f"{n}"),
    "half of many steps, half of the facility": lambda n: (
        statement(n, UpdateKind.NOTE, step=None, day=n) if n % 2 else statement(n, step=f"{n}")
    ),
}
FOLDS = {
    "fold": fold,
    "with spells": fold_with_history,
    "history": history,
    "holds": holds,
}


@pytest.mark.parametrize("way", FOLDS)
@pytest.mark.parametrize("spread", SPREAD)
def test_four_times_the_statements_take_about_four_times_the_work(spread, way):
    def job(count):
        updates = [as_update(SPREAD[spread](n), n + 1) for n in range(count)]
        kinds = {u.milestone: KINDS[u.id % 7] for u in updates if u.milestone}
        FOLDS[way](in_force(updates), kinds)

    assert growth(job, 200) < AT_MOST


@given(st.lists(st.tuples(periods(2020, 2024), st.sampled_from([None, *SOURCES[:3]])), max_size=8))
def test_plans_of_a_day_contradict_as_two_of_them_do(plans):
    day = SameDayPlans()
    for period, source in plans:
        day.add(FIRST, period, source)
    two = combinations(plans, 2)
    assert day.contradicted == any(
        a and b and a != b and one.disjoint(other) for (one, a), (other, b) in two
    )
    day.add(FIRST + timedelta(days=1), WINDOW, SOURCES[0])
    assert not day.contradicted


@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.none() | periods(2020, 2024), st.booleans()),
        max_size=8,
    )
)
def test_breaches_are_those_of_any_two_steps(steps):
    built = [Kind.GROUNDBREAKING, Kind.COMPLETION, Kind.OPENING]
    made = [
        MilestoneFold(f"{n}", kind, FIRST, forecast=window, cancelled_on=FIRST if over else None)
        for n, (kind, window, over) in enumerate(steps)
    ]
    expected = set()
    for a, b in product(made, made):
        if a.kind in built and b.kind in built and built.index(a.kind) < built.index(b.kind):
            first, then = a.forecast, b.forecast
            given_up = a.cancelled_on or b.cancelled_on
            ends = first and then and first.earliest and then.latest
            if ends and not given_up and first.earliest > then.latest:
                expected |= {a.slug, b.slug}
    mark_breaches(made)
    assert {m.slug for m in made if m.breach} == expected


@given(histories(), st.lists(st.tuples(st.sampled_from(LIFECYCLE), st.integers(0, 9)), max_size=9))
def test_a_step_is_passed_as_each_pair_of_steps_says(updates, more):
    done = [
        as_update(said("actual", f"2024-01-0{day + 1}", kind.value, period=WINDOW), 1000 + n)
        for n, (kind, day) in enumerate(more)
        if day < 9
    ]
    statements = in_force([*updates, *done])
    kinds = {u.milestone: Kind.OTHER for u in statements if u.milestone}
    kinds |= {k.value: k for k in Kind}
    facility, before = FacilityFold(), {}
    for _, concerned in fold_and_tell(statements, kinds, facility):
        for m in facility.milestones.values():
            open_ = m.actual is None and m.cancelled_on is None and m.on_hold_since is None
            if open_ and m.kind in LIFECYCLE:
                assert (m.standing is Standing.PASSED) == any(
                    LIFECYCLE.index(s.kind) > LIFECYCLE.index(m.kind)
                    and s.actual_on >= m.updated_on
                    for s in facility.milestones.values()
                    if s.actual and s.cancelled_on is None and s.kind in LIFECYCLE
                )
        now = {m.slug: m.standing for m in facility.milestones.values()}
        moved = {slug for slug in now if before.get(slug) != now[slug]}
        assert moved <= {m.slug for m in concerned}
        before = now
