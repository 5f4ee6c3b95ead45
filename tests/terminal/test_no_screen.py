"""Where the screens cannot be shown, or fail: one line, and the terminal as it was."""

import stat
import sys

import pytest
from test_signals import given_back

BROKEN = """
from tracker.tui.board.view import BoardScreen
def fail(self): raise ValueError("broken " + "on purpose")
BoardScreen.action_mark = fail
from tracker.__main__ import main
main()
"""


def test_a_failure_is_one_line_and_its_details_a_file(start, demo, tmp_path):
    terminal = start(
        "--db", demo, "--lang", "en",
        program=[sys.executable, "-c", BROKEN],
        env={"XDG_STATE_HOME": str(tmp_path)},
    )  # fmt: skip
    terminal.wait("Enter open")
    since = len(terminal.raw)
    terminal.press("m")
    assert terminal.end() == 3
    assert given_back(terminal, since)
    printed = terminal.raw[terminal.raw.rindex(b"\x1b[?1049l") :]
    assert printed.count(b"tracker: the screen failed") == 1
    assert b"Traceback" not in printed
    assert b"ValueError: broken on purpose" in printed
    log = tmp_path / "tracker" / "crash.log"
    assert "broken on purpose" in log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TRACKER_LANG": "en"}


@pytest.mark.parametrize(
    ("env", "encoding"),
    [({"PYTHONIOENCODING": "ascii"}, "ascii"), ({"PYTHONIOENCODING": "euc-kr"}, "euc-kr")],
    ids=["ASCII", "EUC-KR"],
)
def test_a_terminal_that_is_not_in_utf8_is_told_what_to_set(start, demo, env, encoding):
    terminal = start("--db", demo, env={**PLAIN, **env})
    assert terminal.end() == 2
    assert b"UTF-8" in terminal.raw
    assert b"LC_ALL=C.UTF-8" in terminal.raw
    assert b"\x1b[?1049h" not in terminal.raw


@pytest.mark.parametrize("more", [{}, PLAIN], ids=["UTF-8 mode", "without"])
def test_in_the_c_locale_it_works(start, demo, more):
    terminal = start("--db", demo, "--lang", "ko", env={**more, "LC_ALL": "C"})
    terminal.wait("Enter 열기")
    terminal.press("\x11")
    assert terminal.end() == 0


@pytest.mark.parametrize("where", ["</dev/null", "2>/dev/null", "<&-"])
def test_half_a_terminal_is_none(start, demo, where):
    command = f"{sys.executable} -m tracker --db {demo} --lang en {where}; echo code $?"
    terminal = start("-c", command, program=["/bin/sh"])
    assert terminal.end() == 0
    assert b"code 2" in terminal.raw
    assert b"\x1b[?1049h" not in terminal.raw
