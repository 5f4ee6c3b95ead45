"""Restore a backup, and compare it with the store first."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from db.engine.connect import connect, exists, explain, followed, identity, open_file, refuse_moved
from db.engine.whole_files import PRIVATE_FOLDER
from db.model.errors import NoStoreError, StoreError
from db.model.records import Act, ActKind, Update
from db.read.reader import Reader
from db.upkeep.backup import back_up_before, copied, patience, refuse_same
from db.upkeep.migrate import run_revisions
from db.upkeep.placement import bring_to_disk, put_instead, put_new, refuse_long

__all__ = ["Comparison", "compare", "lost_acts", "restore"]


_Said = tuple[Act, tuple[Update, ...]]
_Key = tuple[datetime, str | None, ActKind]
_Held = tuple[int, date | None, dict[_Key, _Said]]


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
    lost: tuple[_Said, ...] | None
    gained: int


def compare(path: Path, backup: Path, *, busy_ms: int) -> Comparison:
    """Return what restoring `backup` would change in the store at `path`.

    Raises:
        StoreError: The backup is no store, or is newer than this program.
    """
    path = followed(path)
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


def lost_acts(
    path: Path, backup: Path, *, busy_ms: int, most: int
) -> tuple[int, tuple[_Said, ...]]:
    """Return how many acts a store holds that a backup does not, and the first `most` of them.

    Only what is returned is read in full, so this is quick where `compare` is thorough.

    Raises:
        StoreError: One of them cannot be read.
    """
    try:
        with closing(connect(backup, busy_ms=busy_ms, any_revision=True)) as other:
            known = {_key(act) for act in Reader(other).acts()}
        with closing(connect(path, busy_ms=busy_ms, any_revision=True)) as connection:
            reader = Reader(connection)
            lost = [act for act in reader.acts() if _key(act) not in known]
            first = tuple((act, tuple(reader.updates_of_act(act.id))) for act in lost[:most])
    except sqlite3.Error as error:
        raise explain(error, path) from error
    return len(lost), first


def _key(act: Act) -> _Key:
    return act.recorded_at, act.by, act.kind


def _held(path: Path, busy_ms: int) -> _Held:
    """Return the number of updates, the newest day of report, and the acts by key."""
    connection = connect(path, busy_ms=busy_ms, any_revision=True)
    try:
        connection.execute("BEGIN")  # all of it from one state
        reader = Reader(connection)
        by_act: dict[int, list[Update]] = {}
        for update in reader.everything():
            by_act.setdefault(update.act, []).append(update)
        days = [u.reported_on for updates in by_act.values() for u in updates]
        acts = {_key(a): (a, tuple(by_act.get(a.id, ()))) for a in reader.acts()}
        return len(days), max(days, default=None), acts
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        connection.close()


def restore(path: Path, backup: Path, *, busy_ms: int) -> Path | None:
    """Put a backup in the place of a store; the store as it was goes among the backups.

    A store that is whole takes the backup's pages in the transaction in which it is copied
    aside: nothing that others write comes between, a crash leaves it as it was, and whoever
    has it open reads on. A damaged one, or none, has the whole file put in its place.

    Returns:
        Where the store as it was is now, or None where there was none.

    Raises:
        StoreError: The backup is no store, or a file cannot be written; the store is as before.
    """
    path = followed(path)
    with _staged(path, backup, busy_ms) as staged:
        try:
            return _replace(staged, path, busy_ms)
        except (OSError, sqlite3.Error) as error:
            raise explain(error, path) from error


@contextmanager
def _staged(path: Path, backup: Path, busy_ms: int) -> Iterator[Path]:
    """Yield a copy of a backup beside the store: checked, migrated, in one file."""
    try:
        refuse_same(path, backup)
        refuse_long(path)
        path.parent.mkdir(parents=True, mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise explain(error, path) from error
    with ExitStack() as stack:
        staged = _taken(stack, path, backup, busy_ms)
        run_revisions(staged, busy_ms=busy_ms, named=path)
        try:
            bring_to_disk(staged)
        except (OSError, sqlite3.Error) as error:
            raise explain(error, path) from error
        yield staged


def _taken(stack: ExitStack, path: Path, backup: Path, busy_ms: int) -> Path:
    """Copy the backup; its errors name a backup, not the store."""
    try:
        return stack.enter_context(copied(backup, path.parent, path, busy_ms=busy_ms))
    except NoStoreError:
        raise StoreError(
            f"there is no backup {backup}: backups are in the folder backups beside the store",
            code="no-backup",
            path=str(backup),
        ) from None
    except StoreError as error:
        if error.code not in {"not-a-store", "holds-nothing"}:
            raise
        raise StoreError(
            f"{backup} is no backup of a store, or is damaged: name another one",
            code="not-a-backup",
            path=str(backup),
        ) from None


def _replace(staged: Path, path: Path, busy_ms: int) -> Path | None:
    if not exists(path):
        with suppress(FileExistsError):
            put_new(staged, path, busy_ms=busy_ms)
            return None
    aside = _pour(staged, path, busy_ms)
    return aside or put_instead(staged, path, "before-restore.bak", busy_ms=busy_ms)


def _pour(staged: Path, path: Path, busy_ms: int) -> Path | None:
    """Back up a store and overwrite all its pages with another one's, in one transaction.

    Returns:
        The backup, or None where the store is damaged or cannot take the pages; it is as before.
    """
    try:
        connect(path, busy_ms=busy_ms, any_revision=True).close()  # refused before it is touched
        with closing(open_file(path, busy_ms=busy_ms)) as store:
            return _pour_into(store, staged, path, busy_ms)
    except StoreError as error:
        if error.code not in {"not-a-store", "not-whole", "holds-nothing"}:
            raise
    except sqlite3.OperationalError:  # the disk, not the file
        raise
    except sqlite3.DatabaseError:
        pass
    return None


def _pour_into(store: sqlite3.Connection, staged: Path, path: Path, busy_ms: int) -> Path | None:
    aside: Path | None = None
    opened, wait = identity(path), patience(path, busy_ms)

    def copy_aside(status: int, left: int, total: int) -> None:
        """Copy the store when the first pages are written: from then on it is locked."""
        nonlocal aside
        wait(status, left, total)
        if aside is None and status == sqlite3.SQLITE_OK:
            refuse_moved(path, opened)
            aside = back_up_before(path, "restore", busy_ms=busy_ms)

    with closing(open_file(staged)) as source:
        (mode,) = store.execute("PRAGMA journal_mode = WAL").fetchone()
        sizes = {c.execute("PRAGMA page_size").fetchone() for c in (source, store)}
        if mode != "wal" or len(sizes) > 1:  # readers would be in the way, or pages not fit
            return None
        (pages,) = source.execute("PRAGMA page_count").fetchone()
        source.backup(store, pages=max(1, pages // 2), progress=copy_aside)
    return aside
