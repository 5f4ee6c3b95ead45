"""A program in a terminal, looked at from outside: when its output came, after which key."""

import fcntl
import os
import pty
import re
import resource
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.commands import ENVIRONMENT

__all__ = ["KEYS", "Terminal"]

KEYS = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "enter": "\r",
    "escape": "\x1b",
    "quit": "\x11",
    "f2": "\x1bOQ",
    "f7": "\x1b[18~",
}
_QUIET = 0.05
_PATIENCE = 60.0


class Terminal:
    """A child on a pseudo-terminal of 120 by 40 cells."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it."""
        self.begun = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(  # noqa: S606 - a terminal's child is started so
                command[0], command, ENVIRONMENT | {"TERM": "xterm-256color"}
            )
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.seen = ""
        self.settled = 0.0

    def _read(self, patience: float) -> bool:
        """Take what comes within so many seconds; tell whether anything did."""
        ready, _, _ = select.select([self._fd], [], [], patience)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 1 << 20)
        except OSError:
            return False
        self.seen = (self.seen + data.decode("utf-8", "replace"))[-400_000:]
        return bool(data)

    def wait_for(self, pattern: str) -> float:
        """Seconds since the last call of `send`, or the start, until this is on the screen.

        Raises:
            TimeoutError: It does not come.
        """
        while not re.search(pattern, self.seen):
            if not self._read(_PATIENCE):
                raise TimeoutError(f"“{pattern}” does not come: {self.seen[-500:]!r}")
        return time.perf_counter() - self.begun

    def settle(self, quiet: float = _QUIET) -> float:
        """Seconds since the last call of `send` until the last output before a quiet spell."""
        while self._read(quiet):
            self.settled = time.perf_counter() - self.begun
        return self.settled

    def send(self, key: str) -> None:
        """Press a key, or type a text."""
        self.seen, self.settled = "", 0.0
        self.begun = time.perf_counter()
        os.write(self._fd, KEYS.get(key, key).encode())

    def press(self, key: str) -> float:
        """Seconds from a key to the first output that answers it; then wait for quiet."""
        self.send(key)
        self._read(_PATIENCE)
        answered = time.perf_counter() - self.begun
        self.settle()
        return answered

    def nudge(self, key: str) -> None:
        """Press a key that may change nothing."""
        self.send(key)
        self.settle(0.3)

    @property
    def memory(self) -> float:
        """The most memory it held, in MiB."""
        status = Path(f"/proc/{self._pid}/status").read_text("ascii", "replace")
        return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024

    def close(self) -> float:
        """End it; return the processor time it took, in seconds."""
        os.write(self._fd, KEYS["quit"].encode())
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            self._read(0.05)
            pid, _, usage = os.wait4(self._pid, os.WNOHANG)
            if pid:
                break
        else:
            os.kill(self._pid, signal.SIGKILL)
            _, _, usage = os.wait4(self._pid, 0)
        os.close(self._fd)
        return _processor(usage)


def _processor(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime
