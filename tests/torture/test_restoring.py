"""A store that is restored while others write: every acknowledged act is in it, or in a copy."""

import shutil
import sqlite3
import time

import pytest
from effort import either
from making import BUSY_MS, NOW, TODAY, batch, said

from db.engine.connect import connect
from db.read.reader import Reader
from db.upkeep.backup import back_up
from db.upkeep.doctor import examine
from db.write.store import Store

SECONDS = either(2, 60)
WRITERS = 3


def authors(path):
    connection = connect(path, busy_ms=BUSY_MS, any_revision=True)
    try:
        return {act.by for act in Reader(connection).acts()}
    finally:
        connection.close()


def with_pages_of(path, size):
    """Make a store anew with another size of pages: such a one cannot be poured into it."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(f"PRAGMA page_size = {size}")
    raw.execute("VACUUM")
    raw.close()


@pytest.fixture
def store(demo_master, tmp_path):
    """A store of some size, with two backups beside it."""
    path = tmp_path / "t.db"
    shutil.copy(demo_master, path)
    with Store.open(path, busy_ms=BUSY_MS) as store:
        start = batch(said("set", "2026-01-01", None, value={"name": "회관"}))
        store.record(start, by="start", now=NOW, today=TODAY)
    for name in ("a.bak", "b.bak"):
        back_up(path, path.with_name(name), busy_ms=BUSY_MS)
    return path


def test_copies_that_are_made_at_once_have_names_of_their_own(killing, store):
    started = [killing.start("copy_aside", store) for _ in range(4)]
    made = []
    for number, log in started:
        killing.end(number, log, kill=False)
        made += [line.split()[1].split("=") for line in log.read_text().splitlines()]
    assert len({copy for _, copy in made}) == len(made) >= 16
    for name, copy in made:
        folder = store.with_name("backups") if "-before-" in copy else store.parent
        assert name in authors(folder / copy)


def finished(killing, started):
    """What each process told of, by word."""
    told = {}
    for number, log in started:
        killing.end(number, log, kill=False)
        for line in log.read_text().splitlines() if log.exists() else ():
            word, _, what = line.partition(" ")
            told.setdefault(word, []).append(what.partition("=")[0])
    return told


@pytest.mark.parametrize("way", ["page by page", "file by file"])
def test_a_restore_loses_no_act_that_others_record_meanwhile(killing, store, way):
    if way == "file by file":
        with_pages_of(store.with_name("b.bak"), 8192)
        with_pages_of(store, 8192)
    started = [killing.start("restore_by_turns", store), killing.start("left_open", store)]
    started += [killing.start("together", store) for _ in range(WRITERS - 1)]
    time.sleep(SECONDS)
    deadline = time.monotonic() + 60
    logs = [log for _, log in started]
    while not all(log.exists() and log.read_text() for log in logs) and time.monotonic() < deadline:
        time.sleep(0.05)
    store.with_name("stop").touch()
    told = finished(killing, started)
    assert len(told["restored"]) > 1
    aside = list(store.with_name("backups").glob("*-before-restore.bak"))
    assert len(aside) == len(told["restored"]), "each has a number and a file of its own"
    held = authors(store).union(*map(authors, aside))
    assert set(told["done"]) - held == set()
    assert examine(store, busy_ms=BUSY_MS) == examine(max(aside), busy_ms=BUSY_MS) == []
