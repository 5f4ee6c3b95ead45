"""Textual's driver for a terminal, kept alive by whatever it sends, and given back at the end."""

import asyncio
import os
import select
import selectors
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic
from types import FrameType
from typing import Any

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tracker.app.signals import ENDED_BY, ENDING, end_by, handle
from tracker.tui.terminal.utf8_input import TerminalInput

__all__ = ["BadInput", "Resumed", "TerminalDriver"]

_PIECE = 4096  # bytes read at once
_TICK = 0.1  # seconds between looks whether to stop
_PATIENCE = 5.0  # seconds in which the terminal must be given back after a signal
_MOST = 1000  # cells in a row or column; no window has more
_GIVE_BACK = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?2048l\x1b[?7h"
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""What Textual writes to give a terminal back: mouse, paste, size, wrap, keys, screen, cursor."""


class BadInput(Message):
    """The terminal sent bytes that are no UTF-8; they were dropped."""


class Resumed(Message):
    """The terminal was taken over again, with something else on it."""


class TerminalDriver(LinuxDriver):
    """Reads the terminal itself and has Textual read what is fit for it from a pipe.

    A signal that ends the program, or a terminal that is gone, ends the app with `ENDED_BY` and
    the number of the signal as its return code. Where that takes too long, the process ends at
    once.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """Drive the terminal of `app`; the arguments are Textual's."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._terminal = self.fileno
        self._of_app = app
        self._of_loop = asyncio.get_running_loop()
        self._in_use = False
        self._own_settings: list[Any] | None = None
        self._ending = Event()
        self._given_back = Event()
        self._gone = Event()
        later = self._of_loop.call_soon_threadsafe  # a handler may interrupt what holds a lock
        signal.signal(signal.SIGTSTP, lambda *_: later(self._stop))
        signal.signal(signal.SIGCONT, lambda *_: later(self._continue))
        handle((*ENDING, signal.SIGINT), self._on_signal)

    # -- beginning and end -----------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._given_back.clear()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual left it so
        self._in_use = True
        self._own_settings = self._settings()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        self._in_use = False

    def _stop(self) -> None:
        """Give the terminal back and stop until the shell brings the program back."""
        if self._in_use:
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue(self) -> None:
        """Take the terminal over again, once the shell lets go of it.

        A process that was stopped by SIGSTOP could not give it back. The shell has used it
        meanwhile, and the end restores what it was at first.
        """
        if self._ending.is_set():  # a terminal that goes away continues what it hangs up
            return
        while os.tcgetpgrp(self._terminal) != os.getpgrp():
            os.kill(os.getpid(), signal.SIGSTOP)
        if not self._in_use or self._settings() != self._own_settings:
            if self._in_use:
                self.suspend_application_mode()
            self.resume_application_mode()
        self._of_app.post_message(Resumed())

    def _settings(self) -> list[Any] | None:
        try:
            return termios.tcgetattr(self._terminal)
        except termios.error:
            return None

    def write(self, data: str) -> None:
        """Write, unless nobody can see it: what writes has ended then, and would be waited for."""
        if not self._gone.is_set():
            super().write(data)

    def close(self) -> None:
        """Wait until all is written."""
        super().close()
        self._given_back.set()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._given_back.is_set():
            end_by(number)
        else:
            self._end(number)

    def _end(self, number: int) -> None:
        """End the app in order; from any thread."""
        if not self._ending.is_set():
            self._ending.set()
            Thread(target=self._watch, args=(number,), name="ending", daemon=True).start()
            leave = self._of_loop.call_soon_threadsafe
            leave(lambda: self._of_app.exit(return_code=ENDED_BY + number))

    def _watch(self, number: int) -> None:
        if not self._given_back.wait(_PATIENCE):
            self._end_at_once(number)

    def _end_at_once(self, number: int) -> None:
        with suppress(termios.error, OSError):
            if self.attrs_before is not None:
                termios.tcsetattr(self._terminal, termios.TCSANOW, self.attrs_before)
            if select.select([], [self._terminal], [], 0)[1]:  # else it takes nothing any more
                os.write(self._terminal, _GIVE_BACK)
        os._exit(ENDED_BY + number)

    # -- input -----------------------------------------------------------------------------------

    def run_input_thread(self) -> None:
        """Read until the program leaves; a sequence that the parser fails at is left out."""
        with self._cleaned() as pipe:
            self.fileno = pipe  # nobody else asks for it before this thread has ended
            try:
                while not self.exit_event.is_set():
                    with suppress(ValueError, ArithmeticError, LookupError):
                        super().run_input_thread()
            finally:
                self.fileno = self._terminal

    @contextmanager
    def _cleaned(self) -> Iterator[int]:
        """Give the number of a pipe from which what the terminal sends can be read."""
        reading, writing = os.pipe()
        stop = Event()
        pump = Thread(target=self._pump, args=(writing, stop), name="terminal-input")
        pump.start()
        try:
            yield reading
        finally:
            stop.set()
            os.close(reading)  # so that it waits for nobody to read on
            pump.join()
            os.close(writing)

    def _pump(self, pipe: int, stop: Event) -> None:
        stream, last = TerminalInput(), monotonic()
        with selectors.DefaultSelector() as selector, suppress(BrokenPipeError):
            selector.register(self._terminal, selectors.EVENT_READ)
            while not stop.is_set():
                if not selector.select(_TICK):
                    _write(pipe, stream.quiet(monotonic() - last))
                    continue
                data, last, dropped = _read(self._terminal), monotonic(), stream.dropped
                if not data:
                    self._gone.set()
                    self._end(signal.SIGHUP)
                    return
                _write(pipe, stream.clean(data))
                if stream.dropped > dropped:
                    self._of_app.post_message(BadInput())

    def process_message(self, message: Message) -> None:
        """Pass on what the terminal sent, unless no terminal can mean it."""
        if not _is_nonsense(message):
            super().process_message(message)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, _PIECE)
    except OSError:  # EIO: its other end was closed
        return b""


def _write(pipe: int, data: bytes) -> None:
    while data:
        data = data[os.write(pipe, data) :]


def _is_nonsense(message: Message) -> bool:
    if isinstance(message, events.Key):  # the Kitty protocol names characters by number
        return any("\ud800" <= c <= "\udfff" for c in message.character or "")
    if isinstance(message, events.MouseEvent):
        return not (0 <= message.x < _MOST and 0 <= message.y < _MOST)
    if isinstance(message, events.Resize):
        return not (0 < message.size.width <= _MOST and 0 < message.size.height <= _MOST)
    return False
