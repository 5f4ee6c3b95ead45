"""Making a store and bringing an older one up to date, from code, in one transaction.

Alembic is imported here and nowhere else, and this module only where a store is
missing or behind.
"""

import os
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from db.bulk import indexes_afterwards
from db.connect import connect, explain, open_file, revision_of
from db.errors import StoreError
from db.keep import PRIVATE_FILE, PRIVATE_FOLDER, back_up_before
from db.refold import refold_what_can_be
from db.version import APPLICATION_ID, FOLDED_SINCE, HEAD

__all__ = ["create", "run_revisions", "upgrade"]


def create(path: Path, *, busy_ms: int) -> None:
    """Make an empty store at `path`, with its folder if need be; both readable by the owner only.

    Raises:
        StoreError: The folder cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, mode=PRIVATE_FOLDER, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
    except OSError as error:
        raise StoreError(
            f"cannot make a store at {path}: {error.strerror}; name another place with --db",
            code="cannot-create",
            path=str(path),
            why=error.strerror or str(error),
        ) from None
    run_revisions(path, busy_ms=busy_ms)


def upgrade(path: Path, *, busy_ms: int) -> Path | None:
    """Migrate an older store to `HEAD`.

    Returns:
        The backup that was made of it first; None where there was nothing in it yet.

    Raises:
        StoreError: The backup or the store could not be written; the store is as before.
    """
    old = connect(path, busy_ms=busy_ms, any_revision=True)
    try:
        revision = revision_of(old)
    finally:
        old.close()
    backup = None if revision is None else back_up_before(path, "migration", busy_ms=busy_ms)
    run_revisions(path, busy_ms=busy_ms)
    return backup


def run_revisions(path: Path, *, busy_ms: int) -> None:
    """Run every missing revision in one immediate transaction, foreign keys off meanwhile.

    Raises:
        StoreError: One failed; the store is as before.
    """
    from alembic import command  # noqa: PLC0415 - a fifth of a second that most starts do not need
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import QueuePool, create_engine, event  # noqa: PLC0415

    engine = create_engine(
        "sqlite://", creator=partial(open_file, path, busy_ms=busy_ms), poolclass=QueuePool
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
                before = revision_of(raw)
                command.upgrade(config, HEAD)
                if before is not None and before < FOLDED_SINCE <= HEAD:
                    with indexes_afterwards(raw):
                        refold_what_can_be(raw)
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
