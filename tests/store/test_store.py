"""Acts, undo, and what reads return: on a real file."""

import json
import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta

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
    new_store,
    plan,
    said,
    statements,
)

from db.engine.connect import connect
from db.fold.folding import fold, in_force
from db.model.errors import BusyError, NotFoundError, RefusedError
from db.model.records import ActKind, Basis, Batch, Kind, NewFacility, Standing, State, UpdateKind
from db.model.states import state_of
from db.read.reader import Filter, Reader
from db.schema.rows import micros
from db.upkeep.doctor import examine
from db.write.store import Store
from tracker.domain.board import read_board, read_facility, read_status
from tracker.domain.json_shapes import Shapes
from tracker.domain.limits import Limits
from tracker.words import Words

LIMITS = Limits()
SHAPES = Shapes(Words("en"))
slow_fixture = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "office" / "tracker.db"


@pytest.fixture
def store(path):
    with new_store(path) as store:
        yield store


def record(store, *statements_, kind=ActKind.ACT, now=NOW):
    return store.record(batch(*statements_), by="김주무관", now=now, today=TODAY, kind=kind)


class Reading:
    """A reader that is closed at the end of the block."""

    def __init__(self, path):
        self.connection = connect(path, busy_ms=BUSY_MS)

    def __enter__(self):
        return Reader(self.connection)

    def __exit__(self, *_):
        self.connection.close()


def everything(path):
    """What list, status, alerts' board and show answer, the log aside, as one text."""
    with Reading(path) as reader:
        board = read_board(reader, TODAY, LIMITS)
        pages = [read_facility(reader, f.slug, TODAY, LIMITS) for f in reader.facilities()]
        shown = [SHAPES.page(p) | {"updates": None} for p in pages]
        status = SHAPES.status(read_status(reader, TODAY, LIMITS))
        return json.dumps([SHAPES.board(board), status, shown], ensure_ascii=False)


def test_an_act_is_written_with_its_fold(store, path):
    receipt = record(
        store,
        said("set", "2023-01-01", None, value={"name": "가람도서관", "city": "김해시"}),
        plan("2025-40", "2024-01-01"),
        plan("2025-10", "2025-01-04"),
    )
    assert [u.seq for u in receipt.updates] == [0, 1, 2]
    (m,) = receipt.milestones
    assert (m.facility_name, m.city, str(m.baseline), str(m.forecast)) == (
        "가람도서관",
        "김해시",
        "2025-40",
        "2025-10",
    )
    assert examine(path, busy_ms=BUSY_MS) == []


def test_the_files_are_readable_by_the_owner_only(path):
    new_store(path, copied=False).close()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_store_is_in_wal_and_waits(store, path):
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_undo_and_redo_move_there_and_back(store, path):
    record(store, plan("2025-10", "2025-01-04"))
    before = everything(path)
    record(store, actual("2025-10-28", "2025-10-28"))
    after = everything(path)
    assert after != before
    store.undo(by="김주무관", now=NOW, today=TODAY)
    assert everything(path) == before
    store.redo(by="김주무관", now=NOW, today=TODAY)
    assert everything(path) == after
    store.undo(by="김주무관", now=NOW, today=TODAY)
    assert everything(path) == before
    with Reading(path) as reader:
        assert reader.log()[0] == 5


def test_undo_takes_back_one_act_after_another_then_nothing(store, path):
    states = []
    for n in range(3):
        record(store, plan(f"202{n + 5}", "2025-01-04"))
        states.append(everything(path))
    store.undo(by="김주무관", now=NOW, today=TODAY)
    assert everything(path) == states[1]
    store.undo(by="김주무관", now=NOW, today=TODAY)
    assert everything(path) == states[0]
    store.undo(by="김주무관", now=NOW, today=TODAY)
    with pytest.raises(RefusedError, match="nothing to undo"):
        store.undo(by="김주무관", now=NOW, today=TODAY)
    for state in states:
        store.redo(by="김주무관", now=NOW, today=TODAY)
        assert everything(path) == state
    with pytest.raises(RefusedError, match="nothing to redo"):
        store.redo(by="김주무관", now=NOW, today=TODAY)


