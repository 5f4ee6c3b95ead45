"""Making, migrating and refusing files."""

import sqlite3

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan

from db.engine.connect import connect
from db.model.errors import NoStoreError, StoreError
from db.schema.version import HEAD
from db.upkeep import migrate
from db.upkeep.backup import back_up
from db.upkeep.restore import restore
from db.write.store import Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "t.db"


def test_a_missing_store_is_named_with_what_makes_one(path):
    with pytest.raises(NoStoreError, match="tracker demo"):
        connect(path, busy_ms=BUSY_MS)
    assert not path.exists()


def test_making_a_store_twice_keeps_the_first(path):
    with new_store(path) as store:
        store.record(batch(plan("2025", "2025-01-01")), by=None, now=NOW, today=TODAY)
    migrate.create(path, busy_ms=BUSY_MS)
    connection = connect(path, busy_ms=BUSY_MS)
    assert connection.execute("SELECT count(*) FROM status_update").fetchone() == (1,)
    connection.close()


def emptied(path):
    path.touch()


def without_a_table(path):
    raw = sqlite3.connect(path)
    raw.execute("VACUUM")
    raw.close()


@pytest.mark.parametrize("make", [emptied, without_a_table])
def test_a_file_that_holds_no_store_is_not_taken_for_a_new_one(path, make):
    """A store may have been in it: whoever looks must not be told that all is well."""
    make(path)
    before = path.read_bytes()
    for ask in (
        lambda: connect(path, busy_ms=BUSY_MS),
        lambda: migrate.upgrade(path, busy_ms=BUSY_MS),
        lambda: back_up(path, path.with_name("b.bak"), busy_ms=BUSY_MS),
    ):
        with pytest.raises(StoreError, match="no store is in it"):
            ask()
    assert path.read_bytes() == before
    assert not path.with_name("b.bak").exists()


@pytest.mark.parametrize("make", [emptied, without_a_table])
def test_what_holds_no_store_is_no_backup_and_can_be_restored_over(path, make):
    new_store(path).close()
    back_up(path, path.with_name("b.bak"), busy_ms=BUSY_MS)
    make(path.with_name("empty.bak"))
    with pytest.raises(StoreError, match="is no backup"):
        restore(path, path.with_name("empty.bak"), busy_ms=BUSY_MS)
    path.unlink()
    make(path)
    restore(path, path.with_name("b.bak"), busy_ms=BUSY_MS)
    connect(path, busy_ms=BUSY_MS).close()


@pytest.mark.parametrize("content", [b"not a database at all, only text" * 40, b"\x00" * 5000])
def test_a_file_that_is_no_store_is_refused_untouched(path, content):
    path.write_bytes(content)
    with pytest.raises(StoreError):
        Store.open(path, busy_ms=BUSY_MS)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_untouched(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (id INTEGER)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path, busy_ms=BUSY_MS)
    assert path.read_bytes() == before


def test_a_newer_store_is_refused_untouched(path):
    migrate.create(path, busy_ms=BUSY_MS)
    raw = sqlite3.connect(path)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="9999"):
        Store.open(path, busy_ms=BUSY_MS)
    assert path.read_bytes() == before


def test_a_failed_revision_leaves_nothing_half_done(path, monkeypatch):
    from alembic import command

    def fail(*_args, **_more):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(command, "stamp", fail)
    with pytest.raises(StoreError, match="disk I/O"):
        migrate.create(path, busy_ms=BUSY_MS)
    assert list(path.parent.iterdir()) == []
    monkeypatch.undo()
    migrate.create(path, busy_ms=BUSY_MS)
    connect(path, busy_ms=BUSY_MS).close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot make a store"):
        migrate.create(tmp_path / "file" / "t.db", busy_ms=BUSY_MS)


def test_the_head_of_the_migrations_is_the_revision_that_is_read(path):
    migrate.create(path, busy_ms=BUSY_MS)
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    raw.close()
