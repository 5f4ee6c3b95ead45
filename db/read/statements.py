"""Queries of updates and acts; see `db.read.reader`."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from db.model.errors import NotFoundError
from db.model.progress import Stage, counted
from db.model.records import Act, ActKind, Update
from db.read.imports import Run, read_runs
from db.schema.rows import UPDATES, act_from, micros, update_from

if TYPE_CHECKING:
    from db.read.lists.as_of import AsOf

__all__ = ["FieldStatement", "StatementReader"]

FieldStatement = dict[tuple[str, str | None], int]
"""Facilities (with None) and milestones, and the number of the newest act that speaks of each."""

_UNDONE = (
    "SELECT 1 FROM act b JOIN status_update r"
    " ON r.id = (SELECT min(first.id) FROM status_update first WHERE first.act_id = b.id)"
    " JOIN status_update t ON t.id = r.retracts"
    " WHERE b.kind = 'undo' AND b.id > a.id AND t.act_id = a.id AND r.retracted_by IS NULL"
)
"""An undo in force of the act `a`: its first statement tells what all of it takes back."""

_NUMBERS = range(2**63)  # that SQLite can be asked for


class StatementReader:
    """The queries of updates and acts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read from `connection`, which stays the caller's to close."""
        self._connection = connection
        self._past: AsOf | None = None

    def _count(self) -> None:
        """Let `tally` hold the counts of the day that is asked for."""
        if self._past is not None:
            self._past.count()

    def _materialize(self, *facilities: str) -> None:
        """Materialize the rows of these facilities, whatever the day."""
        if self._past is not None:
            self._past.materialize_named(facilities)

    def prepare_everything(self) -> None:
        """Materialize whatever may be asked of another day."""
        if self._past is not None:
            self._past.materialize_all()

    def mark(self) -> tuple[object, ...]:
        """Return a value that changes when an act, a facility, a milestone or an import is added.

        Read it before whatever is compared with it: where a transaction reads the same, all that
        was read since still holds.
        """
        row: tuple[object, ...] = self._connection.execute(
            "SELECT (SELECT max(id) FROM main.facility), (SELECT max(id) FROM main.milestone),"
            " (SELECT max(id) FROM main.status_update), (SELECT max(id) FROM main.imported),"
            " a.id, a.recorded_at, a.author"
            " FROM (SELECT max(id) AS newest FROM main.act) LEFT JOIN main.act a ON a.id = newest"
        ).fetchone()
        return row

    def updates_of(self, facility: str) -> list[Update]:
        """Return all updates of one facility, newest report first."""
        sql = f"{UPDATES} WHERE f.slug = ? ORDER BY u.reported_on DESC, u.id DESC"
        return [update_from(row) for row in self._connection.execute(sql, (facility,))]

    def said_since(self, facility: str, instant: datetime) -> list[Update]:
        """Return the updates in force of a facility recorded since `instant`, oldest first."""
        sql = (
            f"{UPDATES} WHERE f.slug = ? AND u.recorded_at >= ? AND u.kind <> 'retract'"
            " AND u.retracted_by IS NULL ORDER BY u.recorded_at, u.id"
        )
        values = (facility, micros(instant))
        return [update_from(row) for row in self._connection.execute(sql, values)]

    def log(
        self, facility: str | None = None, *, limit: int = -1, offset: int = 0
    ) -> tuple[int, list[Update]]:
        """How many updates there are, and a page of them, newest recorded first."""
        where = "" if facility is None else " WHERE f.slug = :facility"
        values = {"facility": facility, "limit": limit, "offset": offset}
        self._count()
        counted = (
            "SELECT coalesce(max(number), 0) FROM tally WHERE name = 'update'"
            if facility is None
            else "SELECT count(*) FROM status_update u"
            " JOIN main.facility f ON f.id = u.facility_id WHERE f.slug = :facility"
        )
        total = self._connection.execute(counted, values).fetchone()[0]
        sql = f"{UPDATES}{where} ORDER BY u.id DESC LIMIT :limit OFFSET :offset"
        return total, [update_from(row) for row in self._connection.execute(sql, values)]

    def changed(self, since: date, until: date, *, limit: int = -1) -> list[Update]:
        """The newest statements in force that were reported from one day to another."""
        sql = (
            f"{UPDATES} WHERE u.reported_on BETWEEN ? AND ? AND u.kind <> 'retract'"
            " AND u.retracted_by IS NULL ORDER BY u.reported_on DESC, u.id DESC LIMIT ?"
        )
        values = (since.isoformat(), until.isoformat(), limit)
        return [update_from(row) for row in self._connection.execute(sql, values)]

    def update(self, number: int) -> Update:
        """One update by its id.

        Raises:
            NotFoundError: There is none of this number.
        """
        row = None
        if number in _NUMBERS:
            row = self._connection.execute(f"{UPDATES} WHERE u.id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(
                f"there is no update {number}: tracker log lists them",
                code="no-update",
                number=number,
            )
        return update_from(row)

    def updates_of_act(self, act: int, *, limit: int = -1) -> list[Update]:
        """The updates of one act, in their order; none where there is no such act."""
        if act not in _NUMBERS:
            return []
        sql = f"{UPDATES} WHERE u.act_id = ? ORDER BY u.seq LIMIT ?"
        return [update_from(row) for row in self._connection.execute(sql, (act, limit))]

    def in_force_of_act(self, act: int) -> list[tuple[int, tuple[str, str | None], str]]:
        """Return number, subject and kind of each update of an act that is in force."""
        return self._of_act(act, "u.retracted_by IS NULL")

    def overruled_of_act(self, act: int) -> list[tuple[int, tuple[str, str | None], str]]:
        """Return the same of updates retracted by an ordinary act, such as a correction."""
        return self._of_act(
            act,
            "EXISTS (SELECT 1 FROM status_update r JOIN act a ON a.id = r.act_id"
            " WHERE r.id = u.retracted_by AND a.kind = 'act')",
        )

    def _of_act(self, act: int, which: str) -> list[tuple[int, tuple[str, str | None], str]]:
        rows = self._connection.execute(
            "SELECT u.id, f.slug, m.slug, u.kind FROM status_update u"
            " JOIN main.facility f ON f.id = u.facility_id"
            " LEFT JOIN main.milestone m ON m.id = u.milestone_id"
            f" WHERE u.act_id = ? AND {which} ORDER BY u.seq",
            (act,),
        )
        return [(number, (f, m), kind) for number, f, m, kind in rows]

    def act(self, number: int) -> Act:
        """One act by its number.

        Raises:
            NotFoundError: There is none of this number.
        """
        row = None
        if number in _NUMBERS:
            sql = "SELECT id, kind, recorded_at, author FROM act WHERE id = ?"
            row = self._connection.execute(sql, (number,)).fetchone()
        if row is None:
            raise NotFoundError(
                f"there is no act {number}: tracker log lists them", code="no-act", act=number
            )
        return act_from(row)

    def is_in_force(self, act: int) -> bool:
        """Whether any update of an act is in force."""
        sql = "SELECT 1 FROM status_update WHERE act_id = ? AND retracted_by IS NULL LIMIT 1"
        return self._connection.execute(sql, (act,)).fetchone() is not None

    def newest_act(self, *kinds: ActKind, of: tuple[str | None] | None = None) -> Act | None:
        """The newest act of some kinds of which something is still in force.

        An act that was undone is passed over, though a part of it stayed.

        Args:
            kinds: Those that count.
            of: Whose; `(None,)` are those of nobody, and without it those of everybody.
        """
        whose = "" if of is None else " AND a.author IS ?"
        sql = (
            f"SELECT a.id, a.kind, a.recorded_at, a.author FROM act a WHERE a.kind = ?{whose}"
            " AND EXISTS (SELECT 1 FROM status_update u WHERE u.act_id = a.id"
            f" AND u.retracted_by IS NULL) AND NOT EXISTS ({_UNDONE}) ORDER BY a.id DESC LIMIT 1"
        )
        found = [self._connection.execute(sql, (k.value, *(of or ()))).fetchone() for k in kinds]
        newest = max(filter(None, found), key=itemgetter(0), default=None)
        return None if newest is None else act_from(newest)

    def spoken_of_since(self, act: int) -> FieldStatement:
        """The facilities and milestones that an act made, and of which a later one speaks.

        A facility is spoken of where one of its milestones is.
        """
        rows = self._connection.execute(
            "SELECT f.slug, m.slug, min(u.act_id) >= :act, max(u.act_id)"
            " FROM status_update u JOIN main.facility f ON f.id = u.facility_id"
            " LEFT JOIN main.milestone m ON m.id = u.milestone_id"
            " WHERE u.facility_id IN (SELECT facility_id FROM status_update WHERE act_id = :act)"
            " AND u.retracted_by IS NULL AND u.kind <> 'retract'"
            " GROUP BY u.facility_id, u.milestone_id",
            {"act": act},
        ).fetchall()
        known = {facility for facility, _, is_new, _ in rows if not is_new}
        spoken: FieldStatement = {}
        for facility, milestone, is_new, last in rows:
            if last > act and is_new and milestone is not None:
                spoken[facility, milestone] = last
            if last > act and facility not in known:
                spoken[facility, None] = max(last, spoken.get((facility, None), 0))
        return spoken

    def runs(self) -> list[Run]:
        """The imports of tables, in the order of recording."""
        return list(read_runs(self._connection))

    def undone(self) -> dict[int, int]:
        """The acts of the updates that an undo in force takes back, not a person's retraction."""
        rows = self._connection.execute(
            "SELECT u.id, u.act_id FROM main.status_update u JOIN main.status_update r"
            " ON r.id = u.retracted_by JOIN main.act a ON a.id = r.act_id WHERE a.kind = 'undo'"
        )
        return dict(rows.fetchall())

    def acts(self) -> Iterator[Act]:
        """Every act in the order of recording."""
        rows = self._connection.execute("SELECT id, kind, recorded_at, author FROM act ORDER BY id")
        return map(act_from, rows)

    def everything(self) -> Iterator[Update]:
        """Every update in the order of recording."""
        updates = map(update_from, self._connection.execute(f"{UPDATES} ORDER BY u.id"))
        return iter(counted(updates, self._number_of_updates, Stage.READ))

    def _number_of_updates(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM status_update").fetchone()[0])
