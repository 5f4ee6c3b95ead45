"""The order of lists on a past day, from spells: no milestone is folded for it.

The first page of what was overdue is a range of an index. Anything else takes the whole order
of that day, which is made once, in one pass over the spells and one over the paths, and is
then a slice of numbers for any page.
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
from db.model.states import WAITING, Standing, State, rank, state_case
from db.read.lists.ordering import Filter, chain, conditions
from db.schema.rows import kept_text

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
_BY_DAY = state_case(lambda s: str(rank(s)), "s.latest", "s.earliest")
_RANK = f"CASE s.standing WHEN {OPEN} THEN {_BY_DAY} " + (
    " ".join(
        f"WHEN {place} THEN {rank(State(standing.value))}"
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
    """How milestones are listed as of a day, on one connection."""

    def __init__(
        self, connection: sqlite3.Connection, day: date, lay: Callable[[Iterable[int]], None]
    ) -> None:
        """Answer as of `day`; `lay` folds the facilities of these numbers into `temp.facility`."""
        self._connection = connection
        self._day = day
        self._lay = lay
        self._whole: dict[int, Parts] = {}
        self._narrowed: tuple[object, Parts] | None = None

    # -- which, and how many ---------------------------------------------------------------------

    def ids(
        self, soon_days: int, wanted: Filter, limit: int = -1, offset: int = 0
    ) -> Iterator[int]:
        """The numbers of milestones by urgency, `limit` of them from `offset` on."""
        known = soon_days in self._whole or not wanted.by_state_alone
        if not known and limit >= 0 and offset == 0 and chain(wanted)[:1] == [State.OVERDUE]:
            first = self.first(limit)
            if first is not None:
                yield from first
                return
        parts = self._parts(soon_days, wanted)
        for state in chain(wanted):
            part = parts[state]
            end = len(part) if limit < 0 else min(len(part), offset + limit)
            found = part[offset:end]
            yield from found
            limit = limit if limit < 0 else limit - len(found)
            offset = max(0, offset - len(part))

    def first(self, limit: int) -> list[int] | None:
        """The numbers of the first so many, if they are overdue; else the whole order is needed."""
        found = self._numbers(_OVERDUE, limit)
        return found if len(found) == limit else None

    def counts(self, soon_days: int, wanted: Filter) -> dict[State, int]:
        """How many milestones are in each state under a filter; every state is there."""
        parts = self._parts(soon_days, wanted)
        only = chain(wanted)
        return {state: len(parts[state]) if state in only else 0 for state in State}

    def place(self, soon_days: int, path: str) -> int | None:
        """Where a milestone stands among all; None where it is absent."""
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
        """Make the whole order and what filters need, so that any page is there at once."""
        self._parts(soon_days, Filter())
        self._lay_attributes()

    # -- the whole order -------------------------------------------------------------------------

    def _parts(self, soon_days: int, wanted: Filter) -> Parts:
        if soon_days not in self._whole:
            self._whole = {soon_days: self._all_parts(soon_days)}
        whole = self._whole[soon_days]
        if wanted.by_state_alone:
            return whole
        asked = soon_days, replace(wanted, states=())
        if self._narrowed is None or self._narrowed[0] != asked:
            fitting = self._fitting(wanted)
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
            for number, place in run(_RANKS, values):
                ranks[number] = place
            parts = [array("q") for _ in range(_ABSENT + 1)]
            for (number,) in run("SELECT m.id FROM main.milestone m ORDER BY m.path"):
                parts[ranks[number]].append(number)
            deadlines = dict(run(_DEADLINES, values))
        overdue = rank(State.OVERDUE)
        parts[overdue] = array("q", sorted(parts[overdue], key=deadlines.__getitem__))
        return dict(zip(_STATES, parts, strict=False))

    def _fitting(self, wanted: Filter) -> set[int]:
        """The numbers of the milestones that fit a filter, whatever their state."""
        self._lay_attributes()
        clauses, values = conditions(wanted, facilities="temp.attribute")
        rows = self._connection.execute(
            f"SELECT m.id FROM main.milestone m WHERE {clauses}", values
        )
        return {number for (number,) in rows}

    # -- facilities ------------------------------------------------------------------------------

    def facilities(self) -> tuple[int, ...]:
        """The numbers of the facilities of the day, the next deadline first; then by slug.

        Spells do not say by when what is on hold was expected, so that facilities of which
        something was are folded.
        """
        run, day = self._connection.execute, {"day": self._day.toordinal()}
        held = [number for (number,) in run(_HOLDING, day)]
        self._lay(held)
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

    # -- what facilities were --------------------------------------------------------------------

    def values_of(self, attribute: str) -> list[str]:
        """The distinct values of city, cluster or owner."""
        self._lay_attributes()
        rows = self._connection.execute(
            f"SELECT DISTINCT {attribute} FROM temp.attribute"
            f" WHERE {attribute} IS NOT NULL ORDER BY 1"
        )
        return [text for (value,) in rows if (text := kept_text(value))]

    def _lay_attributes(self) -> None:
        """Let `temp.attribute` hold what lists are filtered by, of all facilities of the day."""
        run = self._connection.execute
        if run("SELECT 1 FROM temp.sqlite_master WHERE name = 'attribute'").fetchone():
            return
        day = {"day": self._day.isoformat()}
        later = run(
            "SELECT id FROM main.facility WHERE first_on <= :day AND set_on > :day", day
        ).fetchall()
        self._lay(number for (number,) in later)
        columns = "f.id, f.slug, f.city, f.cluster, f.owner"
        run(f"CREATE TEMP TABLE attribute AS SELECT {columns} FROM main.facility f WHERE 0 = 1")
        run(
            f"INSERT INTO temp.attribute SELECT {columns} FROM main.facility f"
            " WHERE f.first_on <= :day AND (f.set_on IS NULL OR f.set_on <= :day)",
            day,
        )
        run(
            f"INSERT INTO temp.attribute SELECT {columns} FROM temp.facility f"
            " JOIN main.facility now ON now.id = f.id WHERE now.set_on > :day",
            day,
        )


def _iso(number: int) -> str:
    return date.fromordinal(number).isoformat() if number else ""
