"""How milestones stood on every past day, stored so that lists of a past day need no fold.

An interval, a row of the table `spell`, is a stretch of days, from `since` until the day before
`until`, on which a milestone had the same standing and window. Intervals are written in the
transaction of the fold and rebuilt with it: a retracted statement was never made. Days are
ordinals (`date.toordinal`); `until` of the current interval is `FOREVER`.

Intervals hold what lists are ordered and counted by, not the whole fold: with that a store
would be 2.4 times its plain tables, and an import would take about twice as long.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from db.fold.folding import FacilityFold, MilestoneFold, fold_and_tell
from db.model.records import Kind, Standing, Update

__all__ = [
    "COLUMNS",
    "FOREVER",
    "OPEN",
    "STANDINGS",
    "Interval",
    "fold_with_history",
    "kept",
    "write",
]

Interval = tuple[int, int, int, int, int]
"""`since`, `until`, the index of the standing in `STANDINGS`, and `latest` and `earliest` of the
forecast of an open milestone; 0 where there is none."""

COLUMNS = ("milestone_id", "since", "until", "standing", "latest", "earliest")
STANDINGS = tuple(Standing)
OPEN = STANDINGS.index(Standing.OPEN)
FOREVER = date.max.toordinal() + 1
_PLACES = {standing: place for place, standing in enumerate(STANDINGS)}


def fold_with_history(
    statements: Iterable[Update], kinds: Mapping[str, Kind]
) -> tuple[FacilityFold, dict[str, list[Interval]]]:
    """Fold the statements; return the intervals of each milestone too, by slug, oldest first."""
    facility = FacilityFold()
    begun: dict[str, list[tuple[int, tuple[int, int, int]]]] = {}
    for day, concerned in fold_and_tell(statements, kinds, facility):
        number = day.toordinal()
        for m in concerned:
            now = _standing(m)
            before = begun.setdefault(m.slug, [])
            if not before or before[-1][1] != now:
                before.append((number, now))
    return facility, {slug: _intervals(changes) for slug, changes in begun.items()}


def _standing(m: MilestoneFold) -> tuple[int, int, int]:
    forecast = m.forecast
    if m.standing is not Standing.OPEN or forecast is None or forecast.latest is None:
        return (_PLACES[m.standing], 0, 0)
    earliest = forecast.earliest.toordinal() if forecast.earliest else 0
    return (OPEN, forecast.latest.toordinal(), earliest)


def _intervals(changes: list[tuple[int, tuple[int, int, int]]]) -> list[Interval]:
    ends = [since for since, _ in changes[1:]] + [FOREVER]
    return [(since, until, *now) for (since, now), until in zip(changes, ends, strict=True)]


def kept(connection: sqlite3.Connection, facilities: Sequence[int]) -> dict[int, list[Interval]]:
    """Return the stored intervals of the milestones of facilities, by milestone number."""
    found: dict[int, list[Interval]] = {}
    for number, *interval in connection.execute(
        "SELECT s.milestone_id, s.since, s.until, s.standing, s.latest, s.earliest FROM milestone m"
        " JOIN spell s ON s.milestone_id = m.id"
        " WHERE m.facility_id IN (SELECT value FROM json_each(?))"
        " ORDER BY s.milestone_id, s.since",
        (json.dumps(facilities),),
    ):
        found.setdefault(number, []).append(tuple(interval))
    return found


def write(
    connection: sqlite3.Connection,
    before: Mapping[int, list[Interval]],
    now: Mapping[int, list[Interval]],
) -> None:
    """Replace the stored intervals of milestones where they differ."""
    changed = [number for number, new in now.items() if before.get(number, []) != new]
    connection.executemany(
        "DELETE FROM spell WHERE milestone_id = ?", [(n,) for n in changed if n in before]
    )
    connection.executemany(
        "INSERT INTO spell (milestone_id, since, until, standing, latest, earliest)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(number, *interval) for number in changed for interval in now[number]],
    )
