"""Every argument and option with values at and beyond every edge: one line, and no change."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from click import Context, Group, Option
from effort import either
from hostile import rich_store
from test_safe import OWN_FILES, WHOLE

from tracker.cli.main import COMMANDS
from tracker.cli.main import tracker as group

NUMBERS = ["9" * 20, "-1", str(2**63), str(2**63 - 1), "9" * 5000, "1e400", "nan", "-inf", "٣"]
DAYS = [
    "0001-01-01",
    "9999-12-31",
    "0001",
    "9999",
    "10000-01-01",
    "9999-W52",
    "0001-W01",
    "[9999..]",
]
TEXTS = ["", "a" * 120_000, "%" * 60_000, "가" * 60_000, "-", "{0}", "\udcff", "a\udcea\udcb0b"]
VALUES = [*NUMBERS, *DAYS, "9999-12-31T23:59:59.999999-14:00", *TEXTS]
STEP = either(11, 1)
FILES = {*OWN_FILES, "--to"}
NO_STORE = {"import", "read", "backup", "restore", "export"}


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    path = tmp_path_factory.mktemp("rich") / "t.db"
    rich_store(path)
    return path


@pytest.fixture
def store(rich, tmp_path, monkeypatch):
    path = tmp_path / "t.db"
    shutil.copy(rich, path)
    monkeypatch.setenv("TRACKER_DB", str(path))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return path


def places(name, command):
    """Each argument and option of a command: a function from a value to a command line."""
    if isinstance(command, Group):
        for part, inner in command.commands.items():
            yield from places(f"{name} {part}", inner)
        return
    words, given = name.split(), WHOLE.get(name, ())
    for i, word in enumerate(given):
        if not word.startswith("--"):
            yield lambda value, i=i: [*words, *given[:i], value, *given[i + 1 :]]
    for option in command.params:
        if isinstance(option, Option) and not option.is_flag and not FILES & {*option.opts}:
            yield lambda value, o=option.opts[0]: [*words, *given, f"{o}={value}"]


def lines():
    made = [
        (place(value), value)
        for name in COMMANDS
        if name not in NO_STORE
        for place in places(name, group.get_command(Context(group), name))
        for value in VALUES
    ]
    return made[::STEP]


def acts_in(path):
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT count(*) FROM act").fetchone()[0]


def test_any_value_anywhere_is_taken_or_refused_in_one_line(store, tracker):
    tried = lines()
    assert len(tried) > 400
    for line, value in tried:
        before = acts_in(store)
        ran = tracker(*line)
        short = [word[:60] for word in line]
        assert ran.code in {0, 2}, (short, ran.code, ran.err[:300])
        assert "Error" not in ran.err, (short, ran.err[:300])
        if ran.code:
            assert (ran.out, ran.err.count("\n")) == ("", 1), (short, ran.err[:300])
            assert len(ran.err) < 1000, short
            assert acts_in(store) == before, short
        if "\udcff" in value or "\udcea" in value:
            assert ran.code == 2, short


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(
    "line",
    [
        ("show", "x" * 120_000),
        ("x" * 120_000,),
        ("list", "--" + "x" * 120_000),
        ("list", "--limit", "x" * 120_000),
        ("list", "--state", "x" * 120_000),
        ("status", "x" * 120_000),
        ("plan", "hall", "opening", "어느 날 " * 20_000),
        ("import", "x" * 120_000),
        ("--db", "x" * 120_000, "list"),
    ],
)
def test_a_long_argument_is_echoed_in_part(store, tracker, line, lang):
    ran = tracker(*line, "--lang", lang)
    assert ran.code in {2, 3}
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 600
    assert ran.err.count("x" * 20) <= 2 * 200 / 20
    assert "…" in ran.err or line[-2:-1] == ("--limit",)


READING = [
    *(("status",), ("alerts",), ("list",), ("show", "hall"), ("log",), ("timeline",)),
    *(("trend", "hall"), ("review",), ("doctor",), ("notify", "--dry-run")),
    *(("report", "weekly", "--format", form) for form in ("text", "md", "html", "xlsx")),
    *(("export", "--format", form) for form in ("json", "facts", "csv", "ics", "xlsx")),
]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_every_reading_command_works_on_the_first_and_the_last_day(store, day):
    from tracker.cli.main import run

    for line in READING:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdout", out)
            assert run([*line, "--today", day]) == 0, line
            out.flush()
            assert out.buffer.getvalue(), line


@pytest.mark.parametrize(
    ("today", "week", "code"),
    [
        ("9999-12-31", "9999-W52", 0),
        ("9999-12-31", "9999-12-31", 0),
        ("9999-12-31", "9999-W53", 2),
        ("9999-12-31", "0001-W01", 0),
        ("0001-01-03", "0001-W01", 0),
        ("2026-11-21", "0000-W01", 2),
    ],
)
def test_a_report_of_the_first_and_of_the_last_week_of_the_calendar(
    store, tracker, today, week, code
):
    ran = tracker("report", "weekly", "--week", week, "--today", today)
    assert ran.code == code, ran.err
    assert ran.err.count("\n") == (code > 0)


@pytest.mark.parametrize("zone", ["UTC-25", "UTC+24", "XYZ-30"])
def test_a_time_zone_a_day_away_from_utc_is_named(store, zone):
    env = {**os.environ, "TZ": zone, "TRACKER_LANG": "en", "TRACKER_DB": str(store)}
    for line in (["status"], ["log"]):
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *line],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"tracker: TZ={zone} is not a time zone: write one like Asia/Seoul\n"
