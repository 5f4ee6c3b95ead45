"""The log: all updates, newest recorded first, filtered and by page."""

import json
import sqlite3
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from db.fold import counters
from db.model.records import Act, Update, UpdateKind
from db.read.lists.log_acts import Stretch, Stretches, WholeAct
from db.read.lists.ordering import FITTING, Filter, concerns_few
from db.schema.rows import UPDATES, act_from, kept_text, update_from
from db.schema.search_columns import match_query

__all__ = ["LogFilter", "LogList"]


@dataclass(frozen=True, slots=True)
class LogFilter:
    """A filter of updates.

    `first` and `last` bound the day of the report; `in_force` leaves out what was taken back
    and the taking back itself; `search` looks for names of facilities; `act` asks for the
    statements of one act.
    """

    facility: str | None = None
    author: str | None = None
    kind: UpdateKind | None = None
    first: date | None = None
    last: date | None = None
    in_force: bool = False
    search: str | None = None
    act: int | None = None


_EVERYTHING = LogFilter()
_FEW = 50  # facilities whose updates are sorted faster than they are met in order
_QUICK = 100_000  # updates that are counted while a person does not notice


class LogList:
    """The log on one connection, as of the day of its reader."""

    def __init__(self, connection: sqlite3.Connection, *, past: bool = False) -> None:
        """Read from `connection`, which stays its owner's to close; `past` is another day's."""
        self._connection = connection
        self._past = past

    def total(self, filters: LogFilter) -> int:
        """Return the number of rows: updates, and acts that are shown in one row."""
        last = self._last(filters)
        if last is not None:
            return Stretches(self._connection, last).total
        return self._count(filters, "0 = 0", {})

    def statements(self, filters: LogFilter) -> int:
        """Return the number of updates, including those of acts shown in one row."""
        last = self._last(filters)
        return self.total(filters) if last is None else last

    def is_quick(self, filters: LogFilter) -> bool:
        """Whether `total` and `place` are fast enough to wait for."""
        if self._past or self._last(filters) is not None:
            return True
        return counters.counted(self._connection, "update") <= _QUICK

    def page(self, filters: LogFilter, *, limit: int, offset: int) -> list[Update]:
        """Return a page; unfiltered, some acts are one row, see `db.read.lists.log_acts`."""
        last = self._last(filters)
        if last is not None:
            return self._rows(Stretches(self._connection, last), offset, limit)
        where, values = _conditions(filters)
        if filters.search and not concerns_few(
            self._connection, Filter(search=filters.search), _FEW
        ):
            where = where.replace("u.facility_id IN", "+u.facility_id IN")  # walk, do not sort
        sql = f"{UPDATES} WHERE {where} ORDER BY u.id DESC LIMIT :limit OFFSET :offset"
        rows = self._connection.execute(sql, values | {"limit": limit, "offset": offset})
        return [update_from(row) for row in rows]

    def _rows(self, stretches: Stretches, offset: int, limit: int) -> list[Update]:
        """Return a page of the unfiltered log, with acts in one row where they are a stretch."""
        end = stretches.total if limit < 0 else min(offset + limit, stretches.total)
        rows = [stretches.at(row) for row in range(offset, end)]
        numbers = [row if isinstance(row, int) else row.first for row in rows]
        sql = f"{UPDATES} WHERE u.id IN (SELECT value FROM json_each(?))"
        found = self._connection.execute(sql, (json.dumps(numbers),))
        updates = {update.id: update for update in map(update_from, found)}
        return [
            updates[row] if isinstance(row, int) else self._whole(row, updates[row.first])
            for row in rows
        ]

    def _whole(self, stretch: Stretch, first: Update) -> WholeAct:
        values = {f.name: getattr(first, f.name) for f in fields(Update)}
        return WholeAct(
            **values,
            whole=self._act(stretch.act),
            number=stretch.last - stretch.first + 1,
            of=None if stretch.of is None else self._act(stretch.of),
            undone=stretch.undone,
        )

    def _act(self, number: int) -> Act:
        sql = "SELECT id, kind, recorded_at, author FROM act WHERE id = ?"
        return act_from(self._connection.execute(sql, (number,)).fetchone())

    def place(self, filters: LogFilter, number: int) -> int:
        """Return the row of an update, or the row that it would have."""
        last = self._last(filters)
        if last is not None:
            return Stretches(self._connection, last).row_of(number)
        return self._count(filters, "u.id > :number", {"number": number})

    def _count(self, filters: LogFilter, newer: str, values: dict[str, Any]) -> int:
        """Count updates, joining only the tables that the filter needs."""
        where, more = _conditions(filters)
        tables = "status_update u"
        if filters.author is not None:
            tables += " JOIN act a ON a.id = u.act_id"
        if filters.facility is not None:
            tables += " JOIN main.facility f ON f.id = u.facility_id"
        sql = f"SELECT count(*) FROM {tables} WHERE {newer} AND {where}"
        return int(self._connection.execute(sql, values | more).fetchone()[0])

    def _last(self, filters: LogFilter) -> int | None:
        """Return the number of the newest update where the log is unfiltered and has no gaps.

        As a rule they are counted from 1 without a gap, so that the number of an update says
        where it stands. A store that took over a part of another one may have gaps.
        """
        if self._past or filters != _EVERYTHING:
            return None
        sql = "SELECT coalesce(max(id), 0) FROM status_update"
        last = int(self._connection.execute(sql).fetchone()[0])
        return last if last == counters.counted(self._connection, "update") else None

    def authors(self) -> list[str]:
        """Return the authors of all acts."""
        rows = self._connection.execute(
            "SELECT DISTINCT author FROM act WHERE author IS NOT NULL ORDER BY 1"
        )
        return [text for (value,) in rows if (text := kept_text(value))]


def _conditions(filters: LogFilter) -> tuple[str, dict[str, Any]]:
    """Return the WHERE clause of a filter, and its values."""
    clauses: list[str] = ["0 = 0"]
    values: dict[str, Any] = {}
    for clause, name, value in (
        ("u.act_id = :act", "act", filters.act),
        ("f.slug = :facility", "facility", filters.facility),
        ("a.author = :author", "author", filters.author),
        ("u.kind = :kind", "kind", filters.kind),
        ("u.reported_on >= :first", "first", filters.first),
        ("u.reported_on <= :last", "last", filters.last),
    ):
        if value is not None:
            clauses.append(clause)
            values[name] = value if isinstance(value, int) else str(value)
    if filters.in_force:
        clauses.append("u.retracted_by IS NULL AND u.kind <> 'retract'")
    if filters.search:
        query = match_query(filters.search)
        clauses.append(f"u.facility_id IN ({FITTING})" if query else "0 = 1")
        values["search"] = query
    return " AND ".join(clauses), values
