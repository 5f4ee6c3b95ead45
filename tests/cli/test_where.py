"""Names of stores, settings and files that are none: one line, and nothing is made."""

import os
from pathlib import Path

import pytest

from tracker.app import paths
from tracker.cli import quick

FOLDERS = (".", "/", "..", "~", "here", "here/", "absent/", "here/.", "/tmp/")  # noqa: S108 - never written
NOWHERE = {"": "empty-store", "~no-such-user/x": "no-home"}
ADDRESSES = ("postgresql://kim:s3cr3t@host/db", "sqlite:///x.db", "file:///x.db", "a+b://s3cr3t")
COMMANDS = (
    *("status", "alerts", "list", "list --json", "show x", "timeline", "log", "note x y text"),
    *("add facility x", "undo", "redo", "review", "report weekly", "export", "export x.csv"),
    *("import x.csv", "import x.json", "backup", "backup x.bak", "restore x.bak", "doctor"),
    *("read x.txt --dated 2026-01-01", "notify --dry-run", "period 2026", "demo --no-tui", ""),
)
TAKE_FILES = (
    *("backup", "restore", "restore --yes", "import", "import --dry-run", "export"),
    *("export --format csv", "report weekly --out", "read --dated 2026-01-01"),
    *("notify --to-file", "report weekly --format html --out"),
)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    for name in ("x.csv", "x.json", "x.bak", "x.txt"):
        (tmp_path / name).write_text("x\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    before = everything(tmp_path)
    yield
    assert everything(tmp_path) == before


def everything(folder):
    return sorted(p.name for p in folder.rglob("*") if "store" not in p.parts)  # of `demo`


def one_line(ran, code, *within):
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (code, "", 1)
    assert all(text in ran.err for text in within)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_store_that_is_a_folder_is_refused_by_every_command(tracker, name):
    for command in COMMANDS:
        one_line(tracker(*command.split(), f"--db={name}"), 3, "폴더")


@pytest.mark.parametrize("name", [*NOWHERE, *ADDRESSES])
def test_a_store_that_is_no_file_is_refused_by_every_command(tracker, name):
    for command in COMMANDS:
        ran = tracker(*command.split(), "--db", name)
        one_line(ran, 2)
        assert "s3cr3t" not in ran.err


@pytest.mark.parametrize("name", [*(n for n in FOLDERS if n), "~no-such-user/x", *ADDRESSES])
@pytest.mark.parametrize("command", ["status", "alerts", "list", ""])
def test_so_is_one_that_the_variable_names(tracker, monkeypatch, name, command):
    monkeypatch.setenv("TRACKER_DB", name)
    one_line(tracker(*command.split()), 3 if name in FOLDERS else 2)
    assert quick.answer(command.split()) is None


def test_a_file_whose_name_looks_like_an_address_is_a_file(tracker):
    for name in ("file:x.db", ":memory:", "C:x.db"):
        one_line(tracker("status", "--db", name), 3, f"{name}에")


@pytest.mark.parametrize("name", [".", "/", "..", "here", "here/", "~no-such-user/x", "x.csv"])
@pytest.mark.parametrize("command", ["status", "list", "", "notify --dry-run"])
def test_settings_that_are_no_file_are_refused(tracker, monkeypatch, name, command):
    monkeypatch.setenv("TRACKER_CONFIG", name)
    one_line(tracker(*command.split()), 2)
    assert quick.answer(command.split()) is None


def test_settings_that_are_a_pipe_are_not_waited_for(tracker, monkeypatch, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setenv("TRACKER_CONFIG", "pipe")
    try:
        one_line(tracker("status"), 2)
    finally:
        (tmp_path / "pipe").unlink()


@pytest.mark.parametrize("home", [None, "", "~no-such-user/x", "relative"])
@pytest.mark.parametrize("command", ["status", "list", "", "period 2026"])
def test_a_home_that_is_none_is_no_traceback(tracker, monkeypatch, home, command):
    def nobody(_):
        raise KeyError

    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    monkeypatch.delenv("HOME") if home is None else monkeypatch.setenv("HOME", home)
    ran = tracker(*command.split())
    assert "Traceback" not in ran.err
    lines = len(ran.err.splitlines())
    assert lines == (command != "period 2026" or home in {None, "~no-such-user/x"})
    assert quick.answer(command.split()) is None


@pytest.mark.parametrize("value", ["", ".", "relative/x", "~/x", " "])
def test_folders_of_the_platform_that_are_not_absolute_count_as_unset(monkeypatch, value):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, value)
    home = Path.home()
    assert paths.store() == home / ".local/share/tracker/tracker.db"
    assert paths.config_file() == home / ".config/tracker/config.toml"
    assert paths.state_file() == home / ".local/state/tracker/state.toml"


@pytest.mark.parametrize("name", [".", "/", "..", "", "here", "~no-such-user/x", "absent/x"])
@pytest.mark.parametrize("command", TAKE_FILES)
def test_a_file_that_is_none_is_refused(demo, tracker, command, name):
    ran = tracker(*command.split(), name)
    assert ran.code in {2, 3}
    assert (ran.out, len(ran.err.splitlines())) == ("", 1)
