"""Transactions on a connection: one that reads one state, and one that writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["snapshot", "write_transaction"]


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[bool]:
    """Read one state of the store inside; yield whether a read transaction was begun for it.

    Inside another transaction nothing is begun, and what is read is part of that one. The end
    is a commit, which keeps temporary tables that were filled inside.
    """
    if connection.in_transaction:
        yield False
        return
    connection.execute("BEGIN")
    try:
        connection.execute("PRAGMA data_version")  # the first read fixes the state
        yield True
    except BaseException:
        with suppress(sqlite3.Error):
            _commit(connection)
        raise
    else:
        _commit(connection)


@contextmanager
def write_transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock inside; commit at the end, or roll back if anything is raised.

    Raises:
        sqlite3.Error: The lock was not free in time, or the disk failed.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # else SQLite has rolled back by itself
            connection.execute("ROLLBACK")
        raise


def _commit(connection: sqlite3.Connection) -> None:
    if not connection.in_transaction:  # SQLite has rolled back by itself
        return
    try:
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise
