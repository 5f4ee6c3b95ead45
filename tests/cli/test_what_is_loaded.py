"""A single act loads no library of screens, migrations or files: nobody waits for those."""

import os
import subprocess
import sys

import pytest

from db.model.period import Period
from tracker.cli.args.days import read_period
from tracker.phrases import read

UNNEEDED = ("textual", "rich", "alembic", "openpyxl", "xlsxwriter", "icalendar")


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
