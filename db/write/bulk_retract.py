"""Retract many statements at once, as an undo or a redo does, and fold what they concern.

Every statement is retracted by one of its own, so that a dump, a day of the past and a redo read
them like any other; they are written by a few statements of SQL.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from db.fold import counters
from db.model.errors import RefusedError
from db.model.records import Act
from db.schema.rows import kept_slug, micros
from db.write.refold import refold

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
    changed = connection.execute(
        "SELECT slug, name FROM facility WHERE id IN"
        " (SELECT facility_id FROM status_update WHERE act_id = ?) ORDER BY id",
        (act.id,),
    )
    names = {kept_slug(slug): name for slug, name in changed}
    refold(connection, names, marked=True)
    _refuse_nameless(connection, act.id, names)


def _mark_retracted(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Tell what is retracted now, and what no longer is since its retraction was retracted."""
    while numbers:
        values = {"numbers": json.dumps(numbers)}
        connection.execute(_RETRACTED_BY, values)
        numbers = [number for (number,) in connection.execute(_TARGETS, values)]


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
