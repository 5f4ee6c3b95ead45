"""A log that a killed or moved store left is not played into the store that comes after it."""

import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from effort import either
from making import BUSY_MS, NOW, TODAY, batch, new_store, said

from db.engine.connect import connect, empty_log
from db.read.reader import Reader
from db.upkeep.backup import back_up
from db.upkeep.doctor import examine

ROUNDS = either(1, 20)
FACTS = "facility lab\n  name: 실험동\n2026-01-05  opening  plan  2026-10\n"
MAKING = {
    "import": ("import", "new.facts"),
    "import of a document": ("import", "new.json"),
    "import of a table": ("import", "new.csv"),
    "add": ("add", "facility", "실험동", "--slug", "lab"),
    "demo": ("demo", "--no-tui"),
    "restore": ("restore", "new.bak", "--yes"),
}


@pytest.fixture
def path(tmp_path, tracker):
    """A store that others write into, and what another one can be made of."""
    other = tmp_path / "other.db"
    (tmp_path / "new.facts").write_text(FACTS)
    assert tracker("--db", other, "import", tmp_path / "new.facts").code == 0
    for name in ("new.json", "new.csv"):
        assert tracker("--db", other, "export", tmp_path / name).code == 0
    back_up(other, tmp_path / "new.bak", busy_ms=BUSY_MS)
    path = tmp_path / "office" / "t.db"
    path.parent.mkdir()
    return path


def fill(path):
    with new_store(path) as store:
        start = batch(said("set", "2026-01-01", None, value={"name": "회관"}))
        store.record(start, by="start", now=NOW, today=TODAY)


def authors(path):
    with closing(connect(path, busy_ms=BUSY_MS)) as connection:
        return {act.by for act in Reader(connection).acts()}


def slugs(path):
    with closing(connect(path, busy_ms=BUSY_MS)) as connection:
        return {f.slug for f in Reader(connection).facilities()}


def write_a_while(killing, path):
    """Start a process that writes; its number and log, once it has acknowledged some acts."""
    number, log = killing.start("left_open", path)
    deadline = time.monotonic() + 20
    while not log.exists() or (log.read_text().count("done") < 5 and time.monotonic() < deadline):
        time.sleep(0.005)
    return number, log


def acknowledged(log):
    words = (line.split() for line in log.read_text().splitlines())
    return {what.partition("=")[0] for word, what in words if word == "done"}


def make(tracker, path, how):
    line = [str(path.parents[1] / a) if a.startswith("new.") else a for a in MAKING[how]]
    return tracker("--db", path, *line, "--lang", "en")


def judge(path, moved, log, err):
    """The new store holds what is its own; the log beside it was kept, and completes the old."""
    assert examine(path, busy_ms=BUSY_MS) == []
    assert "hall" not in slugs(path)
    (kept,) = path.with_name("backups").glob("*-left-beside.bak-wal")
    assert f"kept as {kept}" in err
    assert kept.stat().st_mode & 0o777 == 0o600
    if moved.exists():
        back = kept.with_name(kept.name.removesuffix("-wal"))
        moved.rename(back)
        assert acknowledged(log) <= authors(back)
        assert examine(back, busy_ms=BUSY_MS) == []


@pytest.mark.parametrize(
    ("how", "gone"),
    [*((how, "moved") for how in MAKING), ("import", "deleted"), ("restore", "deleted")],
)
def test_the_log_of_a_killed_writer_is_kept_and_not_played_in(killing, tracker, path, how, gone):
    moved = path.with_name("moved.db")
    for _ in range(ROUNDS):
        for left in path.parent.rglob("*.*"):
            left.unlink()
        fill(path)
        number, log = write_a_while(killing, path)
        killing.end(number, log)
        path.rename(moved) if gone == "moved" else path.unlink()
        ran = make(tracker, path, how)
        assert ran.code == 0, ran
        judge(path, moved, log, ran.err)


def test_the_log_of_a_store_that_was_emptied_is_kept(killing, tracker, path):
    """SQLite deletes it as soon as somebody opens the file, if only to read."""
    fill(path)
    number, log = write_a_while(killing, path)
    killing.end(number, log)
    moved = path.with_name("moved.db")
    shutil.copy(path, moved)
    os.truncate(path, 0)
    for line in (("list",), ("doctor",), ("note", "hall", "메모"), ("import", "new.facts")):
        words = [str(path.parents[1] / a) if a.startswith("new.") else a for a in line]
        ran = tracker("--db", path, *words)
        assert (ran.code, ran.err.count("\n")) == (3, 1)
    empty_log(path, busy_ms=BUSY_MS)
    back_up(path.parents[1] / "new.bak", path.with_name("copy.bak"), busy_ms=BUSY_MS)
    assert tracker("--db", path, "restore", path.with_name("copy.bak"), "--yes").code == 0
    assert slugs(path) == {"lab"}
    (kept,) = path.parent.glob("backups/*-wal")
    moved.replace(kept.with_name(kept.name.removesuffix("-wal")))
    assert acknowledged(log) <= authors(kept.with_name(kept.name.removesuffix("-wal")))


@pytest.mark.parametrize("order", ["made before the old one is closed", "made afterwards"])
@pytest.mark.parametrize("how", ["import", "add", "restore"])
def test_a_store_moved_away_under_a_writer_harms_no_new_one(killing, tracker, path, how, order):
    """The process that has the old file open neither writes into it nor deletes the new log."""
    moved = path.with_name("moved.db")
    fill(path)
    number, log = write_a_while(killing, path)
    os.kill(number, signal.SIGSTOP)
    path.rename(moved)
    if order == "made afterwards":
        path.with_name("stop").touch()
        os.kill(number, signal.SIGCONT)
        killing.end(number, log, kill=False)
    ran = make(tracker, path, how)
    assert ran.code == 0, ran
    with closing(sqlite3.connect(path)) as raw:  # the new store has a log of its own
        raw.execute("UPDATE facility SET city = city")
        raw.commit()
        if order != "made afterwards":
            told = acknowledged(log)
            path.with_name("stop").touch()
            os.kill(number, signal.SIGCONT)
            killing.end(number, log, kill=False)
            more = acknowledged(log) - told
            assert more <= authors(path) | authors(moved), "said to be recorded, and is"
        assert path.with_name("t.db-wal").stat().st_size
    assert tracker("--db", path, "note", "lab", "메모", "--by", "after").code == 0
    assert "after" in authors(path)
    judge(path, moved, log, ran.err)
