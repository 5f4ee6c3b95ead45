"""A process that is killed at any instant loses nothing it acknowledged and leaves no half act."""

import shutil
import sqlite3
from itertools import count
from pathlib import Path

import pytest
from effort import either
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.read.reader import Reader
from db.schema.version import REVISIONS
from db.upkeep.backup import back_up
from db.upkeep.doctor import examine
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.exchange.dump.write import write_dump
from tracker.words import Words

ROUNDS = either(50, 500)
FEWER = either(8, 100)
STORES = Path(__file__).parents[1] / "store" / "stores"


def acts_of(path):
    """Every act by its author, with how many updates it has; their places must be in order."""
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        reader = Reader(connection)
        updates = {}
        for u in reader.everything():
            updates.setdefault(u.act, []).append(u.seq)
        for places in updates.values():
            assert places == list(range(len(places)))
        return {act.by: len(updates[act.id]) for act in reader.acts()}
    finally:
        connection.close()


def dump_of(path):
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        return write_dump(Reader(connection)).data.decode()
    finally:
        connection.close()


def contents(path):
    """Everything in a store, of whatever version."""
    raw = sqlite3.connect(path)
    try:
        return list(raw.iterdump())
    finally:
        raw.close()


def fresh(path):
    """Put the oldest store that there is at `path`, without what was beside another."""
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copy(STORES / f"{REVISIONS[0]}.db", path)


def is_whole(path):
    raw = sqlite3.connect(path)
    try:
        return raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        raw.close()


def office(path):
    return Workspace(path, TODAY, Config(busy_ms=BUSY_MS), Words("en"))


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "office"
    folder.mkdir()
    return folder / "t.db"


@pytest.mark.timeout(1800)
def test_killed_while_it_writes(killing, path):
    with new_store(path) as store:
        start = batch(said("set", "2026-01-01", None, value={"name": "회관"}))
        store.record(start, by="start", now=NOW, today=TODAY)
    acknowledged, attempted = {"start"}, {"start"}
    for turn in count():
        if turn >= ROUNDS and len(acknowledged) > 1:  # a busy machine needs longer for an act
            break
        patience = either(0.15, 0.4) * (1 + turn // ROUNDS)
        tried, done = killing.kill("acts", path, within=patience)
        attempted |= set(tried)
        acknowledged |= set(done)
        held = acts_of(path)
        assert acknowledged <= held.keys() <= attempted
        assert all(n == 5 for name, n in held.items() if n > 4), "an act of five is whole"
        assert examine(path, busy_ms=BUSY_MS) == []


def test_killed_while_it_makes_a_store(killing, path):
    for _ in range(FEWER):
        for left in path.parent.iterdir():
            if left.is_file():
                left.unlink()
        _, done = killing.kill("create", path, within=0.25)
        if done:
            assert acts_of(path) == {"create": 1}
        with office(path).writing(create=True) as store:
            store.record(batch(plan("2030", "2026-01-01")), by="after", now=NOW, today=TODAY)
        assert "after" in acts_of(path)
        assert examine(path, busy_ms=BUSY_MS) == []


def test_killed_while_it_migrates(killing, path):
    fresh(path)
    with office(path).reading() as reader:
        wanted = write_dump(reader).data.decode()
    for _ in range(FEWER):
        fresh(path)
        killing.kill("migrate", path, within=0.3)
        for backup in path.parent.glob("backups/*.bak"):
            assert is_whole(backup)
        with office(path).reading() as reader:
            assert write_dump(reader).data.decode() == wanted
        assert examine(path, busy_ms=BUSY_MS) == []


def test_killed_after_any_statement_of_a_migration(killing, path):
    """Nothing of it is there until all of it is; the last dies before it commits."""
    for statement in count(1, either(3, 1)):
        fresh(path)
        before = contents(path)
        victim = killing.start("migrate_until", path, seed=statement)
        _, done = killing.end(*victim, kill=False)
        assert contents(path) == before or done
        if done:
            break
    assert statement > 20
    assert examine(path, busy_ms=BUSY_MS) == []


def test_killed_while_it_backs_up(killing, path):
    with new_store(path) as store:
        store.record(batch(plan("2030", "2026-01-01")), by="a", now=NOW, today=TODAY)
    copy = path.with_name("copy.bak")
    for _ in range(FEWER):
        killing.kill("backup", path, within=0.15)
        if copy.exists():
            assert is_whole(copy)
            assert dump_of(copy) == dump_of(path)
    back_up(path, copy, busy_ms=BUSY_MS)
    assert not list(path.parent.glob("*.part*")), "what was left unfinished is swept"


def test_killed_while_it_restores(killing, path):
    """Either store is there afterwards, for others that had it open too; never neither."""
    dumps = set()
    with new_store(path) as store:
        for name, year in (("a", "2030"), ("b", "2031")):
            store.record(batch(plan(year, "2026-01-01")), by=name, now=NOW, today=TODAY)
            back_up(path, path.with_name(f"{name}.bak"), busy_ms=BUSY_MS)
            dumps.add(dump_of(path))
    other = connect(path, busy_ms=BUSY_MS)
    for _ in range(FEWER):
        killing.kill("restore", path, within=0.3)
        found = dump_of(path)
        assert found in dumps
        assert write_dump(Reader(other)).data.decode() == found
        assert examine(path, busy_ms=BUSY_MS) == []
    other.close()
