"""Signals and terminals that go away: the terminal is given back, and nobody waits for anything."""

import os
import signal
import sys
import termios
import time
from pathlib import Path

import pytest
from virtual import PATIENCE

GIVEN_BACK = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l", b"\x1b[?25h")
GIVEN_BACK += (b"\x1b[?2004l", b"\x1b[?7h", b"\x1b[?1004l", b"\x1b[<u")
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)


def given_back(terminal, since):
    missing = [code for code in GIVEN_BACK if code not in terminal.raw[since:]]
    return not missing and termios.tcgetattr(terminal.child.child_fd) == terminal.before


@pytest.mark.parametrize("number", ENDING, ids=lambda n: n.name)
@pytest.mark.parametrize("where", ["board", "note"])
def test_a_signal_gives_the_terminal_back_and_ends_the_program(request, where, number):
    terminal = request.getfixturevalue(where)
    since = len(terminal.raw)
    os.kill(terminal.child.pid, number)
    assert terminal.end() == -number
    assert given_back(terminal, since)
    assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("acknowledged", range(3))
def test_what_was_acknowledged_is_kept(board, demo, read_store, acknowledged):
    before = read_store(demo, lambda reader: reader.log(limit=0)[0])
    board.press("vj" * 8)
    board.wait(lambda text: text.count("지연") > acknowledged)
    os.kill(board.child.pid, signal.SIGTERM)
    seen = board.text.count("지연")
    assert board.end() == -signal.SIGTERM
    kept = read_store(demo, lambda reader: reader.log(limit=0)[0]) - before
    assert seen <= kept <= 8


def hang_up(terminal):
    terminal.child.ptyproc.fileobj.close()
    terminal.child.ptyproc.closed = terminal.child.closed = True


def ended(process):
    """How a child of this process ended, waited for as long as anybody would."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        gone, status = os.waitpid(process, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return None


@pytest.mark.parametrize("where", ["board", "note"])
def test_a_terminal_that_goes_away_ends_the_program(request, where):
    terminal = request.getfixturevalue(where)
    hang_up(terminal)
    assert ended(terminal.child.pid) == -signal.SIGHUP


def test_one_that_goes_away_without_a_signal_ends_it_too(start, demo, tmp_path):
    code = tmp_path / "code"
    deaf = f"trap '' HUP; {sys.executable} -m tracker --db {demo} --lang ko; echo $? > {code}"
    terminal = start("-c", deaf, program=["/bin/sh"])
    terminal.wait("Enter 열기")
    hang_up(terminal)
    assert ended(terminal.child.pid) is not None
    assert code.read_text().strip() == str(128 + signal.SIGHUP)


# -- to the shell and back ---------------------------------------------------------------------


@pytest.fixture
def shell(start, demo):
    """The board, opened in a shell."""
    terminal = start("--norc", "--noediting", "-i", program=["/bin/bash"], env={"PS1": "READY> "})
    terminal.wait("READY>")
    terminal.before = termios.tcgetattr(terminal.child.child_fd)
    terminal.press(f"{sys.executable} -m tracker --db {demo} --lang ko\r")
    terminal.wait("Enter 열기")
    return terminal


def child_of(terminal):
    children = Path(f"/proc/{terminal.child.pid}/task/{terminal.child.pid}/children")
    return int(children.read_text().split()[0])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the child in /proc")
@pytest.mark.parametrize("stop", [None, signal.SIGTSTP, signal.SIGSTOP], ids=str)
def test_stopped_and_brought_back_it_is_as_it_was(shell, stop):
    shell.press("n")
    shell.wait("메모")
    shell.press("hello")
    shell.wait("hello")
    shell.settle()
    for _ in range(2):
        shown, since = shell.text, len(shell.raw)
        os.kill(child_of(shell), stop) if stop else shell.press("\x1a")
        shell.wait("Stopped")
        shell.wait("READY>")
        if stop != signal.SIGSTOP:
            assert given_back(shell, since)
        shell.screen.reset()
        shell.press("fg\r")
        shell.wait(lambda text, shown=shown: text == shown)
        shell.settle()
    shell.press("zz")
    shell.wait("hellozz")
    since = len(shell.raw)
    shell.press("\x1b\x1b")
    shell.settle()
    shell.press("\x11")
    shell.wait("READY>")
    shell.settle()
    assert given_back(shell, since), "after being stopped as without it"


def test_where_there_is_no_shell_to_go_back_to_it_says_so(board):
    board.press("\x1a")
    board.wait("셸")
    assert board.child.isalive()
    board.press("\x11")
    assert board.end() == 0
