"""Writing what follows from the updates: the fold's columns, names, search and counts.

Only what differs is written, in the transaction of whoever calls.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from db import spells, tally
from db.errors import StoreError
from db.fold import FacilityFold, in_force, retractions
from db.folded import facility_values, milestone_values
from db.records import Update
from db.rows import UPDATES_TO_FOLD, kind_from, update_from
from db.search import grams, name_key, names_of, searchable
from db.watch import Stage, counted

__all__ = ["names_and_grams", "refold", "refold_what_can_be"]

_FOLDED = tuple(milestone_values(None))
_MILESTONE = ("slug", "kind", *_FOLDED)
_APPEARING = f"UPDATE milestone SET {', '.join(f'{c} = :{c}' for c in _FOLDED)} WHERE id = :id"
_FACILITY = ("slug", "type", *facility_values(FacilityFold(), ""))
_SEARCHED = {"name", "name_en", "aliases", "city", "cluster", "programme", "site"}
_UPDATES = f"{UPDATES_TO_FOLD} WHERE u.facility_id = :id"
_Row = dict[str, Any]
_Counts = Counter[tally.Key]


def refold(
    connection: sqlite3.Connection,
    facilities: Iterable[str],
    *,
    anew: bool = False,
) -> None:
    """Fold these facilities, by slug, from their updates, and write what follows.

    Names are written where they changed, or in any case if `anew`.
    """
    counts: _Counts = Counter()
    slugs = list(facilities)
    for slug in counted(slugs, len(slugs), Stage.FOLD):
        (facility,) = _rows(connection, "facility", _FACILITY, "slug", slug)
        milestones = _rows(connection, "milestone", _MILESTONE, "facility_id", facility["id"])
        updates = _read(connection, slug, facility["id"])
        kinds = dict(kind_from((row["slug"], row["kind"])) for row in milestones)
        folded, stood = spells.fold_with_spells(in_force(updates), kinds)
        _write_retractions(connection, updates)
        _write_milestones(connection, milestones, folded, counts)
        kept = spells.kept(connection, facility["id"])
        now = {row["id"]: stood.get(row["slug"], []) for row in milestones}
        spells.write(connection, kept, now)
        known = facility["updated_on"] is not None
        if _write_facility(connection, facility, folded, counts) or anew:
            if known or anew:
                _forget_names(connection, facility["id"])
            _write_names(connection, facility["id"], slug, folded)
    tally.add(connection, counts)


def refold_what_can_be(connection: sqlite3.Connection) -> None:
    """Fold every facility but those that are damaged, of which the doctor tells.

    Names are written anew where they were compared in another form before.
    """
    facilities = connection.execute("SELECT id, slug FROM facility ORDER BY id").fetchall()
    for number, slug in facilities:
        try:
            refold(connection, [slug], anew=_is_called_otherwise(connection, number))
        except StoreError:
            continue


def _is_called_otherwise(connection: sqlite3.Connection, number: int) -> bool:
    keys = connection.execute("SELECT key FROM facility_name WHERE facility_id = ?", (number,))
    return any(name_key(key) != key for (key,) in keys)


def _rows(
    connection: sqlite3.Connection, table: str, columns: Iterable[str], key: str, value: object
) -> list[_Row]:
    names = ("id", *columns)
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE {key} = ?"
    return [dict(zip(names, row, strict=True)) for row in connection.execute(sql, (value,))]


def _read(connection: sqlite3.Connection, slug: str, number: int) -> list[Update]:
    rows = connection.execute(_UPDATES, {"slug": slug, "id": number})
    return [update_from(row) for row in rows]


def _write_retractions(connection: sqlite3.Connection, updates: Iterable[Update]) -> None:
    back = retractions(updates)
    connection.executemany(
        "UPDATE status_update SET retracted_by = ? WHERE id = ?",
        [(back.get(u.id), u.id) for u in updates if u.retracted_by != back.get(u.id)],
    )


def _write_milestones(
    connection: sqlite3.Connection, rows: Iterable[_Row], folded: FacilityFold, counts: _Counts
) -> None:
    """Write what differs of each; those that appear are written whole, as one statement."""
    appearing = []
    for row in rows:
        values = milestone_values(folded.milestones.get(row["slug"]))
        if row["updated_on"] is None and values["updated_on"] is not None:
            appearing.append({**values, "id": row["id"]})
            _count(counts, None, tally.key_of(values))
        elif _write(connection, "milestone", row, values):
            _count(counts, tally.key_of(row), tally.key_of(values))
    connection.executemany(_APPEARING, appearing)


def _write_facility(
    connection: sqlite3.Connection, row: _Row, folded: FacilityFold, counts: _Counts
) -> bool:
    """Write the columns of a facility; tell whether it is to be found by other names."""
    values = facility_values(folded, row["slug"])
    changed = _write(connection, "facility", row, values)
    kind = (row["type"], "", "")
    _count(counts, kind if row["updated_on"] else None, kind if values["updated_on"] else None)
    appeared = (row["updated_on"] is None) != (values["updated_on"] is None)
    return appeared or bool(changed & _SEARCHED)


def _write(
    connection: sqlite3.Connection, table: str, row: _Row, values: Mapping[str, Any]
) -> set[str]:
    """Write what differs of one row; return the names of those columns."""
    differing = {name for name, value in values.items() if row[name] != value}
    if differing:
        sets = ", ".join(f"{name} = :{name}" for name in sorted(differing))
        connection.execute(f"UPDATE {table} SET {sets} WHERE id = :id", {**values, "id": row["id"]})
    return differing


def _count(counts: _Counts, before: tally.Key | None, after: tally.Key | None) -> None:
    if before != after:
        for key, sign in ((before, -1), (after, 1)):
            if key:
                counts[key] += sign


def _forget_names(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM facility_name WHERE facility_id = ?", (number,))
    connection.execute("DELETE FROM facility_search WHERE rowid = ?", (number,))


def _write_names(
    connection: sqlite3.Connection,
    number: int,
    slug: str,
    folded: FacilityFold,
) -> None:
    if folded.updated_on is None:
        return
    keys, found_by = names_and_grams(slug, folded)
    connection.executemany(
        "INSERT INTO facility_name (key, facility_id) VALUES (?, ?)",
        [(key, number) for key in keys],
    )
    connection.execute(
        "INSERT INTO facility_search (rowid, grams) VALUES (?, ?)", (number, found_by)
    )


def names_and_grams(slug: str, folded: FacilityFold) -> tuple[list[str], str]:
    """The names that a facility answers to, and what a search finds it by."""
    keys = {name_key(name) for name in names_of(slug, folded.attributes)} - {""}
    return sorted(keys), grams(searchable(slug, folded.attributes))
