"""Milestones with an alert on a day, the worst reason first, without reading every row.

`tracker.domain.alerts` says in Python what the reasons are, and a test holds the two together. A
milestone is listed under its first reason: overdue (longest first), out of order,
contradicted, due soon, delayed, stale, undated, each then by slug. The total is the number of
open milestones less those without a reason, which one index can count.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from db.read.lists.ordering import days

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Cutoffs", "any_overdue", "ids", "total"]

_IS_OPEN = "m.standing IN ('open', 'undated', 'on_hold')"
_AWAKE = "(m.snoozed_until IS NULL OR m.snoozed_until <= :day)"
_OVERDUE = f"m.standing = 'open' AND m.forecast_latest < :day AND {_AWAKE}"
_AHEAD = "(m.standing <> 'open' OR m.forecast_latest > :soon)"
_CALM = "m.breach = 0 AND m.contradicted = 0"
_IN_TIME = "(m.slip_days IS NULL OR m.slip_days <= :delayed)"


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """The limits of `tracker.domain.limits`, in days."""

    due_soon: int
    stale_otherwise: int
    delayed: int

    def values(self, day: date) -> "dict[str, Any]":
        """Return the parameters of the queries on a day."""
        said = day - min(timedelta(days=self.stale_otherwise), day - date.min)
        return {"delayed": self.delayed, "said": said.isoformat(), **days(day, self.due_soon)}


def ids(
    connection: sqlite3.Connection, day: date, cutoffs: Cutoffs, *, limit: int = -1
) -> list[int]:
    """Return the numbers of the milestones with an alert, the worst first."""
    values = cutoffs.values(day)
    found = _all(connection, values, limit)
    return list(found if limit < 0 else islice(found, limit))


def _all(connection: sqlite3.Connection, values: "dict[str, Any]", limit: int) -> Iterator[int]:
    for condition, order in _PARTS:
        sql = f"SELECT m.id FROM milestone m WHERE {condition} ORDER BY {order} LIMIT :limit"
        yield from (number for (number,) in connection.execute(sql, values | {"limit": limit}))


_PARTS = (
    (_OVERDUE, "m.forecast_latest, m.path"),
    (
        (
            f"m.breach = 1 AND {_IS_OPEN} AND {_AWAKE}"
            " AND NOT (m.standing = 'open' AND m.forecast_latest < :day)"
        ),
        "m.path",
    ),
    (
        (
            f"m.contradicted = 1 AND m.breach = 0 AND {_IS_OPEN} AND {_AWAKE}"
            " AND NOT (m.standing = 'open' AND m.forecast_latest < :day)"
        ),
        "m.path",
    ),
    (
        (
            "m.standing = 'open' AND m.forecast_latest BETWEEN :day AND :soon"
            f" AND {_CALM} AND {_AWAKE}"
        ),
        "m.path || ''",  # no column of an index: these few are sorted
    ),
    (
        (
            "m.slip_days > 0 AND m.actual IS NULL AND m.slip_days > :delayed"
            f" AND {_IS_OPEN} AND {_AHEAD} AND {_CALM} AND {_AWAKE}"
        ),
        "m.path",
    ),
    (
        (
            f"{_IS_OPEN} AND m.updated_on < :said AND m.actual IS NULL AND {_CALM} AND {_IN_TIME}"
            f" AND {_AHEAD} AND {_AWAKE}"
        ),
        "m.path || ''",
    ),
    (
        f"m.standing = 'undated' AND m.updated_on >= :said AND {_CALM} AND {_AWAKE} AND {_IN_TIME}",
        "m.path",
    ),
)


def total(connection: sqlite3.Connection, day: date, cutoffs: Cutoffs) -> int:
    """Count the milestones with an alert."""
    values = cutoffs.values(day)
    return sum(sign * int(connection.execute(sql, values).fetchone()[0]) for sign, sql in _TOTAL)


_QUIET = (
    "SELECT count(*) FROM milestone m WHERE m.standing = '{}' AND m.updated_on >= :said"
    f" AND m.actual IS NULL AND {_CALM} AND {_IN_TIME} AND {_AWAKE}"
)
_TOTAL = (
    (
        1,
        (
            "SELECT coalesce(sum(t.number), 0) FROM tally t"
            " WHERE t.name IN ('open', 'undated', 'on_hold')"
        ),
    ),
    (
        -1,
        # `|| ''` keeps the query on the index of the few that are snoozed
        (
            "SELECT count(*) FROM milestone m WHERE m.snoozed_until > :day"
            " AND m.standing || '' IN ('open', 'undated', 'on_hold')"
        ),
    ),
    (-1, _QUIET.format("open") + " AND m.forecast_latest > :soon"),
    (-1, _QUIET.format("on_hold")),
)


def any_overdue(connection: sqlite3.Connection, day: date, cutoffs: Cutoffs) -> bool:
    """Whether any milestone is overdue and not snoozed."""
    sql = f"SELECT EXISTS (SELECT 1 FROM milestone m WHERE {_OVERDUE})"
    return bool(connection.execute(sql, cutoffs.values(day)).fetchone()[0])
