"""A store that is filled before anybody can see it, and then stands in its place at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.engine.connect import explain
from db.model.errors import BusyError
from db.upkeep.migrate import unfinished_store
from db.upkeep.placement import bring_to_disk, put_new
from db.write.store import Store

__all__ = ["atomic_create"]


@contextmanager
def atomic_create(path: Path, *, busy_ms: int) -> Iterator[Store]:
    """A new store to fill; at `path` once that is done and on the disk, nowhere if it fails.

    Until then it stands beside its place under another name, without a journal on the disk.

    Raises:
        BusyError: Another process has made a store at `path` in the meantime.
        StoreError: It could not be made or written.
    """
    with unfinished_store(path, busy_ms=busy_ms) as unfinished:
        with Store.open(unfinished, busy_ms=busy_ms, alone=True) as store:
            yield store
        try:
            bring_to_disk(unfinished)
            put_new(unfinished, path, busy_ms=busy_ms)
        except FileExistsError:
            raise BusyError.at(path) from None
        except (OSError, sqlite3.Error) as error:
            raise explain(error, path) from error
