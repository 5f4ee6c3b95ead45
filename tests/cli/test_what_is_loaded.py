"""What a write loads beyond the schema: time that a person waits for every day."""

import os
import subprocess
import sys

import pytest

from db.model.period import Period
from tracker.cli.args.days import read_period
from tracker.phrases import read

UNNEEDED = (
    *(
        "db.schema.models",
        "db.schema.review_models",
        "db.upkeep.migrate",
        "db.model.similar_names",
        "alembic",
        "openpyxl",
        "xlsxwriter",
        "icalendar",
    ),
    *("textual", "rich", "dateutil", "tracker.phrases", "tracker.exchange", "tracker.reports"),
)

LATER = (
    *("forms", "shell.help", "shell.keymap", "shell.all_keys", "welcome", "facility", "timeline"),
)
"""What the first screen does not show."""


def test_the_first_screen_loads_nothing_that_it_does_not_show():
    later = (
        *(f"tracker.tui.{name}" for name in LATER),
        "click",
        "sqlalchemy",
        "tracker.domain.json_shapes",
    )
    program = (
        "import sys\n"
        "from tracker.cli.quick import answer\n"
        "import tracker.tui.shell.app, tracker.tui.board.view\n"
        f"sys.exit(' '.join(m for m in {later!r} if m in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.stderr.decode().strip() == ""


def test_a_completion_loads_nothing_that_it_does_not_need(demo):
    program = (
        "import sys\n"
        "from tracker.cli.main import run\n"
        "code = run(['complete', '리퍼브', 'opening', '--on', '2026-11-02'])\n"
        f"loaded = [m for m in {UNNEEDED!r} if m in sys.modules]\n"
        "sys.exit(f'{code} {loaded}' if code or loaded else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")


@pytest.mark.parametrize("text", ["today", "2026-11-02", "2024-02-29", "9998-12-31"])
def test_what_is_read_without_the_grammar_is_what_it_would_read(text):
    today = Period.parse("2026-11-21").earliest
    assert read_period(text, today) == read(text, today)
