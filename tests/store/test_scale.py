"""Order, counts and alerts that come from indexes say what Python says of every row."""

import sqlite3
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import BUSY_MS, NOW, TODAY, batch, days, new_store, plan, said, statements
from work import growth

from db.engine.connect import connect
from db.fold import counters
from db.model.records import ActKind, Batch, Kind, NewFacility, NewMilestone, State
from db.model.slugs import path_of
from db.read.lists import ordering
from db.read.reader import Filter, Reader
from db.upkeep.doctor import examine
from db.write.store import Store
from tracker.domain.alerts import AlertType, alerts_of, any_overdue, read_alerts
from tracker.domain.board import read_board
from tracker.domain.limits import Limits
from tracker.domain.schedule import state_of

slow_fixture = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FACILITIES = ("hall", "hall-2", "ha", "나래", "hall2")
LIMITS = st.builds(
    Limits,
    due_soon=st.integers(0, 90),
    stale_due_soon=st.integers(0, 30),
    stale_overdue=st.integers(0, 60),
    stale_otherwise=st.integers(0, 400),
    delayed=st.integers(0, 200),
)


@st.composite
def offices(draw):
    """Statements about several facilities whose slugs begin alike, some snoozed, named, placed."""
    found = draw(st.lists(st.sampled_from(FACILITIES).flatmap(statements), min_size=1, max_size=30))
    for facility in FACILITIES[:3]:
        value = {"name": f"{facility} 센터", "city": draw(st.sampled_from(["김해시", "창원시"]))}
        found.append(said("set", "2019-01-01", None, facility, value=value))
        if draw(st.booleans()):
            until = draw(days(2020, 2030)).isoformat()
            snooze = {"snoozed_until": until}
            found.append(said("set", "2024-01-01", "opening", facility, value=snooze))
    return found


@pytest.fixture
def make(tmp_path):
    """A new empty store."""
    numbers = count()

    def made():
        path = tmp_path / f"{next(numbers)}.db"
        new_store(path).close()
        return path

    return made


@pytest.fixture
def filled(make):
    """A reader of a store with these statements; closed at the end."""
    opened = []

    def fill(said_):
        path = make()
        with Store.open(path, busy_ms=BUSY_MS) as store:
            store.record(batch(*said_), by=None, now=NOW, today=TODAY, kind=ActKind.IMPORT)
        opened.append(connect(path, busy_ms=BUSY_MS))
        return Reader(opened[-1])

    yield fill
    for connection in opened:
        connection.close()


def key(m):
    return (m.facility, m.slug)


@slow_fixture
@given(said_=offices(), day=days(2016, 2031), limits=LIMITS, limit=st.integers(0, 12))
def test_alerts_of_indexes_are_the_alerts_of_rows(filled, said_, day, limits, limit):
    reader = filled(said_)
    wanted = alerts_of(read_board(reader, day, limits).rows, day, limits)
    assert read_alerts(reader, day, limits) == (len(wanted), wanted)
    assert read_alerts(reader, day, limits, limit=limit) == (len(wanted), wanted[:limit])
    overdue = any(a.type is AlertType.OVERDUE for a in wanted)
    assert any_overdue(reader, day, limits) is overdue


@slow_fixture
@given(said_=offices(), day=days(2016, 2031), soon=st.integers(0, 90), data=st.data())
def test_pages_places_and_counts_are_those_of_the_whole_list(filled, said_, day, soon, data):
    reader = filled(said_)
    whole = reader.milestones(day, soon, Filter())
    states = [state_of(m.standing, m.forecast, day, soon) for m in whole]
    ranks = [
        (list(State).index(s), m.forecast.latest if s is State.OVERDUE else day, *key(m))
        for m, s in zip(whole, states, strict=True)
    ]
    assert ranks == sorted(ranks)
    assert reader.counts(day, soon, Filter()) == {s: states.count(s) for s in State}
    for place, m in enumerate(whole):
        assert reader.place(day, soon, *key(m)) == place
    offset = data.draw(st.integers(0, len(whole) + 1))
    limit = data.draw(st.integers(0, len(whole) + 1))
    page = reader.milestones(day, soon, Filter(), limit=limit, offset=offset)
    assert page == whole[offset : offset + limit]


def test_any_page_from_either_end_is_a_part_of_the_whole_list(filled):
    plans = [("2025", n) for n in range(6)] + [("2040", n) for n in range(6, 11)]
    reader = filled([plan(year, "2024-01-01", facility=f"hall-{n}") for year, n in plans])
    whole = reader.milestones(TODAY, 30, Filter())
    assert len(whole) == len(plans)
    for offset in range(len(whole) + 1):
        for limit in range(len(whole) + 1):
            page = reader.milestones(TODAY, 30, Filter(), limit=limit, offset=offset)
            assert page == whole[offset : offset + limit]
    assert reader.place(TODAY, 30, "hall-1", "completion") is None


