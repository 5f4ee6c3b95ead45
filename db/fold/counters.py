"""How many there are of everything, kept by every act in its own transaction.

`tally` has a row for each standing and window of milestones, for each type of facility,
and for updates. The state of a day is a sum over a few thousand of them.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from db.model.records import Standing

if TYPE_CHECKING:
    from db.fold.folding import MilestoneFold

__all__ = [
    "Key",
    "add",
    "count_past",
    "counted",
    "hide",
    "is_right",
    "key_of",
    "key_of_fold",
    "recount",
]

Key = tuple[str, str, str]
"""A name with the window of its milestones; an open or absent end is empty."""

_OF_MILESTONES = (
    "SELECT m.standing,"
    " CASE m.standing WHEN 'open' THEN coalesce(m.forecast_earliest, '') ELSE '' END,"
    " CASE m.standing WHEN 'open' THEN m.forecast_latest ELSE '' END, count(*)"
    " FROM milestone m WHERE m.standing IS NOT NULL GROUP BY 1, 2, 3"
)
_COUNTED = (
    _OF_MILESTONES,
    "SELECT f.type, '', '', count(*) FROM facility f WHERE f.updated_on IS NOT NULL GROUP BY 1",
    "SELECT 'update', '', '', n FROM (SELECT count(*) AS n FROM status_update) AS c WHERE n > 0",
)
"""What `tally` holds, counted from the rows themselves."""


def key_of_fold(m: "MilestoneFold") -> Key:
    """Where a milestone that amounts to this is counted."""
    forecast = m.forecast
    if m.standing is not Standing.OPEN or forecast is None or forecast.latest is None:
        return (m.standing.value, "", "")
    earliest = forecast.earliest
    return ("open", earliest.isoformat() if earliest else "", forecast.latest.isoformat())


def key_of(row: Mapping[str, Any]) -> Key | None:
    """Where a milestone of these columns is counted; an absent one is not."""
    standing = row["standing"]
    if standing is None:
        return None
    if standing != "open":
        return (standing, "", "")
    return (standing, row["forecast_earliest"] or "", row["forecast_latest"])


def add(connection: sqlite3.Connection, changes: Mapping[Key, int]) -> None:
    """Count more or fewer."""
    more = [(*key, number) for key, number in changes.items() if number > 0]
    fewer = [(-number, *key) for key, number in changes.items() if number < 0]
    connection.executemany(
        "INSERT INTO tally (name, earliest, latest, number) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name, latest, earliest) DO UPDATE SET number = tally.number"
        " + excluded.number",
        more,
    )
    here = "name = ? AND earliest = ? AND latest = ?"
    connection.executemany(f"UPDATE tally SET number = number - ? WHERE {here}", fewer)
    connection.executemany(
        f"DELETE FROM tally WHERE {here} AND number = 0", [row[1:] for row in fewer]
    )


def counted(connection: sqlite3.Connection, *names: str) -> int:
    """How many there are of these names together."""
    marks = ", ".join("?" * len(names))
    sql = f"SELECT coalesce(sum(number), 0) FROM tally WHERE name IN ({marks})"
    return int(connection.execute(sql, names).fetchone()[0])


def hide(connection: sqlite3.Connection) -> None:
    """Hide the stored table behind an empty temporary one, for the counts of another day."""
    connection.execute("DROP TABLE IF EXISTS temp.tally")
    connection.execute("CREATE TEMP TABLE tally AS SELECT * FROM main.tally WHERE 0 = 1")


def count_past(
    connection: sqlite3.Connection, day: str, milestones: Iterable[tuple[Key, int]]
) -> None:
    """Count what there was on a day, the milestones as they are given."""
    insert = "INSERT INTO temp.tally (name, earliest, latest, number)"
    connection.executemany(
        f"{insert} VALUES (?, ?, ?, ?)", [(*key, number) for key, number in milestones]
    )
    for sql in (
        "SELECT f.type, '', '', count(*) FROM main.facility f WHERE f.first_on <= :day GROUP BY 1",
        (
            "SELECT 'update', '', '', n FROM (SELECT count(*) AS n FROM main.status_update u"
            " WHERE u.reported_on <= :day) AS c WHERE n > 0"
        ),
    ):
        connection.execute(f"{insert} {sql}", {"day": day})


def recount(connection: sqlite3.Connection) -> None:
    """Recount everything."""
    connection.execute("DELETE FROM tally")
    for sql in _COUNTED:
        connection.execute(f"INSERT INTO tally (name, earliest, latest, number) {sql}")


def is_right(connection: sqlite3.Connection) -> bool:
    """Whether what was kept is what is there."""
    there: Counter[Key] = Counter()
    for sql in _COUNTED:
        there.update({(a, b, c): n for a, b, c, n in connection.execute(sql)})
    kept = connection.execute("SELECT name, earliest, latest, number FROM tally")
    return there == Counter({(a, b, c): n for a, b, c, n in kept})
