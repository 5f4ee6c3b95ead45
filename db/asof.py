"""The store as of another day: folded tables laid over the stored ones.

They are temporary tables of the same names, in one connection only, so that the
same statements of SQL answer for any day and any state of knowledge.
"""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from db import tally
from db.fold import FacilityFold, fold, order
from db.records import Kind
from db.rows import UPDATES, facility_values, kind_from, micros, milestone_values, update_from
from db.watch import Stage, counted

__all__ = ["lay_over"]


def lay_over(connection: sqlite3.Connection, day: date, known_at: datetime | None = None) -> None:
    """Let `connection` answer as of the end of `day`, with what was recorded by `known_at`.

    What was reported later is left out; retractions of any day apply, unless they
    were recorded after `known_at`. A second call takes the place of the first.
    """
    run = connection.execute
    run("DROP VIEW IF EXISTS temp.status_update")
    for table in ("retraction", "milestone", "facility"):
        run(f"DROP TABLE IF EXISTS temp.{table}")
    known = "" if known_at is None else f" AND recorded_at <= {micros(known_at):d}"
    run("CREATE TEMP TABLE retraction (update_id INTEGER PRIMARY KEY, by INTEGER NOT NULL)")
    taken_back = _retractions(connection, known)
    connection.executemany("INSERT INTO temp.retraction VALUES (?, ?)", taken_back.items())
    columns = [row[1] for row in run("PRAGMA main.table_info(status_update)")]
    shown = ", ".join(
        "(SELECT r.by FROM temp.retraction r WHERE r.update_id = u.id) AS retracted_by"
        if c == "retracted_by"
        else f"u.{c}"
        for c in columns
    )
    run(
        f"CREATE TEMP VIEW status_update AS SELECT {shown} FROM main.status_update u"
        f" WHERE u.reported_on <= '{day.isoformat()}'{known}"
    )
    _fold_everything(connection)
    tally.lay_over(connection)


def _retractions(connection: sqlite3.Connection, known: str) -> dict[int, int]:
    taken_back: dict[int, int] = {}
    rows = connection.execute(
        "SELECT id, retracts FROM main.status_update"
        f" WHERE retracts IS NOT NULL{known} ORDER BY id DESC"
    )
    for by, update in rows:
        if by not in taken_back:
            taken_back.setdefault(update, by)
    return taken_back


def _fold_everything(connection: sqlite3.Connection) -> None:
    run = connection.execute
    kinds: dict[str, dict[str, Kind]] = {}
    for facility, *row in run(
        "SELECT f.slug, m.slug, m.kind FROM main.milestone m"
        " JOIN main.facility f ON f.id = m.facility_id"
    ):
        slug, kind = kind_from(row)
        kinds.setdefault(facility, {})[slug] = kind
    folds: dict[str, FacilityFold] = {}
    in_force = map(
        update_from,
        run(
            f"{UPDATES} WHERE u.kind <> 'retract' AND u.retracted_by IS NULL ORDER BY u.facility_id"
        ).fetchall(),
    )
    grouped = groupby(in_force, key=lambda u: u.facility)
    for facility, updates in counted(grouped, len(kinds), Stage.FOLD):
        folds[facility] = fold(sorted(updates, key=order), kinds.get(facility, {}))
    empty = FacilityFold()
    _shadow(
        connection,
        "facility",
        lambda row: facility_values(folds.get(row["slug"], empty), row["slug"]),
    )
    _shadow(
        connection,
        "milestone",
        lambda row: milestone_values(
            folds.get(str(row["path"]).partition(" ")[0], empty).milestones.get(row["slug"])
        ),
    )
    run("CREATE UNIQUE INDEX temp.milestone_id ON milestone (id)")
    run("CREATE INDEX temp.milestone_of_facility ON milestone (facility_id)")
    run("CREATE UNIQUE INDEX temp.facility_id ON facility (id)")
    run("CREATE UNIQUE INDEX temp.facility_slug ON facility (slug)")


def _shadow(
    connection: sqlite3.Connection, table: str, folded: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Lay a folded copy of `table` over the stored one."""
    run = connection.execute
    run(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0")
    cursor = run(f"SELECT * FROM main.{table}")
    names = [c[0] for c in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    connection.executemany(
        f"INSERT INTO temp.{table} VALUES ({', '.join(f':{n}' for n in names)})",
        (row | folded(row) for row in rows),
    )
