"""A snapshot is one state of the store, begun and ended with the question it answers."""

import sqlite3
from datetime import date

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect, explain
from db.model.errors import BusyError, StoreError
from db.read.reader import Filter, Reader
from db.upkeep.doctor import examine
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.domain.limits import Limits
from tracker.tui.session.store_session import StoreSession
from tracker.words import Words

DAY = date(2026, 11, 10)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "t.db"
    with new_store(path) as store:
        named = said("set", "2026-11-01", None, value={"name": "회관"})
        store.record(batch(named, plan("2027", "2026-11-01")), by=None, now=NOW, today=TODAY)
    return path


@pytest.fixture
def connection(path):
    connection = connect(path, busy_ms=BUSY_MS)
    yield connection
    connection.close()


def write(path, period="2028", step="opening"):
    with Workspace(path, TODAY, Config(busy_ms=BUSY_MS), Words("en")).writing() as store:
        store.record(batch(plan(period, "2026-11-02", step)), by=None, now=NOW, today=TODAY)


def forecasts(reader):
    return [str(m.forecast) for m in reader.milestones_of("hall")]


def test_what_others_write_inside_is_seen_after_it(path, connection):
    reader = Reader(connection)
    with reader.snapshot():
        write(path)
        assert forecasts(reader) == ["2027"]
        with reader.snapshot():
            assert forecasts(reader) == ["2027"]
        assert connection.in_transaction
    assert not connection.in_transaction
    assert forecasts(reader) == ["2028"]


def test_the_snapshot_is_of_its_beginning_not_of_the_first_question(path, connection):
    reader = Reader(connection)
    with reader.snapshot():
        write(path)
        assert reader.log()[0] == 2


def test_a_failure_inside_ends_it(connection):
    reader = Reader(connection)
    with pytest.raises(ZeroDivisionError), reader.snapshot():
        raise ZeroDivisionError
    assert not connection.in_transaction
    with pytest.raises(sqlite3.Error), reader.snapshot():
        connection.execute("SELECT nothing")
    assert not connection.in_transaction
    assert forecasts(reader) == ["2027"]


@pytest.mark.parametrize("known_at", [None, NOW.replace(year=2027)])
def test_another_day_is_read_anew_where_the_store_was_written_since(path, connection, known_at):
    reader = Reader(connection)
    reader.at(DAY, known_at)
    with reader.snapshot():
        assert forecasts(reader) == ["2027"]
        write(path)
        write(path, "2029", "completion")
        assert forecasts(reader) == ["2027"]
        assert sum(reader.counts(DAY, 30, Filter()).values()) == 1
    with reader.snapshot():
        assert forecasts(reader) == ["2029", "2028"]
        assert sum(reader.counts(DAY, 30, Filter()).values()) == 2
        listed = reader.milestones(DAY, 30, Filter())
        assert sorted(str(m.forecast) for m in listed) == ["2028", "2029"]


def test_another_day_is_kept_where_nobody_wrote(connection):
    reader = Reader(connection)
    reader.at(DAY)
    with reader.snapshot():
        forecasts(reader)
    before = connection.total_changes
    with reader.snapshot():
        assert forecasts(reader) == ["2027"]
    assert connection.total_changes == before


def test_a_screen_holds_no_transaction_between_questions(path):
    session = StoreSession(Workspace(path, TODAY, Config(busy_ms=BUSY_MS), Words("en")))
    session.open()
    session.board(Filter())
    write(path)
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0, "nobody reads"
    raw.close()
    assert session.changed()
    assert not session.changed()
    session.close()


def test_a_reading_does_not_keep_others_from_writing(path):
    office = Workspace(path, TODAY, Config(busy_ms=1), Words("en"))
    with office.reading() as reader:
        for year in range(2030, 2040):
            write(path, str(year))
        assert forecasts(reader) == ["2027"]


def test_the_counts_of_an_older_state_do_not_place_rows(path):
    session = StoreSession(Workspace(path, TODAY, Config(busy_ms=BUSY_MS), Words("en")))
    session.open()
    known = session.board(Filter()).counts
    write(path, "2020", "completion")
    rows = session.rows(Filter(), 0, 10, known)
    assert [r.milestone.slug for r in rows] == ["completion", "opening"]
    session.close()
    assert session.limits == Limits()


def test_doctor_reads_one_state(path, monkeypatch):
    from db.upkeep import doctor

    whole = doctor.retractions
    written = []

    def meanwhile(*asked):
        if not written:
            written.append(write(path, "2031"))
        return whole(*asked)

    monkeypatch.setattr(doctor, "retractions", meanwhile)
    assert examine(path, busy_ms=BUSY_MS) == []
    assert written


@pytest.mark.parametrize(
    ("code", "is_busy"),
    [(sqlite3.SQLITE_PROTOCOL, True), (sqlite3.SQLITE_SCHEMA, True), (sqlite3.SQLITE_IOERR, False)],
)
def test_what_another_process_does_is_no_damage(path, code, is_busy):
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    told = explain(error, path)
    assert isinstance(told, BusyError) is is_busy
    assert isinstance(told, StoreError)
