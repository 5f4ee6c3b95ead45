"""What a signal that ends the program does: work ends in order, then the program by that signal."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["ENDED_BY", "ENDING", "SignalError", "end_by", "handle", "raised"]

ENDING = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)
)
"""The signals that end the program, as far as this platform has them."""

ENDED_BY = 128
"""What is added to a signal's number to make the exit code of what it ended."""


class SignalError(BaseException):
    """A signal arrived that ends the program; only `finally` and the like heed it."""

    def __init__(self, number: int) -> None:
        """Tell which."""
        super().__init__(number)
        self.number = number


def handle(numbers: Iterable[int], handler: Callable[[int, FrameType | None], object]) -> None:
    """Have these signals call `handler`; one that is ignored stays so, as under nohup."""
    for number in numbers:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)


@contextmanager
def raised(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Raise `SignalError` where one of these signals arrives inside.

    Gives a list that then holds it: what is raised inside a callback of SQLite gets lost.
    """
    arrived: list[int] = []

    def handler(number: int, _frame: FrameType | None) -> None:
        arrived.append(number)
        raise SignalError(number)

    before = {number: signal.getsignal(number) for number in numbers}
    handle(before, handler)
    try:
        yield arrived
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def end_by(number: int) -> None:
    """End this process by a signal, so that whoever started it sees which."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
