"""The order of milestone lists and the counts of states, without reading every row.

Lists go overdue (longest first), due soon, in window, undated, upcoming, on hold, passed,
completed, cancelled, then by slug: a chain of parts, each of them a range of an index. A
page is taken from the parts it touches. How long the parts are is kept by `tally` with
every act.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db.model.records import Kind, Standing, State
from db.schema.search_columns import match_query

if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "FITTING",
    "STATE",
    "Filter",
    "chain",
    "concerns_few",
    "conditions",
    "counts",
    "days",
    "ids",
    "is_quick",
    "place",
]

FITTING = "SELECT rowid FROM facility_search WHERE facility_search MATCH :search"
"""The facilities that fit a search."""

STATE = (
    "CASE m.standing WHEN 'open' THEN CASE"
    " WHEN m.forecast_latest < :day THEN 'overdue'"
    " WHEN m.forecast_latest <= :soon THEN 'due_soon'"
    " WHEN m.forecast_earliest IS NULL OR m.forecast_earliest <= :day THEN 'in_window'"
    " ELSE 'upcoming' END ELSE m.standing END"
)
_RANK = f"CASE {STATE} {' '.join(f'WHEN {s.value!r} THEN {i}' for i, s in enumerate(State))} END"
_URGENCY = (
    f"{_RANK}, CASE WHEN m.standing = 'open' AND m.forecast_latest < :day"
    " THEN m.forecast_latest END, m.path"
)
# An expression in place of the bare column keeps the query on the index whose order it
# asks for; the few that are due soon are sorted instead.
_LATER = "m.standing = 'open' AND m.forecast_latest || '' > :soon"
_PARTS = {
    State.OVERDUE: (
        "m.standing = 'open' AND m.forecast_latest < :day",
        "m.forecast_latest, m.path",
    ),
    State.DUE_SOON: (
        "m.standing = 'open' AND m.forecast_latest BETWEEN :day AND :soon",
        "m.path || ''",
    ),
    State.IN_WINDOW: (
        f"{_LATER} AND (m.forecast_earliest IS NULL OR m.forecast_earliest <= :day)",
        "m.path",
    ),
    State.UPCOMING: (f"{_LATER} AND m.forecast_earliest > :day", "m.path"),
}
_FEW = 2000  # facilities whose milestones are sorted faster than they are met in order
_QUICK = 50_000  # milestones that are counted while a person does not notice


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of milestones; an empty one selects all that are present."""

    city: str | None = None
    cluster: str | None = None
    states: tuple[State, ...] = ()
    kind: Kind | None = None
    owner: str | None = None
    search: str | None = None
    facility: str | None = None

    @property
    def by_state_alone(self) -> bool:
        """Whether only states are filtered by, so that `tally` has the counts."""
        others = (self.city, self.cluster, self.kind, self.owner, self.search, self.facility)
        return all(other is None for other in others)


def days(day: date, soon_days: int) -> "dict[str, Any]":
    """Return the parameters of every query on states."""
    soon = day + min(timedelta(days=soon_days), date.max - day)
    return {"day": day.isoformat(), "soon": soon.isoformat()}


def chain(filters: Filter) -> list[State]:
    """Return the states that a list under this filter consists of, in order."""
    return [s for s in State if s in (filters.states or State)]


def part(state: State) -> tuple[str, str]:
    """Return the condition of a state and the columns that order it."""
    return _PARTS.get(state) or (f"m.standing = '{state.value}'", "m.path")


# -- which ---------------------------------------------------------------------------------------


def conditions(filters: Filter, facilities: str = "facility") -> "tuple[str, dict[str, Any]]":
    """Return the condition of a filter without its states, and its parameters.

    `facilities` is the table of facility attributes; the condition is empty for no filter.
    """
    of_facility: list[str] = []
    values: dict[str, Any] = {}
    for column in ("city", "cluster", "owner", "facility"):
        value = getattr(filters, column)
        if value is not None:
            name = "slug" if column == "facility" else column
            of_facility.append(f"f.{name} = :{column}")
            values[column] = value
    clauses = []
    if of_facility:
        clauses.append(
            f"m.facility_id IN (SELECT f.id FROM {facilities} f WHERE {' AND '.join(of_facility)})"
        )
    if filters.search:
        query = match_query(filters.search)
        if query is None:
            clauses.append("1 = 0")
        else:
            clauses.append(f"m.facility_id IN ({FITTING})")
            values["search"] = query
    if filters.kind is not None:
        clauses.append("m.kind = :kind")
        values["kind"] = filters.kind.value
    return " AND ".join(clauses), values


def concerns_few(connection: sqlite3.Connection, filters: Filter, few: int) -> bool:
    """Whether the filter leaves so few facilities that sorting all their rows is quickest."""
    of_facility = replace(filters, states=(), kind=None)
    clauses, values = conditions(of_facility)
    if not clauses:
        return False
    fitting = f"SELECT 1 FROM facility x WHERE {clauses.replace('m.facility_id', 'x.id')}"
    if "search" in values and of_facility == Filter(search=filters.search):
        fitting = FITTING  # stops at the limit
    sql = f"SELECT count(*) FROM ({fitting} LIMIT {few + 1})"
    return int(connection.execute(sql, values).fetchone()[0]) <= few


