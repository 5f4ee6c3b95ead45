"""A past day, listed from spells, is what folding everything that was reported by it gives."""

import sqlite3
from datetime import date, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import (
    BUSY_MS,
    NOW,
    STEPS,
    TODAY,
    actual,
    batch,
    days,
    histories,
    new_store,
    plan,
    said,
    statements,
)

from db.engine.connect import connect
from db.fold import milestone_history
from db.fold.folding import fold, in_force
from db.model.records import ActKind, Kind, State
from db.read.lists.facility_list import FacilityFilter, Order, Ordering
from db.read.lists.log_list import LogFilter
from db.read.reader import Filter, Reader
from db.upkeep.doctor import DamageKind, examine
from db.write.store import Store
from tracker.domain.alerts import read_alerts
from tracker.domain.board import read_board, read_status
from tracker.domain.limits import Limits

FACILITIES = ("hall", "hall-2", "ha", "나래")
EVER = NOW + timedelta(days=400)  # an instant after which nothing was recorded
thorough = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


# -- spells --------------------------------------------------------------------------------------


@given(history=histories(), day=days(2017, 2027))
def test_the_spell_of_a_day_is_the_fold_of_what_was_reported_by_it(history, day):
    _, stood = milestone_history.fold_with_history(in_force(history), STEPS)
    then = fold(in_force(history, day=day), STEPS).milestones
    number = day.toordinal()
    for slug in STEPS:
        on_it = [s for s in stood.get(slug, []) if s[0] <= number < s[1]]
        if slug not in then:
            assert on_it == []
            continue
        ((_, _, place, latest, earliest),) = on_it
        m = then[slug]
        assert milestone_history.STANDINGS[place] is m.standing
        if place == milestone_history.OPEN:
            assert latest == m.forecast.latest.toordinal()
            first = m.forecast.earliest
            assert earliest == (first.toordinal() if first else 0)


@given(history=histories())
def test_a_fold_with_spells_is_the_fold(history):
    folded, stood = milestone_history.fold_with_history(in_force(history), STEPS)
    assert folded == fold(in_force(history), STEPS)
    for told in stood.values():
        assert [since for since, *_ in told[1:]] == [until for _, until, *_ in told[:-1]]
        assert told[-1][1] == milestone_history.FOREVER
        assert all(a[2:] != b[2:] for a, b in pairwise(told))


# -- the reader of a past day --------------------------------------------------------------------


@pytest.fixture
def offices(tmp_path):
    """Makes a store of acts, each a list of statements, the last of them undone."""
    numbers = count()

    def made(*acts, undone=0):
        path = tmp_path / f"{next(numbers)}.db"
        with new_store(path) as store:
            for n, act in enumerate(acts):
                now = NOW + timedelta(hours=n)
                store.record(batch(*act), by=None, now=now, today=TODAY, as_reported=True)
            for _ in range(min(undone, len(acts))):
                store.undo(by=None, now=EVER - timedelta(days=1), today=TODAY)
        return path

    return made


@pytest.fixture
def at(offices):
    """Two readers of a day: one as the program has it, one for which everything was folded."""
    opened = []

    def readers(path, day):
        for known in (None, EVER):
            opened.append(connect(path, busy_ms=BUSY_MS))
            reader = Reader(opened[-1])
            reader.at(day, known)
            yield reader

    yield readers
    for connection in opened:
        connection.close()


said_of_some = st.lists(st.sampled_from(FACILITIES).flatmap(statements), min_size=1, max_size=14)
in_some_city = st.sampled_from(FACILITIES).flatmap(
    lambda f: st.builds(
        lambda day, city: said("set", day.isoformat(), None, f, value={"name": f, "city": city}),
        days(2018, 2025),
        st.sampled_from(["김해시", "창원시"]),
    )
)
FILTERS = st.builds(
    Filter,
    city=st.sampled_from([None, None, "김해시"]),
    states=st.lists(st.sampled_from(State), max_size=4).map(tuple),
    kind=st.sampled_from([None, None, Kind.OPENING]),
    search=st.sampled_from([None, None, "hall", "가"]),
    facility=st.sampled_from([None, None, "hall"]),
)


