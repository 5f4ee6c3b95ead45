"""Writing: one act is one transaction, and the fold's columns are written with it.

This is the only module with a `Session`; rows never leave it. Every write begins
immediately, so that what it read is still true when it commits, and two processes
wait for each other instead of losing an act.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self, cast

from pydantic import ValidationError
from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlmodel import Session

from db.engine.connect import connect, explain, identity, open_file, refuse_moved
from db.fold.transition_rules import refuse_retracted
from db.model.errors import RefusedError, StoreError
from db.model.import_index import ImportIndex
from db.model.records import Act, ActKind, Batch, Receipt, Update
from db.model.text import clean
from db.read.imports import Run
from db.read.reader import Reader
from db.read.reviews import Asked, Review, Step
from db.write.review_transaction import ReviewTransaction
from db.write.undo import to_take_back
from db.write.writing import Writing

__all__ = ["Store"]

_CACHE = "cache_size = -8000"  # KiB: of a store that is filled for the first time


class Store:
    """A store that can be written. Make it with `Store.open`; close it when done."""

    def __init__(self, engine: Engine, path: Path, *, alone: bool = False) -> None:
        """Wrap an engine; `open` is the way in."""
        self._engine = engine
        self._path = path
        self._alone = alone
        self._file = identity(path)

    @classmethod
    def open(cls, path: Path, *, busy_ms: int, alone: bool = False) -> Self:
        """Open an existing, current store for writing.

        Args:
            path: The file; `db.upkeep.migrate.create` makes one.
            busy_ms: How long a write waits for another process, in milliseconds.
            alone: Nobody else knows the file, and whoever does brings it to the disk: what is
                written needs no journal there, and what refers to what is looked at once, when
                all of it is there. See `db.upkeep.atomic_create`.

        Raises:
            StoreError: As `db.read.reader.connect` says.
        """
        connect(path, busy_ms=busy_ms).close()
        engine = create_engine(
            "sqlite://", creator=partial(open_file, path, busy_ms=busy_ms), poolclass=QueuePool
        )
        event.listen(engine, "connect", _prepare_alone if alone else _prepare)
        event.listen(engine, "begin", _begin)
        return cls(engine, path, alone=alone)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @property
    def is_there(self) -> bool:
        """Whether its path still leads to the file that was opened."""
        return self._file is not None and self._file == identity(self._path)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """What the store says now, on the connection that writes.

        Raises:
            StoreError: It cannot be read.
        """
        connection = self._engine.raw_connection()
        try:
            reader = Reader(cast("sqlite3.Connection", connection.driver_connection))
            with reader.snapshot():
                yield reader
        except sqlite3.Error as error:
            raise explain(error, self._path) from error
        finally:
            connection.close()

    def __enter__(self) -> Self:
        """Use the store as a context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end."""
        self.close()

    # -- acts ------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """Read, decide and record in one transaction; it commits at the end, or does nothing.

        Nobody else writes from its beginning on, so what is read in it stays true. Keep it
        short: others wait for it. Do long work before, and see by `Reader.mark` whether that
        still holds.

        Raises:
            RefusedError: Whatever was refused inside; nothing was recorded.
            StoreError: The store could not be written; nothing was recorded.
        """
        with self._transaction() as write:
            yield Writing(write)

    def record(
        self,
        batch: Batch,
        *,
        by: str | None,
        now: datetime,
        today: date,
        kind: ActKind = ActKind.ACT,
        as_reported: bool = False,
    ) -> Receipt:
        """Record statements as one act.

        Args:
            batch: What is said, the facilities and milestones that must exist, and the item
                of a weekly check that is decided by it.
            by: Who types it.
            now: The instant of typing, aware; kept at least a microsecond after the last.
            today: The day it is; nothing may be reported later.
            kind: `ACT` for a person, `IMPORT` for a file.
            as_reported: The statements were made elsewhere and are only taken over, so
                they may say that a completed milestone was planned; so may a file.

        Raises:
            RefusedError: A statement is wrong; nothing was recorded.
            StoreError: The store could not be written; nothing was recorded.
        """
        with self.transaction() as write:
            return write.record(
                batch, by=by, now=now, today=today, kind=kind, as_reported=as_reported
            )

    def take_in(
        self,
        batch: Batch,
        *,
        by: str | None,
        now: datetime,
        today: date,
        run: Run | None = None,
    ) -> Act | None:
        """Record what a file says as one act of import; raises what `record` does.

        `run` is written with it: which table the file is, and what it said that is known.

        Returns:
            The act; None where there was nothing to record.
        """
        with self.transaction() as write:
            return write.take_in(batch, by=by, now=now, today=today, run=run)

    def take_in_parts(
        self,
        parts: Iterable[Batch],
        *,
        by: str | None,
        now: datetime,
        today: date,
        run: Run | None = None,
    ) -> Act:
        """Record what a file says as one act of import, part by part as it is read.

        Returns:
            The act.

        Raises:
            RefusedError: A statement is wrong, or reading the parts was refused; nothing was
                recorded.
            StoreError: The store could not be written; nothing was recorded.
        """
        with self.transaction() as write:
            return write.take_in_parts(parts, by=by, now=now, today=today, run=run)

    def review(self, step: Step, *, by: str | None, now: datetime) -> int:
        """Take a step of a weekly check that says nothing of a facility; see `Step`.

        Returns:
            The number of the check.

        Raises:
            NotFoundError: There is no such check or item.
            RefusedError: The check is closed, or the item was decided in the meantime.
        """
        with self._transaction() as write:
            return write.step(step, by, now)

    def undo(
        self, *, by: str | None, now: datetime, today: date, act: int | None = None
    ) -> Receipt:
        """Take back the newest act of `by`, or the act of a number, whole; see `db.write.undo`.

        Raises:
            NotFoundError: There is no act of this number.
            RefusedError: There is nothing to take back.
        """
        return self._take_back(ActKind.UNDO, by, now, today, act)

    def redo(
        self, *, by: str | None, now: datetime, today: date, act: int | None = None
    ) -> Receipt:
        """Take back the newest undo of `by`, or the undo of a number.

        Raises:
            NotFoundError: There is no act of this number.
            RefusedError: There is no undo in force.
        """
        return self._take_back(ActKind.REDO, by, now, today, act)

    def retract(
        self, number: int, *, by: str | None, now: datetime, today: date, reason: str | None = None
    ) -> Receipt:
        """Take back one update by its id.

        Raises:
            NotFoundError: There is no such update.
            RefusedError: It is already taken back.
        """
        with self._transaction() as write:
            target = write.reader.update(number)
            refuse_retracted(target)
            statements = [target.retraction(today, reason=clean(reason) if reason else None)]
            return write.act(ActKind.ACT, statements, by, now)

    def _take_back(
        self,
        how: ActKind,
        by: str | None,
        now: datetime,
        today: date,
        act: int | None,
    ) -> Receipt:
        with self._transaction() as write:
            taken = to_take_back(write.reader, how, by, act)
            return write.take_back(how, taken, by, now, today)

    # -- the whole store -------------------------------------------------------------------------

    def restore_acts(
        self,
        acts: Iterable[tuple[Act, list[Update]]],
        rows: Batch | ImportIndex,
        reviews: Iterable[tuple[Review, tuple[Asked, ...]]] = (),
        runs: Iterable[Run] = (),
    ) -> int:
        """Add acts as another store recorded them: their instants, order and retractions.

        Acts that are already here (same instant, author and kind) are left out. Into an
        empty store the numbers of acts and updates stay as they were. The weekly checks of
        that store come with them; a check that is here already learns what it lacks. So does
        what its tables said. Acts, then checks, then imports are taken as they come.

        Returns:
            How many updates were added.
        """
        with self.transaction() as write:
            return write.restore_acts(acts, rows, reviews, runs)

    def refold(self) -> None:
        """Rewrite every fold from the updates; what `tracker doctor --repair` does."""
        with self._transaction() as write:
            write.refold_everything()

    @contextmanager
    def _transaction(self) -> Iterator[ReviewTransaction]:
        try:
            with Session(self._engine) as session, session.begin():
                write = ReviewTransaction(session)
                write.refuse_other_versions(self._path)
                refuse_moved(self._path, self._file)
                yield write
                if self._alone:
                    write.refuse_orphans()
                refuse_moved(self._path, self._file)
            refuse_moved(self._path, self._file)  # while it was brought to the disk
        except (RefusedError, StoreError):
            raise
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"])
            raise RefusedError(
                f"{where}: {problem['msg']}", code="invalid", where=where, why=problem["msg"]
            ) from None
        except Exception as error:
            if isinstance(error, sqlite3.Error | OSError) or hasattr(error, "orig"):
                refuse_moved(self._path, self._file)
                raise explain(error, self._path) from error
            raise


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # an acknowledged act survives a power cut


def _prepare_alone(connection: sqlite3.Connection, _: object) -> None:
    for pragma in ("foreign_keys = OFF", "journal_mode = MEMORY", "synchronous = OFF", _CACHE):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's event passes its own
    connection.exec_driver_sql("BEGIN IMMEDIATE")
