"""The session of the screens with the store: one long-lived reader, and the writes.

Reading is plain SQL on a connection that stays open, fast enough for every key.
`record`, `undo` and `redo` wait for other writers and are meant for a thread.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from sqlite3 import Error
from typing import TypeVar

from db.engine.connect import explain, identity
from db.model.errors import NoStoreError, NotFoundError, TrackerError
from db.model.records import Act, ActKind, Milestone, State
from db.model.text import author_of
from db.read.reader import Filter, Reader
from db.write.undo import newest_of
from tracker.app.workspace import Workspace
from tracker.domain.board import Board, FacilityPage, Row, read_board, read_facility, read_rows
from tracker.domain.limits import Limits
from tracker.domain.schedule import next_up
from tracker.tui.session.as_of_loader import AsOfLoader, Level, ReadDay
from tracker.tui.session.store_writer import StoreWriter, misplaced
from tracker.tui.session.undo_offer import UndoOffer

__all__ = ["StoreSession"]

Answer = TypeVar("Answer")

_CHUNK = 500
_SEARCHED = 20_000  # rows looked through for a milestone that has moved


class StoreSession(StoreWriter):
    """The store of a workspace as the screens see it.

    `today` is the day it is; the app moves it on at midnight. `day` is the one everything is
    judged on: `as_of`, where another day is looked at, else today; `level` is how much of it
    can be asked, `first` its first page, `reading` the day that is still being read. `chosen`
    is the facility, and perhaps the milestone, that was chosen last, in whichever view; `view`
    is the one shown; `offer` is what was done last, in whichever view, and can be taken back.
    `lost` is why what is shown is no longer what is at the path; `replaced`
    counts how often another store was found there.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Use the store of `workspace`; nothing is opened yet."""
        super().__init__(workspace)
        self.as_of: date | None = None
        self.level = Level.ALL
        self.first: tuple[Row, ...] = ()
        self.reading: AsOfLoader | None = None
        self.chosen: tuple[str, str | None] | None = None
        self.lost: TrackerError | None = None
        self.replaced = 0
        self.view = "board"
        self.offer: UndoOffer | None = None
        self._stack = ExitStack()
        self._reader: Reader | None = None
        self._stamp = 0
        self._touched = (0, 0)
        self._origin: Hashable = None
        self._opened = 0  # how often

    @property
    def day(self) -> date:
        """The day that everything is judged on: `as_of`, else today."""
        return self.as_of or self.today

    @property
    def target_day(self) -> date:
        """The day that is being loaded, else the one that is shown."""
        return self.reading.day if self.reading else self.day

    @property
    def version(self) -> Hashable:
        """A value that changes when a page of a facility has to be read again.

        The version of its data is counted by each connection for itself.
        """
        return self._opened, self._stamp, self.as_of, self.level, self.today, self.lost is None

    @property
    def shown_version(self) -> Hashable:
        """A value that changes when a screen has to be read again: the same, and the choice."""
        return self.version, self.chosen

    # -- the connection --------------------------------------------------------------------------

    def open(self) -> None:
        """Open or reopen the store for reading; do nothing before there is one.

        Raises:
            StoreError: There is one, but it cannot be read, or the one that is shown is gone.
                What was read so far can still be read.
        """
        if not self.workspace.exists:
            if self.shown is not None:
                raise misplaced(self.workspace.path, gone=True)
            return
        with ExitStack() as stack:
            reader = stack.enter_context(self.workspace.open_reader(self.as_of))
            self.close()
            self._stack, self._reader = stack.pop_all(), reader
        self.level, self.first = Level.ALL if self.as_of is None else Level.FIRST, ()
        self._remember()

    def _remember(self) -> None:
        """Remember what tells that the store was replaced or written."""
        self.workspace = replace(
            self.workspace, upgrades=False
        )  # what takes its place stays as it is
        self.shown = identity(self.workspace.path)
        self._touched = _touched(self.workspace.path)
        self._origin = self.ask(lambda r: r.first_act())
        self._stamp = self.ask(lambda r: r.data_version())

    def look_at_today(self) -> None:
        """Read as of today from now on.

        Raises:
            StoreError: The store cannot be read.
        """
        self.cancel()
        before, self.as_of = self.as_of, None
        try:
            self.open()
        except TrackerError:
            self.as_of = before
            raise

    def begin(self, day: date, level: Level) -> AsOfLoader | None:
        """Return a loader of another day, to be run in a thread; None if one is under way."""
        if self.reading and self.reading.day == day and self.reading.level >= level:
            return None
        self.cancel()
        self.reading = AsOfLoader(self.workspace, day, level)
        return self.reading

    def cancel(self) -> None:
        """Cancel the loading of another day."""
        if self.reading is not None:
            self.reading.cancel()
            self.reading = None

    def take(self, reading: AsOfLoader, read: ReadDay) -> bool:
        """Show a loaded day from now on; return False if another day is asked for by now.

        Raises:
            StoreError: The store can no longer be read.
        """
        if reading is not self.reading:
            read.stack.close()
            return False
        if read.level >= reading.level:
            self.reading = None
        if read.day == self.as_of and read.level < self.level:
            read.stack.close()
            return False
        self.close()
        self._stack, self._reader = read.stack, read.reader
        self.as_of, self.level, self.first = read.day, read.level, read.rows
        self._remember()
        return True

    def close(self) -> None:
        """Close the store."""
        self._opened += 1
        self._reader = None
        self._stack.close()

    @property
    def has_store(self) -> bool:
        """Whether a store is shown, even if it is no longer at its path."""
        return self._reader is not None

    def empty(self) -> bool:
        """Whether there is no store, or nothing in it.

        Raises:
            StoreError: There is one, but it cannot be read.
        """
        if self.lost is not None:
            return False
        if self.as_of is not None and self.has_store:
            return False  # nothing was known yet, which is another matter
        return not self.has_store or not self.ask(lambda r: r.totals())

    def changed(self) -> bool:
        """Whether there is something else to show: acts, another store, or that it is `lost`.

        Raises:
            StoreError: There is a store for the first time, but it cannot be read.
        """
        if self._reader is None:
            self.open()
            return self._reader is not None
        was = self.version, str(self.lost)
        try:
            self._follow()
            self.lost = None
        except TrackerError as error:
            self.lost = error
        return (self.version, str(self.lost)) != was

    def _follow(self) -> None:
        """Read the file at the path again, unless it is not the store that is shown."""
        path = self.workspace.path
        there, touched = identity(path), _touched(path)
        if there is None:
            raise misplaced(path, gone=True)
        if self.lost is None and there == self.shown and touched == self._touched:
            self._stamp = self.ask(lambda r: r.data_version())
            return
        if not touched[0]:  # an empty file, of which a store could be made
            raise misplaced(path, gone=False)
        with self.workspace.reading() as reader:
            origin = reader.first_act()
        known = self._origin
        if known is not None and origin is None:
            raise misplaced(path, gone=False)
        if self.lost is not None or there != self.shown or origin != known:
            self.open()
            if known is not None and origin != known:
                self.replaced += 1
                self.offer = None
        else:
            self._touched = touched
            self._stamp = self.ask(lambda r: r.data_version())

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Return a context whose queries see one state of the store; without a store do nothing.

        Raises:
            StoreError: The store cannot be read.
        """
        if self._reader is None:
            yield
            return
        try:
            with self._reader.snapshot():
                yield
        except Error as error:
            raise explain(error, self.workspace.path) from error

    def ask(self, question: Callable[[Reader], Answer]) -> Answer:
        """Return the answer to a query, read from one state of the store.

        Raises:
            StoreError: There is none, or it cannot be read.
        """
        if self._reader is None:
            self.open()
        if self._reader is None:
            raise NoStoreError(
                f"there is no store at {self.workspace.path} yet",
                code="no-store",
                path=str(self.workspace.path),
            )
        with self.snapshot():
            return question(self._reader)

    # -- reading ---------------------------------------------------------------------------------

    def board(self, filters: Filter) -> Board:
        """Return counts and totals, without the rows."""
        return self.ask(lambda r: read_board(r, self.day, self.limits, filters, limit=0))

    def rows(
        self, filters: Filter, offset: int, limit: int, known: Mapping[State, int] | None = None
    ) -> tuple[Row, ...]:
        """Milestones in order of urgency, from `offset` on; `known` are their counts, if known.

        Counts that are older than the store are not relied on.
        """

        def read(reader: Reader) -> tuple[Row, ...]:
            counts = known if reader.data_version() == self._stamp else None
            return read_rows(reader, self.day, self.limits, filters, (offset, limit), counts)

        return self.ask(read)

    def counts_at_once(self, filters: Filter) -> bool:
        """Whether the counts under a filter are read before a person notices."""
        return self.as_of is not None or self.ask(lambda r: r.counts_at_once(filters))

    def place(
        self,
        filters: Filter,
        facility: str,
        milestone: str | None,
        known: Mapping[State, int] | None = None,
    ) -> int | None:
        """Where a milestone stands in that order now; None if it is not to be seen there.

        Without one, or where it is not listed, the first of the facility. `known` are the
        counts under the filter, if known.
        """
        day, soon = self.day, self.limits.due_soon
        if milestone is not None and filters == Filter():
            found = self.ask(lambda r: r.place(day, soon, facility, milestone))
            if found is not None:
                return found
        if filters.facility not in {None, facility}:
            return None
        its_own = replace(filters, facility=facility)
        listed = [m.slug for m in self.ask(lambda r: r.milestones(day, soon, its_own))]
        if not listed:
            return None
        slug = milestone if milestone in listed else listed[0]
        if filters == Filter():
            return self.ask(lambda r: r.place(day, soon, facility, slug))
        for offset in range(0, _SEARCHED, _CHUNK):
            rows = self.rows(filters, offset, _CHUNK, known)
            for place, row in enumerate(rows, offset):
                if (row.milestone.facility, row.milestone.slug) == (facility, slug):
                    return place
            if len(rows) < _CHUNK:
                break
        return None

    def facility(self, slug: str) -> FacilityPage | None:
        """Return everything known of a facility; None once it is gone."""
        try:
            return self.ask(lambda r: read_facility(r, slug, self.day, self.limits))
        except NotFoundError:
            return None

    def milestones(self, keys: Iterable[tuple[str, str]]) -> list[Milestone]:
        """Return milestones by facility and slug, as they are now, without those that are gone."""
        filters = dict.fromkeys(keys)
        facilities = dict.fromkeys(facility for facility, _ in filters)
        listed = self.ask(lambda r: [m for f in facilities for m in r.milestones_of(f)])
        found = {(m.facility, m.slug): m for m in listed}
        return [found[key] for key in filters if key in found]

    def choices(self, attribute: str) -> list[str]:
        """Return the cities, clusters or owners to filter by."""
        return self.ask(lambda r: r.values_of(attribute))

    def facility_values(self, attribute: str) -> list[str]:
        """Return the cities, clusters, programmes or owners of facilities."""
        return self.ask(lambda r: r.values_of(attribute))

    def next_of(self, slugs: Iterable[str]) -> list[Milestone]:
        """Return the next open milestone of each facility."""
        found = self.ask(lambda r: [next_up(r.milestones_of(slug)) for slug in slugs])
        return [m for m in found if m is not None]

    def can_undo(self) -> bool:
        """Whether undo would take back an act of this person."""
        return self._newest(ActKind.ACT, ActKind.IMPORT) is not None

    def can_redo(self) -> bool:
        """Whether redo would take back an undo of this person."""
        return self._newest(ActKind.UNDO) is not None

    def _newest(self, *kinds: ActKind) -> Act | None:
        if self._reader is None:
            return None
        author = author_of(self._author)
        return self.ask(lambda r: r.newest_act(*kinds, of=(author,)))

    def why_not_undone(self) -> str:
        """Return the sentence why undo without a number takes nothing back."""
        return self._why_nothing(ActKind.UNDO)

    def why_not_redone(self) -> str:
        """Return the sentence why redo takes nothing back."""
        return self._why_nothing(ActKind.REDO)

    def _why_nothing(self, how: ActKind) -> str:
        try:
            self.ask(lambda r: newest_of(r, how, self._author))
        except TrackerError as error:
            return self.words.error(error)
        return ""

    def is_offered(self, offer: UndoOffer) -> bool:
        """Whether an offer is about what was done last, and that is still in force."""
        if offer is not self.offer or self._reader is None:
            return False
        return offer.act is None or self.ask(lambda r: r.is_in_force(offer.act or 0))

    @property
    def limits(self) -> Limits:
        """The limits that rows are judged by."""
        return self.workspace.config.limits


def _touched(path: Path) -> tuple[int, int]:
    """Return size and time of a file: SQLite does not notice when it is overwritten."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
