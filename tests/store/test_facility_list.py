"""Facilities in order, by what is kept in their rows, are in the order that the rules give."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import BUSY_MS, NOW, TODAY, actual, batch, days, new_store, plan, statements

from db.engine.connect import connect
from db.model.records import LIFECYCLE
from db.read.lists.facility_list import FacilityFilter, Order, Ordering
from db.read.reader import Reader
from tracker.domain.limits import Limits
from tracker.domain.schedule import Rag, judge, longest_slip, next_up, phase, rag

FACILITIES = ("hall", "hall-2", "ha", "나래", "Hall-3")
ALL = FacilityFilter()
thorough = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
said_of_some = st.lists(
    st.sampled_from(FACILITIES[:4]).flatmap(statements), min_size=1, max_size=20
)


@pytest.fixture
def reader(tmp_path):
    """Makes a store of acts and reads it; as of a day, if one is given."""
    numbers, opened = count(), []

    def made(acts, day=None):
        path = tmp_path / f"{next(numbers)}.db"
        with new_store(path) as store:
            for n, act in enumerate(acts):
                now = NOW + timedelta(hours=n)
                store.record(batch(*act), by=None, now=now, today=TODAY, as_reported=True)
        opened.append(connect(path, busy_ms=BUSY_MS))
        read = Reader(opened[-1])
        if day is not None:
            read.at(day)
        return read.facility_list

    yield made
    for connection in opened:
        connection.close()


def deadline(steps, day):
    following = next_up(steps)
    if following is None:
        return None
    return (following.forecast and following.forecast.latest) or date.max


def longest(steps, day):
    return longest_slip((m, judge(m, day, Limits())) for m in steps)


def reached(steps, day):
    kind = phase(steps)
    return None if kind is None else LIFECYCLE.index(kind)


def colour(steps, day):
    judged = rag(steps, day)
    return None if judged is None else list(Rag).index(judged)


RULES = {
    Order.NEXT: deadline,
    Order.SLIP: longest,
    Order.PHASE: reached,
    Order.RAG: colour,
}


def whole(facilities, order):
    return facilities.page(order, 0, order.total)


def in_order(found, rule, day, *, falling):
    """By the rule, those of which it says nothing last; equal ones by slug."""
    keyed = sorted(found, key=lambda pair: pair[0].slug)
    keyed = [(rule(steps, day), facility.slug) for facility, steps in keyed]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=falling)  # stable: slugs stay as they are
    return [slug for _, slug in (*known, *(p for p in keyed if p[0] is None))]


@thorough
@given(
    acts=st.lists(said_of_some, min_size=1, max_size=3),
    day=days(2017, 2029),
    is_past=st.booleans(),
    by=st.sampled_from(list(RULES)),
    falling=st.booleans(),
)
def test_an_order_is_that_of_the_rules(reader, acts, day, is_past, by, falling):
    facilities = reader(acts, day if is_past else None)
    order = facilities.order(day, ALL, Ordering(by, falling))
    found = whole(facilities, order)
    slugs = [facility.slug for facility, _ in found]
    if falling:  # `sorted` keeps equal ones as they were only when it does not turn them round
        found.reverse()
    assert slugs == in_order(found, RULES[by], day, falling=falling)


@thorough
@given(
    acts=st.lists(said_of_some, min_size=1, max_size=2),
    is_past=st.booleans(),
    window=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_what_an_index_or_spells_have_in_order_is_what_is_sorted(reader, acts, is_past, window):
    facilities = reader(acts, date(2025, 6, 1) if is_past else None)
    walked = facilities.order(TODAY, ALL, Ordering(Order.D_DAY))
    read = facilities.order(TODAY, ALL, Ordering(Order.D_DAY), FACILITIES)
    assert walked.total == read.total
    assert whole(facilities, walked) == whole(facilities, read)
    assert facilities.page(walked, *window) == facilities.page(read, *window)
    slugs = [facility.slug for facility, _ in whole(facilities, walked)]
    for slug in FACILITIES:
        place = slugs.index(slug) if slug in slugs else None
        assert facilities.place(walked, slug) == facilities.place(read, slug) == place


@thorough
@given(acts=st.lists(said_of_some, min_size=1, max_size=2))
def test_groups_follow_one_another_and_hold_everything(reader, acts):
    facilities = reader(acts)
    order = facilities.order(TODAY, ALL, Ordering(Order.SLIP, group=Order.PHASE))
    found = iter(whole(facilities, order))
    told = [
        (name, {p and p.value for p in (phase(next(found)[1]) for _ in range(size))})
        for name, size in order.groups
    ]
    assert next(found, None) is None
    assert all(phases == {name} for name, phases in told)
    names = [name for name, _ in told if name is not None]
    assert names == [kind.value for kind in LIFECYCLE if kind.value in names]
    assert None not in [name for name, _ in told[:-1]]


def test_a_phase_that_the_program_did_not_write_is_none(tmp_path):
    path = tmp_path / "t.db"
    with new_store(path) as store:
        said = batch(plan("2027", "2025-01-01"), actual("2024", "2025-01-01", "groundbreaking"))
        store.record(said, by=None, now=NOW, today=TODAY)
    connection = connect(path, busy_ms=BUSY_MS)
    by_phase = Ordering(group=Order.PHASE)
    facilities = Reader(connection).facility_list
    assert facilities.order(TODAY, ALL, by_phase).groups == (("groundbreaking", 1),)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE facility SET phase = 'x'")
    assert facilities.order(TODAY, ALL, by_phase).groups == ((None, 1),)
    connection.close()
