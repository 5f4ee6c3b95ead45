"""When the disk is full, read-only or broken: one line, 3, nothing half done, and then on."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from effort import LONG, either
from hostile import rich_store
from making import BUSY_MS, NOW, TODAY, batch, said

from db.keep import back_up
from db.store import Store

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
