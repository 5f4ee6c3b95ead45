"""The inside of one transaction: rows, then statements, then the folds they change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter, itemgetter
from pathlib import Path

from sqlmodel import Session

from db.engine.connect import check_identity
from db.engine.deferred_indexes import CHUNK, chunks, indexes_afterwards, is_worth_it
from db.fold import counters
from db.fold.transition_rules import check_dates, check_transition
from db.model.errors import RefusedError
from db.model.progress import Stage, counted
from db.model.records import MOST_TOLD, Act, ActKind, Milestone, Receipt, Statement, Update
from db.model.statement_checks import StatementIn
from db.model.text import author_of, clean_value
from db.read.imports import COLUMNS as RUN_COLUMNS
from db.read.imports import Run, cells_text
from db.schema.rows import CLOCK_ERROR, damaged, from_micros, micros
from db.schema.statement_columns import COLUMNS, columns_of
from db.write.bulk_insert import BulkInsert
from db.write.bulk_retract import retract_all
from db.write.refold import refold
from db.write.undo import UndoneAct

__all__ = ["Transaction"]

_ERROR = CLOCK_ERROR // timedelta(microseconds=1)
_ACT = ("id", "kind", "recorded_at", "author")
_UPDATE = (
    *("id", "act_id", "seq", "recorded_at", "retracts"),
    *("facility_id", "milestone_id", "source_id", *COLUMNS),
)
_FIELDS = attrgetter(*Statement.__match_args__)
_Row = tuple[object, ...]


class Transaction(BulkInsert):
    """What can be written on one open session; nothing here commits."""

    def __init__(self, session: Session) -> None:
        """Write on `session`, whose transaction has begun."""
        super().__init__(session)
        self._unfolded: dict[str, None] = {}
        self._stand: dict[str, dict[str, Milestone]] = {}

    def many(self, new: int | None) -> AbstractContextManager[None]:
        """What so many new milestones, or one knows not how many, are best written inside of."""
        return indexes_afterwards(self._raw) if is_worth_it(self._raw, new) else nullcontext()

    def refuse_other_versions(self, path: Path) -> None:
        """Refuse a store that has become another version's since it was opened.

        Raises:
            StoreError: It has.
        """
        check_identity(self._raw, path)

    def refuse_orphans(self) -> None:
        """Refuse rows that refer to what is not there, where SQLite was not told to.

        Raises:
            StoreError: There is one.
        """
        broken = self._raw.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise damaged(f"{broken[0]} {broken[1]}", f"no {broken[2]}")

    def refold_everything(self) -> None:
        """Fold every facility there ever was, and recount."""
        slugs = [slug for (slug,) in self._raw.execute("SELECT slug FROM facility ORDER BY id")]
        refold(self._raw, slugs, all_names=True)
        counters.recount(self._raw)

    # -- statements ------------------------------------------------------------------------------

    def check(
        self, statement: Statement, today: date, *, of_person: bool, corrects: bool = False
    ) -> None:
        """Refuse what no store should hold; kinds and lengths are checked when it is written.

        What `corrects` a statement of the same step takes its place in a past in which the step
        stood otherwise than it does now.
        """
        if statement.reported_on > today:
            raise RefusedError(
                f"reported on {statement.reported_on}, which is after today, {today}",
                code="reported-in-future",
                day=statement.reported_on.isoformat(),
                today=today.isoformat(),
            )
        if of_person:
            check_dates(statement)
            if not corrects:
                check_transition(statement, self._standing_of(statement.facility))

    def _standing_of(self, facility: str) -> Mapping[str, Milestone]:
        """The milestones of a facility by slug, read once for all statements of an act."""
        if facility not in self._stand:
            self._stand[facility] = {m.slug: m for m in self.reader.milestones_of(facility)}
        return self._stand[facility]

    def act(
        self, kind: ActKind, statements: Sequence[Statement], by: str | None, now: datetime
    ) -> Receipt:
        """Write an act with its statements, and the folds of all that they concern."""
        act = self.say(kind, statements, by, now)
        updates = tuple(self.reader.updates_of_act(act.id))
        return Receipt(act, updates, self.milestones_of(updates), number=len(updates))

    def say(
        self, kind: ActKind, statements: Sequence[Statement], by: str | None, now: datetime
    ) -> Act:
        """Write an act as `act` does, without looking at what came of it."""
        act, told = self.begin(kind, by, now), counted(statements, len(statements), Stage.WRITE)
        self.add(act, told, first=0)
        self.finish(len(statements))
        return act

    def take_back(
        self, how: ActKind, taken: UndoneAct, by: str | None, now: datetime, today: date
    ) -> Receipt:
        """Write an undo or a redo, with the folds of all that it concerns."""
        act = self.begin(how, by, now)
        retract_all(self._raw, act, taken.statements, self._next("status_update"), today)
        updates = tuple(self.reader.updates_of_act(act.id, limit=MOST_TOLD))
        return Receipt(
            act,
            updates,
            self.milestones_of(updates),
            of=taken.act,
            number=len(taken.statements),
            kept=taken.kept,
        )

    def begin(self, kind: ActKind, by: str | None, now: datetime) -> Act:
        """Write an act, whose statements follow."""
        moment = self._free_instant(micros(now))
        act = Act(self._next("act"), kind, from_micros(moment), author_of(by))
        self._insert("act", _ACT, [_act_row(act)])
        return act

    def remember(self, run: Run, act: Act | None, now: datetime) -> None:
        """Write what a table said at an import, beside the act that recorded the rest."""
        moment = self._free_instant(micros(now)) if act is None else micros(act.recorded_at)
        numbers = None if act is None else act.id, self._next("act") - 1
        self._insert_run(run, *numbers, moment)

    def restore_runs(self, runs: Iterable[Run], renumbered: Mapping[int, int]) -> None:
        """Write imports of tables as another store recorded them, but for those that are here.

        Args:
            runs: Acts are named by their numbers in that store.
            renumbered: The numbers that acts have in this one, where they are others.
        """
        here = {moment for (moment,) in self._raw.execute("SELECT recorded_at FROM imported")}
        for run in runs:
            moment = 0 if run.recorded_at is None else micros(run.recorded_at)
            if moment not in here:
                act = None if run.act is None else renumbered.get(run.act, run.act)
                self._insert_run(run, act, renumbered.get(run.after, run.after), moment)

    def _insert_run(self, run: Run, act: int | None, after: int, moment: int) -> None:
        row = (self._next("imported"), act, after, moment, run.reported_on.isoformat())
        text = cells_text(run.cells)
        self._insert("imported", RUN_COLUMNS, [(*row, run.stem, run.header, text)])

    def add(self, act: Act, statements: Iterable[Statement], first: int) -> int:
        """Write statements of an act, from its place `first` on; `finish` follows the last.

        Returns:
            The place after them.
        """
        place, number = first, self._next("status_update") - first
        for chunk in chunks(statements):
            said = [_update(s, number + seq, act, seq) for seq, s in enumerate(chunk, place)]
            place += len(chunk)
            self._write(said, of_person=act.kind is not ActKind.IMPORT)
        return place

    def restore(self, acts: Iterable[tuple[Act, list[Update]]]) -> tuple[int, dict[int, int]]:
        """Write acts with their own instants; numbers are kept where they are free.

        Returns:
            How many updates are new, and the numbers here of those acts that have another.
        """
        known: dict[tuple[object, ...], int] = {
            tuple(row): number
            for *row, number in self._raw.execute("SELECT recorded_at, author, kind, id FROM act")
        }
        renumbered: dict[int, int] = {}
        numbers: dict[int, int] = {}  # of updates that have another one here
        new = 0
        for chunk in _chunks_of_acts(acts):
            fresh = []
            for act, said in chunk:
                here = known.get(_key(act))
                if here is None:
                    fresh.append((act, said))
                    new += len(said)
                else:
                    renumbered[act.id] = here
                    numbers |= self._numbers_here(here, said)
            self._restore(fresh, numbers, renumbered)
        self.finish(new)
        return new, renumbered

    def _restore(
        self,
        acts: Iterable[tuple[Act, list[Update]]],
        numbers: dict[int, int],
        renumbered: dict[int, int],
    ) -> None:
        """Write some acts; `numbers` and `renumbered` learn what is numbered otherwise here."""
        act_rows, updates = [], []
        number, last = self._next("act") - 1, self._next("status_update") - 1
        for act, said in acts:
            number = max(act.id, number + 1)
            if number != act.id:
                renumbered[act.id] = number
            act_rows.append((number, *_act_row(act)[1:]))
            for u in said:
                last = max(u.id, last + 1)
                if last != u.id:
                    numbers[u.id] = last
                target = None if u.retracts is None else numbers.get(u.retracts, u.retracts)
                here = (last, number, target)
                if here != (u.id, u.act, u.retracts):
                    updates.append(replace(u, id=last, act=number, retracts=target))
                else:
                    updates.append(u)
        self._insert("act", _ACT, act_rows)
        self._write(updates, of_person=False)

    def _write(self, updates: Sequence[Update], *, of_person: bool) -> None:
        """Write updates that are numbered already; fold what is wholly known from them."""
        self._make_room()
        said: dict[str, list[Update]] = {}
        for u in updates:
            said.setdefault(u.facility, []).append(u)
        sources = {u.id: self._source_id(u.source) for u in updates}  # made in their order
        rows: list[_Row] = []
        arriving: dict[str, Sequence[Update]] = {}
        for facility, them in said.items():
            whole = self._add_rows_of(them, sources, rows, of_person=of_person)
            if self._is_coming(facility):
                arriving[facility] = them if whole else ()
            if not whole or facility not in arriving:
                self._unfolded[facility] = None
        self._arrive(arriving)
        rows.sort(key=itemgetter(0))
        self._insert("status_update", _UPDATE, rows)

    def _add_rows_of(
        self,
        updates: Sequence[Update],
        sources: Mapping[int, int | None],
        rows: list[_Row],
        *,
        of_person: bool,
    ) -> bool:
        """Add the rows of updates of one facility.

        Returns:
            Whether their fold is that of what the store keeps of them.
        """
        facility = updates[0].facility
        number, steps = self._need_facility(facility), self._steps_of(facility)
        whole, moment, instant = True, None, 0
        for u in updates:
            step, value = None, u.value
            if u.milestone is not None:
                found = steps.get(u.milestone)
                step = found[0] if found else self._need_milestone(facility, u.milestone)
            if u.recorded_at is not moment:
                moment = u.recorded_at
                instant = micros(moment)
            said = columns_of(
                _validated(u) if of_person else u, of_milestone=u.milestone is not None
            )
            rows.append(
                (u.id, u.act, u.seq, instant, u.retracts, number, step, sources[u.id], *said)
            )
            if (
                u.retracts is not None
                or (value is not None and clean_value(value) != value)
                or (self._unclean and u.source in self._unclean)
            ):
                whole = False
        return whole

    def finish(self, new: int) -> None:
        """Fold what could not be before everything was written, and count."""
        self.settle()
        counters.add(self._raw, {("update", "", ""): new})
        refold(self._raw, self._unfolded)
        self._unfolded.clear()
        self._stand.clear()

    def _numbers_here(self, act: int, updates: Iterable[Update]) -> dict[int, int]:
        """What the updates of an act that is here already are numbered in this store."""
        rows = self._raw.execute("SELECT seq, id FROM status_update WHERE act_id = ?", (act,))
        by_seq = dict(rows.fetchall())
        return {u.id: by_seq[u.seq] for u in updates if u.seq in by_seq}

    def _free_instant(self, now: int) -> int:
        """The instant of a new act: now, or right after the newest one where that is later.

        Imports that recorded nothing count as acts.

        A clock may be wrong by `CLOCK_ERROR`, and acts stay in order within it. What is stored
        beyond that is not followed: the clock was wrong then or is now, and the new act has
        the instant that the clock says, or the next one that no act has.
        """
        moment = now
        for table in ("act", "imported"):
            newest = f"SELECT max(recorded_at) FROM {table} WHERE recorded_at <= ?"
            row = self._raw.execute(newest, (now + _ERROR,)).fetchone()
            if row[0] is not None:
                moment = max(moment, int(row[0]) + 1)
        taken = "SELECT 1 FROM act WHERE recorded_at = ?"
        while self._raw.execute(taken, (moment,)).fetchone() is not None:
            moment += 1
        return moment

    def milestones_of(self, updates: Iterable[Update]) -> tuple[Milestone, ...]:
        """The milestones that updates are about, as they are now."""
        wanted = dict.fromkeys((u.facility, u.milestone) for u in updates if u.milestone)
        found = {
            (m.facility, m.slug): m
            for facility in dict.fromkeys(f for f, _ in wanted)
            for m in self.reader.milestones_of(facility)
        }
        return tuple(found[key] for key in wanted if key in found)


def _update(s: Statement, number: int, act: Act, seq: int) -> Update:
    return Update(
        *_FIELDS(s),
        id=number,
        act=act.id,
        seq=seq,
        recorded_at=act.recorded_at,
    )


def _validated(s: Statement) -> StatementIn:
    """What a person says, its types looked at too."""
    return StatementIn(
        kind=s.kind,
        reported_on=s.reported_on,
        reported_basis=s.reported_basis,
        about_milestone=s.milestone is not None,
        period=s.period,
        value=s.value,
        phrase=s.phrase,
        reason=s.reason,
        action=s.action,
        evidence=s.evidence,
    )


def _act_row(act: Act) -> _Row:
    return act.id, act.kind.value, micros(act.recorded_at), act.by


def _key(act: Act) -> tuple[int, str | None, str]:
    """What tells an act apart in any store."""
    return micros(act.recorded_at), act.by, act.kind.value


def _chunks_of_acts(
    acts: Iterable[tuple[Act, list[Update]]],
) -> Iterator[list[tuple[Act, list[Update]]]]:
    """Acts with at least `CHUNK` updates together."""
    chunk: list[tuple[Act, list[Update]]] = []
    held = 0
    for pair in acts:
        chunk.append(pair)
        held += len(pair[1])
        if held >= CHUNK:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