def test_undoing_an_addition_takes_the_facility_away_and_its_name_free(store, path):
    record(store, said("set", "2025-01-01", None, value={"name": "가람도서관"}))
    store.undo(by="김주무관", now=NOW, today=TODAY)
    with Reading(path) as reader:
        assert reader.facilities() == []
        with pytest.raises(NotFoundError):
            reader.resolve("가람도서관")
    record(store, said("set", "2025-01-01", None, value={"name": "가람도서관"}))
    with Reading(path) as reader:
        assert reader.resolve("가람") == "hall"


@pytest.mark.parametrize("suggesting", [True, False])
def test_what_may_have_been_meant_is_looked_for_only_where_it_is_told(store, path, suggesting):
    record(store, said("set", "2025-01-01", None, value={"name": "가람도서관"}))
    with Reading(path) as reader:
        with pytest.raises(NotFoundError) as error:
            reader.resolve("갈암도서관", suggesting=suggesting)
        assert ("near" in error.value.fields) is suggesting


def test_one_update_can_be_retracted_once(store, path):
    receipt = record(store, plan("2025-10", "2025-01-04"), plan("2025-12", "2025-02-04"))
    store.retract(receipt.updates[1].id, by=None, now=NOW, today=TODAY, reason="잘못 적음")
    with Reading(path) as reader:
        (m,) = reader.milestones_of("hall")
        assert str(m.forecast) == "2025-10"
        assert reader.update(receipt.updates[1].id).retracted_by is not None
    with pytest.raises(RefusedError, match="already taken back"):
        store.retract(receipt.updates[1].id, by=None, now=NOW, today=TODAY)
    with pytest.raises(NotFoundError):
        store.retract(999, by=None, now=NOW, today=TODAY)


