"""One store with the day, the settings and the language it is looked at with.

Commands and screens go through here to read and to write, so that a store is
made, migrated, opened and closed in one way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Error
from typing import TYPE_CHECKING

from db.engine.connect import connect, exists, explain
from db.model.errors import NoStoreError, OutdatedStoreError
from db.read.reader import Reader
from tracker.app.config import Config
from tracker.words import Words

if TYPE_CHECKING:
    from db.write.store import Store

__all__ = ["Workspace"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where the store is, which day it is, how one is set up, and which language is spoken."""

    path: Path
    today: date
    config: Config
    words: Words
    upgrades: bool = True
    """Whether a store of an earlier version, or an empty file, is migrated when it is opened."""

    @property
    def exists(self) -> bool:
        """Whether there is a store yet.

        Raises:
            StoreError: One cannot tell, since a folder above it may not be entered.
        """
        return exists(self.path)

    def written_by(self, name: str | None) -> "Workspace":
        """The same office, whose acts are those of `name` if there is one."""
        return replace(self, config=replace(self.config, author=name)) if name else self

    @contextmanager
    def reading(
        self, as_of: date | None = None, known_at: datetime | None = None
    ) -> Iterator[Reader]:
        """Read one state of the store, as of another day or state of knowledge if asked for.

        Everything asked of the reader inside is answered from one snapshot, whatever other
        processes write meanwhile.

        Raises:
            StoreError: There is no store, or it cannot be read.
        """
        with self.open_reader() as reader, reader.snapshot():
            if as_of is not None or known_at is not None:
                reader.at(as_of or self.today, known_at)
            yield reader

    @contextmanager
    def open_reader(self, as_of: date | None = None) -> Iterator[Reader]:
        """Open a reader that stays open between questions; close it at the end.

        It holds no transaction: a question of several queries belongs in `Reader.snapshot`.

        Raises:
            StoreError: There is no store, or it cannot be read.
        """
        try:
            connection = connect(self.path, busy_ms=self.config.busy_ms)
        except OutdatedStoreError:
            if not self.upgrades:
                raise
            self._migrate()
            connection = connect(self.path, busy_ms=self.config.busy_ms)
        try:
            reader = Reader(connection)
            if as_of is not None:
                reader.at(as_of)
            yield reader
        except Error as error:
            raise explain(error, self.path) from error
        finally:
            connection.close()

    def writing(self, *, create: bool = False) -> "Store":
        """The store, open for writing; made first if `create` and there is none.

        Raises:
            StoreError: There is no store and none is to be made, or it cannot be opened.
        """
        from db.write.store import Store  # noqa: PLC0415 - reading does not need it

        try:
            return Store.open(self.path, busy_ms=self.config.busy_ms)
        except OutdatedStoreError:
            if not self.upgrades:
                raise
            self._migrate()
        except NoStoreError:
            if not create:
                raise
            from db.upkeep.migrate import create as make  # noqa: PLC0415 - few commands need it

            make(self.path, busy_ms=self.config.busy_ms)
        return Store.open(self.path, busy_ms=self.config.busy_ms)

    @contextmanager
    def filling(self) -> Iterator["Store"]:
        """A new store to fill; it appears when that is done, or not at all.

        Raises:
            BusyError: Another process has made one in the meantime.
            StoreError: It could not be made or written.
        """
        from db.upkeep.atomic_create import atomic_create  # noqa: PLC0415 - the same

        with atomic_create(self.path, busy_ms=self.config.busy_ms) as store:
            yield store

    def back_up_before(self, what: str) -> Path:
        """Keep a copy of the store as it is, before `what` (a word) is done to it.

        Within a write transaction, before anything is written in it, the copy is what the
        transaction began from.

        Returns:
            The copy.

        Raises:
            StoreError: The copy could not be made.
        """
        from db.upkeep.backup import back_up_before  # noqa: PLC0415 - only an import needs it

        return back_up_before(self.path, what, busy_ms=self.config.busy_ms)

    def _migrate(self) -> None:
        from db.upkeep.migrate import upgrade  # noqa: PLC0415 - the same

        upgrade(self.path, busy_ms=self.config.busy_ms)
