"""Write acts: their statements first, then the folds that these change."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter, itemgetter

from db.engine.deferred_indexes import CHUNK, chunks
from db.fold import counters
from db.fold.transition_rules import check_dates, check_transition
from db.model.import_index import ImportIndex
from db.model.progress import Stage, counted
from db.model.records import Act, ActKind, Batch, Milestone, Statement, Update
from db.model.text import author_of, clean_value
from db.model.values import check_reported
from db.read.imports import COLUMNS as RUN_COLUMNS
from db.read.imports import Run, cells_text
from db.read.reader import Reader
from db.schema.rows import CLOCK_ERROR, from_micros, micros
from db.schema.statement_columns import COLUMNS, columns_of
from db.write.bulk_insert import BulkInsert
from db.write.bulk_retract import retract_all
from db.write.identities import Identities, insert, next_id
from db.write.refold import refold

__all__ = ["ActWriter"]

_ERROR = CLOCK_ERROR // timedelta(microseconds=1)
_ACT = ("id", "kind", "recorded_at", "author")
_UPDATE = (
    *("id", "act_id", "seq", "recorded_at", "retracts"),
    *("facility_id", "milestone_id", "source_id", *COLUMNS),
)
_FIELDS = attrgetter(*Statement.__match_args__)
_Row = tuple[object, ...]
_SaidAct = tuple[Act, list[Update]]


class ActWriter:
    """Acts and their statements in one open transaction; nothing here commits."""

    def __init__(self, connection: sqlite3.Connection, identities: Identities) -> None:
        """Write on `connection`, whose transaction has begun."""
        self._connection = connection
        self._identities = identities
        self._bulk = BulkInsert(connection, identities)
        self._unfolded: dict[str, None] = {}
        self._milestones: dict[str, dict[str, Milestone]] = {}

    # -- checks ----------------------------------------------------------------------------------

    @staticmethod
    def check_days(statements: Iterable[Statement], today: date) -> None:
        """Refuse statements that are reported later than `today`."""
        for s in statements:
            check_reported(s.reported_on, today)

    def check(
        self,
        statements: Iterable[Statement],
        today: date,
        reader: Reader,
        *,
        corrected: set[tuple[str, str | None]],
    ) -> None:
        """Refuse what a person cannot state of the store as it is.

        Args:
            statements: The statements of one act.
            today: Nothing is reported later.
            reader: The store in this transaction.
            corrected: Facilities and milestones of which a statement is corrected; what replaces
                it belongs to a past in which they were in another state than now.

        Raises:
            RefusedError: It says which rule a statement breaks.
        """
        for s in statements:
            check_reported(s.reported_on, today)
            check_dates(s)
            if (s.facility, s.milestone) not in corrected:
                if s.facility not in self._milestones:
                    found = reader.milestones_of(s.facility)
                    self._milestones[s.facility] = {m.slug: m for m in found}
                check_transition(s, self._milestones[s.facility])

    # -- acts ------------------------------------------------------------------------------------

    def write(
        self, kind: ActKind, statements: Sequence[Statement], by: str | None, now: datetime
    ) -> Act:
        """Write an act with its statements and the folds that follow."""
        act = self._begin(kind, by, now)
        self._add(act, counted(statements, len(statements), Stage.WRITE), first=0)
        self._finish(len(statements))
        return act

    def write_import(
        self,
        parts: Iterable[Batch],
        by: str | None,
        now: datetime,
        today: date,
        *,
        whole: bool,
    ) -> Act:
        """Write an act of import, part by part; progress is reported if one part is the `whole`."""
        act, place = self._begin(ActKind.IMPORT, by, now), 0
        for part in parts:
            self._bulk.announce(part)
            self.check_days(part.statements, today)
            statements: Iterable[Statement] = part.statements
            if whole:
                statements = counted(statements, len(part.statements), Stage.WRITE)
            place = self._add(act, statements, first=place)
            self._bulk.finish()
        self._finish(place)
        return act

    def write_retractions(
        self, kind: ActKind, numbers: Sequence[int], by: str | None, now: datetime, today: date
    ) -> Act:
        """Write an undo or a redo that retracts the statements of these numbers."""
        act = self._begin(kind, by, now)
        retract_all(self._connection, act, numbers, self._next("status_update"), today)
        return act

    def _begin(self, kind: ActKind, by: str | None, now: datetime) -> Act:
        moment = self._free_instant(micros(now))
        act = Act(self._next("act"), kind, from_micros(moment), author_of(by))
        insert(self._connection, "act", _ACT, [_act_row(act)])
        return act

    def _add(self, act: Act, statements: Iterable[Statement], first: int) -> int:
        """Write statements of an act from its place `first` on; return the place after them."""
        place, number = first, self._next("status_update") - first
        for chunk in chunks(statements):
            self._write([_update(s, number + n, act, n) for n, s in enumerate(chunk, place)])
            place += len(chunk)
        return place

    def _finish(self, new: int) -> None:
        """Fold what was not folded as it was written, and count `new` statements."""
        self._bulk.finish()
        counters.add(self._connection, {("update", "", ""): new})
        refold(self._connection, self._unfolded)
        self._unfolded.clear()
        self._milestones.clear()

    def _next(self, table: str) -> int:
        return next_id(self._connection, table)

    def _free_instant(self, now: int) -> int:
        """Return the instant of a new act: now, or right after the newest one if that is later.

        Imports that recorded nothing count as acts.

        A clock may be wrong by `CLOCK_ERROR`, and acts stay in order within it. What is stored
        beyond that is not followed: the clock was wrong then or is now, and the new act has
        the instant that the clock says, or the next one that no act has.
        """
        moment = now
        for table in ("act", "imported"):
            newest = f"SELECT max(recorded_at) FROM {table} WHERE recorded_at <= ?"
            row = self._connection.execute(newest, (now + _ERROR,)).fetchone()
            if row[0] is not None:
                moment = max(moment, int(row[0]) + 1)
        taken = "SELECT 1 FROM act WHERE recorded_at = ?"
        while self._connection.execute(taken, (moment,)).fetchone() is not None:
            moment += 1
        return moment

    # -- imports of tables -----------------------------------------------------------------------

    def write_run(self, run: Run, act: Act | None, now: datetime) -> None:
        """Write the contents of a table at an import, beside the act that recorded the rest."""
        moment = self._free_instant(micros(now)) if act is None else micros(act.recorded_at)
        self._insert_run(run, None if act is None else act.id, self._next("act") - 1, moment)

    def restore_runs(self, runs: Iterable[Run], renumbered: Mapping[int, int]) -> None:
        """Write imports of tables as another store recorded them, except those that are here.

        Args:
            runs: Acts are named by their numbers in that store.
            renumbered: The numbers of acts that have another one here.
        """
        sql = "SELECT recorded_at FROM imported"
        here = {moment for (moment,) in self._connection.execute(sql)}
        for run in runs:
            moment = 0 if run.recorded_at is None else micros(run.recorded_at)
            if moment not in here:
                act = None if run.act is None else renumbered.get(run.act, run.act)
                self._insert_run(run, act, renumbered.get(run.after, run.after), moment)

    def _insert_run(self, run: Run, act: int | None, after: int, moment: int) -> None:
        number, day = self._next("imported"), run.reported_on.isoformat()
        row = (number, act, after, moment, day, run.stem, run.header, cells_text(run.cells))
        insert(self._connection, "imported", RUN_COLUMNS, [row])

    # -- from another store ----------------------------------------------------------------------

    def restore(self, acts: Iterable[_SaidAct], rows: ImportIndex) -> tuple[int, dict[int, int]]:
        """Write acts with their own instants; numbers are kept where they are free.

        Returns:
            How many updates are new, and the numbers of acts that have another one here.
        """
        self._bulk.announce(rows)
        known: dict[tuple[object, ...], int] = {
            tuple(row): number
            for *row, number in self._connection.execute(
                "SELECT recorded_at, author, kind, id FROM act"
            )
        }
        renumbered: dict[int, int] = {}
        numbers: dict[int, int] = {}  # of updates that have another one here
        new = 0
        for chunk in _chunks_of_acts(acts):
            fresh = []
            for act, updates in chunk:
                here = known.get((micros(act.recorded_at), act.by, act.kind.value))
                if here is None:
                    fresh.append((act, updates))
                    new += len(updates)
                else:
                    renumbered[act.id] = here
                    numbers |= self._numbers_here(here, updates)
            self._restore(fresh, numbers, renumbered)
        self._finish(new)
        return new, renumbered

    def _restore(
        self, acts: Iterable[_SaidAct], numbers: dict[int, int], renumbered: dict[int, int]
    ) -> None:
        """Write some acts; add to `numbers` and `renumbered` what has another number here."""
        act_rows, updates = [], []
        number, last = self._next("act") - 1, self._next("status_update") - 1
        for act, of_act in acts:
            number = max(act.id, number + 1)
            if number != act.id:
                renumbered[act.id] = number
            act_rows.append((number, *_act_row(act)[1:]))
            for u in of_act:
                last = max(u.id, last + 1)
                if last != u.id:
                    numbers[u.id] = last
                target = None if u.retracts is None else numbers.get(u.retracts, u.retracts)
                here = (last, number, target)
                if here != (u.id, u.act, u.retracts):
                    updates.append(replace(u, id=last, act=number, retracts=target))
                else:
                    updates.append(u)
        insert(self._connection, "act", _ACT, act_rows)
        self._write(updates)

    def _numbers_here(self, act: int, updates: Iterable[Update]) -> dict[int, int]:
        """Map the updates of an act that is here already to their numbers in this store."""
        sql = "SELECT seq, id FROM status_update WHERE act_id = ?"
        by_seq = dict(self._connection.execute(sql, (act,)).fetchall())
        return {u.id: by_seq[u.seq] for u in updates if u.seq in by_seq}

    # -- rows ------------------------------------------------------------------------------------

    def _write(self, updates: Sequence[Update]) -> None:
        """Write updates that are numbered already; fold new facilities from memory if possible."""
        self._identities.trim()
        by_facility: dict[str, list[Update]] = {}
        for u in updates:
            by_facility.setdefault(u.facility, []).append(u)
        sources = {u.id: self._identities.source(u.source) for u in updates}  # in their order
        rows: list[_Row] = []
        arriving: dict[str, Sequence[Update]] = {}
        for facility, of_facility in by_facility.items():
            as_stored = self._add_rows(of_facility, sources, rows)
            if self._bulk.awaits(facility):
                arriving[facility] = of_facility if as_stored else ()
            if not as_stored or facility not in arriving:
                self._unfolded[facility] = None
        self._bulk.write(arriving)
        rows.sort(key=itemgetter(0))
        insert(self._connection, "status_update", _UPDATE, rows)

    def _add_rows(
        self, updates: Sequence[Update], sources: Mapping[int, int | None], rows: list[_Row]
    ) -> bool:
        """Add the rows of updates of one facility.

        Returns:
            Whether their fold is the fold of what is stored: nothing is retracted or cleaned.
        """
        facility = updates[0].facility
        number = self._identities.facility(facility)
        milestones = self._identities.milestones_of(facility)
        as_stored, moment, instant = True, None, 0
        for u in updates:
            milestone, value = None, u.value
            if u.milestone is not None:
                found = milestones.get(u.milestone)
                milestone = found[0] if found else self._identities.milestone(facility, u.milestone)
            if u.recorded_at is not moment:
                moment = u.recorded_at
                instant = micros(moment)
            row = (u.id, u.act, u.seq, instant, u.retracts, number, milestone, sources[u.id])
            rows.append(row + columns_of(u))
            if (
                u.retracts is not None
                or (value is not None and clean_value(value) != value)
                or not self._identities.stores_as_is(u.source)
            ):
                as_stored = False
        return as_stored


def _update(s: Statement, number: int, act: Act, seq: int) -> Update:
    return Update(
        *_FIELDS(s),
        id=number,
        act=act.id,
        seq=seq,
        recorded_at=act.recorded_at,
    )


def _act_row(act: Act) -> _Row:
    return act.id, act.kind.value, micros(act.recorded_at), act.by


def _chunks_of_acts(acts: Iterable[_SaidAct]) -> Iterator[list[_SaidAct]]:
    """Acts with at least `CHUNK` updates together."""
    chunk: list[_SaidAct] = []
    held = 0
    for pair in acts:
        chunk.append(pair)
        held += len(pair[1])
        if held >= CHUNK:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
