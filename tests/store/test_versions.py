"""Stores of every version open today with everything in them; a migration can break anywhere."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest
from making import BUSY_MS, TODAY, batch, plan
from sqlalchemy import create_engine, event, inspect

import db.engine.connect
import db.schema.migrations
import db.upkeep.migrate
from db.engine.connect import connect
from db.model.errors import OutdatedStoreError, StoreError
from db.schema.version import HEAD, REVISIONS
from db.upkeep.backup import AUTOMATIC
from db.upkeep.doctor import examine
from db.write.store import Store

STORES = Path(__file__).parent / "stores"
LATER = datetime(2026, 12, 1, tzinfo=UTC)
NEXT = "9990"
REVISION = f'''
"""A revision that no release has: it makes the table of milestones anew and fills a column."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("status_update", sa.Column("weight", sa.Integer()))
    op.execute("UPDATE status_update SET weight = id")
    with op.batch_alter_table("facility", recreate="always") as facility:
        facility.add_column(sa.Column("ward", sa.Text()))
    op.execute("UPDATE facility SET ward = 'x'")
    op.create_index("facility_by_ward", "facility", ["ward"])
'''


def rows(path):
    """Every row of every table but the version, and the names of indexes and triggers."""
    raw = sqlite3.connect(path)
    try:
        tables = [
            name
            for (name,) in raw.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " AND name NOT LIKE 'facility_search_%' AND name <> 'alembic_version'"
            )
        ]
        contents = {t: sorted(raw.execute(f"SELECT * FROM {t}"), key=repr) for t in tables}
        others = raw.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('index', 'trigger', 'view')"
        )
        return contents, set(others)
    finally:
        raw.close()


def revision(path):
    raw = sqlite3.connect(path)
    try:
        return raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    finally:
        raw.close()


def schema(path):
    """What every table takes and every index holds, however they were made."""
    engine = create_engine(f"sqlite:///{path}")
    found = inspect(engine)
    tables = {
        table: (
            sorted(map(repr, found.get_columns(table))),
            sorted(map(repr, found.get_check_constraints(table))),
            sorted(map(repr, found.get_foreign_keys(table))),
            sorted(map(repr, found.get_unique_constraints(table))),
            found.get_pk_constraint(table),
            found.get_table_options(table),
        )
        for table in found.get_table_names()
    }
    engine.dispose()
    raw = sqlite3.connect(path)
    try:
        sql = "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger', 'view')"
        return tables, set(raw.execute(sql))
    finally:
        raw.close()


def joined_with_blanks(contents):
    """What revision 0002 makes of paths; nothing else of an old store changes."""
    return {
        table: sorted(
            (tuple(_blank(c) for c in row) if table == "milestone" else row for row in held),
            key=repr,
        )
        for table, held in contents.items()
    }


def as_wide(rows, like):
    """Rows without the columns that were added after those that the other ones have."""
    return sorted((row[: len(like[0])] if like else row for row in rows), key=repr)


def _blank(cell):
    return cell.replace("/", " ") if isinstance(cell, str) else cell


@pytest.fixture
def old(tmp_path):
    def copied(name):
        return Path(shutil.copy(STORES / f"{name}.db", tmp_path / "t.db"))

    return copied


def test_there_is_a_store_of_every_version_with_something_in_every_table():
    assert {p.stem for p in STORES.glob("*.db")} == set(REVISIONS)
    contents, _ = rows(STORES / f"{HEAD}.db")
    assert all(contents.values()), [t for t, held in contents.items() if not held]


@pytest.mark.parametrize("name", REVISIONS)
def test_an_old_store_comes_up_to_date_with_everything_in_it(old, tmp_path, name):
    path = old(name)
    before = rows(path)
    assert revision(path) == name
    if name != HEAD:
        with pytest.raises(OutdatedStoreError):
            Store.open(path, busy_ms=BUSY_MS)
        backup = db.upkeep.migrate.upgrade(path, busy_ms=BUSY_MS)
        assert revision(backup) == name
        assert rows(backup) == before
        assert backup.stat().st_mode & 0o777 == 0o600
        assert backup.parent.stat().st_mode & 0o777 == 0o700
    assert revision(path) == HEAD
    after, _ = rows(path)
    wanted = joined_with_blanks(before[0])
    assert {t: as_wide(after[t], held) for t, held in wanted.items()} == wanted
    db.upkeep.migrate.create(tmp_path / "new.db", busy_ms=BUSY_MS)
    assert schema(path) == schema(tmp_path / "new.db")
    assert examine(path, busy_ms=BUSY_MS) == []
    with Store.open(path, busy_ms=BUSY_MS) as store:
        store.record(batch(plan("2030", "2026-11-20")), by=None, now=LATER, today=TODAY)


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """The program as it will be one revision later."""
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / f"{NEXT}_next.py").write_text(REVISION)
    from alembic.config import Config

    set_option = Config.set_main_option

    def with_more(config, name, value):
        set_option(config, name, value)
        if name == "script_location":
            here = Path(db.schema.migrations.__file__).parent / "versions"
            set_option(config, "version_locations", f"{here};{versions}")
            set_option(config, "path_separator", ";")

    monkeypatch.setattr(Config, "set_main_option", with_more)
    for module in (db.upkeep.migrate, db.engine.connect):
        monkeypatch.setattr(module, "HEAD", NEXT)
    monkeypatch.setattr(db.engine.connect, "REVISIONS", (*REVISIONS, NEXT))


@pytest.fixture
def current(tmp_path):
    """A store of today's version."""
    return Path(shutil.copy(STORES / f"{HEAD}.db", tmp_path / "t.db"))


def test_a_table_made_anew_keeps_its_children_and_its_indexes(current, next_version):
    before, others = rows(current)
    backup = db.upkeep.migrate.upgrade(current, busy_ms=BUSY_MS)
    after, others_after = rows(current)
    assert revision(current) == NEXT
    assert after.keys() == before.keys()
    for table, held in before.items():
        assert [row[: len(old)] for row, old in zip(after[table], held, strict=True)] == held
    assert others_after == others | {("index", "facility_by_ward")}
    assert rows(backup) == (before, others)
    assert backup.parent == current.with_name("backups")


@pytest.mark.parametrize("name", REVISIONS)
def test_an_error_at_any_statement_leaves_the_store_as_it_was(old, name, next_version, monkeypatch):
    """The backup is made first; then each statement fails once; then the migration is run again."""
    current = old(name)
    before = rows(current)
    attempts = 0
    left = 0

    def fail(*_):
        nonlocal left
        left -= 1
        if left == 0:
            raise sqlite3.OperationalError("disk I/O error")

    import sqlalchemy

    make = sqlalchemy.create_engine

    def failing(*arguments, **more):
        engine = make(*arguments, **more)
        event.listen(engine, "before_cursor_execute", fail)
        return engine

    with monkeypatch.context() as broken:
        broken.setattr(sqlalchemy, "create_engine", failing)
        while True:
            attempts += 1
            left = attempts
            try:
                db.upkeep.migrate.upgrade(current, busy_ms=BUSY_MS)
            except StoreError:
                assert rows(current) == before
            else:
                break
    assert attempts > 5
    assert revision(current) == NEXT
    backups = list(current.with_name("backups").iterdir())
    assert len(backups) == AUTOMATIC
    assert all(rows(b) == before for b in backups)


def test_killed_in_the_middle_of_a_migration_it_can_be_run_again(current, tmp_path, next_version):
    """The process dies by itself, half of the statements done."""
    before = rows(current)
    code = f"""
        import os, signal, sqlite3, sys
        sys.path.insert(0, {str(Path(__file__).parents[1])!r})
        import sqlalchemy, db.engine.connect, db.upkeep.migrate
        from alembic.config import Config
        set_option = Config.set_main_option
        def more(config, name, value):
            set_option(config, name, value)
            if name == "script_location":
                set_option(config, "version_locations", sys.argv[2])
                set_option(config, "path_separator", ";")
        Config.set_main_option = more
        db.upkeep.migrate.HEAD = db.engine.connect.HEAD = {NEXT!r}
        db.engine.connect.REVISIONS += ({NEXT!r},)
        make = sqlalchemy.create_engine
        def dying(*a, **k):
            engine = make(*a, **k)
            @sqlalchemy.event.listens_for(engine, "after_cursor_execute")
            def die(connection, cursor, statement, *_):
                if statement.startswith("UPDATE facility"):
                    os.kill(os.getpid(), signal.SIGKILL)
            return engine
        sqlalchemy.create_engine = dying
        from pathlib import Path
        db.upkeep.migrate.upgrade(Path(sys.argv[1]), busy_ms=1000)
    """
    here = Path(db.schema.migrations.__file__).parent / "versions"
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), current, f"{here};{tmp_path / 'versions'}"],
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == -signal.SIGKILL
    assert rows(current) == before
    db.upkeep.migrate.upgrade(current, busy_ms=BUSY_MS)
    assert revision(current) == NEXT


def test_a_migration_that_would_leave_orphans_is_taken_back(current, next_version, monkeypatch):
    before = rows(current)
    text = REVISION.rstrip() + '\n    op.execute("DELETE FROM milestone")\n'
    (current.parent / "versions" / f"{NEXT}_next.py").write_text(text)
    with pytest.raises(StoreError, match="orphan"):
        db.upkeep.migrate.upgrade(current, busy_ms=BUSY_MS)
    assert rows(current) == before


def test_a_store_of_the_next_version_is_refused_untouched(
    current, tmp_path, next_version, monkeypatch
):
    db.upkeep.migrate.upgrade(current, busy_ms=BUSY_MS)
    monkeypatch.undo()
    raw = sqlite3.connect(current)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    before = current.read_bytes()
    for attempt in (
        lambda: connect(current, busy_ms=BUSY_MS),
        lambda: Store.open(current, busy_ms=BUSY_MS),
        lambda: db.upkeep.migrate.upgrade(current, busy_ms=BUSY_MS),
    ):
        with pytest.raises(StoreError, match=NEXT):
            attempt()
    assert current.read_bytes() == before


def test_names_of_an_old_store_are_found_by_every_way_to_write_them(old):
    """Stores of before know ㈜ by itself alone."""
    path = old("0005")
    raw = sqlite3.connect(path)
    raw.execute("UPDATE status_update SET value = replace(value, '가람회관', '㈜가람회관')")
    raw.execute("UPDATE facility SET name = '㈜가람회관' WHERE name = '가람회관'")
    raw.execute("UPDATE facility_name SET key = '㈜가람회관' WHERE key = '가람회관'")
    raw.commit()
    raw.close()
    db.upkeep.migrate.upgrade(path, busy_ms=BUSY_MS)
    assert examine(path, busy_ms=BUSY_MS) == []
    with Store.open(path, busy_ms=BUSY_MS) as store, store.reading() as reader:
        assert reader.resolve("(주) 가람회관") == "hall"
