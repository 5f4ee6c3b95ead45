"""One write transaction as its user sees it: read, decide and record on one connection.

What is read through `reader` cannot change before the transaction ends, so a decision that
depends on it holds. `db.write.store.Store.transaction` gives one.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from db.fold.transition_rules import refuse_retracted
from db.model.errors import NotFoundError, RefusedError
from db.model.import_index import ImportIndex
from db.model.progress import Stage, counted
from db.model.records import Act, ActKind, Batch, Receipt, Statement, Update, UpdateKind
from db.read.imports import Run
from db.read.reader import Reader
from db.read.reviews import Asked, Review
from db.write.repetitions import sort_out
from db.write.review_transaction import ReviewTransaction

__all__ = ["Writing"]


def _gone(path: str) -> NotFoundError:
    return NotFoundError(
        f"{path} is no longer there: it was merged or taken back meanwhile; nothing was recorded",
        code="gone-meanwhile",
        path=path,
    )


class Writing:
    """What can be read and recorded in one open transaction; nothing here commits."""

    def __init__(self, inside: ReviewTransaction) -> None:
        """Write in a transaction that has begun."""
        self._inside = inside

    @property
    def reader(self) -> Reader:
        """Read what the store says in this transaction; only of today, never of another day.

        `Reader.at` would lay its tables over those that are written.
        """
        return self._inside.reader

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
        """Record statements as one act; see `db.write.store.Store.record`."""
        if not batch.statements:
            raise RefusedError("nothing to record", code="nothing-to-record")
        write = self._inside
        of_person = kind is ActKind.ACT and not as_reported
        repeated: tuple[Update, ...] = ()
        if of_person and not batch.facilities:
            batch, repeated = self._without_repetitions(batch, by, now)
            if not batch.statements:
                return self._said_already(repeated)
        self._refuse_outdated(batch, of_person=of_person)
        write.make_facilities(batch.facilities)
        write.make_milestones(batch.milestones)
        righted = {(s.facility, s.milestone) for s in batch.statements if s.retracts is not None}
        for statement in batch.statements:
            corrects = (statement.facility, statement.milestone) in righted
            write.check(statement, today, of_person=of_person, corrects=corrects)
        if batch.answering is not None:
            write.check_answer(batch.answering)
        receipt = write.act(kind, batch.statements, by, now)
        if batch.answering is not None:
            write.link(batch.answering, receipt.act.id)
        return replace(receipt, repeated=repeated) if repeated else receipt

    def _without_repetitions(
        self, batch: Batch, by: str | None, now: datetime
    ) -> tuple[Batch, tuple[Update, ...]]:
        """A batch without what its author said already, and where that was said.

        Who answers an item of a weekly check says it of that check too, and a correction is
        whole or not at all: both are recorded as they are.
        """
        if batch.answering is not None or any(s.retracts is not None for s in batch.statements):
            return batch, ()
        fresh, known = sort_out(self.reader, batch.statements, by, now)
        return (replace(batch, statements=fresh), known) if known else (batch, ())

    def _said_already(self, repeated: tuple[Update, ...]) -> Receipt:
        newest = max(repeated, key=lambda u: u.id)
        milestones = self._inside.milestones_of(repeated)
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
        """Refuse to speak of what was merged or taken back since the act was put together.

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

    def take_in(
        self,
        batch: Batch,
        *,
        by: str | None,
        now: datetime,
        today: date,
        run: Run | None = None,
    ) -> Act | None:
        """Record what a file says as one act of import; see `db.write.store.Store.take_in`."""
        act = None
        if batch.statements:
            act = self._take_in([batch], by, now, today, milestones=len(batch.milestones))
        if run is not None:
            self._inside.remember(run, act, now)
        return act

    def take_in_parts(
        self,
        parts: Iterable[Batch],
        *,
        by: str | None,
        now: datetime,
        today: date,
        run: Run | None = None,
    ) -> Act:
        """Record what a file says as one act of import, part by part as it is read."""
        act = self._take_in(parts, by, now, today, milestones=None)
        if run is not None:
            self._inside.remember(run, act, now)
        return act

    def _take_in(
        self,
        parts: Iterable[Batch],
        by: str | None,
        now: datetime,
        today: date,
        *,
        milestones: int | None,
    ) -> Act:
        write = self._inside
        with write.many(milestones):
            act, place = write.begin(ActKind.IMPORT, by, now), 0
            for part in parts:
                write.announce(part)
                for statement in part.statements:
                    write.check(statement, today, of_person=False)
                told: Iterable[Statement] = part.statements
                if milestones is not None:  # it is the only part
                    told = counted(told, len(part.statements), Stage.WRITE)
                place = write.add(act, told, first=place)
                write.settle()
            write.finish(place)
            return act

    def restore_acts(
        self,
        acts: Iterable[tuple[Act, list[Update]]],
        rows: Batch | ImportIndex,
        reviews: Iterable[tuple[Review, tuple[Asked, ...]]] = (),
        runs: Iterable[Run] = (),
    ) -> int:
        """Add acts as another store recorded them; see `db.write.store.Store.restore_acts`."""
        roster, write = ImportIndex.of(rows), self._inside
        with write.many(roster.number_of_milestones):
            write.announce(roster)
            added, renumbered = write.restore(acts)
            write.restore_reviews(reviews, renumbered)
            write.restore_runs(runs, renumbered)
            return added
