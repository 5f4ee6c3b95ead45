"""Report something unusual that was done besides what was asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from db.model.errors import TrackerError

__all__ = ["Listener", "listening", "tell"]

Listener = Callable[[TrackerError], None]
"""Called with a notice: like an error it has a code and fields, but nothing failed."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call `listener` with every notice inside."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(notice: TrackerError) -> None:
    """Report a notice to the listener, if there is one."""
    listener = _listener.get()
    if listener is not None:
        listener(notice)
