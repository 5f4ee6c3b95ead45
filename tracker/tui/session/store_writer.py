"""The writes of the screens: each method is one act and returns a line that says what it did.

Writing waits for other processes that write, so these are meant for a thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine.connect import empty_log, identity
from db.engine.notices import listening
from db.model.errors import NotFoundError, StoreError
from db.model.records import Batch, Receipt, UpdateKind
from db.read.reader import Reader
from tracker.acts.undo_messages import corrected, original, whole
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.domain.statement_labels import is_correction
from tracker.words import Words

if TYPE_CHECKING:
    from db.write.store import Store
    from tracker.exchange.diff.choices import Choices
    from tracker.exchange.imports.outcome import Outcome

__all__ = ["Done", "StoreWriter", "misplaced"]


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a write.

    Attributes:
        told: The line.
        act: The number of the act, where it is one that can be taken back.
        item: The item of a weekly check that was left without a decision.
    """

    told: str
    act: int | None = None
    item: int | None = None


class StoreWriter:
    """Writes into the store of a workspace, one act after the other.

    `shown` is the file that the screens show, None before there is one. Only that one is written.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Write into the store of `workspace`; nothing is opened yet."""
        self.workspace = workspace
        self.today: date = workspace.today
        self.shown: tuple[int, int] | None = None
        self._store: Store | None = None

    @property
    def words(self) -> Words:
        """The catalogue of the language."""
        return self.workspace.words

    def record(self, batch: Batch, *, as_reported: bool = False) -> Done:
        """Record an act; make the store if there is none.

        Raises:
            TrackerError: It was refused, or could not be written; nothing was recorded.
        """
        with self._noting() as noted, self._writing(create=True) as store:
            receipt = store.record(
                batch,
                by=self._author,
                now=clock.now(),
                today=self.today,
                as_reported=as_reported,
            )
            told = self._told(receipt, store)
            older = self._older(receipt, store)
        taken_back = all(u.kind is UpdateKind.RETRACT for u in receipt.updates)
        taken_back = taken_back and not receipt.repeated
        told = self.words("ui.undone", what=told) if taken_back else told
        return Done(" · ".join([told, *older, *noted]), receipt.act.id)

    def merge(self, keep: str, gone: str) -> Done:
        """Merge facility `gone` into `keep`."""
        from tracker.acts.merging import merger

        with self._writing() as store, store.transaction() as write:
            batch = merger(write.reader, keep, gone)
            names = [write.reader.facility(slug).name for slug in (keep, gone)]
            receipt = write.record(
                batch, by=self._author, now=clock.now(), today=self.today, as_reported=True
            )
        return Done(self.words("done.merged", kept=names[0], gone=names[1]), receipt.act.id)

    def undo(self, act: int | None = None) -> Done:
        """Take back an act by its number, else the newest of this person.

        Raises:
            RefusedError: Nothing is there to be taken back.
        """
        with self._writing() as store:
            receipt = store.undo(by=self._author, now=clock.now(), today=self.today, act=act)
            return self._taken_back(receipt, store)

    def redo(self, act: int | None = None) -> Done:
        """Take back an undo by its number, else the newest of this person."""
        with self._writing() as store:
            receipt = store.redo(by=self._author, now=clock.now(), today=self.today, act=act)
            done = self._taken_back(receipt, store)
            return replace(done, act=receipt.of.id) if receipt.of else done

    def fill_demo(self) -> str:
        """Fill the empty store from the shipped facts."""
        from tracker.exchange.imports.importing import fill_demo

        self.check_place()
        with self._noting() as noted:
            filled = fill_demo(self.workspace_today)
        told = self.words(
            "demo.filled",
            facilities=filled.facilities,
            programmes=filled.programmes,
            updates=filled.updates,
        )
        return " · ".join([told, *noted])

    def preview(
        self, path: Path, choices: "Choices | None" = None, *, hidden: bool = False
    ) -> "Outcome":
        """Return what importing a file would do; unreadable cells are listed in any case.

        Raises:
            TrackerError: It could not be imported.
        """
        from tracker.exchange.diff.choices import DEFAULTS, Unread
        from tracker.exchange.imports.importing import import_file

        chosen = choices or DEFAULTS
        if chosen.unread is Unread.REFUSE:
            chosen = replace(chosen, unread=Unread.SKIP)
        return import_file(self.workspace_today, path, dry_run=True, hidden=hidden, choices=chosen)

    def import_file(
        self, path: Path, choices: "Choices | None" = None, *, hidden: bool = False
    ) -> Done:
        """Import a file as `choices` say; by default whole or not at all."""
        from tracker.exchange.diff.choices import DEFAULTS
        from tracker.exchange.imports.importing import import_file

        self.check_place()
        with self._noting() as noted:
            outcome = import_file(
                self.workspace_today, path, hidden=hidden, choices=choices or DEFAULTS
            )
        told = [outcome.told_briefly(self.words)]
        if outcome.left_out:
            told.insert(0, self._list_left_out(path, outcome))
        if outcome.backup is not None:
            told.append(self.words("import.backup", path=outcome.backup))
        return Done(" · ".join([*told, *noted]), outcome.act)

    def _list_left_out(self, path: Path, outcome: "Outcome") -> str:
        """Write the list of the cells that an import left out; return a line that says where."""
        from tracker.exchange.diff.left_out import list_left_out

        try:
            listed = list_left_out(outcome.left_out, (path, self.workspace.path), self.words)
        except StoreError as error:
            return self.words.error(error)
        shown = listed.name if listed.parent == path.parent else listed
        return self.words("import.made.left_out", count=len(outcome.left_out), path=shown)

    def empty_log(self) -> None:
        """Empty the log of the engine; see `db.engine.connect.empty_log`."""
        empty_log(self.workspace.path, busy_ms=self.workspace.config.busy_ms)

    @property
    def workspace_today(self) -> Workspace:
        """The workspace as of `today`."""
        return replace(self.workspace, today=self.today)

    @property
    def _author(self) -> str | None:
        return self.workspace.config.author

    @contextmanager
    def _writing(self, *, create: bool = False) -> "Iterator[Store]":
        """Return the store; it stays open, since opening it takes as long as an act.

        It is reopened where another file is in its place, or after it failed.

        Raises:
            StoreError: It is not the store that is shown, or cannot be opened.
        """
        if self._store is not None and not self._store.is_there:
            self.close_store()
        self.check_place()
        if self._store is None:
            self._store = self.workspace.writing(create=create and self.shown is None)
            self.check_place()
        try:
            yield self._store
        except StoreError:
            self.close_store()
            raise

    @contextmanager
    def _noting(self) -> Iterator[list[str]]:
        """Collect the notices of the store."""
        noted: list[str] = []
        with listening(lambda notice: noted.append(self.words.error(notice))):
            yield noted

    def check_place(self) -> None:
        """Raise StoreError unless the store at the path is the one that is shown."""
        if self.shown is not None:
            found = identity(self.workspace.path)
            if found != self.shown:
                raise misplaced(self.workspace.path, gone=found is None)

    def close_store(self) -> None:
        """Close the store for writing."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _older(self, receipt: Receipt, store: "Store") -> list[str]:
        """Return lines about the baselines that an act of earlier days has changed."""
        from tracker.acts.report_effects import moved_by, moved_lines

        with store.reading() as reader:
            return moved_lines(reader, moved_by(reader, receipt), self.words, done=True)

    def _taken_back(self, receipt: Receipt, store: "Store") -> Done:
        from tracker.acts.act_messages import taken_back

        told = taken_back(receipt, self._told(receipt, store), self.words)
        return Done(told, receipt.act.id)

    def _told(self, receipt: Receipt, store: "Store") -> str:
        """Return what an act did in one line; of an undo or a redo, what the first act had said."""
        from tracker.acts.act_messages import acted

        updates, repeated = receipt.updates, receipt.repeated
        zone = self.workspace.config.timezone
        with store.reading() as reader:
            all_of_it = whole(receipt, reader, self.words)
            if all_of_it is not None:
                return all_of_it
            corrects = any(map(is_correction, updates[1:2]))
            back = corrected(receipt, reader)
            said = updates[:2] if corrects else tuple(original(u, reader) for u in updates[:1])
            said = back or said
            again = () if said else repeated[:1]
            names = {u.facility: _name(u.facility, reader) for u in (*said, *again)}
        shown = replace(receipt, updates=said, repeated=again)
        told = acted(shown, self.words, self.today, names, zone)
        rest = 0 if corrects or back else (receipt.number or len(repeated)) - 1
        told = self.words("ui.several", what=told, count=rest + 1) if rest else told
        if said and repeated:
            told += " · " + self.words("done.already_some", count=len(repeated))
        return told


def misplaced(path: Path, *, gone: bool) -> StoreError:
    """Return the error that the store that is shown is no longer at its path."""
    if gone:
        return StoreError(
            f"{path} is no longer there: nothing is recorded until it is back",
            code="store-gone",
            path=str(path),
        )
    return StoreError(
        f"another file has taken the place of {path}: nothing was recorded, look first",
        code="store-replaced",
        path=str(path),
    )


def _name(slug: str, reader: Reader) -> str:
    try:
        return reader.facility(slug).name
    except NotFoundError:
        return slug
