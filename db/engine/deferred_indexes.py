"""Many rows at once: the indexes of readers made after them, in the same transaction.

An index that is made of all rows takes a third of the time of one that is kept row by row.
What happens before the end leaves the store as it was, indexes and all.
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
_MEANWHILE = ("CREATE INDEX meanwhile_milestone ON milestone (facility_id)",)
_SELDOM = (100_000, 20, 100)  # new objects before the youngest are looked through; see `gc`
_KEPT = ("status_update_by_facility", "facility_name_by_facility", "source_by_key")


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
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
    """Do without the indexes that writing does not need; make them at the end."""
    kept = ", ".join(f"'{name}'" for name in _KEPT)
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        f" AND name NOT IN ({kept}) ORDER BY name"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    for sql in _MEANWHILE:
        connection.execute(sql)
    yield
    for sql in _MEANWHILE:
        connection.execute(f"DROP INDEX {sql.split()[2]}")
    for _, sql in indexes:
        connection.execute(sql)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for circles among objects seldom: rows make none, and it takes a fifth of their time."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
