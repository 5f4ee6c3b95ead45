"""Write many rows at once: the indexes of readers are made afterwards, in the same transaction.

Making an index of all rows takes a third of the time of maintaining it row by row. A failure
before the end is rolled back, indexes and all.
"""

import gc
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from typing import TypeVar

__all__ = ["CHUNK", "chunks", "collecting_seldom", "deferred_indexes", "indexes_afterwards"]

T = TypeVar("T")
CHUNK = 5_000  # rows that are written at once
_MANY = 5_000
_KEPT = ("status_update_by_facility", "facility_name_by_facility", "source_by_key")


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def deferred_indexes(
    connection: sqlite3.Connection, new: int | None
) -> AbstractContextManager[None]:
    """Return a context that defers index maintenance when a batch is large enough to profit.

    Args:
        connection: Its transaction has begun.
        new: How many milestones the batch brings; None if that is not known.
    """
    held = connection.execute("SELECT coalesce(max(id), 0) FROM milestone").fetchone()[0]
    worth_it = not held if new is None else new > max(_MANY, int(held))
    return indexes_afterwards(connection) if worth_it else nullcontext()


@contextmanager
def indexes_afterwards(connection: sqlite3.Connection) -> Iterator[None]:
    """Drop the indexes that writing does not need, and make them again at the end."""
    kept = ", ".join(f"'{name}'" for name in _KEPT)
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        f" AND name NOT IN ({kept}) ORDER BY name"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute("CREATE INDEX meanwhile_milestone ON milestone (facility_id)")
    yield
    connection.execute("DROP INDEX meanwhile_milestone")
    for _, sql in indexes:
        connection.execute(sql)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Collect cyclic garbage seldom: rows form no cycles, and the search takes a fifth of the time.

    See `gc.set_threshold`.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
