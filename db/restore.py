"""Putting a backup in the place of a store, and what that would change."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from db.connect import connect, exists, explain, open_file, revision_of
from db.errors import BusyError, NoStoreError, StoreError
from db.keep import (
    BESIDE,
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    back_up,
    back_up_before,
    next_place,
    patience,
    refuse_same,
    remove,
    settle,
    sweep,
)
from db.migrate import run_revisions
from db.reader import Reader
from db.records import Act, ActKind, Update
from db.version import HEAD

__all__ = ["Comparison", "compare", "restore"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a restore would change.

    Attributes:
        updates, updates_now: How many updates the backup and the store hold.
        newest, newest_now: The day of the newest report in each.
        lost: The acts that only the store holds; None where it cannot be read any more.
        gained: How many acts only the backup holds.
    """

    updates: int
    newest: date | None
    updates_now: int
    newest_now: date | None
    lost: tuple[tuple[Act, tuple[Update, ...]], ...] | None
    gained: int


def compare(path: Path, backup: Path, *, busy_ms: int) -> Comparison:
    """What restoring `backup` would change in the store at `path`.

    Raises:
        StoreError: The backup is no store, or is newer than this program.
    """
    with _staged(path, backup, busy_ms) as staged:
        updates, newest, acts = _held(staged, busy_ms)
    try:
        updates_now, newest_now, acts_now = _held(path, busy_ms)
    except NoStoreError:
        return Comparison(updates, newest, 0, None, (), len(acts))
    except StoreError:
        return Comparison(updates, newest, 0, None, None, 0)
    return Comparison(
        updates=updates,
        newest=newest,
        updates_now=updates_now,
        newest_now=newest_now,
        lost=tuple(held for key, held in acts_now.items() if key not in acts),
        gained=len(acts.keys() - acts_now.keys()),
    )


_Key = tuple[datetime, str | None, ActKind]
_Held = tuple[int, date | None, dict[_Key, tuple[Act, tuple[Update, ...]]]]


def _held(path: Path, busy_ms: int) -> _Held:
    """How many updates there are, the newest report, and the acts by what they are known by."""
    connection = connect(path, busy_ms=busy_ms, any_revision=True)
    try:
        reader = Reader(connection)
        by_act: dict[int, list[Update]] = {}
        for update in reader.everything():
            by_act.setdefault(update.act, []).append(update)
        days = [u.reported_on for updates in by_act.values() for u in updates]
        acts = {
            (a.recorded_at, a.by, a.kind): (a, tuple(by_act.get(a.id, ()))) for a in reader.acts()
        }
        return len(days), max(days, default=None), acts
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        connection.close()


def restore(path: Path, backup: Path, *, busy_ms: int) -> Path | None:
    """Put a backup in the place of a store; the store as it was goes among the backups.

    A store that can still be opened takes the backup's pages in one transaction, so that
    a crash leaves it as it was, and whoever has it open reads on. A damaged one, or
    none, has the whole file put in its place.

    Returns:
        Where the store as it was is now, or None where there was none.

    Raises:
        StoreError: The backup is no store, or a file cannot be written; the store is as before.
    """
    with _staged(path, backup, busy_ms) as staged:
        aside = _put_aside(path, busy_ms)
        try:
            if aside is not None and _pour(staged, path, busy_ms):
                return aside
            _put_in_place(staged, path)
        except (OSError, sqlite3.Error) as error:
            raise explain(error, path) from error
    return aside


@contextmanager
def _staged(path: Path, backup: Path, busy_ms: int) -> Iterator[Path]:
    """A copy of a backup beside the store: checked, of today's revision, in one file."""
    staged = path.with_name(f"{path.name}.{os.getpid()}.restoring")
    try:
        try:
            refuse_same(path, backup)
            path.parent.mkdir(parents=True, mode=PRIVATE_FOLDER, exist_ok=True)
        except OSError as error:
            raise explain(error, path) from error
        sweep(path.parent, path.name, "restoring")
        _take(backup, staged, busy_ms)
        _bring_up_to_date(staged, busy_ms)
        yield staged
    finally:
        remove(staged)


def _take(backup: Path, staged: Path, busy_ms: int) -> None:
    """Copy the backup; what is wrong with it is said of a backup, not of the store."""
    try:
        back_up(backup, staged, busy_ms=busy_ms)
    except NoStoreError:
        raise StoreError(
            f"there is no backup {backup}: backups are in the folder backups beside the store",
            code="no-backup",
            path=str(backup),
        ) from None
    except StoreError as error:
        if error.code != "not-a-store":
            raise
        raise StoreError(
            f"{backup} is no backup of a store, or is damaged: name another one",
            code="not-a-backup",
            path=str(backup),
        ) from None


def _bring_up_to_date(staged: Path, busy_ms: int) -> None:
    connection = connect(staged, busy_ms=busy_ms, any_revision=True)
    revision = revision_of(connection)
    connection.close()
    if revision == HEAD:
        return
    run_revisions(staged, busy_ms=busy_ms)
    whole = open_file(staged)
    try:
        whole.execute("PRAGMA journal_mode = DELETE")
    finally:
        whole.close()


def _put_aside(path: Path, busy_ms: int) -> Path | None:
    """Keep the store as it is among the backups, file by file where it cannot be read."""
    if not exists(path):
        return None
    try:
        return back_up_before(path, "restore", busy_ms=busy_ms)
    except BusyError:
        raise
    except StoreError as error:
        if error.code not in {"not-a-store", "not-whole"}:
            raise
    aside = next_place(path, "restore")[2]
    try:
        for suffix in ("-wal", ""):
            damaged = path.with_name(path.name + suffix)
            if exists(damaged):
                copy = aside.with_name(aside.name + suffix)
                shutil.copyfile(damaged, copy)
                copy.chmod(PRIVATE_FILE)
    except OSError as error:
        raise explain(error, aside) from error
    return aside


def _pour(staged: Path, path: Path, busy_ms: int) -> bool:
    """Write every page of one store over another in one transaction; False if it takes none."""
    source = open_file(staged)
    store = open_file(path, busy_ms=busy_ms)
    try:
        source.backup(store, progress=patience(path, busy_ms))
        store.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError:  # the disk, not the file
        raise
    except sqlite3.DatabaseError:
        return False
    finally:
        store.close()
        source.close()
    return True


def _put_in_place(staged: Path, path: Path) -> None:
    """Rename; what belonged to another file of the name goes first, lest it be played back."""
    for suffix in BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    staged.replace(path)
    settle(path.parent)
