"""Open a store for writing; every act is one transaction.

Every write begins immediately, so that what it read is still true when it commits, and two
processes wait for each other instead of losing an act.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from db.engine.connect import (
    LOG_LIMIT,
    check_identity,
    connect,
    empty_log,
    explain,
    identity,
    log_size,
    open_file,
    refuse_moved,
)
from db.engine.transactions import write_transaction
from db.read.reader import Reader
from db.schema.rows import damaged
from db.write.transaction import Transaction

__all__ = ["Store"]

_SAFE = ("foreign_keys = ON", "synchronous = FULL", "journal_size_limit = 0")
"""An acknowledged act survives a power cut; the log shrinks when it is begun anew."""

_ALONE = ("foreign_keys = OFF", "journal_mode = MEMORY", "synchronous = OFF", "cache_size = -8000")
"""Of a store that is filled for the first time; the cache is in KiB."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _transacted(
    method: Callable[Concatenate[Transaction, _P], _T],
) -> "Callable[Concatenate[Store, _P], _T]":
    """Return a method of a store that runs `method` in a transaction of its own."""

    @wraps(method)
    def run(store: "Store", /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        with store.transaction() as transaction:
            return method(transaction, *args, **kwargs)

    return run


class Store:
    """A store that can be written. Make it with `Store.open`; close it when done."""

    def __init__(self, path: Path, *, busy_ms: int, alone: bool = False) -> None:
        """Write into the file at `path`; `open` is the way in."""
        self._path = path
        self._busy_ms = busy_ms
        self._alone = alone
        self._file = identity(path)
        self._connection: sqlite3.Connection | None = None

    @classmethod
    def open(cls, path: Path, *, busy_ms: int, alone: bool = False) -> Self:
        """Open an existing, current store for writing.

        Args:
            path: The file; `db.upkeep.migrate.create` makes one.
            busy_ms: How long a write waits for another process, in milliseconds.
            alone: Nobody else knows the file, and the caller brings it to the disk: it is
                written without a journal there, and references are checked once, when all is
                written. See `db.upkeep.atomic_create`.

        Raises:
            StoreError: As `db.engine.connect.connect` says.
        """
        connect(path, busy_ms=busy_ms).close()
        return cls(path, busy_ms=busy_ms, alone=alone)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def is_there(self) -> bool:
        """Whether its path still leads to the file that was opened."""
        return self._file is not None and self._file == identity(self._path)

    def __enter__(self) -> Self:
        """Use the store as a context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end."""
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Read the store as it is now, on the connection that writes.

        Raises:
            StoreError: It cannot be read.
        """
        with self._explaining():
            reader = Reader(self._connected())
            with reader.snapshot():
                yield reader

    # -- acts ------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Read, decide and record in one transaction; it commits at the end, or does nothing.

        Nobody else writes from its beginning on, so what is read in it stays true. Keep it
        short: others wait for it. Do long work before, and see by `Reader.mark` whether that
        still holds.

        Raises:
            RefusedError: Whatever was refused inside; nothing was recorded.
            StoreError: The store could not be written; nothing was recorded.
        """
        with self._explaining():
            connection = self._connected()
            with write_transaction(connection):
                check_identity(connection, self._path)  # it may be migrated by now
                refuse_moved(self._path, self._file)
                yield Transaction(connection)
                if self._alone:
                    _refuse_orphans(connection)
                refuse_moved(self._path, self._file)
            refuse_moved(self._path, self._file)  # while it was brought to the disk
        if log_size(self._path) > LOG_LIMIT:
            empty_log(self._path, busy_ms=0)

    record = _transacted(Transaction.record)
    record_import = _transacted(Transaction.record_import)
    undo = _transacted(Transaction.undo)
    redo = _transacted(Transaction.redo)
    retract = _transacted(Transaction.retract)
    review = _transacted(Transaction.review)
    restore_acts = _transacted(Transaction.restore_acts)
    refold = _transacted(Transaction.refold)

    # -- the connection --------------------------------------------------------------------------

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_file(self._path, busy_ms=self._busy_ms)
            _prepare(self._connection, _ALONE if self._alone else _SAFE)
        return self._connection

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Turn failures into errors of the store; the next use opens the file anew."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            with suppress(sqlite3.Error):
                self.close()
            refuse_moved(self._path, self._file)
            raise explain(error, self._path) from error


def _prepare(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _refuse_orphans(connection: sqlite3.Connection) -> None:
    """Refuse rows that refer to what is not there, where SQLite was told not to check.

    Raises:
        StoreError: There is one.
    """
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise damaged(f"{broken[0]} {broken[1]}", f"no {broken[2]}")
