"""Read the store: SQL over the DB-API into frozen records, without SQLModel or SQLAlchemy.

Today's board comes from the fold's columns. `Reader.at` hides them behind temporary
tables of another day, in this connection only, so that the same SQL answers for any
day and any state of knowledge.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from db.engine.snapshot import snapshot
from db.model.records import (
    Batch,
    Facility,
    Milestone,
    NewFacility,
    NewMilestone,
    State,
    Type,
)
from db.model.slugs import path_of
from db.read import alert_queries
from db.read.alert_queries import Cutoffs
from db.read.facilities import FacilityReader
from db.read.lists import ordering
from db.read.lists.ordering import Filter
from db.schema.rows import (
    FACILITY_COLUMNS,
    FROM_MILESTONES,
    MILESTONE_COLUMNS,
    facility_from,
    kept_text,
    kind_from,
    milestone_from,
)

if TYPE_CHECKING:
    from db.read.lists.as_of_order import AsOfOrder
    from db.read.lists.facility_list import FacilityList
    from db.read.lists.log_list import LogList
    from db.read.reviews import Reviews

__all__ = ["Filter", "Reader"]

_AT_ONCE = 500


class Reader(FacilityReader):
    """All queries of a store, on one connection.

    `sqlite3` errors are turned into `StoreError` by whoever opened the connection
    (`explain`); a reader can be closed at any time. It holds a transaction inside of
    `snapshot` only.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read from `connection`, which stays the caller's to close."""
        super().__init__(connection)
        self._asked: tuple[date, datetime | None] | None = None
        self._version = 0  # of the data that `_past` was made from

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read everything inside from one snapshot of the store, whatever others write.

        It is one read transaction, begun and ended here; inside another transaction it is
        part of that one. What was kept of another day (`at`) is rebuilt where the store has
        been written since.
        """
        with snapshot(self._connection) as begun:
            if begun and self._asked is not None and self.data_version() != self._version:
                self._make_past(*self._asked)
            yield

    def at(self, day: date, known_at: datetime | None = None) -> None:
        """Read as of the end of `day` from now on, with what was recorded by `known_at`."""
        self._past = self._asked = None
        with self.snapshot():
            self._make_past(day, known_at)

    def _make_past(self, day: date, known_at: datetime | None) -> None:
        from db.read.lists.as_of import AsOf  # noqa: PLC0415 - folding is not needed to read today's board

        self._past = AsOf(self._connection, day, known_at)
        self._asked, self._version = (day, known_at), self.data_version()

    def at_today(self) -> None:
        """Read the current state again, after `at`."""
        from db.read.lists.as_of import uncover  # noqa: PLC0415 - the same

        self._past = self._asked = None
        uncover(self._connection)

    def prepare(self, soon_days: int) -> None:
        """Prepare the lists of another day, so that any page is read at once."""
        if self._past is not None:
            self._past.count()
            if self._past.order is not None:
                self._past.order.prepare(soon_days)

    def first_of_past(self, limit: int) -> list[Milestone] | None:
        """Return the first page of another day's list, if no whole order is needed for it."""
        first = None if self._order is None else self._order.first(limit)
        return None if first is None else self.by_ids(first)

    @property
    def _order(self) -> "AsOfOrder | None":
        """The order of lists on another day, where the history of milestones gives it."""
        return None if self._past is None else self._past.order

    # -- milestones ------------------------------------------------------------------------------

    def milestones(
        self,
        day: date,
        soon_days: int,
        filters: Filter,
        *,
        limit: int = -1,
        offset: int = 0,
        known: Mapping[State, int] | None = None,
    ) -> list[Milestone]:
        """Milestones by urgency on `day`; see `db.read.lists.ordering` for the order.

        `known` is what `counts` says under this filter, if that was asked already.
        """
        window = {"limit": limit, "offset": offset}
        return self.by_ids(self.ids(day, soon_days, filters, **window, known=known))

    def ids(
        self,
        day: date,
        soon_days: int,
        filters: Filter,
        *,
        limit: int = -1,
        offset: int = 0,
        known: Mapping[State, int] | None = None,
    ) -> Iterator[int]:
        """The numbers of milestones by urgency on `day`, for `by_ids`."""
        if self._order is not None:
            return self._order.ids(soon_days, filters, limit, offset)
        window = {"limit": limit, "offset": offset}
        return ordering.ids(self._connection, day, soon_days, filters, **window, known=known)

    def by_ids(self, numbers: Iterable[int]) -> list[Milestone]:
        """Return the milestones of these numbers, in their order."""
        asked = list(numbers)
        found: dict[int, Milestone] = {}
        if self._past is not None:
            self._past.materialize_owners(asked)
        for start in range(0, len(asked), _AT_ONCE):
            chunk = asked[start : start + _AT_ONCE]
            sql = (
                f"SELECT {MILESTONE_COLUMNS}, m.id {FROM_MILESTONES}"
                f" WHERE m.id IN ({_marks(chunk)})"
            )
            for row in self._connection.execute(sql, chunk):
                found[row[-1]] = milestone_from(row)
        return [found[number] for number in asked if number in found]

    def counts(self, day: date, soon_days: int, filters: Filter) -> dict[State, int]:
        """How many milestones are in each state on `day`; every state is there."""
        if self._order is not None and not filters.by_state_alone:
            return self._order.counts(soon_days, filters)
        self._count()
        return ordering.counts(self._connection, day, soon_days, filters)

    def counts_at_once(self, filters: Filter) -> bool:
        """Whether `counts` is fast enough to wait for."""
        return ordering.is_quick(self._connection, filters)

    def place(self, day: date, soon_days: int, facility: str, milestone: str) -> int | None:
        """Where a milestone stands in the order of all; None where it is absent."""
        path = path_of(facility, milestone)
        if self._order is not None:
            return self._order.place(soon_days, path)
        return ordering.place(self._connection, day, soon_days, path)

    def next_deadlines(self, day: date, limit: int) -> list[Milestone]:
        """The milestones that are due on or after `day`, the nearest deadline first."""
        if self._order is not None:
            return self.by_ids(self._order.next_deadlines(limit))
        rows = self._connection.execute(
            "SELECT m.id FROM milestone m WHERE m.standing = 'open' AND m.forecast_latest >= ?"
            " ORDER BY m.forecast_latest, m.path LIMIT ?",
            (day.isoformat(), limit),
        )
        return self.by_ids(number for (number,) in rows)

    def wanting_attention(
        self, day: date, cutoffs: Cutoffs, *, limit: int = -1
    ) -> tuple[int, list[Milestone]]:
        """How many milestones want attention on `day`, and the first of them, the worst first."""
        self.prepare_everything()
        total = alert_queries.total(self._connection, day, cutoffs)
        return total, self.by_ids(alert_queries.ids(self._connection, day, cutoffs, limit=limit))

    def any_overdue(self, day: date, cutoffs: Cutoffs) -> bool:
        """Whether one is overdue that is not snoozed."""
        self.prepare_everything()
        return alert_queries.any_overdue(self._connection, day, cutoffs)

    # -- facilities ------------------------------------------------------------------------------

    def facilities(self) -> list[Facility]:
        """All facilities and programmes that are present, in order of slug."""
        self.prepare_everything()
        sql = f"SELECT {FACILITY_COLUMNS} FROM facility f WHERE f.updated_on IS NOT NULL"
        return [facility_from(row) for row in self._connection.execute(f"{sql} ORDER BY f.slug")]

    def totals(self) -> dict[str, int]:
        """How many facilities and programmes are present, by type."""
        self._count()
        return dict(
            self._connection.execute(
                "SELECT name, number FROM tally WHERE name IN ('facility', 'programme')"
            )
        )

    def values_of(self, attribute: str) -> list[str]:
        """The distinct cities, clusters, programmes or owners, for a filter to choose from."""
        if attribute not in {"city", "cluster", "programme", "owner"}:
            raise ValueError(attribute)
        table = "facility" if self._order is None else self._order.attributes()
        rows = self._connection.execute(
            f"SELECT DISTINCT {attribute} FROM {table} WHERE {attribute} IS NOT NULL ORDER BY 1"
        )
        return [text for (value,) in rows if (text := kept_text(value))]

    # -- other lists -----------------------------------------------------------------------------

    def identities(self) -> Batch:
        """Return every facility and milestone that was ever added, oldest first; no statements."""
        run = self._connection.execute
        milestones = run(
            "SELECT f.slug, m.slug, m.kind FROM main.milestone m JOIN main.facility f"
            " ON f.id = m.facility_id ORDER BY m.id"
        )
        return Batch(
            statements=(),
            facilities=tuple(
                NewFacility(kept_text(slug) or "", Type(type_))
                for slug, type_ in run("SELECT slug, type FROM main.facility ORDER BY id")
            ),
            milestones=tuple(
                NewMilestone(kept_text(f) or "", *kind_from(row)) for f, *row in milestones
            ),
        )

    @property
    def reviews(self) -> "Reviews":
        """The weekly checks."""
        from db.read.reviews import Reviews  # noqa: PLC0415 - most commands have nothing to do with them

        return Reviews(self._connection, self.by_ids)

    @property
    def facility_list(self) -> "FacilityList":
        """Facilities in any order, by page."""
        from db.read.lists.facility_list import FacilityList  # noqa: PLC0415 - one view has to do with it

        return FacilityList(self._connection, self._past)

    @property
    def log_list(self) -> "LogList":
        """The log, filtered and by page."""
        from db.read.lists.log_list import LogList  # noqa: PLC0415 - the same

        return LogList(self._connection, past=self._past is not None)

    def interrupt(self) -> None:
        """Abort the query that another thread runs through this reader."""
        with suppress(sqlite3.Error):  # it has just been closed
            self._connection.interrupt()

    def first_act(self) -> tuple[int, str | None] | None:
        """Return the instant and the author of the oldest act, which identify a store."""
        row = self._connection.execute("SELECT recorded_at, author FROM act ORDER BY id LIMIT 1")
        found: tuple[int, str | None] | None = row.fetchone()
        return found

    def data_version(self) -> int:
        """Return a number that changes when another connection has written."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
