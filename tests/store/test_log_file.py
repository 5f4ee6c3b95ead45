"""SQLite's log beside a store: copied into the store under the write lock only, and bounded."""

from contextlib import closing

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, said

from db.engine.connect import LOG_LIMIT, connect, empty_log, log_size, open_file
from db.write.store import Store


@pytest.fixture
def path(tmp_path):
    new_store(tmp_path / "t.db").close()
    return tmp_path / "t.db"


def write(store, number):
    notes = (
        said("note", "2026-01-01", None, value=f"{number} {n} " + "x" * 3900) for n in range(50)
    )
    store.record(batch(*notes), by=None, now=NOW, today=TODAY)


def test_no_connection_copies_the_log_when_it_commits(path):
    with closing(open_file(path)) as connection:
        assert connection.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,)


def test_the_log_is_not_copied_while_another_process_writes(path):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        write(store, 0)
        before = path.read_bytes()
        with closing(open_file(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            empty_log(path, busy_ms=0)
            assert path.read_bytes() == before
        empty_log(path, busy_ms=0)
        assert path.read_bytes() != before


def test_the_log_stays_bounded_while_somebody_looks_at_the_store(path):
    largest = 0
    with Store.open(path, busy_ms=BUSY_MS) as store, closing(connect(path, busy_ms=BUSY_MS)):
        for number in range(35):
            write(store, number)
            largest = max(largest, log_size(path))
    assert LOG_LIMIT < largest < 2 * LOG_LIMIT
