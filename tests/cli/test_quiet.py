"""Nothing that a library logs or warns of reaches the terminal."""

import os
import subprocess
import sys
from datetime import date
from zipfile import ZipFile

import pytest

from tracker.exchange.grids.safe_cells import Sheet, workbook

ESCAPE = "\x1b[31m\x1b]0;owned\x07"
NOISE = f"""
import logging, warnings
logging.getLogger("pypdf").warning({ESCAPE!r})
logging.getLogger("asyncio").critical({ESCAPE!r})
logging.error({ESCAPE!r})
logging.basicConfig()
logging.getLogger("late").error({ESCAPE!r})
warnings.simplefilter("always")
warnings.warn({ESCAPE!r})
class Bad:
    def __del__(self):
        raise ValueError({ESCAPE!r})
Bad()
"""


def python(program, *options):
    return subprocess.run(
        [sys.executable, *options, "-c", program], capture_output=True, check=True
    )


@pytest.mark.parametrize("before", ["", "import logging"])
def test_a_library_that_logs_or_warns_is_not_heard(before):
    quiet = "from tracker.app.quiet import quiet_libraries\nquiet_libraries()"
    assert ESCAPE.encode() in python(NOISE).stderr
    done = python(f"{before}\n{quiet}\n{NOISE}")
    assert (done.stdout, done.stderr) == (b"", b"")


def test_who_develops_gets_warnings():
    quiet = "from tracker.app.quiet import quiet_libraries\nquiet_libraries()\n"
    done = python(f"{quiet}import warnings\nwarnings.warn('look')", "-W", "default")
    assert b"look" in done.stderr


def test_a_workbook_that_its_library_warns_of_is_told_of_by_us_alone(tmp_path):
    """Of a day far beyond the calendar openpyxl warns, on standard error, and reads on."""
    whole, odd = tmp_path / "whole.xlsx", tmp_path / "odd.xlsx"
    rows = [("가람관", date(2027, 12, 1))]
    whole.write_bytes(workbook([Sheet("표", ("시설", "준공"), rows)], date(2026, 1, 1)))
    with ZipFile(whole) as old, ZipFile(odd, "w") as new:
        for part in old.infolist():
            data = old.read(part).replace(b"<v>46722</v>", b"<v>99999999999</v>")
            new.writestr(part, data)
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "--db", tmp_path / "t.db", "import", odd],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    lines = done.stderr.decode().splitlines()
    assert all(line.startswith("tracker: ") for line in lines), lines
    assert b"99999999999" not in done.stderr
