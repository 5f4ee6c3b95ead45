"""Backups that were read back, and the few that are made before something can go wrong.

Every file here is readable by its owner only, written beside its final name, brought
to the disk and then renamed, so that a crash leaves the old one or the new one.
"""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

from db.connect import connect, exists, explain, open_file
from db.errors import BusyError, RefusedError, StoreError

__all__ = [
    "AUTOMATIC",
    "BESIDE",
    "PRIVATE_FILE",
    "PRIVATE_FOLDER",
    "back_up",
    "back_up_before",
    "backups_of",
    "next_place",
    "patience",
    "refuse_same",
    "remove",
    "settle",
    "sweep",
]

AUTOMATIC = 5
"""How many of the backups that nobody asked for are kept."""

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
BESIDE = ("-wal", "-shm", "-journal")


def back_up(path: Path, target: Path, *, busy_ms: int, check: str = "integrity_check") -> int:
    """Copy a store while it is in use, read the copy back, and return its size in bytes.

    Args:
        path: The store, of any revision that is known here.
        target: The backup; one that is there is replaced once the new one is whole.
        busy_ms: How long to wait for another process.
        check: The pragma that reads the copy back: `quick_check` leaves the indexes out.

    Raises:
        RefusedError: The target is the store itself.
        StoreError: The store cannot be read, the target not written, or the copy is not
            whole; an existing target stays as it was.
    """
    source = connect(path, busy_ms=busy_ms, any_revision=True)
    sweep(target.parent, target.name, "part")
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        refuse_same(path, target)
        os.close(os.open(unfinished, os.O_CREAT | os.O_RDWR | os.O_TRUNC, PRIVATE_FILE))
        copy = open_file(unfinished)
        try:
            source.backup(copy, progress=patience(path, busy_ms))
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute(f"PRAGMA {check}").fetchone() != ("ok",):
                raise StoreError(
                    f"the copy of {path} is not whole, {target} was not written: tracker doctor "
                    "looks into the store",
                    code="not-whole",
                    path=str(path),
                    target=str(target),
                )
        finally:
            copy.close()
        unfinished.replace(target)
        settle(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise explain(error, target) from error
    finally:
        source.close()
        remove(unfinished)
    return target.stat().st_size


def back_up_before(path: Path, what: str, *, busy_ms: int) -> Path:
    """Back a store up before `what` (a word) is done to it, and drop the oldest such backup.

    They stand in the folder `backups` beside the store and are numbered; `AUTOMATIC` stay.

    Raises:
        StoreError: As `back_up` says.
    """
    kept, number, target = next_place(path, what)
    back_up(path, target, busy_ms=busy_ms, check="quick_check")
    kept[number] = target
    with suppress(OSError):  # one too many is no reason to stop
        for old in sorted(kept)[:-AUTOMATIC]:
            kept[old].unlink(missing_ok=True)
    return target


def next_place(path: Path, what: str) -> tuple[dict[int, Path], int, Path]:
    """The backups of a store by their numbers, the next number, and the file it stands for.

    Raises:
        StoreError: The folder cannot be made or read.
    """
    folder = path.with_name("backups")
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        kept = _numbered(folder, path.name)
    except OSError as error:
        raise explain(error, folder) from error
    number = max(kept, default=0) + 1
    return kept, number, folder / f"{path.name}.{number:04d}-before-{what}.bak"


def backups_of(path: Path) -> list[Path]:
    """The backups that were made without being asked for, newest first."""
    folder = path.with_name("backups")
    try:
        kept = _numbered(folder, path.name)
    except OSError:
        return []
    return [kept[number] for number in sorted(kept, reverse=True)]


def remove(file: Path) -> None:
    """Remove a file with whatever SQLite keeps beside it, as far as that can be done."""
    for suffix in ("", *BESIDE):
        with suppress(OSError):
            file.with_name(file.name + suffix).unlink(missing_ok=True)


def sweep(folder: Path, name: str, ending: str) -> None:
    """Remove what processes that are no more left unfinished for the file `name`."""
    form = re.compile(re.escape(name) + r"\.(\d+)\." + ending + "(-wal|-shm|-journal)?")
    with suppress(OSError):
        for left in folder.iterdir():
            match = form.fullmatch(left.name)
            if match and not _is_alive(int(match[1])):
                left.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _numbered(folder: Path, name: str) -> dict[int, Path]:
    form = re.compile(re.escape(name) + r"\.(\d{4,9})-before-\w+\.bak")
    return {int(m[1]): p for p in folder.iterdir() if (m := form.fullmatch(p.name))}


def patience(path: Path, busy_ms: int) -> Callable[[int, int, int], None]:
    """Give up a copy that has waited for another process for longer than `busy_ms`."""
    last = monotonic()

    def progress(status: int, _left: int, _total: int) -> None:
        nonlocal last
        if status not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            last = monotonic()
        elif monotonic() - last > busy_ms / 1000:
            raise BusyError(
                f"{path} is in use by another process: try again in a moment",
                code="busy",
                path=str(path),
            )

    return progress


def refuse_same(path: Path, other: Path) -> None:
    """Refuse a file that is the store itself."""
    if exists(other) and exists(path) and other.samefile(path):
        raise RefusedError(
            f"{other} is the store itself: name another file",
            code="same-file",
            path=str(other),
        )


def settle(folder: Path) -> None:
    """Bring a renaming to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