@thorough
@given(
    acts=st.tuples(
        st.lists(in_some_city, min_size=1, max_size=5),
        st.lists(said_of_some, min_size=1, max_size=3),
    ),
    undone=st.integers(0, 2),
    day=days(2017, 2027),
    soon=st.integers(0, 90),
    wanted=FILTERS,
    window=st.tuples(st.integers(-1, 8), st.integers(0, 8)),
)
def test_lists_counts_and_places_of_a_day_are_those_of_the_folded_prefix(
    offices, at, acts, undone, day, soon, wanted, window
):
    placed, said_of_them = acts
    quick, whole = at(offices(placed, *said_of_them, undone=undone), day)
    limit, offset = window
    page = {"limit": limit, "offset": offset}
    expected = whole.milestones(day, soon, wanted, **page)
    assert quick.milestones(day, soon, wanted, **page) == expected
    assert quick.milestones(day, soon, Filter(), limit=1) == whole.milestones(
        day, soon, Filter(), limit=1
    )
    quick.prepare(soon)
    assert quick.milestones(day, soon, wanted, **page) == expected
    for narrowed in (wanted, Filter(), Filter(states=wanted.states)):
        assert quick.counts(day, soon, narrowed) == whole.counts(day, soon, narrowed)
    everything = whole.milestones(day, soon, Filter())
    for m in everything:
        key = m.facility, m.slug
        assert quick.place(day, soon, *key) == whole.place(day, soon, *key)
    assert quick.place(day, soon, "hall", "none") is None
    assert quick.totals() == whole.totals()
    assert quick.next_deadlines(day, 3) == whole.next_deadlines(day, 3)
    assert quick.values_of("city") == whole.values_of("city")


def asked(reader, day):
    """Everything else that a reader of a day is asked, the small questions before the large."""
    found = {}
    for search in (None, "hall", "가", "-"):
        order = reader.facility_list.order(day, FacilityFilter(search=search), Ordering())
        found["list", search] = order, reader.facility_list.page(order, 0, order.total)
        found["places", search] = [reader.facility_list.place(order, f) for f in FACILITIES]
    for slug in FACILITIES:
        try:
            found[slug] = reader.facility(slug), reader.resolve(slug)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the same
            found[slug] = repr(error)
        found[slug, "all"] = reader.milestones_of(slug), reader.updates_of(slug)
    found["names"] = reader.names(FACILITIES)
    found["kinds"] = [reader.kinds_of(slug) for slug in FACILITIES]
    found["log"] = reader.log(limit=20)
    found["log of one"] = reader.log("hall")
    found["log list"] = (
        reader.log_list.total(LogFilter()),
        reader.log_list.page(LogFilter(), limit=20, offset=0),
    )
    found["status"] = read_status(reader, day, Limits())
    found["board"] = read_board(reader, day, Limits())
    found["everything"] = list(reader.everything()), reader.identities(), list(reader.acts())
    found["newest"] = reader.newest_act(ActKind.ACT)
    found["alerts"] = read_alerts(reader, day, Limits())
    found["facilities"] = reader.facilities()
    order = reader.facility_list.order(day, FacilityFilter(), Ordering(Order.SLIP, descending=True))
    found["list"] = order, reader.facility_list.page(order, 0, order.total)
    found["cities"] = reader.values_of("city")
    return found


@thorough
@given(
    acts=st.lists(said_of_some, min_size=1, max_size=3),
    undone=st.integers(0, 2),
    day=days(2017, 2027),
)
def test_whatever_is_asked_of_a_day_is_answered_as_if_all_were_folded(
    offices, at, acts, undone, day
):
    quick, whole = (asked(reader, day) for reader in at(offices(*acts, undone=undone), day))
    assert quick == whole


def test_names_in_part_are_those_of_the_day(offices, at):
    path = offices(
        [plan("2026", "2025-01-01", facility=f) for f in ("hall", "hall-2")],
        [
            said("set", "2024-01-01", None, "hall", value={"name": "가람도서관"}),
            said("set", "2024-01-01", None, "hall-2", value={"name": "가람회관"}),
            said("set", "2026-01-01", None, "hall-2", value={"name": "나래회관"}),
        ],
    )
    for reader in at(path, date(2025, 6, 1)):
        with pytest.raises(Exception, match="가람") as told:
            reader.resolve("가람")
        assert told.value.candidates == (("hall", "가람도서관"), ("hall-2", "가람회관"))


