"""Backups that were read back, and putting one in the place of a store.

Every file here is readable by its owner only, written beside its final name, brought
to the disk and then renamed, so that a crash leaves the old one or the new one.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

from db.connect import connect, exists, explain, revision_of
from db.errors import BusyError, NoStoreError, RefusedError, StoreError
from db.reader import Reader
from db.records import Act, Update
from db.version import HEAD

__all__ = ["AUTOMATIC", "Comparison", "back_up", "back_up_before", "compare", "restore"]

AUTOMATIC = 5
"""How many of the backups that nobody asked for are kept."""

_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_BESIDE = ("-wal", "-shm", "-journal")


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
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        _refuse_same(path, target)
        os.close(os.open(unfinished, os.O_CREAT | os.O_RDWR | os.O_TRUNC, _PRIVATE_FILE))
        copy = sqlite3.connect(unfinished)
        try:
            source.backup(copy, progress=_patience(path, busy_ms))
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
        _settle(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise explain(error, target) from error
    finally:
        source.close()
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def back_up_before(path: Path, what: str, *, busy_ms: int) -> Path:
    """Back a store up before `what` (a word) is done to it, and drop the oldest such backup.

    They stand in the folder `backups` beside the store and are numbered; `AUTOMATIC` stay.

    Raises:
        StoreError: As `back_up` says.
    """
    folder = path.with_name("backups")
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        kept = _numbered(folder, path.name)
    except OSError as error:
        raise explain(error, folder) from error
    number = max(kept, default=0) + 1
    target = folder / f"{path.name}.{number:04d}-before-{what}.bak"
    back_up(path, target, busy_ms=busy_ms, check="quick_check")
    kept[number] = target
    with suppress(OSError):  # one too many is no reason to stop
        for old in sorted(kept)[:-AUTOMATIC]:
            kept[old].unlink(missing_ok=True)
    return target


def _numbered(folder: Path, name: str) -> dict[int, Path]:
    form = re.compile(re.escape(name) + r"\.(\d{4,9})-before-\w+\.bak")
    return {int(m[1]): p for p in folder.iterdir() if (m := form.fullmatch(p.name))}


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
        lost=tuple(acts_now[key] for key in acts_now.keys() - acts.keys()),
        gained=len(acts.keys() - acts_now.keys()),
    )


_Held = tuple[int, date | None, dict[object, tuple[Act, tuple[Update, ...]]]]


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
            _refuse_same(path, backup)
            if not exists(path.parent):
                path.parent.mkdir(parents=True, mode=_PRIVATE_FOLDER)
        except OSError as error:
            raise explain(error, path) from error
        back_up(backup, staged, busy_ms=busy_ms)
        _bring_up_to_date(staged, busy_ms)
        yield staged
    finally:
        for suffix in ("", *_BESIDE):
            with suppress(OSError):
                staged.with_name(staged.name + suffix).unlink(missing_ok=True)


def _bring_up_to_date(staged: Path, busy_ms: int) -> None:
    connection = connect(staged, busy_ms=busy_ms, any_revision=True)
    revision = revision_of(connection)
    connection.close()
    if revision == HEAD:
        return
    from db.migrate import run_revisions  # noqa: PLC0415 - half a second that few restores need

    run_revisions(staged, busy_ms=busy_ms)
    whole = sqlite3.connect(staged)
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
        if error.code not in {"not-a-store", "not-whole", "io"} or error.fields.get("foreign"):
            raise
    folder = path.with_name("backups")
    aside = folder / f"{path.name}.{max(_numbered(folder, path.name), default=0) + 1:04d}"
    aside = aside.with_name(f"{aside.name}-before-restore.bak")
    try:
        for suffix in ("-wal", ""):
            damaged = path.with_name(path.name + suffix)
            if exists(damaged):
                copy = aside.with_name(aside.name + suffix)
                shutil.copyfile(damaged, copy)
                copy.chmod(_PRIVATE_FILE)
    except OSError as error:
        raise explain(error, aside) from error
    return aside


def _pour(staged: Path, path: Path, busy_ms: int) -> bool:
    """Write every page of one store over another in one transaction; False if it takes none."""
    source = sqlite3.connect(staged)
    store = sqlite3.connect(path, timeout=busy_ms / 1000)
    try:
        source.backup(store, progress=_patience(path, busy_ms))
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
    for suffix in _BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    staged.replace(path)
    _settle(path.parent)


def _patience(path: Path, busy_ms: int) -> Callable[[int, int, int], None]:
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


def _refuse_same(path: Path, other: Path) -> None:
    if exists(other) and exists(path) and other.samefile(path):
        raise RefusedError(
            f"{other} is the store itself: name another file",
            code="same-file",
            path=str(other),
        )


def _settle(folder: Path) -> None:
    """Bring a renaming to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
