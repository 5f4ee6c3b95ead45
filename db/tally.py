"""How many there are of everything, kept by every act in its own transaction.

`tally` has a row for each standing and window of milestones, for each type of facility,
and for updates. The state of a day is a sum over a few thousand of them.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["COUNTED", "Key", "add", "key_of", "recount"]

Key = tuple[str, str, str]
"""A name with the window of its milestones; an open or absent end is empty."""

_OF_MILESTONES = (
    "SELECT m.standing,"
    " CASE m.standing WHEN 'open' THEN coalesce(m.forecast_earliest, '') ELSE '' END,"
    " CASE m.standing WHEN 'open' THEN m.forecast_latest ELSE '' END, count(*)"
    " FROM milestone m WHERE m.standing IS NOT NULL GROUP BY 1, 2, 3"
)
COUNTED = (
    _OF_MILESTONES,
    "SELECT f.type, '', '', count(*) FROM facility f WHERE f.updated_on IS NOT NULL GROUP BY 1",
    "SELECT 'update', '', '', count(*) FROM status_update HAVING count(*) > 0",
)
"""What `tally` holds, counted from the rows themselves."""


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
    rows = [(*key, number) for key, number in changes.items() if number]
    connection.executemany(
        "INSERT INTO tally (name, earliest, latest, number) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name, latest, earliest) DO UPDATE SET number = tally.number"
        " + excluded.number",
        rows,
    )
    if any(number < 0 for *_, number in rows):
        connection.executemany(
            "DELETE FROM tally WHERE name = ? AND earliest = ? AND latest = ? AND number = 0",
            [row[:3] for row in rows],
        )


def recount(connection: sqlite3.Connection) -> None:
    """Count everything anew."""
    connection.execute("DELETE FROM tally")
    for sql in COUNTED:
        connection.execute(f"INSERT INTO tally (name, earliest, latest, number) {sql}")


def is_right(connection: sqlite3.Connection) -> bool:
    """Whether what was kept is what is there."""
    there: Counter[Key] = Counter()
    for sql in COUNTED:
        there.update({(a, b, c): n for a, b, c, n in connection.execute(sql)})
    kept = connection.execute("SELECT name, earliest, latest, number FROM tally")
    return there == Counter({(a, b, c): n for a, b, c, n in kept})


def changed(before: Iterable[Key | None], after: Iterable[Key | None]) -> Counter[Key]:
    """The difference between what was counted and what is to be."""
    changes: Counter[Key] = Counter(key for key in after if key)
    changes.subtract(key for key in before if key)
    return changes
