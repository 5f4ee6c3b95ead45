"""One write transaction: read, decide and record on one connection.

What is read through `reader` cannot change before the transaction ends, so a decision that
depends on it holds. `db.write.store.Store.transaction` gives one.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from db.engine.deferred_indexes import deferred_indexes
from db.fold import counters
from db.fold.transition_rules import refuse_retracted
from db.model.errors import NotFoundError, RefusedError
from db.model.import_index import ImportIndex
from db.model.records import (
    MOST_TOLD,
    Act,
    ActKind,
    Batch,
    Milestone,
    Receipt,
    Update,
    UpdateKind,
)
from db.model.text import clean
from db.read.imports import Run
from db.read.reader import Reader
from db.read.reviews import Asked, Review, Step
from db.write.act_writer import ActWriter
from db.write.identities import Identities
from db.write.refold import refold
from db.write.repetitions import sort_out
from db.write.review_writer import ReviewWriter
from db.write.undo import to_take_back

__all__ = ["Transaction"]


class Transaction:
    """What can be read and recorded in one open transaction; nothing here commits.

    Every method that writes raises RefusedError where something is wrong, and the transaction
    is then to be rolled back. `by` is the author's name, `now` the aware instant of writing (kept
    at least a microsecond after the last act), `today` the day: nothing is reported later.

    Attributes:
        reader: Reads the store in this transaction; only of today, since `Reader.at` would
            hide the tables that are written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write on `connection`, whose transaction has begun."""
        self.reader = Reader(connection)
        self._connection = connection
        self._identities = Identities(connection)
        self._acts = ActWriter(connection, self._identities)
        self._reviews = ReviewWriter(connection, self._identities)

    # -- acts ------------------------------------------------------------------------------------

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
            batch: The statements, the facilities and milestones that must exist, and the item
                of a weekly check that is decided by it.
            by: The author.
            now: The instant of writing.
            today: The day.
            kind: `ACT` for a person, `IMPORT` for a file.
            as_reported: The statements were made elsewhere and are only taken over, so
                they may say that a completed milestone was planned; so may a file.

        Raises:
            RefusedError: A statement is wrong.
        """
        if not batch.statements:
            raise RefusedError("nothing to record", code="nothing-to-record")
        of_person = kind is ActKind.ACT and not as_reported
        repeated: tuple[Update, ...] = ()
        if of_person and not batch.facilities:
            batch, repeated = self._without_repetitions(batch, by, now)
            if not batch.statements:
                return self._recorded_before(repeated)
        self._refuse_outdated(batch, of_person=of_person)
        self._identities.make_facilities(batch.facilities)
        self._identities.make_milestones(batch.milestones)
        if of_person:
            corrected = {(s.facility, s.milestone) for s in batch.statements if s.retracts}
            self._acts.check(batch.statements, today, self.reader, corrected=corrected)
        else:
            self._acts.check_days(batch.statements, today)
        if batch.answering is not None:
            self._reviews.check_answer(batch.answering)
        receipt = self._receipt(self._acts.write(kind, batch.statements, by, now))
        if batch.answering is not None:
            self._reviews.link(batch.answering, receipt.act.id)
        return replace(receipt, repeated=repeated)

    def _receipt(self, act: Act) -> Receipt:
        updates = tuple(self.reader.updates_of_act(act.id))
        return Receipt(act, updates, self._milestones_of(updates), number=len(updates))

    def _milestones_of(self, updates: Iterable[Update]) -> tuple[Milestone, ...]:
        """The milestones that updates are about, as they are now."""
        about = dict.fromkeys((u.facility, u.milestone) for u in updates if u.milestone)
        found = {
            (m.facility, m.slug): m
            for facility in dict.fromkeys(facility for facility, _ in about)
            for m in self.reader.milestones_of(facility)
        }
        return tuple(found[key] for key in about if key in found)

    def _without_repetitions(
        self, batch: Batch, by: str | None, now: datetime
    ) -> tuple[Batch, tuple[Update, ...]]:
        """Return the batch without statements its author recorded already, and those.

        An answer to an item of a weekly check belongs to that check too, and a correction is
        whole or not at all: both are recorded as they are.
        """
        if batch.answering is not None or any(s.retracts is not None for s in batch.statements):
            return batch, ()
        fresh, known = sort_out(self.reader, batch.statements, by, now)
        return (replace(batch, statements=fresh), known) if known else (batch, ())

    def _recorded_before(self, repeated: tuple[Update, ...]) -> Receipt:
        newest = max(repeated, key=lambda u: u.id)
        milestones = self._milestones_of(repeated)
        return Receipt(self.reader.act(newest.act), (), milestones, repeated=repeated)

    def _refuse_outdated(self, batch: Batch, *, of_person: bool) -> None:
        """Refuse what no longer holds of the store as it was when the act was put together."""
        for check in batch.checks:
            check(self.reader)
        for statement in batch.statements:
            if statement.retracts is not None:
                refuse_retracted(self.reader.update(statement.retracts))
        if of_person:
            self._refuse_gone(batch)

    def _refuse_gone(self, batch: Batch) -> None:
        """Refuse statements about what was merged or taken back since the act was put together.

        Raises:
            NotFoundError: A facility or a milestone is no longer there.
        """
        new = {f.slug for f in batch.facilities}
        made = {(m.facility, m.slug) for m in batch.milestones}
        said = [s for s in batch.statements if s.kind is not UpdateKind.RETRACT]
        for slug in dict.fromkeys(s.facility for s in said if s.facility not in new):
            try:
                self.reader.facility(slug)
            except NotFoundError:
                raise _gone(slug) from None
        steps = {(s.facility, s.milestone) for s in said if s.milestone} - made
        for slug in dict.fromkeys(facility for facility, _ in steps):
            steps -= {(slug, m.slug) for m in self.reader.milestones_of(slug)}
        for slug, step in sorted(steps):
            raise _gone(f"{slug}/{step}")

    def record_import(
        self,
        batches: Batch | Iterable[Batch],
        *,
        by: str | None,
        now: datetime,
        today: date,
        run: Run | None = None,
    ) -> Act | None:
        """Record the contents of a file as one act of import.

        Args:
            batches: One batch, or its parts as they are read.
            by: The author.
            now: The instant of writing.
            today: The day.
            run: Which table the file is, and what it says without a statement.

        Returns:
            The act; None where a batch has no statement.

        Raises:
            RefusedError: A statement is wrong, or reading the parts was refused.
        """
        act, single = None, isinstance(batches, Batch)
        parts = [batches] if isinstance(batches, Batch) else batches
        if not isinstance(batches, Batch) or batches.statements:
            new = len(batches.milestones) if isinstance(batches, Batch) else None
            with deferred_indexes(self._connection, new):
                act = self._acts.write_import(parts, by, now, today, whole=single)
        if run is not None:
            self._acts.write_run(run, act, now)
        return act

    # -- taking back -----------------------------------------------------------------------------

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

    def _take_back(
        self, kind: ActKind, by: str | None, now: datetime, today: date, number: int | None
    ) -> Receipt:
        taken = to_take_back(self.reader, kind, by, number)
        act = self._acts.write_retractions(kind, taken.statements, by, now, today)
        updates = tuple(self.reader.updates_of_act(act.id, limit=MOST_TOLD))
        return Receipt(
            act,
            updates,
            self._milestones_of(updates),
            of=taken.act,
            number=len(taken.statements),
            kept=taken.kept,
        )

    def retract(
        self, number: int, *, by: str | None, now: datetime, today: date, reason: str | None = None
    ) -> Receipt:
        """Take back one update by its id.

        Raises:
            NotFoundError: There is no such update.
            RefusedError: It is already taken back.
        """
        target = self.reader.update(number)
        refuse_retracted(target)
        statement = target.retraction(today, reason=clean(reason) if reason else None)
        return self._receipt(self._acts.write(ActKind.ACT, [statement], by, now))

    # -- weekly checks and the whole store -------------------------------------------------------

    def review(self, step: Step, *, by: str | None, now: datetime) -> int:
        """Take a step of a weekly check that says nothing of a facility; see `Step`.

        Returns:
            The number of the check.

        Raises:
            NotFoundError: There is no such check or item.
            RefusedError: The check is closed, or the item was decided in the meantime.
        """
        return self._reviews.step(step, by, now)

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
        that store come with them; a check that is here already gets what it lacks. So do the
        contents of its tables. Acts, then checks, then imports are read as they come.

        Returns:
            How many updates were added.
        """
        index = ImportIndex.of(rows)
        with deferred_indexes(self._connection, index.number_of_milestones):
            added, renumbered = self._acts.restore(acts, index)
            self._reviews.restore(reviews, renumbered)
            self._acts.restore_runs(runs, renumbered)
            return added

    def refold(self) -> None:
        """Rewrite every fold from the updates, and recount; what `tracker doctor --repair` does."""
        slugs = [s for (s,) in self._connection.execute("SELECT slug FROM facility ORDER BY id")]
        refold(self._connection, slugs, all_names=True)
        counters.recount(self._connection)


def _gone(path: str) -> NotFoundError:
    return NotFoundError(
        f"{path} is no longer there: it was merged or taken back meanwhile; nothing was recorded",
        code="gone-meanwhile",
        path=path,
    )