def test_a_mistake_that_is_taken_back_was_never_said(offices):
    path = offices([plan("2025", "2025-01-04")], [plan("2027", "2025-02-04")], undone=1)
    connection = connect(path, busy_ms=BUSY_MS)
    (row,) = connection.execute("SELECT since, until, latest FROM spell").fetchall()
    connection.close()
    assert row == (
        date(2025, 1, 4).toordinal(),
        milestone_history.FOREVER,
        date(2025, 12, 31).toordinal(),
    )


# -- damage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE spell SET latest = latest + 1",
        "UPDATE spell SET since = since + 1",
        "DELETE FROM spell",
        "UPDATE facility SET first_on = '2001-01-01'",
        "UPDATE facility SET set_on = '2001-01-01'",
    ],
)
def test_a_past_day_that_is_kept_wrong_is_found_and_mended(offices, sql):
    path = offices([plan("2025", "2025-01-04"), actual("2024", "2024-03-04", "completion")])
    assert examine(path, busy_ms=BUSY_MS) == []
    raw = sqlite3.connect(path)
    raw.execute(sql)
    raw.commit()
    raw.close()
    assert {damage.ailment for damage in examine(path, busy_ms=BUSY_MS)} == {DamageKind.FOLD}
    with Store.open(path, busy_ms=BUSY_MS) as store:
        store.refold()
    assert examine(path, busy_ms=BUSY_MS) == []


def test_what_was_taken_back_and_given_back_by_an_instant_is_in_force_then(tmp_path):
    """An undo and a redo, each known or not yet known at the instant that is asked for."""
    path, common = tmp_path / "t.db", {"by": "김", "today": TODAY}
    hours = [NOW + timedelta(hours=n) for n in range(4)]
    with new_store(path) as store:
        store.record(batch(plan("2027", "2026-01-01")), now=hours[0], **common)
        store.record(batch(plan("2028", "2026-02-01")), now=hours[1], **common)
        store.undo(now=hours[2], **common)
        store.redo(now=hours[3], **common)
    connection = connect(path, busy_ms=BUSY_MS)
    known = []
    for instant in hours:
        reader = Reader(connection)
        reader.at(TODAY, instant)
        reader.prepare(30)  # nothing is to be made where all is folded
        known.append([str(m.forecast) for m in reader.milestones(TODAY, 30, Filter())])
    assert known == [["2027"], ["2028"], ["2027"], ["2028"]]
    past = Reader(connection)
    past.at(date(2026, 1, 15))
    assert [str(m.forecast) for m in past.by_ids(past.ids(TODAY, 30, Filter()))] == ["2027"]
    today = Reader(connection)
    today.prepare(30)
    assert today.counts_at_once(Filter())
    connection.close()
    today.interrupt()  # a thread may learn late that what it ends is over


def test_named_facilities_of_a_day_are_put_in_order_without_folding_the_others(
    offices, at, monkeypatch
):
    path = offices([plan("2026", "2025-01-01", facility=f) for f in FACILITIES])
    quick, whole = at(path, date(2025, 6, 1))
    asked = quick.facility_list, whole.facility_list
    monkeypatch.delattr("db.read.lists.as_of.AsOf.materialize_all")
    named = [
        f.order(TODAY, FacilityFilter(), Ordering(Order.SLIP), ["hall", "나래"]) for f in asked
    ]
    assert named[0] == named[1]
    assert named[0].total == 2
    assert asked[0].page(named[0], 0, 2) == asked[1].page(named[1], 0, 2)


def test_a_search_of_a_day_looks_at_all_of_it_however_many_there_are(offices, at, monkeypatch):
    monkeypatch.setattr("db.read.lists.facility_list._QUICK", 0)
    path = offices([plan("2026", "2025-01-01", facility=f) for f in FACILITIES])
    quick, _ = at(path, date(2025, 6, 1))
    assert quick.facility_list.is_quick()
