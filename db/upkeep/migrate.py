"""Make a store from the models, or migrate an older one, in one transaction.

A new store is made by `SQLModel.metadata` and stamped with the newest revision; a test holds
that and the migrations together. SQLAlchemy and Alembic are imported here and nowhere else, and
only where a store is missing or behind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from db.engine.connect import (
    check_identity,
    connect,
    explain,
    identity,
    open_file,
    refuse_moved,
    revision_of,
)
from db.engine.deferred_indexes import indexes_afterwards
from db.engine.whole_files import PRIVATE_FOLDER, unfinished_file
from db.model.errors import StoreError
from db.schema.version import APPLICATION_ID, FOLDED_SINCE, HEAD
from db.upkeep.backup import back_up_before
from db.upkeep.placement import put_new, refuse_long
from db.write.refold import refold_what_can_be

__all__ = ["create", "run_revisions", "unfinished_store", "upgrade"]


def create(path: Path, *, busy_ms: int) -> None:
    """Make an empty store at `path`, with its folder if need be; both readable by the owner only.

    One that another process makes there meanwhile will do as well.

    Raises:
        StoreError: The folder cannot be made or written.
    """
    with unfinished_store(path, busy_ms=busy_ms) as unfinished:
        try:
            put_new(unfinished, path, busy_ms=busy_ms)
        except FileExistsError:
            pass
        except OSError as error:
            raise _cannot_create(path, error) from None


@contextmanager
def unfinished_store(path: Path, *, busy_ms: int) -> Iterator[Path]:
    """Yield an empty store beside `path`, under another name; remove it if it was not moved.

    Raises:
        StoreError: The folder cannot be made or written.
    """
    with ExitStack() as stack:
        try:
            refuse_long(path)
            path.parent.mkdir(parents=True, mode=PRIVATE_FOLDER, exist_ok=True)
            unfinished = stack.enter_context(unfinished_file(path.parent))
        except OSError as error:
            raise _cannot_create(path, error) from None
        run_revisions(unfinished, busy_ms=busy_ms, named=path)
        yield unfinished


def _cannot_create(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot make a store at {path}: {error.strerror}; name another place with --db",
        code="cannot-create",
        path=str(path),
        why=error.strerror or str(error),
    )


def upgrade(path: Path, *, busy_ms: int) -> Path | None:
    """Migrate an older store to `HEAD`.

    Returns:
        The backup that was made of it first; None where there was nothing to migrate: it was
        empty, or another process has done it.

    Raises:
        StoreError: The backup or the store could not be written; the store is as before.
    """
    connect(path, busy_ms=busy_ms, any_revision=True).close()  # refused before it is touched
    return run_revisions(path, busy_ms=busy_ms, backed_up=True)


def run_revisions(
    path: Path, *, busy_ms: int, backed_up: bool = False, named: Path | None = None
) -> Path | None:
    """Bring a file to the newest revision in one immediate transaction, foreign keys off meanwhile.

    Args:
        path: The store, or an empty file, in which one is made.
        busy_ms: How long to wait for another process.
        backed_up: Back the store up first, in the same transaction, unless it is empty.
        named: The file that error messages name, if another.

    Returns:
        The backup, if one was made.

    Raises:
        StoreError: One failed; the store is as before.
    """
    from alembic import command  # noqa: PLC0415 - half a second that most starts do not need
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import QueuePool, create_engine, event  # noqa: PLC0415
    from sqlmodel import SQLModel  # noqa: PLC0415

    import db.schema.models  # noqa: F401, PLC0415 - fills the metadata

    engine = create_engine(
        "sqlite://", creator=partial(open_file, path, busy_ms=busy_ms), poolclass=QueuePool
    )
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", "db.schema:migrations")
    opened, backup = identity(path), None
    try:
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                config.attributes["connection"] = connection
                refuse_moved(path, opened)
                check_identity(raw, path, any_revision=True, new=True)
                before = revision_of(raw)
                if before == HEAD:
                    return None
                if before is not None and backed_up:
                    backup = back_up_before(path, "migration", busy_ms=busy_ms)
                if before is None:
                    SQLModel.metadata.create_all(connection, checkfirst=False)
                    command.stamp(config, HEAD)
                else:
                    command.upgrade(config, HEAD)
                if before is not None and before < FOLDED_SINCE <= HEAD:
                    with indexes_afterwards(raw):
                        refold_what_can_be(raw)
                _refuse_orphans(raw, path)
                raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except Exception as error:
        raise explain(error, named or path) from error
    finally:
        engine.dispose()
    return backup


def _refuse_orphans(raw: sqlite3.Connection, path: Path) -> None:
    broken = raw.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise StoreError(f"a migration left an orphan in {broken[0]}; {path} is as before")