def is_quick(connection: sqlite3.Connection, filters: Filter) -> bool:
    """Whether `counts` under this filter is fast enough to wait for."""
    if filters.by_state_alone:
        return True
    sql = "SELECT coalesce(sum(t.number), 0) FROM tally t WHERE t.name IN"
    names = ", ".join(f"'{standing.value}'" for standing in Standing)
    total = int(connection.execute(f"{sql} ({names})").fetchone()[0])
    return total <= _QUICK or concerns_few(connection, filters, _FEW)


# -- in order ------------------------------------------------------------------------------------


def ids(
    connection: sqlite3.Connection,
    day: date,
    soon_days: int,
    filters: Filter,
    *,
    limit: int = -1,
    offset: int = 0,
    known: Mapping[State, int] | None = None,
) -> Iterator[int]:
    """The numbers of milestones by urgency on `day`, `limit` of them from `offset` on.

    `known` is what `counts` says, if that was asked already.
    """
    clauses, values = conditions(filters)
    values |= days(day, soon_days)
    if clauses and concerns_few(connection, filters, _FEW):
        yield from _sorted(connection, filters, clauses, values, limit, offset)
        return
    if offset and known is None:
        known = counts(connection, day, soon_days, filters)
    for state in chain(filters):
        if limit == 0:
            return
        here = None if known is None else known[state]
        if here is not None and offset >= here:
            offset -= here
            continue
        condition, order = part(state)
        found = connection.execute(
            f"SELECT m.id FROM milestone m WHERE {condition}{f' AND {clauses}' if clauses else ''}"
            f" ORDER BY {order} LIMIT :limit OFFSET :offset",
            values | {"limit": limit, "offset": offset},
        )
        offset = 0
        for (number,) in found:
            yield number
            limit -= 1


def _sorted(
    connection: sqlite3.Connection,
    filters: Filter,
    clauses: str,
    values: "dict[str, Any]",
    limit: int,
    offset: int,
) -> Iterator[int]:
    states = ", ".join(f"'{s.value}'" for s in filters.states)
    only = f" AND {STATE} IN ({states})" if states else ""
    rows = connection.execute(
        f"SELECT m.id FROM milestone m WHERE m.standing IS NOT NULL AND {clauses}{only}"
        f" ORDER BY {_URGENCY} LIMIT :limit OFFSET :offset",
        values | {"limit": limit, "offset": offset},
    )
    return (number for (number,) in rows)


def place(connection: sqlite3.Connection, day: date, soon_days: int, path: str) -> int | None:
    """Where a milestone stands among all; None where it is absent."""
    values = days(day, soon_days) | {"path": path}
    row = connection.execute(
        f"SELECT {STATE}, m.forecast_latest FROM milestone m WHERE m.path = :path", values
    ).fetchone()
    if row is None or row[0] is None:
        return None
    state, values["latest"] = State(row[0]), row[1]
    known = counts(connection, day, soon_days, Filter())
    before = sum(n for s, n in known.items() if list(State).index(s) < list(State).index(state))
    for condition in _before(state):
        sql = f"SELECT count(*) FROM milestone m WHERE {condition}"
        before += int(connection.execute(sql, values).fetchone()[0])
    return before


def _before(state: State) -> list[str]:
    """The conditions of what stands before a milestone in its own part."""
    if state is State.OVERDUE:
        return [
            "m.standing = 'open' AND m.forecast_latest < :latest",
            "m.standing = 'open' AND m.forecast_latest = :latest AND m.path < :path",
        ]
    return [f"{part(state)[0]} AND m.path < :path"]


# -- how many ------------------------------------------------------------------------------------

_OF_TALLY = STATE.replace("m.standing", "t.name").replace("m.forecast_", "t.")
_SUMS = ", ".join(f"count(*) FILTER (WHERE {part(state)[0]})" for state in State)


def counts(
    connection: sqlite3.Connection, day: date, soon_days: int, filters: Filter
) -> dict[State, int]:
    """How many milestones are in each state on `day` under a filter; every state is there."""
    clauses, values = conditions(filters)
    values |= days(day, soon_days)
    only = chain(filters)
    if filters.by_state_alone:
        sql = f"SELECT {_OF_TALLY}, sum(t.number) FROM tally t GROUP BY 1"
        kept = dict(connection.execute(sql, values))
        found = {state: kept.get(state.value, 0) for state in State}
    else:
        sql = f"SELECT {_SUMS} FROM milestone m WHERE m.standing IS NOT NULL AND {clauses}"
        found = dict(zip(State, connection.execute(sql, values).fetchone(), strict=True))
    return {state: found[state] if state in only else 0 for state in State}
