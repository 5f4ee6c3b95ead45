"""How far a long piece of work has come, told to whoever watches; nothing where nobody does.

Work tells of itself in stages, each with its own number of things to do, so that a share
of a stage is always a share of something that was counted.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

__all__ = ["Stage", "Watch", "counted", "watched"]

_OFTEN = 64  # things after which it is told again


class Stage(StrEnum):
    """What is being done."""

    READ = "read"
    FOLD = "fold"
    COMPARE = "compare"
    WRITE = "write"


Watch = Callable[[Stage, int, int], None]
"""Is told the stage, how many things are done, and how many there are."""

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Tell `watch` how far the work inside has come."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def counted(items: "Iterable[T]", total: int | Callable[[], int], stage: Stage) -> "Iterable[T]":
    """The items, each told of once whoever asked for it is done with it.

    `total` is how many there are; as a function it is asked only where somebody watches.
    """
    watch = _watch.get()
    if watch is None:
        return items
    return _told(items, total if isinstance(total, int) else total(), stage, watch)


def _told(items: "Iterable[T]", total: int, stage: Stage, watch: Watch) -> "Iterator[T]":
    watch(stage, 0, total)
    done = 0
    for done, item in enumerate(items, start=1):
        yield item
        if done % _OFTEN == 0:
            watch(stage, done, total)
    watch(stage, done, total)
