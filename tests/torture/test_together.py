"""Several processes that write one store at once: every act is there once, nobody waits in vain."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from effort import either
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said
from victim import BUSY_MS as PATIENCE_MS

from db.engine.connect import connect
from db.read.reader import Reader
from db.schema.version import HEAD, REVISIONS
from db.upkeep.doctor import examine
from db.write.store import Store

STORES = Path(__file__).parents[1] / "store" / "stores"
PROCESSES = 4
SECONDS = either(3, 60)
SLACK = either(5, 15)  # seconds in which a loaded machine may not get round to a process


def filled(path):
    with new_store(path) as store:
        start = batch(said("set", "2026-01-01", None, value={"name": "회관"}))
        store.record(start, by="start", now=NOW, today=TODAY)
    return path


def has_done(log):
    return log.exists() and "done" in log.read_text()


def test_four_processes_write_at_once(killing, tmp_path):
    """One of them is somebody who types notes into the screens."""
    path = filled(tmp_path / "t.db")
    started = [killing.start("together", path, seed=n) for n in range(1, PROCESSES)]
    started.append(killing.start("screen", path, seed=0))
    time.sleep(SECONDS)
    deadline = time.monotonic() + 60
    while not all(has_done(log) for _, log in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    (tmp_path / "stop").touch()
    for number, log in started:
        killing.end(number, log, kill=False)
    lines = [line.split() for _, log in started for line in log.read_text().splitlines()]
    told = {word: [] for word in ("done", "refused", "busy")}
    for word, what in lines:
        name, _, seconds = what.partition("=")
        told[word].append(name)
        assert float(seconds) < PATIENCE_MS / 1000 + SLACK
    connection = connect(path, busy_ms=BUSY_MS)
    reader = Reader(connection)
    authors = [act.by for act in reader.acts() if act.by != "screen"]
    typed = [u.value for u in reader.everything() if u.by == "screen"]
    instants = [act.recorded_at for act in reader.acts()]
    connection.close()
    of_screen = [name for name in told["done"] if name.startswith("0-")]
    assert sorted(typed) == sorted(of_screen)
    assert sorted(authors) == sorted({"start", *told["done"]} - {*of_screen})
    assert instants == sorted(set(instants)), "no two acts have one instant"
    assert {name.partition("-")[0] for name in told["done"]} == set(map(str, range(PROCESSES)))
    assert examine(path, busy_ms=BUSY_MS) == []


def test_four_processes_make_one_store_at_once(killing, tmp_path):
    path = tmp_path / "new" / "t.db"
    started = [killing.start("create", path) for _ in range(PROCESSES)]
    for number, log in started:
        _, done = killing.end(number, log, kill=False)
        assert done == ["create"]
    connection = connect(path, busy_ms=BUSY_MS)
    assert len(list(Reader(connection).acts())) == PROCESSES
    connection.close()
    assert examine(path, busy_ms=BUSY_MS) == []


def test_a_store_that_is_made_in_several_ways_at_once_has_all_that_was_acknowledged(
    killing, tmp_path
):
    for turn in range(either(3, 50)):
        path = tmp_path / f"new-{turn}" / "t.db"
        path.parent.mkdir()
        started = [killing.start(what, path) for what in ("create", "fill", "create", "fill")]
        done = [name for n, log in started for name in killing.end(n, log, kill=False)[1]]
        connection = connect(path, busy_ms=BUSY_MS)
        assert sorted(act.by for act in Reader(connection).acts()) == sorted(done) != []
        connection.close()
        assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []


def test_a_store_that_several_migrate_at_once_is_backed_up_and_migrated_once(killing, tmp_path):
    for turn in range(either(3, 50)):
        path = tmp_path / f"old-{turn}" / "t.db"
        path.parent.mkdir()
        shutil.copy(STORES / f"{REVISIONS[turn % (len(REVISIONS) - 1)]}.db", path)
        before = path.read_bytes()
        started = [killing.start("migrate", path) for _ in range(3)]
        for number, log in started:
            assert killing.end(number, log, kill=False)[1] == ["migrate"]
        (backup,) = path.with_name("backups").iterdir()
        with closing(sqlite3.connect(backup)) as made, closing(sqlite3.connect(path)) as now:
            revision = "SELECT version_num FROM alembic_version"
            assert made.execute(revision).fetchone()[0].encode() in before
            assert now.execute(revision).fetchone() == (HEAD,)
            assert made.execute(revision).fetchone() != (HEAD,)
        assert examine(path, busy_ms=BUSY_MS) == []


def test_two_people_plan_one_milestone_anew(tmp_path):
    """Both said it; whoever was recorded later on the same day is in force, and stays so."""
    path = filled(tmp_path / "t.db")
    mine, yours = (Store.open(path, busy_ms=BUSY_MS) for _ in range(2))
    mine.record(batch(plan("2027", "2026-11-20")), by="mine", now=NOW, today=TODAY)
    yours.record(batch(plan("2028", "2026-11-20")), by="yours", now=NOW, today=TODAY)
    mine.refold()
    mine.close()
    yours.close()
    connection = connect(path, busy_ms=BUSY_MS)
    reader = Reader(connection)
    plans = [(u.by, u.recorded_at) for u in reader.updates_of("hall") if u.period]
    (milestone,) = reader.milestones_of("hall")
    connection.close()
    assert [by for by, _ in plans] == ["yours", "mine"]
    assert plans[0][1] > plans[1][1], "the same instant was typed, a later one is kept"
    assert str(milestone.forecast) == "2028"
