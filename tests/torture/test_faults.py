"""When the disk is full, read-only or broken: one line, 3, nothing half done, and then on."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from effort import LONG, either
from hostile import rich_store
from making import BUSY_MS, NOW, TODAY, batch, said

import db.write.store
from db.model.errors import StoreError
from db.upkeep.backup import back_up
from db.upkeep.doctor import examine
from db.write.store import Store

HERE = Path(__file__).parent
STORES = HERE.parent / "store" / "stores"

FACTS = "facility lab\n  name: 실험동\n2026-01-05  opening  plan  2026-10\n"


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """The library that lets writes fail, where there is a compiler for C."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no C compiler: the limit on file sizes stands in for it")
    made = tmp_path_factory.mktemp("failing") / "failing.so"
    flags = ["-shared", "-fPIC", "-O1", "-o", made, HERE / "failing.c", "-ldl"]
    done = subprocess.run([compiler, *flags], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"the C compiler does not work: {done.stderr.splitlines()[0]}")
    return made


@pytest.fixture
def folders(tmp_path):
    """A store with its backup and a file to import; and where it is copied to."""
    pristine, work = tmp_path / "pristine", tmp_path / "work"
    pristine.mkdir()
    rich_store(pristine / "t.db")
    back_up(pristine / "t.db", pristine / "old.bak", busy_ms=BUSY_MS)
    with Store.open(pristine / "t.db", busy_ms=BUSY_MS) as store:
        later = batch(said("note", "2026-11-20", "opening", value="뒤에 적음"))
        store.record(later, by="박", now=NOW, today=TODAY)
    (pristine / "lab.facts").write_text(FACTS)
    return pristine, work


COMMANDS = {
    "note": ("note", "hall", "새 메모", "--today", "2026-11-21"),
    "import": ("import", "lab.facts"),
    "backup": ("backup", "new.bak"),
    "restore": ("restore", "old.bak", "--yes"),
    "create": ("--db", "other.db", "add", "facility", "다른 곳", "--slug", "other"),
    "migrate": ("--db", "0001.db", "list"),
}
CHANGES = {"note": "새 메모", "import": "lab"}


def faults(how, most, folders, command, library=None):
    """Run a command with every fault; what became of each."""
    pristine, work = folders
    shutil.copy(STORES / "0001.db", pristine)
    line = ["--db", str(work / "t.db"), *COMMANDS[command]]
    line = [str(work / a) if a.endswith((".facts", ".bak", ".db")) else a for a in line]
    tests = HERE.parent
    done = subprocess.run(
        [sys.executable, HERE / "faulty.py", how, str(most), pristine, work, *line],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)])}
        | ({"LD_PRELOAD": str(library)} if library else {}),
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def judge(outcome, command):
    """One line and 3, or the command was done; then the next act works and nothing is damaged."""
    assert outcome["code"] in {0, 3}, outcome
    if outcome["code"] == 3:
        assert outcome["err"].count("\n") == 1, outcome
        assert outcome["err"].startswith("tracker: "), outcome
        assert outcome["out"] == "", outcome
    if command in CHANGES:
        there = CHANGES[command] in outcome["seen"]
        assert there == (outcome["code"] == 0), outcome
    if command == "restore":
        assert ("뒤에 적음" in outcome["seen"]) == (outcome["code"] == 3), outcome
    assert outcome["after"]["code"] == 0, outcome
    assert outcome["doctor"]["code"] == 0, outcome
    assert not [n for n in outcome["left"] if ".part" in n or "restoring" in n], outcome


@pytest.mark.timeout(900)
@pytest.mark.parametrize("command", COMMANDS)
def test_any_write_may_fail(folders, library, command):
    outcomes = faults("calls", either(4, 1000), folders, command, library)
    assert any(o["code"] == 3 for o in outcomes)
    for outcome in outcomes:
        judge(outcome, command)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("command", COMMANDS if LONG else ["note", "create"])
def test_files_may_not_grow(folders, command):
    outcomes = faults("sizes", either(5, 1000), folders, command)
    assert any(o["code"] == 3 for o in outcomes)
    for outcome in outcomes:
        judge(outcome, command)


def fill(folder):
    """Take all the room that is left."""
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"x" * 1024):
            pass


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes, which only root can mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]
    if os.geteuid() != 0 or not mount or subprocess.run([mount, *options], check=False).returncode:
        pytest.skip("only root can mount a small disk; the failing library stands in for it")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(small_disk, tracker):
    store = small_disk / "t.db"
    rich_store(store)
    assert tracker("--db", store, "note", "hall", "vorher").code == 0
    fill(small_disk)
    for line in (("note", "hall", "währenddessen" * 300), ("backup",), ("doctor",), ("list",)):
        ran = tracker("--db", store, *line)
        if line[0] in {"doctor", "list"}:
            assert ran.code == 0, ran
        else:
            assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1), ran
    (small_disk / "filler").unlink()
    assert tracker("--db", store, "note", "hall", "nachher").code == 0
    notes = tracker("--db", store, "log", "--json").json["updates"]
    assert [u["value"] for u in notes[:2]] == ["nachher", "vorher"]
    assert examine(store, busy_ms=BUSY_MS) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this platform has no such device")
