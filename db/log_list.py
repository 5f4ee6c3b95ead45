"""Everything that was ever said, newest recorded first, narrowed as one likes."""

import sqlite3
from datetime import date
from typing import Any

from db import at_sight, tally
from db.record import record, replace
from db.records import Update, UpdateKind
from db.rows import UPDATES, kept_text, update_from
from db.search import match_query

__all__ = ["LogFilter", "LogList"]


@record
class LogFilter:
    """Which updates are asked for.

    `first` and `last` bound the day of the report; `in_force` leaves out what was taken back
    and the taking back itself; `search` looks for names of facilities.
    """

    facility: str | None = None
    author: str | None = None
    kind: UpdateKind | None = None
    first: date | None = None
    last: date | None = None
    in_force: bool = False
    search: str | None = None


_EVERYTHING = LogFilter()
_QUICK = 100_000  # updates that are counted while a person does not notice


class LogList:
    """Answers on one connection; of the day that the reader was set to."""

    def __init__(self, connection: sqlite3.Connection, *, past: bool = False) -> None:
        """Read from `connection`, which stays its owner's to close; `past` is another day's."""
        self._connection = connection
        self._past = past

    def total(self, wanted: LogFilter) -> int:
        """How many updates there are."""
        last = self._last(wanted)
        if last is not None:
            return last
        return self._count(wanted, "0 = 0", {})

    def is_quick(self, wanted: LogFilter) -> bool:
        """Whether `total` and `place` are no matter of more than a blink."""
        if self._past or self._last(wanted) is not None:
            return True
        if tally.counted(self._connection, "update") <= _QUICK:
            return True
        search = wanted.search
        return search is not None and not at_sight.is_shorter(self._connection, search)

    def page(self, wanted: LogFilter, *, limit: int, offset: int) -> list[Update]:
        """A page of them."""
        last = self._last(wanted)
        where, values = _conditions(wanted)
        if wanted.search and at_sight.is_shorter(self._connection, wanted.search):
            where, values = _conditions(replace(wanted, search=None))
            fits, needed = at_sight.condition(wanted.search, "u.facility_id")
            where, values = f"{where} AND {fits}", values | needed
        if last is not None:
            where, values, offset = "u.id <= :last", {"last": last - offset}, 0
        sql = f"{UPDATES} WHERE {where} ORDER BY u.id DESC LIMIT :limit OFFSET :offset"
        rows = self._connection.execute(sql, values | {"limit": limit, "offset": offset})
        return [update_from(row) for row in rows]

    def place(self, wanted: LogFilter, number: int) -> int:
        """Where an update stands, or would stand."""
        last = self._last(wanted)
        if last is not None:
            return max(0, last - number)
        return self._count(wanted, "u.id > :number", {"number": number})

    def _count(self, wanted: LogFilter, newer: str, values: dict[str, Any]) -> int:
        """How many there are that are newer, looking at no table that the filter does not need."""
        where, more = _conditions(wanted)
        tables = "status_update u"
        if wanted.author is not None:
            tables += " JOIN act a ON a.id = u.act_id"
        if wanted.facility is not None or wanted.search:
            tables += " JOIN main.facility f ON f.id = u.facility_id"
        sql = f"SELECT count(*) FROM {tables} WHERE {newer} AND {where}"
        return int(self._connection.execute(sql, values | more).fetchone()[0])

    def _last(self, wanted: LogFilter) -> int | None:
        """The number of the newest update, where all are asked for and none is left out.

        As a rule they are counted from 1 without a gap, so that the number of an update says
        where it stands. A store that took over a part of another one may have gaps.
        """
        if self._past or wanted != _EVERYTHING:
            return None
        sql = "SELECT coalesce(max(id), 0) FROM status_update"
        last = int(self._connection.execute(sql).fetchone()[0])
        return last if last == tally.counted(self._connection, "update") else None

    def authors(self) -> list[str]:
        """Everybody who wrote anything."""
        rows = self._connection.execute(
            "SELECT DISTINCT author FROM act WHERE author IS NOT NULL ORDER BY 1"
        )
        return [text for (value,) in rows if (text := kept_text(value))]


def _conditions(wanted: LogFilter) -> tuple[str, dict[str, Any]]:
    """The WHERE clause of a filter, and its values."""
    clauses: list[str] = ["0 = 0"]
    values: dict[str, Any] = {}
    for clause, name, value in (
        ("f.slug = :facility", "facility", wanted.facility),
        ("a.author = :author", "author", wanted.author),
        ("u.kind = :kind", "kind", wanted.kind),
        ("u.reported_on >= :first", "first", wanted.first),
        ("u.reported_on <= :last", "last", wanted.last),
    ):
        if value is not None:
            clauses.append(clause)
            values[name] = str(value)
    if wanted.in_force:
        clauses.append("u.retracted_by IS NULL AND u.kind <> 'retract'")
    if wanted.search:
        query = match_query(wanted.search)
        clauses.append(
            "f.id IN (SELECT rowid FROM facility_search WHERE facility_search MATCH :search)"
            if query
            else "0 = 1"
        )
        values["search"] = query
    return " AND ".join(clauses), values
