"""Fill a new store under a temporary name, then move it into place."""

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
    """Yield a new store to fill; move it to `path` once it is on the disk, drop it on failure.

    Until then it has another name beside `path`, and no journal on the disk.

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