@slow_fixture
@given(said_=offices(), day=days(2016, 2031), data=st.data(), few=st.sampled_from([0, 2000]))
def test_a_narrowed_list_is_the_whole_one_narrowed(filled, monkeypatch, said_, day, data, few):
    monkeypatch.setattr(ordering, "_FEW", few)
    reader = filled(said_)
    whole = reader.milestones(day, 30, Filter())
    state = {m: state_of(m.standing, m.forecast, day, 30) for m in whole}
    wanted = Filter(
        city=data.draw(st.sampled_from([None, "김해시"])),
        kind=data.draw(st.sampled_from([None, Kind.OPENING])),
        search=data.draw(st.sampled_from([None, "센터", "ㅅㅌ", "없음"])),
        states=data.draw(st.sampled_from([(), (State.COMPLETED, State.OVERDUE)])),
    )

    called = {f.slug: " ".join((f.name, *f.aliases)) for f in reader.facilities()}

    def fits(m):
        found = "센터" in called[m.facility] and wanted.search != "없음"
        return (
            wanted.city in {None, m.city}
            and wanted.kind in {None, m.kind}
            and (wanted.search is None or found)
        )

    fitting = [m for m in whole if fits(m)]
    counted = [state[m] for m in fitting]
    assert reader.counts(day, 30, Filter(wanted.city, kind=wanted.kind, search=wanted.search)) == {
        s: counted.count(s) for s in State
    }
    expected = [m for m in fitting if state[m] in (wanted.states or State)]
    assert reader.milestones(day, 30, wanted) == expected
    assert reader.milestones(day, 30, wanted, limit=2, offset=1) == expected[1:3]


@slow_fixture
@given(said_=offices(), day=days(2016, 2027))
def test_the_deadlines_to_come_are_the_nearest(filled, said_, day):
    reader = filled(said_)
    ahead = Filter(states=(State.DUE_SOON, State.IN_WINDOW, State.UPCOMING))
    found = reader.milestones(day, 30, ahead)
    found.sort(key=lambda m: (m.forecast.latest, *key(m)))
    assert reader.next_deadlines(day, 5) == found[:5]


@slow_fixture
@given(said_=offices(), acts=st.lists(offices(), max_size=3))
def test_counts_are_kept_by_every_act_undo_and_redo(make, said_, acts):
    path = make()

    def right():
        connection = connect(path, busy_ms=BUSY_MS)
        try:
            return counters.is_right(connection)
        finally:
            connection.close()

    with Store.open(path, busy_ms=BUSY_MS) as store:
        store.record(batch(*said_), by=None, now=NOW, today=TODAY, kind=ActKind.IMPORT)
        assert right()
        for act in acts:
            store.record(batch(*act), by=None, now=NOW, today=TODAY, as_reported=True)
            assert right()
        for _ in acts:
            store.undo(by=None, now=NOW, today=TODAY)
            assert right()
        for _ in acts:
            store.redo(by=None, now=NOW, today=TODAY)
            assert right()


def test_paths_stand_in_the_order_of_facility_then_milestone():
    slugs = [("a", "x"), ("a-b", "a"), ("a1", "a"), ("a", "x-1"), ("가", "나"), ("가-나", "가")]
    assert sorted(slugs) == sorted(slugs, key=lambda s: path_of(*s))


def test_a_store_without_rows_has_no_alerts(filled):
    reader = filled([plan("2025-10", "2025-01-04")])
    assert read_alerts(reader, TODAY.replace(year=2016), Limits(), limit=50)[1] == []


@slow_fixture
@given(said_=offices(), more=offices())
def test_many_rows_at_once_leave_what_one_by_one_does(make, said_, more):
    def copied(path, **limits):
        target = make()
        connection = connect(path, busy_ms=BUSY_MS)
        try:
            reader = Reader(connection)
            rows = reader.identities()
            acts = [(a, reader.updates_of_act(a.id)) for a in reader.acts()]
            with (
                pytest.MonkeyPatch.context() as patch,
                Store.open(target, busy_ms=BUSY_MS) as store,
            ):
                for name, value in limits.items():
                    patch.setattr(name, value)
                store.restore_acts(acts, rows)
        finally:
            connection.close()
        return target

    source = make()
    with Store.open(source, busy_ms=BUSY_MS) as store:
        for n, act in enumerate((said_, more)):
            now = NOW + timedelta(hours=n)
            store.record(batch(*act), by=None, now=now, today=TODAY, kind=ActKind.IMPORT)
    plain = copied(source)
    bulk = copied(
        source, **{"db.engine.deferred_indexes._MANY": 0, "db.write.transaction.CHUNK": 3}
    )
    assert examine(bulk, busy_ms=BUSY_MS) == []
    assert schema(bulk) == schema(plain) == schema(source)
    for table in ("facility", "milestone", "status_update", "act", "tally", "facility_name"):
        assert content(bulk, table) == content(plain, table)


def schema(path):
    return content(path, "sqlite_master", "type, name, sql")


def content(path, table, columns="*"):
    connection = sqlite3.connect(path)
    try:
        return sorted(map(repr, connection.execute(f"SELECT {columns} FROM {table}")))
    finally:
        connection.close()


def test_an_act_of_many_statements_on_one_facility_costs_alike_for_each(tmp_path):
    """As when all milestones of a facility are marked and confirmed."""
    numbers = count()

    def confirm(size):
        steps = [f"step-{n}" for n in range(size)]
        with new_store(tmp_path / f"{next(numbers)}.db") as store:
            made = Batch(
                tuple(plan("2027", "2026-01-01", milestone=step) for step in steps),
                (NewFacility("hall"),),
                tuple(NewMilestone("hall", step, Kind.OTHER) for step in steps),
            )
            store.take_in(made, by=None, now=NOW, today=TODAY)
            confirmed = tuple(said("confirm", "2026-02-01", milestone=step) for step in steps)
            store.record(Batch(confirmed), by="김", now=NOW, today=TODAY)

    assert growth(confirm, 40) < 5
