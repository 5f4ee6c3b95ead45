"""Making a store and bringing an older one up to date, from code, in one transaction.

Alembic is imported here and nowhere else, and this module only where a store is
missing or behind.
"""

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from db.connect import connect, explain, revision_of
from db.errors import StoreError
from db.version import APPLICATION_ID, HEAD

__all__ = ["create", "upgrade"]

_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700


def create(path: Path, *, busy_ms: int) -> None:
    """Make an empty store at `path`, with its folder if need be; both readable by the owner only.

    Raises:
        StoreError: The folder cannot be made or written.
    """
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, mode=_PRIVATE_FOLDER)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE_FILE))
    except OSError as error:
        raise StoreError(
            f"cannot make a store at {path}: {error.strerror}; name another place with --db",
            code="cannot-create",
            path=str(path),
            why=error.strerror or str(error),
        ) from None
    _run(path, busy_ms)


def upgrade(path: Path, *, busy_ms: int) -> Path:
    """Migrate an older store to `HEAD`; return the backup that was made beside it first."""
    old = connect(path, busy_ms=busy_ms, any_revision=True)
    try:
        backup = path.with_name(f"{path.name}.{revision_of(old) or 'empty'}.bak")
        if not backup.exists():
            _copy(old, backup)
    finally:
        old.close()
    _run(path, busy_ms)
    return backup


def _copy(store: sqlite3.Connection, target: Path) -> None:
    unfinished = target.with_name(target.name + ".part")
    os.close(os.open(unfinished, os.O_CREAT | os.O_RDWR | os.O_TRUNC, _PRIVATE_FILE))
    copy = sqlite3.connect(unfinished)
    try:
        store.backup(copy)
    finally:
        copy.close()
    shutil.move(unfinished, target)


def _run(path: Path, busy_ms: int) -> None:
    """Run every missing revision in one immediate transaction, foreign keys off meanwhile."""
    from alembic import command  # noqa: PLC0415 - a fifth of a second that most starts do not need
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import create_engine, event  # noqa: PLC0415

    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": busy_ms / 1000, "isolation_level": None}
    )
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    try:
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, HEAD)
                _refuse_orphans(raw, path)
                raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except Exception as error:
        raise explain(error, path) from error
    finally:
        engine.dispose()


def _refuse_orphans(raw: sqlite3.Connection, path: Path) -> None:
    broken = raw.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise StoreError(f"a migration left an orphan in {broken[0]}; {path} is as before")
