"""Open the file of a store, and explain its failures."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from db.model.errors import BusyError, NoStoreError, OutdatedStoreError, StoreError, TrackerError
from db.model.text import clean
from db.schema.version import APPLICATION_ID, HEAD, REVISIONS

__all__ = [
    "LOG_LIMIT",
    "check_identity",
    "connect",
    "empty_log",
    "exists",
    "explain",
    "followed",
    "identity",
    "is_busy",
    "log_size",
    "open_file",
    "refuse_moved",
    "revision_of",
]


LOG_LIMIT = 4 * 2**20
"""Bytes of a log after which it is emptied: 1,000 pages, SQLite's own measure."""

_PRIMARY = 0xFF  # the part of an error code that does not go into detail
_BUSY = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,  # a log that others restarted too often while it was opened
    sqlite3.SQLITE_SCHEMA,  # tables that another process was migrating
)


def explain(error: BaseException, path: Path | str) -> TrackerError:
    """Return the error that a failure of SQLite or of the file system means, in one line."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, TrackerError):
        return cause
    text = getattr(cause, "strerror", None) or clean(str(cause).partition("\n")[0])
    text = text or type(cause).__name__
    if is_busy(cause):
        return BusyError.at(path)
    if "not a database" in text or "malformed" in text:
        return StoreError(
            f"{path} is not a store of tracker, or it is damaged: tracker doctor looks into it",
            code="not-a-store",
            path=str(path),
        )
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir fails where a name is too long
        return StoreError(
            f"{path} is a folder: name a file in it", code="is-folder", path=str(path)
        )
    return StoreError(
        f"{path} could not be read or written: {text}", code="io", path=str(path), why=text
    )


def is_busy(error: BaseException) -> bool:
    """Return whether SQLite failed because another process uses the store."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY
    return code in _BUSY or "locked" in str(error) or "busy" in str(error)


def exists(path: Path) -> bool:
    """Return whether there is a file at `path`.

    Raises:
        StoreError: One cannot tell, because a folder above it may not be entered, a name
            is longer than any file's, or a link leads nowhere.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: NUL in the name
        if path.is_symlink():
            target = os.path.realpath(path)
            raise StoreError(
                f"{path} is a link that leads nowhere: there is no {target}; name another file",
                code="leads-nowhere",
                path=str(path),
                target=target,
            ) from None
        return False
    except OSError as error:
        raise explain(error, path) from error
    return True


def followed(path: Path) -> Path:
    """Return the file that a path leads to, where it is a link.

    SQLite keeps its log beside that file, not beside the link, so every name that belongs to
    a store is derived from it. A link that leads nowhere is returned as it is.
    """
    if os.path.islink(path) and os.path.exists(path):  # noqa: PTH110, PTH114 - Path's may raise
        return Path(os.path.realpath(path))
    return path


def identity(path: Path) -> tuple[int, int] | None:
    """Return the device and inode of the file at a path; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def refuse_moved(path: Path, opened: tuple[int, int] | None) -> None:
    """Refuse to write into a file that its path no longer leads to.

    What is written there would be seen by nobody. Call it when a write transaction has begun,
    and before its end is acknowledged.

    Raises:
        StoreError: The file that was opened has been moved, deleted or replaced.
    """
    if opened is None or identity(path) != opened:
        raise StoreError(
            f"{path} was moved, deleted or replaced meanwhile, and the act is not in it: try again",
            code="store-moved",
            path=str(path),
        )


def connect(path: Path, *, busy_ms: int, any_revision: bool = False) -> sqlite3.Connection:
    """Open a store for reading.

    Raises:
        NoStoreError: There is no file.
        OutdatedStoreError: An earlier version made it (unless `any_revision`).
        StoreError: It is no store, is newer than this program, or cannot be read.
    """
    path = followed(path)
    while True:
        _refuse_no_store(path)
        before = identity(path)
        try:
            connection = _opened_somehow(path, busy_ms, any_revision=any_revision)
        except StoreError:
            if identity(path) == before:
                raise
        except (sqlite3.Error, OSError) as error:
            if identity(path) == before:
                raise explain(error, path) from error
        else:
            if identity(path) == before:
                return connection
            connection.close()  # another file was put in its place while it was opened


def _refuse_no_store(path: Path) -> None:
    """Refuse what is plainly no store before SQLite is asked about it."""
    if not exists(path):
        raise NoStoreError(
            f"there is no store at {path} yet: tracker demo, tracker import FILE or "
            "tracker add facility makes one",
            code="no-store",
            path=str(path),
        )
    if path.is_dir():
        raise explain(IsADirectoryError(), path)
    if not path.is_file():  # a pipe would be waited for without end
        raise StoreError(f"{path} is no file: name another one", code="is-no-file", path=str(path))
    if _is_emptied(path):
        raise explain(sqlite3.DatabaseError("file is not a database"), path)
    if not path.stat().st_size:
        raise _holds_nothing(path)


