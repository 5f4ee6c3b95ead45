"""Somebody who types into the program in a pseudo-terminal, and watches the memory it holds."""

import os
import random
import re
import sys
import time
from collections import defaultdict
from itertools import count, cycle
from pathlib import Path

import pexpect

__all__ = ["ACTS", "Typist", "rounds"]

PATIENCE = 30.0
QUIET = 0.02  # seconds without output between two looks at whether the program waits
LOOKS = 3
SIZES = ((24, 80), (40, 120))
# As the keyboard protocol sends it: together with the next key it is not taken for alt.
ESC = "\x1b[27u"
DOWN, PAGE_DOWN, PAGE_UP, HOME, END, F12 = (
    *("\x1b[B", "\x1b[6~", "\x1b[5~", "\x1b[H", "\x1b[F"),
    "\x1b[24~",
)
ACTS = {
    "help": f"?{PAGE_DOWN}{ESC}",
    "page": f"\r{ESC}",
    "page to its end": f"\r{END}{PAGE_UP}jk{ESC}",
    "six views": "234561",
    "search": f"/센터{ESC}{ESC}",
    "search kept": f"/ㄱㅎ\r{ESC}",
    "filter": f"f{DOWN}{ESC}",
    "form given up": f"nab{ESC}{ESC}",
    "plan given up": f"p2027 H1{ESC}{ESC}",
    "note": "n확인 {}\r",
    "complete and undo": "c\ru",
    "undo and redo": "u\x12",
    "palette": f":log{ESC}",
    "state menu": f"s{ESC}",
    "themes": f"{F12}{ESC}",
    "week before": ",,.",
    "another day": "@2025-07-01\r@",
    "timeline": f"3+-lht{PAGE_DOWN}1",
    "trend": "4jk1",
    "weekly check": "5jk1",
    "log": f"6{PAGE_DOWN}{PAGE_DOWN}jk1",
    "moves": f"jjjkk{END}{HOME}",
    "marks": f"mjm\x01{ESC}",
    "resize": "",
}


def _state(thread):
    """The state letter of a thread; see proc(5). One that has just ended waits for ever."""
    try:
        return thread.read_text("ascii", "replace").rpartition(")")[2].split()[0]
    except OSError:
        return "S"


def rounds(seed):
    """Names of acts without end: all of them in one order, then all in another."""
    chance = random.Random(seed)
    names = list(ACTS)
    while True:
        chance.shuffle(names)
        yield from names


class Typist:
    """The program, started on a store; `grown` maps an act to the KiB that came with it."""

    def __init__(self, store, **environment):
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tracker", "--db", str(store)],
            dimensions=SIZES[0],
            timeout=PATIENCE,
            cwd=Path(store).parent,  # where a key that came too late may save a file
            env=os.environ | {"TERM": "xterm-256color", "TRACKER_AUTHOR": "typist"} | environment,
        )
        self.seen = ""
        self.grown = defaultdict(int)
        self.done = defaultdict(int)
        self._number, self._sizes = count(1), cycle(reversed(SIZES))
        self._settle(PATIENCE, until="도움말")

    def _settle(self, patience, until=""):
        """Read until the program has said `until`, waits in all its threads and says no more."""
        deadline = time.monotonic() + patience
        self.seen, quiet = "", 0
        while time.monotonic() < deadline:
            try:
                self.seen += self.child.read_nonblocking(1 << 16, QUIET).decode("utf-8", "replace")
                quiet = 0
            except pexpect.TIMEOUT:
                quiet = quiet + 1 if self.is_waiting else 0
                if quiet == LOOKS and self.seen and until in self.seen:
                    return
        raise AssertionError(f"no answer within {patience} seconds: {self.seen[-300:]!r}")

    @property
    def is_waiting(self):
        """Whether no thread of the program runs, or would if a processor were free."""
        threads = Path(f"/proc/{self.child.pid}/task").glob("*/stat")
        return all(_state(thread) == "S" for thread in threads)

    def act(self, name):
        """Do one act, which begins and ends on the board, and note what it added."""
        before = self.memory
        number = next(self._number)
        if name == "resize":
            self.child.setwinsize(*next(self._sizes))
        self.child.send(ACTS[name].format(number))
        try:
            self._settle(PATIENCE)
        except AssertionError as error:
            raise AssertionError(f"after {name!r}: {error}") from None
        self.grown[name] += self.memory - before
        self.done[name] += 1

    @property
    def memory(self):
        """The memory that the program holds, in KiB."""
        status = Path(f"/proc/{self.child.pid}/status").read_text("ascii", "replace")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])

    def forget(self):
        """Count from here."""
        self.grown.clear()
        self.done.clear()

    def growth(self):
        """What each act added on average, the most first, as lines."""
        each = {name: self.grown[name] / self.done[name] for name in self.done}
        return "\n".join(
            f"{each[name]:+8.1f} KiB × {self.done[name]:3} {name}"
            for name in sorted(each, key=each.__getitem__, reverse=True)
        )

    def end(self):
        """Leave; the exit code."""
        self.child.send("\x11")
        deadline = time.monotonic() + PATIENCE
        while self.child.isalive() and time.monotonic() < deadline:
            try:
                self.child.read_nonblocking(1 << 16, 0.05)
            except (pexpect.TIMEOUT, pexpect.EOF):
                continue
        return self.child.exitstatus
