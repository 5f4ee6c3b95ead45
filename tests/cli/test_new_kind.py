"""A kind of statement that is declared in one place works everywhere: in a copy of the program."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]
REASON = "자재 부족"
SPEC = """
    UpdateKind.TIP: KindSpec(
        facts=("귀띔",),
        needs_milestone=True,
        needs_reason=True,
        clears=("snoozed_until",),
        refused_on=_OVER,
        command="tip",
    ),
"""
WORDS = """
    "update.tip": "귀띔됨",
    "done.tip": "귀띔 ({reason})",
    "cli.tip": "사정을 귀띔합니다.",
    "key.tip": "귀띔",
"""
SCREEN = """
import asyncio, sys
from pathlib import Path
from stage import TODAY, lines, press
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.tui.shell.app import TrackerApp
from tracker.words import Words

async def tried(path):
    app = TrackerApp(Workspace(path, TODAY, Config(author="x"), Words("ko")))
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "s")
        assert "귀띔" in " ".join(lines(pilot)), lines(pilot)
        await press(pilot, "escape")
        app.screen.run("say('tip')")
        await press(pilot)  # until the form is there
        await press(pilot, *"xy", "enter")

asyncio.run(tried(Path(sys.argv[1])))
"""


def _insert(path, after, text):
    source = path.read_text()
    assert source.count(after) == 1, (path, after)
    path.write_text(source.replace(after, after + text))


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A copy of the program with one kind more; runs commands on a store of its own."""
    root = tmp_path_factory.mktemp("program")
    for name in ("db", "tracker", "fixtures"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    _insert(root / "db/model/kinds.py", '    NOTE = "note"\n', '    TIP = "tip"\n')
    _insert(root / "db/model/kinds.py", "_SPECS = {\n", SPEC)
    for lang in ("ko", "en"):
        _insert(root / f"tracker/words/{lang}.py", "CATALOGUE: dict[str, str] = {\n", WORDS)
    (first,) = (root / "db/schema/migrations/versions").glob("0001_*.py")
    first.write_text(first.read_text().replace("'reopen', ", "'reopen', 'tip', "))

    def run(*arguments, code=0, module=("-m", "tracker")):
        env = os.environ | {
            "PYTHONPATH": f"{root}:{ROOT / 'tests/tui'}",
            "TRACKER_DB": str(root / "tracker.db"),
            "HOME": str(root),
        }
        at = ("--lang", "ko", "--today", "2026-11-21") if module else ()
        ran = subprocess.run(
            [sys.executable, *module, *at, *arguments],
            cwd=root, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == code, (arguments, ran.stdout, ran.stderr)
        return ran.stdout if code == 0 else ran.stderr

    run("add", "facility", "가람회관", "--slug", "hall")
    run("add", "milestone", "hall", "opening", "2026-11-25")
    run("snooze", "hall", "opening", "2026-12-01", "--reason", "휴가")
    assert not json.loads(run("alerts", "--json"))["alerts"]
    run("tip", "hall", "opening", "--reason", REASON)
    return run


def test_it_has_a_command_and_is_refused_as_declared(program):
    assert "사정을 귀띔합니다." in program("tip", "--help")
    program("tip", "hall", "opening", code=2)
    program("tip", "hall", "--reason", REASON, code=2)
    program("complete", "hall", "design", "--on", "2025")
    assert "완료" in program("tip", "hall", "design", "--reason", REASON, code=2)


def test_its_fold_is_what_it_declares(program):
    (alert,) = json.loads(program("alerts", "--json"))["alerts"]
    assert alert["milestone"]["milestone"] == "opening"


def test_json_log_report_and_tables_have_it(program, tmp_path):
    updates = json.loads(program("show", "hall", "--json"))["updates"]
    assert [u["reason"] for u in updates if u["kind"] == "tip"] == [REASON]
    log = program("log", "hall")
    assert "귀띔됨" in log
    assert f"귀띔 ({REASON})" in log
    assert REASON in program("--today", "2026-12-05", "report", "weekly", "--format", "md")
    assert REASON in program("export", "--format", "csv")
    program("export", str(tmp_path / "out.xlsx"))
    rows = load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True)
    assert any(REASON in row for row in rows)


def test_files_carry_it_to_another_store(program, tmp_path):
    for name in ("out.json", "out.facts"):
        file, other = tmp_path / name, tmp_path / f"{name}.db"
        program("export", str(file))
        file.write_text(file.read_text().replace("  tip", "  귀띔"))
        program("import", str(file), "--db", str(other))
        shown = json.loads(program("show", "hall", "--json", "--db", str(other)))
        assert [u["reason"] for u in shown["updates"] if u["kind"] == "tip"] == [REASON]


def test_the_screen_offers_it_and_asks_for_its_reason(program, tmp_path):
    program("export", str(tmp_path / "a.json"))
    store = tmp_path / "a.db"
    program("import", str(tmp_path / "a.json"), "--db", str(store))
    program("-c", SCREEN, str(store), module=())
    shown = json.loads(program("show", "hall", "--json", "--db", str(store)))
    assert [u["reason"] for u in shown["updates"] if u["kind"] == "tip"] == ["xy", REASON]
