"""No hot question looks at every row, and none that is asked at every key sorts."""

import sqlite3
from datetime import timedelta

import pytest
from making import BUSY_MS, NOW, TODAY, actual, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.records import ActKind, Kind, State
from db.read.alert_queries import Cutoffs
from db.read.lists.facility_list import FacilityFilter, FacilityOrder, Ordering
from db.read.lists.log_list import LogFilter
from db.read.reader import Filter, Reader

CUTOFFS = Cutoffs(30, 90, 90)
LARGE = ("milestone", "facility", "status_update", "act", "source", "facility_name")


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """The plans of every statement that a question runs."""
    path = tmp_path_factory.mktemp("plans") / "t.db"
    with new_store(path) as store:
        store.record(
            batch(
                said("set", "2025-01-01", None, value={"name": "로봇센터", "city": "김해시"}),
                plan("2025", "2025-01-01"),
                plan("2027", "2025-01-01", "completion"),
                actual("2024", "2025-01-01", "groundbreaking"),
            ),
            by=None,
            now=NOW,
            today=TODAY,
        )
    connection = connect(path, busy_ms=BUSY_MS)
    beside = sqlite3.connect(path)

    def plans(question):
        run = []
        connection.set_trace_callback(run.append)
        question(Reader(connection))
        connection.set_trace_callback(None)
        assert run
        return [
            step
            for sql in run
            if not sql.startswith(("PRAGMA", "--"))  # what the full-text index asks itself
            for *_, step in beside.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]

    yield plans
    connection.close()
    beside.close()


def scans(plans):
    """Steps that go through a whole table or a whole index of it."""
    names = {alias for t in LARGE for alias in (t, t[0])}
    return [p for p in plans if p.startswith("SCAN") and p.split()[1] in names]


def sorts(plans):
    return [p for p in plans if "TEMP B-TREE" in p]


IN_ORDER = {
    "a page of the overdue": lambda r: list(
        r.ids(TODAY, 30, Filter(states=(State.OVERDUE,)), limit=100)
    ),
    "a page of what is to come": lambda r: list(
        r.ids(TODAY, 30, Filter(states=(State.IN_WINDOW, State.UPCOMING)), limit=100)
    ),
    "a page of what is over": lambda r: list(
        r.ids(TODAY, 30, Filter(states=(State.COMPLETED, State.ON_HOLD)), limit=100)
    ),
    "the next deadlines": lambda r: r.next_deadlines(TODAY, 5),
    "whether one is overdue": lambda r: r.any_overdue(TODAY, CUTOFFS),
    "what changed": lambda r: r.changed(TODAY, TODAY, limit=200),
    "the log": lambda r: r.log(limit=200),
    "a page of the whole log": lambda r: r.log_list.page(LogFilter(), limit=50, offset=1),
    "how long it is": lambda r: r.log_list.total(LogFilter()),
    "one facility": lambda r: r.facility("hall"),
    "the kinds of one": lambda r: r.kinds_of("hall"),
    "who is meant by a slug": lambda r: r.resolve("hall"),
    "the newest act": lambda r: r.newest_act(ActKind.ACT),
    "the newest undo": lambda r: r.newest_act(ActKind.UNDO),
}
SORTED = {
    "who is meant by a name": lambda r: r.resolve("로봇센터"),
    "where a facility stands": lambda r: r.facility_list.place(FacilityOrder((1, 2)), "hall"),
    "where a milestone stands": lambda r: r.place(TODAY, 30, "hall", "completion"),
    "the first page": lambda r: r.milestones(TODAY, 30, Filter(), limit=100),
    "the counts": lambda r: r.counts(TODAY, 30, Filter()),
    "the totals": lambda r: r.totals(),
    "the few that are due soon": lambda r: list(
        r.ids(TODAY, 30, Filter(states=(State.DUE_SOON,)), limit=100)
    ),
    "the alerts": lambda r: r.wanting_attention(TODAY, CUTOFFS, limit=50),
    "milestones of one": lambda r: r.milestones_of("hall"),
    "updates of one": lambda r: r.updates_of("hall"),
    "a city": lambda r: r.milestones(TODAY, 30, Filter(city="김해시"), limit=100),
    "a search": lambda r: r.milestones(TODAY, 30, Filter(search="로봇"), limit=100),
    "counts of a search": lambda r: r.counts(TODAY, 30, Filter(search="로봇")),
    "rows by number": lambda r: r.by_ids([1, 2]),
}


@pytest.mark.parametrize("name", [*IN_ORDER, *SORTED])
def test_no_question_goes_through_a_whole_table(asked, name):
    assert scans(asked((IN_ORDER | SORTED)[name])) == []


