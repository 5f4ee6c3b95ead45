"""A pseudo-terminal with the real program in it, and the screen that it draws."""

import os
import sys
import termios
import time

import pexpect
import pyte
import pytest

__all__ = ["PATIENCE", "Terminal"]

PATIENCE = 20.0


class Terminal:
    """A program in a pseudo-terminal, and the screen that it draws."""

    def __init__(self, arguments, columns=100, rows=30, *, program=None, env=None):
        """Start `tracker` with `arguments`, or another program."""
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        command = program or [sys.executable, "-m", "tracker"]
        self.child = pexpect.spawn(
            command[0],
            [*command[1:], *arguments],
            dimensions=(rows, columns),
            timeout=PATIENCE,
            env={**os.environ, **(env or {})},
        )
        self.raw = b""
        self.before = termios.tcgetattr(self.child.child_fd)

    @property
    def lines(self):
        """The screen, line by line; a wide character stands in its first cell, then nothing."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return ["".join(row[x].data for x in range(self.screen.columns)) for row in rows]

    @property
    def text(self):
        """The whole screen."""
        return "\n".join(self.lines)

    def read(self, seconds=0.05):
        try:
            data = self.child.read_nonblocking(1 << 16, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += data
        self.stream.feed(data.replace(b"\x1b[>1u", b"").replace(b"\x1b[<u", b""))

    def wait(self, what):
        """Read until the screen shows `what`, a text or a question to it."""
        holds = what if callable(what) else lambda text: what in text
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if holds(self.text):
                return
            self.read()
        pytest.fail(f"waited for {what!r}:\n{self.text}")

    def settle(self, seconds=0.3):
        """Read until nothing has come for a while."""
        size = -1
        while size != len(self.raw):
            size = len(self.raw)
            self.read(seconds)

    def press(self, keys):
        self.child.send(keys)

    def end(self):
        """Read until the program has ended; its exit code, or its signal as a negative number."""
        deadline = time.monotonic() + PATIENCE
        while self.child.isalive() and time.monotonic() < deadline:
            self.read()
        assert not self.child.isalive(), self.text
        self.read()
        return -self.child.signalstatus if self.child.signalstatus else self.child.exitstatus
