"""Back up a store: copies that are read back, on request and before risky operations.

A backup is readable by its owner only and renamed into place once it is on the disk, so that a
crash leaves the old one or the new one.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from time import monotonic

from db.engine.connect import connect, exists, explain, followed, open_file
from db.engine.whole_files import move_to_new_name, named_after, unfinished_file
from db.model.errors import BusyError, RefusedError, StoreError
from db.upkeep.numbered_files import backups_by_number, keep_moved, names_from_next
from db.upkeep.placement import put_over

__all__ = [
    "AUTOMATIC",
    "back_up",
    "back_up_before",
    "back_up_beside",
    "backups_of",
    "copied",
    "patience",
    "refuse_same",
]

AUTOMATIC = 5
"""How many of the backups before imports and migrations are kept; those before a restore or a
backup all are, since they hold what it took away."""

_PASSING = ("-before-import.bak", "-before-migration.bak")


def back_up(path: Path, target: Path, *, busy_ms: int, check: str = "integrity_check") -> int:
    """Copy a store while it is in use, read the copy back, and return its size in bytes.

    Args:
        path: The store, of any revision that is known here.
        target: The backup; one that is there is replaced once the new one is whole. A link
            is followed.
        busy_ms: How long to wait for another process.
        check: The pragma that reads the copy back: `quick_check` leaves the indexes out.

    Raises:
        RefusedError: The target is the store itself.
        StoreError: The store cannot be read, the target not written, or the copy is not
            whole; an existing target stays as it was.
    """
    target = followed(target)
    if os.path.isdir(target):  # noqa: PTH112 - Path.is_dir fails where a name is too long
        raise explain(IsADirectoryError(), target)
    refuse_same(path, target)
    with copied(path, target.parent, target, busy_ms=busy_ms, check=check) as unfinished:
        put_over(unfinished, target, "before-backup.bak", busy_ms=busy_ms)
    return target.stat().st_size


def back_up_beside(path: Path, suffix: str, *, busy_ms: int) -> tuple[Path, int]:
    """Back a store up as `back_up` does, under a name beside it that nothing has yet.

    Args:
        path: The store.
        suffix: The name's end, before `.bak`; a number follows where it is taken.
        busy_ms: How long to wait for another process.

    Returns:
        The backup and its size in bytes.
    """
    path = followed(path)
    endings = chain([suffix], (f"{suffix}-{n}" for n in count(2)))
    first = named_after(path, f"{suffix}.bak")
    with copied(path, path.parent, first, busy_ms=busy_ms) as unfinished:
        for target in (named_after(path, f"{ending}.bak") for ending in endings):
            with suppress(FileExistsError):
                move_to_new_name(unfinished, target)
                break
    return target, target.stat().st_size


def back_up_before(path: Path, what: str, *, busy_ms: int) -> Path:
    """Back a store up before `what` (a word) is done to it, and drop the oldest such backup.

    They stand in the folder `backups` beside the store and are numbered. The caller may hold
    the store's write lock, so that nothing comes between the backup and what follows.

    Raises:
        StoreError: As `back_up` says.
    """
    path = followed(path)
    ending = f"before-{what}.bak"
    try:
        first = next(names_from_next(path, ending))
    except OSError as error:
        raise explain(error, path.with_name("backups")) from error
    with copied(path, first.parent, first, busy_ms=busy_ms, check="quick_check") as unfinished:
        target = keep_moved(path, unfinished, ending)
    with suppress(OSError):  # one too many is no reason to stop
        kept = backups_by_number(path)
        passing = [n for n in sorted(kept) if kept[n].name.endswith(_PASSING)]
        for number in passing[:-AUTOMATIC]:
            kept[number].unlink(missing_ok=True)
    return target


def backups_of(path: Path) -> list[Path]:
    """Return the automatic backups, newest first."""
    try:
        kept = backups_by_number(followed(path))
    except OSError:
        return []
    return [kept[number] for number in sorted(kept, reverse=True)]


@contextmanager
def copied(
    path: Path, folder: Path, named: Path, *, busy_ms: int, check: str = "integrity_check"
) -> Iterator[Path]:
    """Yield a copy of a store that was read back: a file in `folder`, removed if it is not moved.

    Args:
        path: The store.
        folder: Where the copy is made.
        named: The file that error messages name.
        busy_ms: How long to wait for another process.
        check: See `back_up`.

    Raises:
        StoreError: The store cannot be read, the copy not written, or it is not whole.
    """
    source = connect(path, busy_ms=busy_ms, any_revision=True)
    try:
        with unfinished_file(folder) as unfinished:
            copy = open_file(unfinished)
            try:
                source.backup(copy, progress=patience(path, busy_ms))
                copy.execute("PRAGMA journal_mode = DELETE")
                if copy.execute(f"PRAGMA {check}").fetchone() != ("ok",):
                    raise _not_whole(path, named)
            finally:
                copy.close()
                source.close()
            yield unfinished
    except (OSError, sqlite3.Error) as error:
        raise explain(error, named) from error
    finally:
        source.close()


def _not_whole(path: Path, target: Path) -> StoreError:
    return StoreError(
        f"the copy of {path} is not whole, {target} was not written: tracker doctor looks into "
        "the store",
        code="not-whole",
        path=str(path),
        target=str(target),
    )


def patience(path: Path, busy_ms: int) -> Callable[[int, int, int], None]:
    """Return a progress callback that raises BusyError after `busy_ms` without progress."""
    last = monotonic()

    def progress(status: int, _left: int, _total: int) -> None:
        nonlocal last
        if status not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            last = monotonic()
        elif monotonic() - last > busy_ms / 1000:
            raise BusyError.at(path)

    return progress


def refuse_same(path: Path, other: Path) -> None:
    """Refuse a file that is the store itself."""
    if exists(other) and exists(path) and other.samefile(path):
        raise RefusedError(
            f"{other} is the store itself: name another file",
            code="same-file",
            path=str(other),
        )
