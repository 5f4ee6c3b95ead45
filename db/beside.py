"""A store that is filled before anybody can see it, and then stands in its place at once."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.connect import exists, explain, open_file
from db.errors import BusyError
from db.keep import remove, settle, sweep
from db.migrate import create
from db.store import Store

__all__ = ["made_beside"]


@contextmanager
def made_beside(path: Path, *, busy_ms: int) -> Iterator[Store]:
    """A new store to fill; at `path` once that is done and on the disk, nowhere if it fails.

    Until then it stands beside its place under another name, without a journal on the disk.

    Raises:
        BusyError: Another process has made a store at `path` in the meantime.
        StoreError: It could not be made or written.
    """
    sweep(path.parent, path.name, "new")
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        create(unfinished, busy_ms=busy_ms)
        with Store.open(unfinished, busy_ms=busy_ms, alone=True) as store:
            yield store
        try:
            _bring_to_disk(unfinished)
            _put_in_place(unfinished, path)
        except (OSError, sqlite3.Error) as error:
            raise explain(error, path) from error
    finally:
        remove(unfinished)


def _bring_to_disk(unfinished: Path) -> None:
    connection = open_file(unfinished)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
    number = os.open(unfinished, os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _put_in_place(unfinished: Path, path: Path) -> None:
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:  # a disk on which a file has one name
        if exists(path):
            raise _taken(path) from None
        unfinished.rename(path)
    settle(path.parent)


def _taken(path: Path) -> BusyError:
    return BusyError(
        f"{path} is in use by another process: try again in a moment",
        code="busy",
        path=str(path),
    )
