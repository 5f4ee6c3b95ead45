"""A store is the file of its name, whatever else SQLite would take that name for."""

import re
import sqlite3
import unicodedata
from pathlib import Path

import pytest
from making import BUSY_MS, NOW, TODAY, batch, said

from db.engine.connect import connect, empty_log, open_file
from db.read.reader import Reader
from db.upkeep.atomic_create import atomic_create
from db.upkeep.backup import back_up
from db.upkeep.doctor import examine
from db.upkeep.migrate import create
from db.upkeep.restore import compare, restore
from db.write.store import Store

ROOT = Path(__file__).parents[2]
NAMES = (
    *("file:x.db", "file:x.db?mode=memory", "file::memory:", ":memory:", "file:%2e%2e%2fx.db"),
    *("a?b#c%41 d.db", "a\nb.db", "-x.db", "C:x.db", "postgresql:x.db", "'\";--.db", "file:"),
    unicodedata.normalize("NFD", "시설 현황.db"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Where relative names begin; what is beside it must stay empty."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(path, by):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        said_once = batch(said("set", "2026-01-01", None, value={"name": "회관"}))
        store.record(said_once, by=by, now=NOW, today=TODAY)
    empty_log(path, busy_ms=BUSY_MS)


def authors(path):
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        return [act.by for act in Reader(connection).acts()]
    finally:
        connection.close()


def files(folder):
    return {p.name for p in folder.iterdir() if not p.name.endswith(("-wal", "-shm"))}


@pytest.mark.parametrize("name", NAMES)
def test_a_store_of_any_name_is_written_kept_and_restored(name, folder):
    path, backup = Path(name), Path(f"{name}2")
    create(path, busy_ms=BUSY_MS)
    write(path, "kim")
    assert back_up(path, backup, busy_ms=BUSY_MS) == backup.stat().st_size > 0
    write(path, "lee")
    assert len(compare(path, backup, busy_ms=BUSY_MS).lost) == 1
    assert restore(path, backup, busy_ms=BUSY_MS) is not None
    assert authors(path) == authors(backup) == ["kim"]
    assert not examine(path, busy_ms=BUSY_MS)
    assert files(folder) == {name, f"{name}2", "backups"}
    assert files(folder.parent) == {"here"}


@pytest.mark.parametrize("name", NAMES)
def test_a_store_of_any_name_is_made_at_once(name, folder):
    with atomic_create(Path(name), busy_ms=BUSY_MS):
        pass
    write(Path(name), "kim")
    assert authors(Path(name)) == ["kim"]
    assert files(folder) == {name}


def test_a_name_that_goes_through_a_link_is_the_same_file_for_reading_and_writing(folder):
    """`link/../t.db` is beside what the link leads to, not beside the link."""
    (folder / "far" / "inner").mkdir(parents=True)
    (folder / "link").symlink_to(folder / "far" / "inner")
    path = Path("link/../t.db")
    create(path, busy_ms=BUSY_MS)
    write(path, "kim")
    assert authors(path) == authors(folder / "far" / "t.db") == ["kim"]
    assert files(folder) == {"far", "link"}


@pytest.mark.parametrize("name", ["absent.db", "file:absent.db", ":memory:", "absent\0.db", "."])
def test_opening_makes_no_file(name, folder):
    with pytest.raises(sqlite3.Error):
        open_file(Path(name)).execute("SELECT 1 FROM sqlite_master")
    assert files(folder) == set()


def test_nothing_else_hands_sqlite_a_name():
    """Every name goes through `open_file`."""
    hands = re.compile(r"sqlite3\.connect\(|create_engine\(\s*+(?!\"sqlite://\", creator=)")
    found = [
        f"{path.relative_to(ROOT)}: {line}"
        for package in ("db", "tracker")
        for path in (ROOT / package).rglob("*.py")
        for line in hands.findall(path.read_text("utf-8"))
    ]
    assert found == ["db/engine/connect.py: sqlite3.connect("]
