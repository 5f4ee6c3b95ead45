"""The order of lists on a past day, from the history of milestones, without folding any.

The first page of the overdue is a range of an index. Anything else takes the whole order of
that day, which is made once, in one pass over the history and one over the paths; any page is
then a slice of numbers.
"""

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from db.engine.snapshot import snapshot
from db.fold.counters import Key
from db.fold.milestone_history import OPEN, STANDINGS
from db.model.records import WAITING, Standing, State
from db.read.lists.ordering import Filter, chain, conditions

__all__ = ["AsOfOrder"]

_THEN = "s.since <= :day AND s.until > :day"
_OVERDUE = (
    "SELECT s.milestone_id FROM spell s CROSS JOIN main.milestone m ON m.id = s.milestone_id"
    f" WHERE s.standing = {OPEN} AND s.latest < :day AND {_THEN}"
    " ORDER BY s.latest, m.path LIMIT :limit"
)
_NEXT = (
    "SELECT s.milestone_id FROM spell s CROSS JOIN main.milestone m ON m.id = s.milestone_id"
    f" WHERE s.standing = {OPEN} AND s.latest >= :day AND {_THEN}"
    " ORDER BY s.latest, m.path LIMIT :limit"
)
_TALLY = (
    "SELECT s.standing, s.latest, s.earliest, count(*) FROM spell s"
    f" WHERE {_THEN} GROUP BY s.standing, s.latest, s.earliest"
)
_STATES = tuple(State)
_RANK = f"CASE s.standing WHEN {OPEN} THEN CASE" + (
    f" WHEN s.latest < :day THEN {_STATES.index(State.OVERDUE)}"
    f" WHEN s.latest <= :soon THEN {_STATES.index(State.DUE_SOON)}"
    f" WHEN s.earliest <= :day THEN {_STATES.index(State.IN_WINDOW)}"
    f" ELSE {_STATES.index(State.UPCOMING)} END "
    + " ".join(
        f"WHEN {place} THEN {_STATES.index(State(standing.value))}"
        for place, standing in enumerate(STANDINGS)
        if standing is not Standing.OPEN
    )
    + " END"
)
_ABSENT = len(_STATES)
_NONE = "none"  # behind every day
_RANKS = f"SELECT s.milestone_id, {_RANK} FROM spell s WHERE {_THEN}"
_DEADLINES = (
    f"SELECT s.milestone_id, s.latest FROM spell s WHERE s.standing = {OPEN}"
    f" AND s.latest < :day AND {_THEN}"
)

_HELD = STANDINGS.index(Standing.ON_HOLD)
_WAITING = ", ".join(str(STANDINGS.index(standing)) for standing in WAITING)
_HOLDING = (
    "SELECT DISTINCT m.facility_id FROM spell s JOIN main.milestone m ON m.id = s.milestone_id"
    f" WHERE s.standing = {_HELD} AND {_THEN}"
)
_FACILITIES = (
    "WITH next AS (SELECT m.facility_id AS id,"
    f" min(CASE s.standing WHEN {OPEN} THEN s.latest ELSE {date.max.toordinal()} END) AS latest"
    " FROM spell s JOIN main.milestone m ON m.id = s.milestone_id"
    f" WHERE s.standing IN ({_WAITING}) AND {_THEN} GROUP BY m.facility_id)"
    " SELECT f.id, f.slug, n.latest FROM main.facility f LEFT JOIN next n ON n.id = f.id"
    " WHERE f.first_on <= :first"
)

Parts = dict[State, "array[int]"]


