"""Backups that were read back, restoring them, and looking for damage."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from db.connect import connect, explain
from db.errors import StoreError
from db.fold import fold, in_force, retractions
from db.reader import Reader
from db.rows import facility_values, milestone_values

__all__ = ["back_up", "count_updates", "examine", "restore"]

_PRIVATE = 0o600


def back_up(path: Path, target: Path, *, busy_ms: int) -> int:
    """Copy a store while it is in use, read the copy back, and return its size in bytes.

    Raises:
        StoreError: The store cannot be read, the target not written, or the copy is not
            whole; an existing target stays as it was.
    """
    unfinished = target.with_name(f"{target.name}.part")
    source = connect(path, busy_ms=busy_ms)
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_RDWR | os.O_TRUNC, _PRIVATE))
        copy = sqlite3.connect(unfinished)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StoreError(f"the copy of {path} is not whole; {target} was not written")
        finally:
            copy.close()
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise explain(error, target) from error
    finally:
        source.close()
    return target.stat().st_size


def count_updates(path: Path, *, busy_ms: int) -> int:
    """How many updates a store or a backup holds.

    Raises:
        StoreError: It is no store.
    """
    connection = connect(path, busy_ms=busy_ms)
    try:
        return Reader(connection).log(limit=0)[0]
    finally:
        connection.close()


def restore(path: Path, backup: Path, *, now: datetime, busy_ms: int) -> Path | None:
    """Put a backup in the place of a store; the store as it was is kept beside it.

    Returns:
        Where the store as it was is now, or None where there was none.

    Raises:
        StoreError: The backup is no store, or a file cannot be written; the store is as before.
    """
    aside = None
    if path.exists():
        aside = path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%S}.before-restore")
        back_up(path, aside, busy_ms=busy_ms)
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE))
        source = connect(backup, busy_ms=busy_ms)
        try:
            store = sqlite3.connect(path, timeout=busy_ms / 1000)
            try:
                source.backup(store)
                store.execute("PRAGMA journal_mode = WAL")
            finally:
                store.close()
        finally:
            source.close()
    except (OSError, sqlite3.Error) as error:
        raise explain(error, path) from error
    return aside


def examine(path: Path, *, busy_ms: int) -> list[str]:
    """What is damaged: pages, links, or columns that are not the fold of the updates.

    Raises:
        StoreError: The file cannot be opened as a store at all.
    """
    connection = connect(path, busy_ms=busy_ms)
    try:
        found = [
            f"integrity: {text}"
            for (text,) in connection.execute("PRAGMA integrity_check")
            if text != "ok"
        ]
        found += [
            f"orphan in {row[0]}, row {row[1]}"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
        return found or _wrong_folds(connection)
    except sqlite3.DatabaseError as error:
        return [f"integrity: {error}"]
    finally:
        connection.close()


def _wrong_folds(connection: sqlite3.Connection) -> list[str]:
    reader = Reader(connection)
    connection.row_factory = sqlite3.Row
    facilities = connection.execute("SELECT * FROM facility ORDER BY id").fetchall()
    milestones = connection.execute("SELECT * FROM milestone ORDER BY id").fetchall()
    connection.row_factory = None
    found = []
    by_facility: dict[int, list[sqlite3.Row]] = {}
    for row in milestones:
        by_facility.setdefault(row["facility_id"], []).append(row)
    for facility in facilities:
        slug = facility["slug"]
        updates = reader.updates_of(slug)
        folded = fold(in_force(updates), reader.kinds_of(slug))
        if not _matches(facility, facility_values(folded, slug)):
            found.append(f"{slug}: its columns are not the fold of its updates")
        found += [
            f"{row['path']}: its columns are not the fold of its updates"
            for row in by_facility.get(facility["id"], [])
            if not _matches(row, milestone_values(folded.milestones.get(row["slug"])))
        ]
        back = retractions(updates)
        found += [
            f"update {u.id}: what takes it back is not what it says"
            for u in updates
            if u.retracted_by != back.get(u.id)
        ]
    return found


def _matches(row: sqlite3.Row, values: dict[str, object]) -> bool:
    return all(row[name] == value for name, value in values.items())