@slow_fixture
@given(data=st.data())
def test_undo_restores_byte_for_byte_whatever_was_done(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("undo") / "t.db"
    with new_store(path) as store:
        before = data.draw(st.lists(statements(), min_size=1, max_size=8))
        record(store, *before, kind=ActKind.IMPORT)
        held = everything(path)
        acts = data.draw(st.lists(st.lists(statements(), min_size=1, max_size=3), max_size=3))
        done = 0
        for act in acts:
            try:
                record(store, *act)
                done += 1
            except RefusedError:
                continue
        changed = everything(path)
        for _ in range(done):
            store.undo(by="김주무관", now=NOW, today=TODAY)
        assert everything(path) == held
        for _ in range(done):
            store.redo(by="김주무관", now=NOW, today=TODAY)
        assert everything(path) == changed
    assert examine(path, busy_ms=BUSY_MS) == []


@slow_fixture
@given(said_=st.lists(statements(), min_size=1, max_size=15), day=days(2017, 2027))
def test_as_of_is_the_fold_of_the_prefix(said_, day, tmp_path_factory):
    path = tmp_path_factory.mktemp("asof") / "t.db"
    with new_store(path) as store:
        record(store, *said_, kind=ActKind.IMPORT)
    with Reading(path) as reader:
        updates = reader.updates_of("hall")
        wanted = fold(in_force(updates, day=day), STEPS)
        reader.at(day)
        found = {m.slug: m for m in reader.milestones_of("hall")}
        assert found.keys() == wanted.milestones.keys()
        for slug, m in found.items():
            w = wanted.milestones[slug]
            assert (m.baseline, m.forecast, m.actual, m.standing, m.updated_on) == (
                w.baseline,
                w.forecast,
                w.actual,
                w.standing,
                w.updated_on,
            )
        assert all(u.reported_on <= day for u in reader.updates_of("hall"))


@slow_fixture
@given(
    said_=st.lists(statements(), min_size=1, max_size=20),
    day=days(2016, 2031),
    soon=st.integers(0, 90),
)
def test_sql_orders_and_counts_as_python_does(said_, day, soon, tmp_path_factory):
    path = tmp_path_factory.mktemp("sql") / "t.db"
    with new_store(path) as store:
        record(store, *said_, kind=ActKind.IMPORT)
    with Reading(path) as reader:
        found = reader.milestones(day, soon, Filter())
        judged = [state_of(m.standing, m.forecast, day, soon) for m in found]
        ranks = list(State)

        def place(m, state):
            overdue = state is State.OVERDUE
            return (ranks.index(state), m.forecast.latest if overdue else day, m.facility, m.slug)

        keys = [place(m, s) for m, s in zip(found, judged, strict=True)]
        assert keys == sorted(keys)
        counts = reader.counts(day, soon, Filter())
        assert counts == {s: judged.count(s) for s in State}
        for state in State:
            only = reader.milestones(day, soon, Filter(states=(state,)))
            assert only == [m for m, s in zip(found, judged, strict=True) if s is state]
        assert reader.milestones(day, soon, Filter(), limit=2, offset=1) == found[1:3]


def test_known_at_is_what_the_office_knew(store, path):
    early, late = NOW, NOW + timedelta(hours=1)
    record(store, plan("2025-10", "2025-01-04"), now=early)
    receipt = record(store, plan("2026-03", "2025-01-05"), now=late)
    store.retract(receipt.updates[0].id, by=None, now=late + timedelta(hours=1), today=TODAY)

    def forecast(known_at):
        with Reading(path) as reader:
            reader.at(TODAY, known_at)
            return [str(m.forecast) for m in reader.milestones_of("hall")]

    assert forecast(early - timedelta(seconds=1)) == []
    assert forecast(early + timedelta(seconds=1)) == ["2025-10"]
    assert forecast(late + timedelta(seconds=1)) == ["2026-03"]
    assert forecast(late + timedelta(hours=2)) == ["2025-10"]


def test_instants_count_upward_even_when_the_clock_goes_back(store):
    first = record(store, plan("2025-10", "2025-01-04"))
    second = record(store, plan("2025-11", "2025-01-04"), now=NOW - timedelta(hours=23))
    assert second.act.recorded_at > first.act.recorded_at
    assert str(second.milestones[0].forecast) == "2025-11"


@pytest.mark.parametrize(
    "stored",
    [
        datetime(2099, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        NOW + timedelta(days=1, microseconds=1),
        "no instant at all",
        2**62,
    ],
)
def test_an_instant_that_cannot_be_does_not_stop_the_acts_after_it(store, path, stored):
    """Older versions took one from a dump; whatever it is, the clock is followed again."""
    record(store, plan("2025-10", "2025-01-04"))
    connection = sqlite3.connect(path)
    number = micros(stored) if isinstance(stored, datetime) else stored
    connection.execute("UPDATE act SET recorded_at = ?", (number,))
    if isinstance(stored, datetime):  # else it is damage, which is told when it is read
        connection.execute("UPDATE status_update SET recorded_at = ?", (number,))
    connection.commit()
    connection.close()
    later = [record(store, said("note", "2025-01-05", None, value=str(n))).act for n in range(4)]
    assert [act.recorded_at - NOW for act in later] == [timedelta(microseconds=n) for n in range(4)]


def test_no_two_acts_have_one_instant_however_the_stored_ones_lie(store, path):
    """A run of instants lies right at the end of what a clock may be wrong by."""
    end = micros(NOW) + micros(datetime(1970, 1, 2, tzinfo=UTC))
    for number in range(6):
        record(store, said("note", "2025-01-05", None, value=str(number)))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE act SET recorded_at = ? + id - 3", (end,))
    connection.commit()
    connection.close()
    for number in range(6):
        record(store, said("note", "2025-01-05", None, value=str(number)))
    with Reading(path) as reader:
        instants = [act.recorded_at for act in reader.acts()]
    assert len(set(instants)) == len(instants) == 12


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (plan("2025", "2026-11-22"), "after today"),
        (said("hold", "2025-01-01"), "reason"),
        (said("baseline", "2025-01-01", period=plan("2025", "2025-01-01").period), "reason"),
        (said("actual", "2025-01-01"), "needs a date"),
        (said("plan", "2025-01-01", None), "name one"),
        (said("note", "2025-01-01", value=""), "text"),
        (said("note", "2025-01-01", value="가" * 5000), "4,000"),
        (said("set", "2025-01-01", None, value={}), "nothing to set"),
        (said("set", "2025-01-01", None, value={"colour": "red"}), "no attribute"),
        (said("set", "2025-01-01", None, value={"name": ""}), "name is needed"),
        (said("set", "2025-01-01", None, value={"name": "가" * 301}), "at most 300"),
        (said("set", "2025-01-01", None, value={"cost_krw": -1}), "whole number"),
        (said("set", "2025-01-01", None, value={"cost_krw": True}), "whole number"),
        (said("set", "2025-01-01", None, value={"confidence": "blue"}), "green, amber or red"),
        (said("set", "2025-01-01", None, value={"aliases": "x"}), "list of names"),
        (said("set", "2025-01-01", None, value={"duration": "soon"}), "not a period"),
        (said("set", "2025-01-01", value={"snoozed_until": "soon"}), "a day"),
        (said("progress", "2025-01-01", None, value={"planned": 101}), "0 to 100"),
        (said("progress", "2025-01-01", None, value={}), "0 to 100"),
        (said("note", "2025-01-01", value="x", phrase="가" * 4001), "phrase"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_recorded(store, path, statement, why):
    record(store, plan("2025-10", "2025-01-04"))
    before = everything(path)
    with pytest.raises(RefusedError, match=why):
        record(store, plan("2027", "2025-01-05"), statement)
    assert everything(path) == before
    with Reading(path) as reader:
        assert reader.log()[0] == 1


def test_a_person_cannot_plan_what_is_completed_but_a_file_may_say_it(store):
    record(store, actual("2025-10-28", "2025-10-28"))
    with pytest.raises(RefusedError, match="reopen"):
        record(store, plan("2026", "2026-01-01"))
    receipt = record(store, plan("2026", "2026-01-01"), kind=ActKind.IMPORT)
    assert receipt.milestones[0].standing is Standing.COMPLETED


def test_a_bad_slug_or_an_unknown_name_is_refused(store):
    for slug in ("", "A", "a b", "../x", "a--b", "-a", "x" * 101, "a'b"):
        with pytest.raises(RefusedError, match="no slug"):
            store.record(
                Batch((said("note", "2025-01-01", None, slug, value="x"),), (NewFacility(slug),)),
                by=None,
                now=NOW,
                today=TODAY,
            )
    with pytest.raises(NotFoundError):
        store.record(
            Batch((plan("2025", "2025-01-01", facility="nowhere"),)),
            by=None,
            now=NOW,
            today=TODAY,
        )


def test_a_milestone_keeps_its_kind(store):
    record(store, plan("2025", "2025-01-01", "phase-2"))
    other = batch(plan("2025", "2025-01-01", "phase-2"))
    wrong = Batch(
        other.statements,
        other.facilities,
        tuple(type(m)(m.facility, m.slug, Kind.OPENING) for m in other.milestones),
    )
    with pytest.raises(RefusedError, match="already a milestone"):
        store.record(wrong, by=None, now=NOW, today=TODAY)


def test_quotes_in_every_text_are_only_text(store, path):
    evil = "'; DROP TABLE milestone; --\"`"
    record(
        store,
        said("set", "2025-01-01", None, value={"name": evil, "city": evil, "aliases": [evil]}),
        said("note", "2025-01-01", value=evil, phrase=evil, reason=evil),
        plan("2025", "2025-01-01"),
    )
    with Reading(path) as reader:
        assert reader.facility("hall").name == evil
        assert reader.resolve(evil) == "hall"
        for wanted in (Filter(city=evil), Filter(search=evil), Filter(owner=evil)):
            reader.milestones(TODAY, 30, wanted)
        assert len(reader.milestones(TODAY, 30, Filter(city=evil))) == 1


def test_no_text_keeps_what_a_terminal_would_obey(store, path):
    evil = "가\x1b[2J\x1b]0;x\x07나\u202e다\u200b\x00\x9b31m라\n마"
    record(
        store,
        said("set", "2025-01-01", None, value={"name": evil, "owner": evil}),
        said("note", "2025-01-01", value=evil, phrase=evil, evidence=(evil,)),
    )
    with Reading(path) as reader:
        assert reader.facility("hall").name == "가나다라 마"
        assert reader.updates_of("hall")[0].phrase == "가나다라 마"


def test_what_another_program_wrote_into_the_file_is_cleaned_on_the_way_out(store, path):
    record(store, said("set", "2025-01-01", None, value={"name": "가"}))
    raw = sqlite3.connect(path)
    raw.execute("UPDATE facility SET name = 'x' || char(27) || '[2J', city = char(8238) || 'y'")
    raw.commit()
    raw.close()
    with Reading(path) as reader:
        assert (reader.facility("hall").name, reader.facility("hall").city) == ("x", "y")


def test_an_approximate_day_stays_approximate(store, path):
    record(store, said("note", "2018-02-01", value="x", reported_basis=Basis.APPROXIMATE))
    with Reading(path) as reader:
        assert reader.updates_of("hall")[0].reported_basis is Basis.APPROXIMATE


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("리퍼", True),
        ("센터", True),
        ("로봇 리퍼브", True),
        ("로봇리퍼브센터", True),
        ("ㄹㅂ", True),
        ("ㅎㄱㄹㅂ", True),
        ("중고 로봇", True),
        ("refurb", True),
        ("REF", True),
        ("터", True),
        ("김해", True),
        ("터미널", False),
        ("ㅋㅋ", False),
        ("zzz", False),
        ("!!", False),
        ("센ㅌ", True),
    ],
)
def test_search_finds_two_syllables_initials_aliases_and_latin(store, path, typed, found):
    record(
        store,
        said(
            "set",
            "2025-01-01",
            None,
            value={
                "name": "한국로봇리퍼브센터",
                "name_en": "Korea Robot Refurb Center",
                "aliases": ["중고 로봇 재제조"],
                "city": "김해시",
            },
        ),
        plan("2025", "2025-01-01"),
    )
    with Reading(path) as reader:
        assert bool(reader.milestones(TODAY, 30, Filter(search=typed))) is found


def test_a_write_waits_for_another_process_then_says_so(store, path):
    record(store, plan("2025", "2025-01-01"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(path, busy_ms=100) as hurried, pytest.raises(BusyError):
        hurried.undo(by="김주무관", now=NOW, today=TODAY)
    other.execute("ROLLBACK")
    other.close()
    store.undo(by="김주무관", now=NOW, today=TODAY)


def test_two_writers_lose_nothing(store, path):
    record(store, plan("2025", "2025-01-01"))
    failures = []

    def write(name):
        try:
            with Store.open(path, busy_ms=20000) as own:
                for n in range(15):
                    own.record(
                        Batch((said("note", "2025-01-01", value=f"{name}{n}"),)),
                        by=name,
                        now=datetime.now(UTC),
                        today=TODAY,
                    )
        except Exception as error:  # noqa: BLE001 - a thread's failure is the test's
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Reading(path) as reader:
        total, updates = reader.log()
        assert total == 31
        assert len({u.value for u in updates if u.kind is UpdateKind.NOTE}) == 30
        assert len({u.act for u in updates}) == 31
    assert examine(path, busy_ms=BUSY_MS) == []


def test_check_constraints_stand_behind_the_validation(store, path):
    record(store, plan("2025", "2025-01-01"))
    raw = sqlite3.connect(path)
    for statement in (
        "UPDATE status_update SET kind = 'rumour'",
        "UPDATE status_update SET reported_basis = 'maybe'",
        "UPDATE status_update SET earliest = '2026-01-01', latest = '2025-01-01'",
        "UPDATE status_update SET retracts = 1",
        "UPDATE milestone SET standing = 'lost'",
        "UPDATE milestone SET kind = 'party'",
        "UPDATE milestone SET standing = NULL",
        "UPDATE milestone SET standing = 'completed'",
        "UPDATE facility SET confidence = 'blue'",
        "UPDATE facility SET type = 'thing'",
        "UPDATE act SET kind = 'guess'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(statement)
    raw.close()


def test_damage_is_found_and_the_fold_can_be_written_anew(store, path):
    record(store, plan("2025", "2025-01-01"))
    raw = sqlite3.connect(path)
    raw.execute("UPDATE milestone SET forecast = '2026'")
    raw.execute("UPDATE facility SET city = 'x'")
    raw.execute("UPDATE status_update SET retracted_by = 1")
    raw.commit()
    raw.close()
    assert len(examine(path, busy_ms=BUSY_MS)) == 3
    store.refold()
    assert examine(path, busy_ms=BUSY_MS) == []


def test_dates_of_the_real_case(store, path):
    record(store, plan("2025-10", "2025-06-10"), actual("2025", "2026-02-18", "completion"))
    with Reading(path) as reader:
        for day, text in (("2025-10-31", "D-DAY"), ("2025-11-01", "D+1"), ("2026-11-21", "D+386")):
            board = read_board(reader, date.fromisoformat(day), LIMITS)
            (row,) = [r for r in board.rows if r.milestone.slug == "opening"]
            assert Words("ko").d_day(row.judged.to_deadline) == text