@pytest.mark.parametrize("line", [["list"], ["list", "--json"], ["export"], ["status"]])
def test_output_that_does_not_arrive_is_one_line(tmp_path, line):
    rich_store(tmp_path / "t.db")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tracker", "--db", tmp_path / "t.db", *line],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1


def test_a_store_on_a_read_only_disk_can_be_read(tmp_path):
    """An auditor's copy, on a medium or in a folder that nobody may write into."""
    folder = tmp_path / "medium"
    folder.mkdir()
    rich_store(folder / "t.db")
    shutil.copy(folder / "t.db", tmp_path / "warm.db")
    (folder / "t.db").chmod(0o444)
    folder.chmod(0o555)
    for above in folder.parents[:4] if os.geteuid() == 0 else ():
        above.chmod(above.stat().st_mode | 0o055)
    code = (
        "import os, sys\n"
        "from tracker.cli.main import run\n"
        "warm, cold = sys.argv[1:]\n"
        "assert run(['--db', warm, 'list']) == run(['--db', warm, 'doctor']) == 0\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "sys.exit(run(['--db', cold, 'list']) or run(['--db', cold, 'doctor']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "warm.db", folder / "t.db"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TRACKER_CONFIG": "/dev/null"},
    )
    folder.chmod(0o755)
    assert done.returncode == 0, done
    assert [p.name for p in folder.iterdir()] == ["t.db"]


def test_a_store_that_may_not_grow(tmp_path, tracker, monkeypatch):
    """SQLite's own limit on pages: what a full disk says to a single statement."""
    store = tmp_path / "t.db"
    rich_store(store)
    prepare = db.write.store._prepare  # noqa: SLF001 - the place where connections are made ready

    def narrow(connection, pragmas):
        prepare(connection, pragmas)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    monkeypatch.setattr(db.write.store, "_prepare", narrow)
    ran = tracker("--db", store, "note", "hall", "x" * 4000)
    ran = tracker("--db", store, "note", "hall", "y" * 4000) if ran.code == 0 else ran
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    monkeypatch.undo()
    assert tracker("--db", store, "note", "hall", "x" * 4000, "--today", "2026-11-21").code == 0
    assert examine(store, busy_ms=BUSY_MS) == []


class Failing(sqlite3.Connection):
    """A connection whose n-th statement fails, as a broken disk makes it."""

    left = -1

    def cursor(self, *arguments):
        return super().cursor(*arguments or (FailingCursor,))

    def execute(self, *arguments):
        count_down()
        return super().execute(*arguments)

    def executemany(self, *arguments):
        count_down()
        return super().executemany(*arguments)

    def commit(self):
        count_down()
        super().commit()


class FailingCursor(sqlite3.Cursor):
    def execute(self, *arguments):
        count_down()
        return super().execute(*arguments)

    def executemany(self, *arguments):
        count_down()
        return super().executemany(*arguments)


def count_down():
    Failing.left -= 1
    if Failing.left == 0:
        raise sqlite3.OperationalError("disk I/O error")


@pytest.mark.parametrize("act", ["record", "undo", "retract"])
def test_any_statement_of_an_act_may_fail(tmp_path, monkeypatch, act):
    path = tmp_path / "t.db"
    rich_store(path)

    def open_failing(file, *, busy_ms):
        return sqlite3.connect(
            file,
            timeout=busy_ms / 1000,
            isolation_level=None,
            check_same_thread=False,
            factory=Failing,
        )

    monkeypatch.setattr(db.write.store, "open_file", open_failing)
    more = {"by": "누구", "now": NOW, "today": TODAY}
    said_now = batch(said("note", "2026-11-20", "opening", value="메모"))
    acts = {
        "record": lambda store: store.record(said_now, **more),
        "undo": lambda store: store.undo(**more, act=1),
        "retract": lambda store: store.retract(3, **more),
    }
    before = contents(path)
    number = 0
    while True:
        number += 1
        with Store.open(path, busy_ms=BUSY_MS) as store:
            Failing.left = number
            try:
                acts[act](store)
            except StoreError:
                assert contents(path) == before
            else:
                break
            finally:
                Failing.left = -1
    assert number > 5
    assert contents(path) != before
    assert examine(path, busy_ms=BUSY_MS) == []


def contents(path):
    raw = sqlite3.connect(path)
    try:
        return list(raw.iterdump())
    finally:
        raw.close()