@pytest.mark.parametrize("name", IN_ORDER)
def test_what_is_read_in_order_is_not_sorted(asked, name):
    assert sorts(asked(IN_ORDER[name])) == []


@pytest.mark.parametrize("kind", [None, Kind.OPENING])
def test_a_broad_filter_walks_the_order_of_the_list(asked, monkeypatch, kind):
    monkeypatch.setattr("db.read.lists.ordering._FEW", 0)
    wanted = Filter(city="김해시", kind=kind, states=(State.OVERDUE, State.COMPLETED))
    plans = asked(lambda r: list(r.ids(TODAY, 30, wanted, limit=100)))
    assert scans(plans) == []
    assert any("COVERING INDEX milestone_by_deadline" in p for p in plans)
    assert any("COVERING INDEX milestone_by_standing" in p for p in plans)


def test_what_a_search_fits_is_counted_without_sorting(asked):
    plans = asked(lambda r: r.counts(TODAY, 30, Filter(search="로봇")))
    assert sorts(plans) == []
    assert any("COVERING INDEX milestone_by_facility" in p for p in plans)


@pytest.mark.parametrize("limit", [None, 1])
def test_facilities_are_met_in_the_index_that_has_them_in_order(asked, limit):
    wanted = (TODAY, FacilityFilter(), Ordering("d_day"))
    plans = asked(
        lambda r: (
            r.facility_list.order(*wanted)
            if limit is None
            else r.facility_list.first(*wanted, limit)
        )
    )
    assert plans == ["SCAN f USING COVERING INDEX facility_by_next"]


def test_the_quiet_are_counted_from_an_index_alone(asked):
    plans = asked(lambda r: r.wanting_attention(TODAY, CUTOFFS, limit=0))
    assert sum("COVERING INDEX milestone_calm" in p for p in plans) == 2
    assert any("COVERING INDEX milestone_snoozed" in p for p in plans)


# -- another day ---------------------------------------------------------------------------------


@pytest.fixture
def asked_of_the_past(tmp_path):
    """The plans of every statement that a question of a past day runs, on its own connection."""
    path = tmp_path / "t.db"
    with new_store(path) as store:
        store.record(
            batch(plan("2025", "2025-01-01"), plan("2027", "2026-01-01", "completion")),
            by=None,
            now=NOW,
            today=TODAY,
        )
    connection = connect(path, busy_ms=BUSY_MS)
    reader = Reader(connection)
    reader.at(TODAY - timedelta(days=7))

    def plans(question):
        run = []
        connection.set_trace_callback(run.append)
        question(reader)
        connection.set_trace_callback(None)
        return [
            step
            for sql in run
            if sql.startswith(("SELECT", "INSERT INTO temp")) and " VALUES " not in sql
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]

    yield plans
    connection.close()


PAST = {
    "its first page": lambda r: r.first_of_past(1),
    "its next deadlines": lambda r: r.next_deadlines(TODAY, 5),
    "one of its facilities": lambda r: r.facility("hall"),
    "milestones of one": lambda r: r.milestones_of("hall"),
    "what changed before it": lambda r: r.changed(TODAY, TODAY, limit=200),
    "its log": lambda r: r.log_list.page(LogFilter(), limit=50, offset=0),
    "who is meant by a slug": lambda r: r.resolve("hall"),
}


@pytest.mark.parametrize("name", PAST)
def test_no_small_question_of_a_past_day_goes_through_a_whole_table(asked_of_the_past, name):
    plans = asked_of_the_past(PAST[name])
    assert plans
    # the log is read from its end, as many rows as are shown
    assert [p for p in scans(plans) if p != "SCAN u" or name != "its log"] == []


def test_the_first_page_of_a_past_day_is_read_from_an_index_in_its_order(asked_of_the_past):
    plans = asked_of_the_past(lambda r: r.first_of_past(1))
    at = "SEARCH s USING COVERING INDEX spell_by_deadline (standing=? AND latest<?)"
    assert plans[0] == at
    assert sorts(plans)[0] == "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"  # of one deadline only


def test_a_past_day_is_counted_in_one_pass_over_an_index(asked_of_the_past):
    plans = asked_of_the_past(lambda r: r.counts(TODAY, 30, Filter()))
    assert [p for p in plans if p.startswith("SCAN s ")] == [
        "SCAN s USING COVERING INDEX spell_by_deadline"
    ]
    assert "SEARCH u USING COVERING INDEX status_update_by_report (reported_on<?)" in plans


def test_the_whole_order_of_a_past_day_is_one_pass_over_spells_and_one_over_paths(
    asked_of_the_past,
):
    plans = asked_of_the_past(lambda r: r.prepare(30))
    assert "SCAN m USING COVERING INDEX sqlite_autoindex_milestone_1" in plans
    assert not [p for p in sorts(plans) if "ORDER BY" in p]
