"""Tell whoever asked of something unusual that was done on the way to what was asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from db.model.errors import TrackerError

__all__ = ["Listener", "listening", "tell"]

Listener = Callable[[TrackerError], None]
"""Is told a notice: like a failure it has a code and fields, but nothing failed."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell `listener` of every notice inside."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(notice: TrackerError) -> None:
    """Tell a notice to whoever listens; nobody may."""
    listener = _listener.get()
    if listener is not None:
        listener(notice)
