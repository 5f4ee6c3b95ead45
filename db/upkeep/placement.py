"""Put a file in the place of a store, so that no log of another file is played into it.

SQLite keeps a log beside a database and finds it by name alone: whatever lies there is
played into the file, whether it was written for it or not. A process that was killed, or
whose store was moved away, leaves such a log, and it may hold acts that were acknowledged.
So a log that nobody owns is moved into `backups`: not played in, and not deleted.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from db.engine.connect import exists, open_file, refuse_moved
from db.engine.notices import tell
from db.engine.whole_files import SIDE_FILES, move_into_place, named_after, sync
from db.model.errors import BusyError, TrackerError
from db.upkeep.numbered_files import keep_as_is, keep_moved, make_private

__all__ = [
    "bring_to_disk",
    "clear_beside",
    "put_instead",
    "put_new",
    "put_over",
    "refuse_long",
]

_UNFINISHED = ".tracker-0000000-0123456789abcdef.part"  # as long as those of `whole_files`
_HEADER = b"SQLite format 3\0"  # two bytes of a page's size, then one of the journal's mode
_WAL = b"\2"
_LONGEST_NAME = 255 - len("-journal")  # bytes; SQLite appends this and shorter ones
_LONGEST_PATH = 511 - len("-journal")  # SQLite opens no longer one on Unix


def bring_to_disk(unfinished: Path) -> None:
    """Flush a store that nobody has open to the disk, all of it in its one file.

    Raises:
        OSError, sqlite3.Error: The disk failed.
    """
    connection = open_file(unfinished)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
    sync(unfinished)


def put_new(unfinished: Path, path: Path, *, busy_ms: int) -> None:
    """Give a finished store its name, where there is none yet.

    Raises:
        FileExistsError: A store has been made there meanwhile; it is as it was.
        BusyError: Another process puts a store into this folder all the time.
        OSError: It cannot be done.
    """
    with _alone_in(path, busy_ms):
        if exists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        clear_beside(path)
        try:
            os.link(unfinished, path, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:  # a file system on which a file has one name
            if exists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
            unfinished.rename(path)
    sync(path.parent)


def put_instead(unfinished: Path, path: Path, ending: str, *, busy_ms: int) -> Path:
    """Put a finished store in the place of a file that is there.

    That file is kept among the backups as it is, with its log. Nobody writes into it
    meanwhile, as far as it can be opened at all; whoever has it open is refused afterwards.

    Returns:
        Where it is kept.

    Raises:
        BusyError: Another process writes into it.
        OSError, sqlite3.Error: It cannot be done; all is as before.
    """
    with _alone_in(path, busy_ms), _held(path, busy_ms) as content:
        kept = keep_as_is(path, content, ending)
        moved: list[tuple[Path, Path]] = []
        try:
            for beside in _beside(path):
                target = kept.with_name(kept.name + beside.name.removeprefix(path.name))
                beside.rename(target)  # at once: whoever opens the store now misses its log
                moved.append((target, beside))
            unfinished.replace(path)
        except OSError:
            for target, beside in moved:
                target.replace(beside)
            kept.unlink()
            raise
        for target, _ in moved:
            make_private(target)
            if not _is_log(target) or not target.lstat().st_size:
                target.unlink()
    for folder in (kept.parent, path.parent):
        sync(folder)
    return kept


def put_over(unfinished: Path, path: Path, ending: str, *, busy_ms: int) -> None:
    """Put a finished store in the place of whatever is there.

    A store that somebody works with, as its log or the mode of its journal shows, is kept among
    its own backups; a backup has neither. Nobody writes into what is replaced meanwhile.

    Raises:
        BusyError: Another process writes into it.
        OSError, sqlite3.Error: It cannot be done; all is as before.
    """
    there = exists(path) and path.is_file()
    if there and _is_worked_with(path):
        put_instead(unfinished, path, ending, busy_ms=busy_ms)
        return
    held = _held(path, busy_ms) if there and os.access(path, os.W_OK) else nullcontext()
    with _alone_in(path, busy_ms), held:
        clear_beside(path)
        move_into_place(unfinished, path)


def _is_worked_with(path: Path) -> bool:
    if any(name.lstat().st_size for name in _beside(path) if _is_log(name)):
        return True
    with path.open("rb") as file:
        return file.read(len(_HEADER) + 3)[len(_HEADER) + 2 :] == _WAL


def clear_beside(path: Path) -> None:
    """Move side files that belong to no store into the backups, and report it.

    Call it only where `path` has no file that they belong to.

    Raises:
        OSError: It cannot be moved.
    """
    for left in _beside(path):
        suffix = left.name.removeprefix(path.name)
        if not _is_log(left) or not left.lstat().st_size:
            left.unlink()
            continue
        kept = keep_moved(path, left, f"left-beside.bak{suffix}")
        tell(
            TrackerError(
                f"{left} belongs to a file that is no longer there, and may hold acts of it: "
                f"kept as {kept}",
                code="left-beside",
                path=str(left),
                kept=str(kept),
            )
        )


def _beside(path: Path) -> list[Path]:
    names = [path.with_name(path.name + suffix) for suffix in SIDE_FILES]
    return [name for name in names if os.path.lexists(name)]


def _is_log(beside: Path) -> bool:
    """Return whether a file may hold acts; the `-shm` index of a log never does."""
    return not beside.name.endswith("-shm")


def refuse_long(path: Path) -> None:
    """Refuse a name that leaves no room for what SQLite and this program keep beside a store.

    Raises:
        OSError: It is too long.
    """
    folder = path.absolute().parent
    backup = named_after(folder / "backups" / path.name, ".0000-before-migration.bak")
    names = (path.absolute(), backup, folder / "backups" / _UNFINISHED)
    longest = max(len(os.fsencode(name)) for name in names)
    if len(os.fsencode(path.name)) > _LONGEST_NAME or longest > _LONGEST_PATH:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))


@contextmanager
def _alone_in(path: Path, busy_ms: int) -> Iterator[None]:
    """Keep other processes of this program from putting a store into the folder of `path`."""
    import fcntl  # noqa: PLC0415 - not everywhere

    number = os.open(path.parent, os.O_RDONLY)
    try:
        deadline = monotonic() + busy_ms / 1000
        while True:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if monotonic() > deadline:
                    raise BusyError.at(path) from None
                sleep(0.01)
            except OSError:  # a file system without such locks
                break
            else:
                break
        yield
    finally:
        os.close(number)


@contextmanager
def _held(path: Path, busy_ms: int) -> Iterator[BinaryIO]:
    """Hold the write lock of a file, if it can be opened as a store, and yield its content.

    Closing a file drops every lock that this process has on it, so it is opened before it is
    locked and closed after that.
    """
    with path.open("rb") as content:
        found = os.fstat(content.fileno())
        if not found.st_size:  # there is nothing in it, and SQLite would delete a log beside it
            yield content
            return
        with closing(open_file(path, busy_ms=busy_ms)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # then nobody else writes into it either
                pass
            refuse_moved(path, (found.st_dev, found.st_ino))
            yield content
