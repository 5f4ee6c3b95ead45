"""What a command loads: time that a person waits for every day."""

import subprocess
import sys

import pytest

from db.model.period import Period
from tracker.cli.args.days import read_period
from tracker.phrases import read

MODELS = ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "db.schema.models")
FILES = ("openpyxl", "xlsxwriter", "icalendar", "tracker.exchange", "tracker.reports")
SCREENS = ("textual", "tracker.tui")
TEXTS = ("dateutil", "tracker.announcements", "db.model.similar_names")
UNNEEDED = (*MODELS, *FILES, *SCREENS, *TEXTS, "db.upkeep.migrate")


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (
            ("complete", "리퍼브", "opening", "--on", "2026-11-02"),
            ("rich", "tracker.phrases"),
        ),
        (("plan", "리퍼브", "opening", "2027"), ("rich",)),
        (("note", "리퍼브", "메모"), ("rich", "tracker.phrases")),
        (("undo",), ("rich", "tracker.phrases")),
        (("alerts",), ("tracker.phrases", "db.write.store")),
    ],
)
def test_neither_a_read_nor_a_write_loads_what_it_does_not_need(demo, command, more):
    if command[0] == "undo":
        subprocess.run([sys.executable, "-m", "tracker", "note", "리퍼브", "메모"], check=True)
    program = (
        "import sys\n"
        "from tracker.cli.main import run\n"
        "code = run(sys.argv[1:])\n"
        f"loaded = [m for m in {(*UNNEEDED, *more)!r} if m in sys.modules]\n"
        "sys.exit(f'{code} {loaded}' if code or loaded else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_quick_answer_imports_little(demo):
    heavy = ("click", "rich", "platformdirs", "zoneinfo", "tomllib", "logging", *UNNEEDED)
    program = (
        "import sys\n"
        "from tracker.cli.quick import answer\n"
        "code = answer(['alerts', '--json'])\n"
        f"loaded = [m for m in {heavy!r} if m in sys.modules]\n"
        "sys.exit(f'{code} {loaded}' if code or loaded else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("text", ["today", "2026-11-02", "2024-02-29", "9998-12-31"])
def test_what_is_read_without_the_grammar_is_what_it_would_read(text):
    today = Period.parse("2026-11-21").earliest
    assert read_period(text, today) == read(text, today)
