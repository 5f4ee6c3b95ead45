"""The order of lists and how many there are of each state, without looking at every row.

Lists go overdue (longest first), due soon, in window, undated, upcoming, on hold, passed,
completed, cancelled, then by slug: a chain of parts, each of them a range of an index. A
page is taken from the parts it touches, from whichever end of a part is nearer. How long
the parts are is kept by `tally` with every act.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db.model.records import Kind
from db.model.states import Standing, State, rank, state_case
from db.read.lists import scan_search
from db.schema.search_columns import match_query

if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "STATE",
    "Filter",
    "chain",
    "conditions",
    "counts",
    "days",
    "ids",
    "is_quick",
    "place",
]

_BY_DAY = state_case(
    lambda s: repr(s.value), "m.forecast_latest", "coalesce(m.forecast_earliest, '')"
)
STATE = f"CASE m.standing WHEN 'open' THEN {_BY_DAY} ELSE m.standing END"
_RANK = f"CASE {STATE} {' '.join(f'WHEN {s.value!r} THEN {rank(s)}' for s in State)} END"
_URGENCY = (
    f"{_RANK}, CASE WHEN m.standing = 'open' AND m.forecast_latest < :day"
    " THEN m.forecast_latest END, m.path"
)
# An expression in place of the bare column keeps the query on the index whose order it
# asks for; the few that are due soon are sorted instead.
_LATER = "m.standing = 'open' AND m.forecast_latest || '' > :soon"
_PARTS: dict[State, tuple[str, tuple[str, ...]]] = {
    State.OVERDUE: (
        "m.standing = 'open' AND m.forecast_latest < :day",
        ("m.forecast_latest", "m.path"),
    ),
    State.DUE_SOON: (
        "m.standing = 'open' AND m.forecast_latest BETWEEN :day AND :soon",
        ("m.path || ''",),
    ),
    State.IN_WINDOW: (
        f"{_LATER} AND (m.forecast_earliest IS NULL OR m.forecast_earliest <= :day)",
        ("m.path",),
    ),
    State.UPCOMING: (f"{_LATER} AND m.forecast_earliest > :day", ("m.path",)),
}
_FEW = 2000  # facilities whose milestones are sorted faster than they are met in order
_QUICK = 50_000  # milestones that are counted while a person does not notice


@dataclass(frozen=True, slots=True)
class Filter:
    """Which milestones are asked for; an empty filter asks for all that are present."""

    city: str | None = None
    cluster: str | None = None
    states: tuple[State, ...] = ()
    kind: Kind | None = None
    owner: str | None = None
    search: str | None = None
    facility: str | None = None

    @property
    def by_state_alone(self) -> bool:
        """Whether nothing but states is asked for, so that `tally` knows how many."""
        others = (self.city, self.cluster, self.kind, self.owner, self.search, self.facility)
        return all(other is None for other in others)


def days(day: date, soon_days: int) -> "dict[str, Any]":
    """The values that every query on states takes."""
    soon = day + min(timedelta(days=soon_days), date.max - day)
    return {"day": day.isoformat(), "soon": soon.isoformat()}


def chain(wanted: Filter) -> list[State]:
    """The parts that a list under this filter is made of, in order."""
    return [s for s in State if s in (wanted.states or State)]


def part(state: State) -> tuple[str, tuple[str, ...]]:
    """The condition of one state and the columns by which its part is ordered."""
    return _PARTS.get(state) or (f"m.standing = '{state.value}'", ("m.path",))


# -- which ---------------------------------------------------------------------------------------


def conditions(wanted: Filter, facilities: str = "facility") -> "tuple[str, dict[str, Any]]":
    """The condition of a filter but for its states, and its values; empty where it has none.

    `facilities` is the table that says what facilities are.
    """
    of_facility: list[str] = []
    values: dict[str, Any] = {}
    for column in ("city", "cluster", "owner", "facility"):
        value = getattr(wanted, column)
        if value is not None:
            name = "slug" if column == "facility" else column
            of_facility.append(f"f.{name} = :{column}")
            values[column] = value
    clauses = []
    if of_facility:
        clauses.append(
            f"m.facility_id IN (SELECT f.id FROM {facilities} f WHERE {' AND '.join(of_facility)})"
        )
    if wanted.search:
        query = match_query(wanted.search)
        if query is None:
            clauses.append("1 = 0")
        else:
            clauses.append(
                "m.facility_id IN (SELECT rowid FROM facility_search"
                " WHERE facility_search MATCH :search)"
            )
            values["search"] = query
    if wanted.kind is not None:
        clauses.append("m.kind = :kind")
        values["kind"] = wanted.kind.value
    return " AND ".join(clauses), values


def _concerns_few(connection: sqlite3.Connection, wanted: Filter) -> bool:
    """Whether the filter leaves so few facilities that all their milestones can be sorted."""
    if wanted.search and scan_search.is_shorter(connection, wanted.search):
        return False
    of_facility = Filter(
        city=wanted.city,
        cluster=wanted.cluster,
        owner=wanted.owner,
        search=wanted.search,
        facility=wanted.facility,
    )
    clauses, values = conditions(of_facility)
    if not clauses:
        return False
    if of_facility == Filter(search=wanted.search) and "search" in values:
        found = "SELECT rowid FROM facility_search WHERE facility_search MATCH :search"
    else:
        found = f"SELECT 1 FROM facility x WHERE {clauses.replace('m.facility_id', 'x.id')}"
    sql = f"SELECT count(*) FROM ({found} LIMIT {_FEW + 1})"
    return int(connection.execute(sql, values).fetchone()[0]) <= _FEW


def is_quick(connection: sqlite3.Connection, wanted: Filter) -> bool:
    """Whether `counts` under this filter is no matter of more than a blink."""
    if wanted.by_state_alone:
        return True
    sql = "SELECT coalesce(sum(t.number), 0) FROM tally t WHERE t.name IN"
    names = ", ".join(f"'{standing.value}'" for standing in Standing)
    total = int(connection.execute(f"{sql} ({names})").fetchone()[0])
    return total <= _QUICK or _concerns_few(connection, wanted)


# -- in order ------------------------------------------------------------------------------------


def ids(
    connection: sqlite3.Connection,
    day: date,
    soon_days: int,
    wanted: Filter,
    *,
    limit: int = -1,
    offset: int = 0,
    known: Mapping[State, int] | None = None,
) -> Iterator[int]:
    """The numbers of milestones by urgency on `day`, `limit` of them from `offset` on.

    `known` is what `counts` says, if that was asked already.
    """
    clauses, values = conditions(wanted)
    values |= days(day, soon_days)
    if clauses and _concerns_few(connection, wanted):
        yield from _sorted(connection, wanted, clauses, values, limit, offset)
        return
    if wanted.search and limit >= 0:
        met = _met(connection, wanted, days(day, soon_days), offset + limit)
        if met is not None:
            yield from met[offset:]
            return
    if offset and known is None:
        known = counts(connection, day, soon_days, wanted)
    for state in chain(wanted):
        if limit == 0:
            return
        here = None if known is None else known[state]
        if here is not None and offset >= here:
            offset -= here
            continue
        found = _from_part(connection, state, clauses, values, (limit, offset), here)
        offset = 0
        for number in found:
            yield number
            limit -= 1


def _met(
    connection: sqlite3.Connection, wanted: Filter, values: "dict[str, Any]", enough: int
) -> list[int] | None:
    """The first that fit a search, met in the order of the list; None where they are too rare."""
    others, more = conditions(replace(wanted, search=None))
    fits, needed = scan_search.condition(wanted.search or "", "m.facility_id")
    values = values | more | needed
    found: list[int] = []
    left = scan_search.LOOKED_AT
    for state in chain(wanted):
        here, order = part(state)
        rows = connection.execute(
            f"SELECT m.id, {fits} FROM milestone m WHERE {here}{f' AND {others}' if others else ''}"
            f" ORDER BY {', '.join(order)} LIMIT :left",
            values | {"left": left},
        )
        for number, fitting in rows:
            if len(found) == enough:
                return found
            left -= 1
            if fitting:
                found.append(number)
        if len(found) == enough:
            return found
        if left <= 0:
            return None
    return found


def _sorted(
    connection: sqlite3.Connection,
    wanted: Filter,
    clauses: str,
    values: "dict[str, Any]",
    limit: int,
    offset: int,
) -> Iterator[int]:
    states = ", ".join(f"'{s.value}'" for s in wanted.states)
    only = f" AND {STATE} IN ({states})" if states else ""
    rows = connection.execute(
        f"SELECT m.id FROM milestone m WHERE m.standing IS NOT NULL AND {clauses}{only}"
        f" ORDER BY {_URGENCY} LIMIT :limit OFFSET :offset",
        values | {"limit": limit, "offset": offset},
    )
    return (number for (number,) in rows)


def _from_part(
    connection: sqlite3.Connection,
    state: State,
    clauses: str,
    values: "dict[str, Any]",
    window: tuple[int, int],
    length: int | None,
) -> Iterable[int]:
    """Numbers from one part, read from its nearer end where its length is known."""
    limit, offset = window
    condition, order = part(state)
    backward = length is not None and limit >= 0 and offset > length // 2
    if backward and length is not None:
        limit = min(limit, length - offset)
        offset = length - offset - limit
    direction = " DESC" if backward else ""
    rows = connection.execute(
        f"SELECT m.id FROM milestone m WHERE {condition}{f' AND {clauses}' if clauses else ''}"
        f" ORDER BY {', '.join(o + direction for o in order)} LIMIT :limit OFFSET :offset",
        values | {"limit": limit, "offset": offset},
    )
    found = (number for (number,) in rows)
    return reversed(list(found)) if backward else found


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
_HALF = 1 << 31  # two numbers in one integer, which no store is large enough to fill
_PAIRS = [tuple(State)[n : n + 2] for n in range(0, len(State), 2)]
_SUMS = ", ".join(
    f"sum(CASE {' '.join(f'WHEN {part(s)[0]} THEN {_HALF**n}' for n, s in enumerate(pair))}"
    " ELSE 0 END)"
    for pair in _PAIRS
)
"""How many rows are in each state, added up as they are met: groups would have to be sorted."""


def counts(
    connection: sqlite3.Connection, day: date, soon_days: int, wanted: Filter
) -> dict[State, int]:
    """How many milestones are in each state on `day` under a filter; every state is there."""
    clauses, values = conditions(wanted)
    values |= days(day, soon_days)
    only = chain(wanted)
    if wanted.by_state_alone:
        sql = f"SELECT {_OF_TALLY}, sum(t.number) FROM tally t GROUP BY 1"
        kept = dict(connection.execute(sql, values))
        found = {state: kept.get(state.value, 0) for state in State}
    else:
        sql = f"SELECT {_SUMS} FROM milestone m WHERE m.standing IS NOT NULL AND {clauses}"
        found = {}
        for pair, both in zip(_PAIRS, connection.execute(sql, values).fetchone(), strict=True):
            found |= zip(pair, reversed(divmod(both or 0, _HALF)), strict=False)
    return {state: found[state] if state in only else 0 for state in State}
