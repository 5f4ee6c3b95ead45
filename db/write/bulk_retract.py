"""Retracting many statements at once, as an undo or a redo does, and what follows from it.

Every statement is still retracted by one of its own, so that a dump, a day of the past and a
redo see nothing new; but they are written by a few statements of SQL. A facility of which
nothing is left in force is cleared without folding anything.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from db.engine.deferred_indexes import collecting_seldom
from db.fold import counters
from db.fold.folding import FacilityFold
from db.model.errors import RefusedError
from db.model.records import Act
from db.schema.fold_columns import MILESTONE_FOLD, facility_values, milestone_columns
from db.schema.rows import kept_slug, micros
from db.write.refold import forget_names, refold

__all__ = ["retract_all"]

_RETRACT = (
    "INSERT INTO status_update (id, act_id, seq, recorded_at, retracts, facility_id, milestone_id,"
    " kind, reported_on, reported_basis)"
    " SELECT :first + w.key, :act, w.key, :instant, u.id, u.facility_id, u.milestone_id,"
    " 'retract', max(u.reported_on, :today), 'exact'"
    " FROM json_each(:numbers) w JOIN status_update u ON u.id = w.value ORDER BY w.key"
)
_RETRACTED_BY = (
    "UPDATE status_update SET retracted_by = (SELECT max(r.id) FROM status_update r"
    " WHERE r.retracts = status_update.id AND r.retracted_by IS NULL)"
    " WHERE id IN (SELECT value FROM json_each(:numbers))"
)
_TARGETS = (
    "SELECT retracts FROM status_update WHERE retracts IS NOT NULL"
    " AND id IN (SELECT value FROM json_each(:numbers))"
)
_IN_FORCE = (
    "SELECT 1 FROM status_update u WHERE u.facility_id = f.id AND u.retracted_by IS NULL"
    " AND u.kind <> 'retract'"
)
_NAMELESS = (
    "WITH RECURSIVE taken (id) AS ("
    " SELECT r.retracts FROM status_update r JOIN facility f ON f.id = r.facility_id"
    " WHERE r.act_id = :act AND f.slug = :slug AND r.retracts IS NOT NULL"
    " UNION SELECT t.retracts FROM status_update t JOIN taken ON taken.id = t.id"
    " WHERE t.retracts IS NOT NULL)"
    " SELECT 1 FROM facility f WHERE f.slug = :slug AND f.name = f.slug"
    " AND f.updated_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM status_update u"
    " WHERE u.facility_id = f.id AND u.retracted_by IS NULL AND u.kind <> 'retract'"
    " AND u.act_id < (SELECT min(t.act_id) FROM status_update t JOIN taken ON taken.id = t.id))"
)
_THESE = "(SELECT value FROM json_each(:facilities))"
_COUNTED = (
    "SELECT m.standing, m.forecast_earliest, m.forecast_latest, count(*) FROM milestone m"
    f" WHERE m.facility_id IN {_THESE} AND m.standing IS NOT NULL GROUP BY 1, 2, 3"
)
_ABSENT = dict(zip(MILESTONE_FOLD, milestone_columns(None), strict=True))
_NO_FACILITY = facility_values(FacilityFold(), "")


def retract_all(
    connection: sqlite3.Connection, act: Act, numbers: Sequence[int], first: int, today: date
) -> None:
    """Retract statements that are in force, by statements of `act`, and fold what they concern.

    Args:
        connection: Its transaction has begun, and `act` is written.
        act: The undo or redo.
        numbers: What is retracted, in the order of the retractions.
        first: The number of the first retraction.
        today: The day on which they are reported, or that of what they retract if it is later.

    Raises:
        RefusedError: A facility of which others speak would be left without a name.
    """
    values = {
        "first": first,
        "act": act.id,
        "instant": micros(act.recorded_at),
        "today": today.isoformat(),
        "numbers": json.dumps(numbers),
    }
    connection.execute(_RETRACT, values)
    _mark_retracted(connection, numbers)
    counters.add(connection, {("update", "", ""): len(numbers)})
    concerned = connection.execute(
        "SELECT f.id, f.slug, f.name, f.updated_on IS NOT NULL AND NOT EXISTS"
        f" ({_IN_FORCE}) FROM facility f WHERE f.id IN (SELECT facility_id FROM status_update"
        " WHERE act_id = ?) ORDER BY f.id",
        (act.id,),
    ).fetchall()
    _clear(connection, [number for number, _, _, empty in concerned if empty])
    left = {kept_slug(slug): name for _, slug, name, empty in concerned if not empty}
    with collecting_seldom():
        refold(connection, left, marked=True)
    _refuse_nameless(connection, act.id, left)


def _mark_retracted(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Tell what is retracted now, and what no longer is since its retraction was retracted."""
    while numbers:
        values = {"numbers": json.dumps(numbers)}
        connection.execute(_RETRACTED_BY, values)
        numbers = [number for (number,) in connection.execute(_TARGETS, values)]


def _clear(connection: sqlite3.Connection, facilities: Sequence[int]) -> None:
    """Let facilities be absent, with their milestones, names, spells and counts."""
    values = {"facilities": json.dumps(facilities)}
    fewer: Counter[counters.Key] = Counter()
    for standing, earliest, latest, number in connection.execute(_COUNTED, values):
        row = {"standing": standing, "forecast_earliest": earliest, "forecast_latest": latest}
        key = counters.key_of(row)
        if key is not None:
            fewer[key] -= number
    kinds = f"SELECT type, count(*) FROM facility WHERE id IN {_THESE} GROUP BY 1"
    for type_, number in connection.execute(kinds, values):
        fewer[type_, "", ""] -= number
    counters.add(connection, fewer)
    of_theirs = f"(SELECT id FROM milestone WHERE facility_id IN {_THESE})"
    connection.execute(f"DELETE FROM spell WHERE milestone_id IN {of_theirs}", values)
    for table, absent, column in (
        ("milestone", _ABSENT, "facility_id"),
        ("facility", _NO_FACILITY, "id"),
    ):
        sets = ", ".join(f"{name} = :{name}" for name in absent)
        sql = f"UPDATE {table} SET {sets} WHERE {column} IN {_THESE}"
        connection.execute(sql, values | absent)
    forget_names(connection, facilities)


def _refuse_nameless(
    connection: sqlite3.Connection, act: int, names: Mapping[str, str | None]
) -> None:
    """Refuse that an act takes its name from a facility of which others speak.

    One that was spoken of before it had a name may lose it again.

    Args:
        connection: The act is written, and what it retracted is folded.
        act: The number of the act.
        names: The names that facilities had before, by slug.

    Raises:
        RefusedError: One is left with its slug for a name, and something is still said of it.
    """
    for slug, name in names.items():
        if name is None or name == slug:
            continue
        row = connection.execute(_NAMELESS, {"slug": slug, "act": act}).fetchone()
        if row is not None:
            raise RefusedError(
                f"{name} would have no name left, and later acts speak of it: it stays",
                code="would-be-nameless",
                name=name,
            )