def _holds_nothing(path: Path) -> StoreError:
    """Return the error about an empty file, which may have been a store and is left alone."""
    return StoreError(
        f"{path} is empty, and no store is in it: restore a backup with tracker restore, or "
        "delete the file to start a new store",
        code="holds-nothing",
        path=str(path),
    )


def _opened_somehow(path: Path, busy_ms: int, *, any_revision: bool) -> sqlite3.Connection:
    try:
        return _opened(path, "mode=ro", busy_ms, any_revision=any_revision)
    except sqlite3.OperationalError as error:
        if not _can_be_read_alone(path, error):
            raise
        return _opened(path, "immutable=1", busy_ms, any_revision=any_revision)


def open_file(path: Path, how: str = "mode=rw", *, busy_ms: int = 5000) -> sqlite3.Connection:
    """Open a file by SQLite; the only place that hands SQLite a name.

    SQLite takes some names for something else than a file: `file:x` for an address where it
    was built so, `:memory:` and the empty name for no file at all. So it always gets the
    address of an absolute path, and makes no file that is not there.

    Args:
        path: The file, by any name that a file can have.
        how: Parameters of the address: `mode=rw`, `mode=ro` or `immutable=1`.
        busy_ms: How long to wait for another process, in milliseconds.

    Raises:
        sqlite3.Error: There is no such file, or it cannot be opened.
    """
    address = path.absolute().as_uri()
    if "%00" in address:  # would end the name; no file has it
        raise sqlite3.OperationalError("unable to open database file")
    connection = sqlite3.connect(
        f"{address}?{how}",
        uri=True,
        timeout=busy_ms / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA wal_autocheckpoint = 0")  # see `empty_log`
    return connection


def _opened(path: Path, how: str, busy_ms: int, *, any_revision: bool) -> sqlite3.Connection:
    connection = open_file(path, how, busy_ms=busy_ms)
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        check_identity(connection, path, any_revision=any_revision)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_emptied(path: Path) -> bool:
    """Return whether a file lost its content while the log beside it holds acts.

    SQLite would take it for a new one and delete the log, even if it were only to read.
    """
    try:
        return not path.stat().st_size and log_size(path) > 0
    except OSError:
        return False


def _can_be_read_alone(path: Path, error: sqlite3.OperationalError) -> bool:
    """Return whether the file alone can be read where no file can be made beside it.

    A reader makes two files beside the store. On a full disk or in a folder that is read-only
    it cannot; but if no act waits in a log there, the store alone holds everything.
    """
    if is_busy(error):
        return False
    log = path.with_name(f"{path.name}-wal")
    return not exists(log) or log.stat().st_size == 0


def check_identity(
    connection: sqlite3.Connection, path: Path, *, any_revision: bool = False, new: bool = False
) -> None:
    """Refuse a file that is no store, or none of this version (unless `any_revision`).

    A `new` one may hold nothing yet.

    Raises:
        OutdatedStoreError: An earlier version made it.
        StoreError: It is no store, or a newer version made it.
    """
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(
            f"{path} is another program's database, not a store of tracker",
            code="foreign-store",
            path=str(path),
        )
    revision = revision_of(connection)
    if revision is None and not new:
        raise _holds_nothing(path)
    if revision is not None and revision not in REVISIONS:
        raise StoreError(
            f"{path} was made by a newer tracker (revision {revision}): use that version; "
            "nothing was touched",
            code="newer-store",
            path=str(path),
            revision=revision,
        )
    if revision != HEAD and not any_revision:
        raise OutdatedStoreError(
            f"{path} is of an earlier version", code="outdated", path=str(path)
        )


def empty_log(path: Path, *, busy_ms: int) -> None:
    """Copy what the log beside a store holds into the store, if nobody is in the way.

    No connection does that by itself when it commits: before SQLite 3.51.3 a store can be
    damaged if one connection copies the log while another one begins it anew. The write lock,
    which is held here meanwhile, keeps the two apart. What was recorded is safe on the disk
    before and after, so that a failure means no loss.
    """
    if _is_emptied(path):
        return
    with (
        suppress(sqlite3.Error),
        closing(open_file(path, busy_ms=busy_ms)) as lock,
        closing(open_file(path, busy_ms=busy_ms)) as connection,
    ):
        lock.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def log_size(path: Path) -> int:
    """Return how many bytes the log beside a store has; 0 where there is none."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size
    except OSError:
        return 0


def revision_of(connection: sqlite3.Connection) -> str | None:
    """Return the revision of the schema, or None where there is no schema yet."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return row[0] if row else None
