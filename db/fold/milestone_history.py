"""How milestones stood on every day that ever was, kept so that a past day need not be folded.

A spell is a stretch of days, from `since` until the day before `until`, during which the fold
of what was reported by each of them puts a milestone in the same place of a list. It is kept
in the transaction of the fold, and rebuilt with it: a retracted statement was never made.
Days are counted from the first of year 1; `until` of what is so now is `FOREVER`.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from db.fold.folding import FacilityFold, MilestoneFold, fold_by_day
from db.model.records import Kind, Standing, Update

__all__ = ["COLUMNS", "FOREVER", "OPEN", "STANDINGS", "Spell", "fold_with_spells", "kept", "write"]

Spell = tuple[int, int, int, int, int]
"""`since`, `until`, the place of the standing in `STANDINGS`, `latest` and `earliest` of the
forecast where it is open; an open beginning is 0."""

COLUMNS = ("milestone_id", "since", "until", "standing", "latest", "earliest")
STANDINGS = tuple(Standing)
OPEN = STANDINGS.index(Standing.OPEN)
FOREVER = date.max.toordinal() + 1
_PLACES = {standing: place for place, standing in enumerate(STANDINGS)}


def fold_with_spells(
    statements: Iterable[Update], kinds: Mapping[str, Kind]
) -> tuple[FacilityFold, dict[str, list[Spell]]]:
    """Fold the statements; return the spells of each milestone by slug too, the oldest first."""
    facility = FacilityFold()
    begun: dict[str, list[tuple[int, tuple[int, int, int]]]] = {}
    for day, concerned in fold_by_day(statements, kinds, facility):
        number = day.toordinal()
        for m in concerned:
            now = _standing(m)
            before = begun.setdefault(m.slug, [])
            if not before or before[-1][1] != now:
                before.append((number, now))
    return facility, {slug: _spells(changes) for slug, changes in begun.items()}


def _standing(m: MilestoneFold) -> tuple[int, int, int]:
    forecast = m.forecast
    if m.standing is not Standing.OPEN or forecast is None or forecast.latest is None:
        return (_PLACES[m.standing], 0, 0)
    earliest = forecast.earliest.toordinal() if forecast.earliest else 0
    return (OPEN, forecast.latest.toordinal(), earliest)


def _spells(changes: list[tuple[int, tuple[int, int, int]]]) -> list[Spell]:
    ends = [since for since, _ in changes[1:]] + [FOREVER]
    return [(since, until, *now) for (since, now), until in zip(changes, ends, strict=True)]


def kept(connection: sqlite3.Connection, facilities: Sequence[int]) -> dict[int, list[Spell]]:
    """The spells that are kept of the milestones of facilities, by their numbers."""
    found: dict[int, list[Spell]] = {}
    for number, *spell in connection.execute(
        "SELECT s.milestone_id, s.since, s.until, s.standing, s.latest, s.earliest FROM milestone m"
        " JOIN spell s ON s.milestone_id = m.id"
        " WHERE m.facility_id IN (SELECT value FROM json_each(?))"
        " ORDER BY s.milestone_id, s.since",
        (json.dumps(facilities),),
    ):
        found.setdefault(number, []).append(tuple(spell))
    return found


def write(
    connection: sqlite3.Connection,
    before: Mapping[int, list[Spell]],
    now: Mapping[int, list[Spell]],
) -> None:
    """Keep these spells of some milestones in place of those that are kept."""
    changed = [number for number, spells in now.items() if before.get(number, []) != spells]
    connection.executemany(
        "DELETE FROM spell WHERE milestone_id = ?", [(n,) for n in changed if n in before]
    )
    connection.executemany(
        "INSERT INTO spell (milestone_id, since, until, standing, latest, earliest)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(number, *spell) for number in changed for spell in now[number]],
    )