class AsOfOrder:
    """The order of milestones as of a day, on one connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        day: date,
        materialize: Callable[[Iterable[int]], None],
    ) -> None:
        """Answer as of `day`; `materialize` folds facilities, by number, into `temp.facility`."""
        self._connection = connection
        self._day = day
        self._materialize = materialize
        self._whole: dict[int, Parts] = {}
        self._narrowed: tuple[object, Parts] | None = None

    # -- which, and how many ---------------------------------------------------------------------

    def ids(
        self, soon_days: int, filters: Filter, limit: int = -1, offset: int = 0
    ) -> Iterator[int]:
        """The numbers of milestones by urgency, `limit` of them from `offset` on."""
        known = soon_days in self._whole or not filters.by_state_alone
        if not known and limit >= 0 and offset == 0 and chain(filters)[:1] == [State.OVERDUE]:
            first = self.first(limit)
            if first is not None:
                yield from first
                return
        parts = self._parts(soon_days, filters)
        for state in chain(filters):
            part = parts[state]
            end = len(part) if limit < 0 else min(len(part), offset + limit)
            found = part[offset:end]
            yield from found
            limit = limit if limit < 0 else limit - len(found)
            offset = max(0, offset - len(part))

    def first(self, limit: int) -> list[int] | None:
        """Return the first `limit` numbers if all are overdue; else the whole order is needed."""
        found = self._numbers(_OVERDUE, limit)
        return found if len(found) == limit else None

    def counts(self, soon_days: int, filters: Filter) -> dict[State, int]:
        """How many milestones are in each state under a filter; every state is there."""
        parts = self._parts(soon_days, filters)
        only = chain(filters)
        return {state: len(parts[state]) if state in only else 0 for state in State}

    def place(self, soon_days: int, path: str) -> int | None:
        """Return the index of a milestone among all; None where it is absent."""
        row = self._connection.execute(
            "SELECT m.id FROM main.milestone m WHERE m.path = ?", (path,)
        ).fetchone()
        before = 0
        for part in self._parts(soon_days, Filter()).values() if row else ():
            try:
                return before + part.index(row[0])
            except ValueError:
                before += len(part)
        return None

    def next_deadlines(self, limit: int) -> list[int]:
        """The numbers of the milestones that are due on or after the day, the nearest first."""
        return self._numbers(_NEXT, limit)

    def _numbers(self, sql: str, limit: int) -> list[int]:
        values = {"day": self._day.toordinal(), "limit": limit}
        return [number for (number,) in self._connection.execute(sql, values)]

    def tallied(self) -> Iterator[tuple[Key, int]]:
        """Count the milestones of each standing and window, as `db.fold.counters` keeps them."""
        values = {"day": self._day.toordinal()}
        for place, latest, earliest, number in self._connection.execute(_TALLY, values):
            yield (STANDINGS[place].value, _iso(earliest), _iso(latest)), number

    def prepare(self, soon_days: int) -> None:
        """Prepare the whole order and the attributes that filters need."""
        self._parts(soon_days, Filter())
        self.attributes()

    # -- the whole order -------------------------------------------------------------------------

    def _parts(self, soon_days: int, filters: Filter) -> Parts:
        if soon_days not in self._whole:
            self._whole = {soon_days: self._all_parts(soon_days)}
        whole = self._whole[soon_days]
        if filters.by_state_alone:
            return whole
        asked = soon_days, replace(filters, states=())
        if self._narrowed is None or self._narrowed[0] != asked:
            fitting = self._fitting(filters)
            narrowed = {s: array("q", (n for n in p if n in fitting)) for s, p in whole.items()}
            self._narrowed = asked, narrowed
        return self._narrowed[1]

    def _all_parts(self, soon_days: int) -> Parts:
        run = self._connection.execute
        soon = self._day + min(timedelta(days=soon_days), date.max - self._day)
        values = {"day": self._day.toordinal(), "soon": soon.toordinal()}
        with snapshot(self._connection):  # what others write meanwhile is for the next look
            (most,) = run("SELECT coalesce(max(id), 0) FROM main.milestone").fetchone()
            ranks = bytearray([_ABSENT]) * (most + 1)
            for number, rank in run(_RANKS, values):
                ranks[number] = rank
            parts = [array("q") for _ in range(_ABSENT + 1)]
            for (number,) in run("SELECT m.id FROM main.milestone m ORDER BY m.path"):
                parts[ranks[number]].append(number)
            deadlines = dict(run(_DEADLINES, values))
        overdue = _STATES.index(State.OVERDUE)
        parts[overdue] = array("q", sorted(parts[overdue], key=deadlines.__getitem__))
        return dict(zip(_STATES, parts, strict=False))

    def _fitting(self, filters: Filter) -> set[int]:
        """The numbers of the milestones that fit a filter, whatever their state."""
        clauses, values = conditions(filters, facilities=self.attributes())
        rows = self._connection.execute(
            f"SELECT m.id FROM main.milestone m WHERE {clauses}", values
        )
        return {number for (number,) in rows}

    # -- facilities ------------------------------------------------------------------------------

    def facilities(self) -> tuple[int, ...]:
        """The numbers of the facilities of the day, the next deadline first; then by slug.

        The history has no deadlines of what is on hold, so that facilities with a milestone on
        hold are folded.
        """
        run, day = self._connection.execute, {"day": self._day.toordinal()}
        held = [number for (number,) in run(_HOLDING, day)]
        self._materialize(held)
        deadlines = dict(
            run(
                "SELECT id, next_on FROM temp.facility"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(held),),
            )
        )
        rows = run(_FACILITIES, day | {"first": self._day.isoformat()})
        found = [
            (deadlines.get(number) or (_iso(latest) if latest else _NONE), slug, number)
            for number, slug, latest in rows
        ]
        return tuple(number for _, _, number in sorted(found))

    def attributes(self) -> str:
        """Return the table of what lists are filtered by, of all facilities of the day."""
        run, table = self._connection.execute, "temp.attribute"
        if run("SELECT 1 FROM temp.sqlite_master WHERE name = 'attribute'").fetchone():
            return table
        day = {"day": self._day.isoformat()}
        later = run(
            "SELECT id FROM main.facility WHERE first_on <= :day AND set_on > :day", day
        ).fetchall()
        self._materialize(number for (number,) in later)
        columns = "f.id, f.slug, f.city, f.cluster, f.programme, f.owner"
        run(f"CREATE TEMP TABLE attribute AS SELECT {columns} FROM main.facility f WHERE 0 = 1")
        run(
            f"INSERT INTO {table} SELECT {columns} FROM main.facility f"
            " WHERE f.first_on <= :day AND (f.set_on IS NULL OR f.set_on <= :day)",
            day,
        )
        run(
            f"INSERT INTO {table} SELECT {columns} FROM temp.facility f"
            " JOIN main.facility now ON now.id = f.id WHERE now.set_on > :day",
            day,
        )
        return table


def _iso(number: int) -> str:
    return date.fromordinal(number).isoformat() if number else ""
