"""Everything a screen asks of the store: one long-lived reader, and the writes.

Reading is plain SQL on a connection that stays open, fast enough for every key.
`record`, `undo` and `redo` import SQLModel and are meant for a thread.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from sqlite3 import Error
from typing import TypeVar

from db.connect import explain
from db.errors import NoStoreError, NotFoundError
from db.reader import Filter, Reader
from db.records import ActKind, Batch, Receipt, Update, UpdateKind
from tracker import clock
from tracker.board import Board, FacilityPage, Row, read_board, read_facility
from tracker.echo import acted
from tracker.limits import Limits
from tracker.office import Office
from tracker.tui.reading import ReadPeriod, read_phrase
from tracker.words import Words

__all__ = ["Desk"]

Answer = TypeVar("Answer")

_CHUNK = 500
_SEARCHED = 20_000  # rows looked through for a milestone that has moved


class Desk:
    """One office's store as the screens see it.

    `today` is the day everything is judged on; the app moves it on at midnight.
    """

    def __init__(self, office: Office, read_period: ReadPeriod = read_phrase) -> None:
        """Look at the store of `office`, dates read by `read_period`; nothing is opened yet."""
        self.office = office
        self.read_period = read_period
        self.today: date = office.today
        self._stack = ExitStack()
        self._reader: Reader | None = None
        self._stamp = (0, 0)

    @property
    def words(self) -> Words:
        """The language that is spoken."""
        return self.office.words

    # -- the connection --------------------------------------------------------------------------

    def open(self) -> None:
        """Open the store for reading, anew if need be; without a store nothing happens.

        Raises:
            StoreError: There is one, but it cannot be read.
        """
        self.close()
        if self.office.exists:
            self._reader = self._stack.enter_context(self.office.reading())
            self._stamp = self._look()

    def close(self) -> None:
        """Let go of the file."""
        self._reader = None
        self._stack.close()

    def empty(self) -> bool:
        """Whether there is no store, or nothing in it.

        Raises:
            StoreError: There is one, but it cannot be read.
        """
        return not self.office.exists or not self._ask(lambda r: r.totals())

    def changed(self) -> bool:
        """Whether anything was written since this was last asked, or the file was replaced.

        Raises:
            StoreError: The store can no longer be read.
        """
        if self._reader is None:
            self.open()
            return self._reader is not None
        was, self._stamp = self._stamp, self._look()
        if self._stamp[0] == was[0]:
            return self._stamp != was
        self.open()
        return True

    def _look(self) -> tuple[int, int]:
        """The file's number and the version of its data."""
        try:
            inode = self.office.path.stat().st_ino
        except OSError:
            inode = 0
        return inode, self._ask(lambda r: r.data_version())

    def _ask(self, question: Callable[[Reader], Answer]) -> Answer:
        if self._reader is None:
            self.open()
        if self._reader is None:
            raise NoStoreError(
                f"there is no store at {self.office.path} yet",
                code="no-store",
                path=str(self.office.path),
            )
        try:
            return question(self._reader)
        except Error as error:
            raise explain(error, self.office.path) from error

    # -- reading ---------------------------------------------------------------------------------

    def board(self, wanted: Filter) -> Board:
        """Counts and totals, without the rows."""
        return self._ask(lambda r: read_board(r, self.today, self._limits, wanted, limit=0))

    def rows(self, wanted: Filter, offset: int, limit: int) -> tuple[Row, ...]:
        """Milestones in order of urgency, from `offset` on."""
        return self._ask(
            lambda r: read_board(r, self.today, self._limits, wanted, limit=limit, offset=offset)
        ).rows

    def place(self, wanted: Filter, facility: str, milestone: str) -> int | None:
        """Where a milestone stands in that order now; None if it is not to be seen there."""
        for offset in range(0, _SEARCHED, _CHUNK):
            rows = self.rows(wanted, offset, _CHUNK)
            for place, row in enumerate(rows, offset):
                if (row.milestone.facility, row.milestone.slug) == (facility, milestone):
                    return place
            if len(rows) < _CHUNK:
                break
        return None

    def facility(self, slug: str) -> FacilityPage | None:
        """All that is known of one facility; None once it is gone."""
        try:
            return self._ask(lambda r: read_facility(r, slug, self.today, self._limits))
        except NotFoundError:
            return None

    def choices(self, attribute: str) -> list[str]:
        """The cities, clusters or owners that can be filtered by."""
        return self._ask(lambda r: r.values_of(attribute))

    def can_undo(self) -> bool:
        """Whether an act is in force that undo would take back."""
        return self._newest(ActKind.ACT)

    def can_redo(self) -> bool:
        """Whether an undo is in force that redo would take back."""
        return self._newest(ActKind.UNDO)

    def _newest(self, kind: ActKind) -> bool:
        return self._reader is not None and self._ask(lambda r: r.newest_act(kind)) is not None

    @property
    def _limits(self) -> Limits:
        return self.office.config.limits

    # -- writing, in a thread --------------------------------------------------------------------

    def record(self, batch: Batch) -> str:
        """Record an act, making the store if there is none; say in a line what it did.

        Raises:
            TrackerError: It was refused, or could not be written; nothing was recorded.
        """
        with self.office.writing(create=True) as store:
            receipt = store.record(batch, by=self._author, now=clock.now(), today=self.today)
        return self._told(receipt)

    def undo(self) -> str:
        """Take back the newest act; say which."""
        with self.office.writing() as store:
            receipt = store.undo(by=self._author, now=clock.now(), today=self.today)
        return self.words("ui.undone", what=self._told(receipt))

    def redo(self) -> str:
        """Take back the newest undo; say what is so again."""
        with self.office.writing() as store:
            receipt = store.redo(by=self._author, now=clock.now(), today=self.today)
        return self.words("ui.redone", what=self._told(receipt))

    def fill_demo(self) -> str:
        """Fill the empty store from the shipped facts."""
        from tracker.exchange.demo import fill_demo  # noqa: PLC0415 - only a new store needs it

        filled = fill_demo(self._office_today)
        return self.words(
            "demo.filled",
            facilities=filled.facilities,
            programmes=filled.programmes,
            updates=filled.updates,
        )

    def import_file(self, path: Path) -> str:
        """Import a file, whole or not at all."""
        from tracker.exchange.importing import import_file  # noqa: PLC0415 - the same

        outcome = import_file(self._office_today, path)
        return self.words(
            "import.result",
            facilities=outcome.facilities,
            milestones=outcome.milestones,
            new=outcome.new,
            same=outcome.same,
        )

    @property
    def _office_today(self) -> Office:
        """The office on the day it is by now."""
        return replace(self.office, today=self.today)

    @property
    def _author(self) -> str | None:
        return self.office.config.author

    def _told(self, receipt: Receipt) -> str:
        """What an act did, in one line; of an undo or a redo, what the first act had said."""
        with self.office.reading() as reader:
            said = tuple(_original(u, reader) for u in receipt.updates)
            names = {slug: _name(slug, reader) for slug in {u.facility for u in said}}
        told = acted(replace(receipt, updates=said), self.words, self.today, names)
        return " / ".join(told.splitlines())


def _original(update: Update, reader: Reader) -> Update:
    while update.kind is UpdateKind.RETRACT and update.retracts is not None:
        update = reader.update(update.retracts)
    return update


def _name(slug: str, reader: Reader) -> str:
    try:
        return reader.facility(slug).name
    except NotFoundError:
        return slug
