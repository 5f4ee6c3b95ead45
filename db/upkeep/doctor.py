"""Looking for damage: pages, links, rows, and columns that are not what the updates say."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from db.engine.connect import connect, explain, is_busy
from db.fold import counters, milestone_history
from db.fold.folding import FacilityFold, in_force, retractions
from db.model.errors import StoreError
from db.model.slugs import path_of
from db.model.text import clean
from db.read.reader import Reader
from db.schema.fold_columns import facility_values, milestone_values
from db.schema.search_columns import grams, name_key, names_of, searchable

__all__ = ["Damage", "DamageKind", "examine", "examining"]


class DamageKind(StrEnum):
    """What sort of damage it is; the first three follow from the updates and can be rewritten."""

    FOLD = "fold"
    NAMES = "names"
    COUNTS = "counts"
    INTEGRITY = "integrity"
    ORPHAN = "orphan"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong, in one line."""

    ailment: DamageKind
    what: str

    @property
    def repairable(self) -> bool:
        """Whether refolding mends it; if not, only a backup does."""
        return self.ailment in {DamageKind.FOLD, DamageKind.NAMES, DamageKind.COUNTS}


def examine(path: Path, *, busy_ms: int) -> list[Damage]:
    """Everything that is damaged; where pages or links are, nothing is looked at beyond them.

    Raises:
        StoreError: The file cannot be opened as a store at all.
    """
    with examining(path, busy_ms=busy_ms) as (_, found):
        return found


@contextmanager
def examining(path: Path, *, busy_ms: int) -> Iterator[tuple[Reader, list[Damage]]]:
    """Examine one snapshot of a store, and keep a reader of the same one open.

    Raises:
        StoreError: As `examine` says.
    """
    connection = connect(path, busy_ms=busy_ms)
    try:
        connection.execute("BEGIN")  # ended by closing, since a damaged file cannot commit
        reader = Reader(connection)
        yield reader, _damage(connection, reader)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        connection.close()


def _damage(connection: sqlite3.Connection, reader: Reader) -> list[Damage]:
    try:
        found = [
            Damage(DamageKind.INTEGRITY, clean(str(text)))
            for (text,) in connection.execute("PRAGMA integrity_check")
            if text != "ok"
        ]
        found += [
            Damage(DamageKind.ORPHAN, f"{row[0]} {row[1]}")
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
        return found or list(_wrong_rows(connection, reader))
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            raise
        return [Damage(DamageKind.INTEGRITY, clean(str(error)))]


def _wrong_rows(connection: sqlite3.Connection, reader: Reader) -> Iterator[Damage]:
    milestones: dict[int, list[dict[str, Any]]] = {}
    for row in _rows(connection, "SELECT * FROM milestone ORDER BY id"):
        milestones.setdefault(row["facility_id"], []).append(row)
    for facility in _rows(connection, "SELECT * FROM facility ORDER BY id"):
        try:
            own = milestones.get(facility["id"], [])
            yield from _wrong_folds(connection, reader, facility, own)
        except StoreError as error:
            yield Damage(DamageKind.ROW, str(error))
    yield from (
        Damage(DamageKind.ROW, f"act {number} is empty")
        for (number,) in connection.execute(
            "SELECT id FROM act WHERE id NOT IN (SELECT act_id FROM status_update)"
        )
    )
    if not counters.is_right(connection):
        yield Damage(DamageKind.COUNTS, "tally")
    try:
        for _ in reader.acts():
            pass
        reader.runs()
    except StoreError as error:
        yield Damage(DamageKind.ROW, str(error))


def _wrong_folds(
    connection: sqlite3.Connection,
    reader: Reader,
    facility: dict[str, Any],
    milestones: list[dict[str, Any]],
) -> Iterator[Damage]:
    slug = facility["slug"]
    updates = reader.updates_of(slug)
    folded, stood = milestone_history.fold_with_history(in_force(updates), reader.kinds_of(slug))
    kept = milestone_history.kept(connection, [facility["id"]])
    if not _matches(facility, facility_values(folded, slug)):
        yield Damage(DamageKind.FOLD, slug)
    for row in milestones:
        if row["path"] != path_of(slug, row["slug"]):
            yield Damage(DamageKind.ROW, f"{slug}/{row['slug']}: {clean(str(row['path']))}")
            continue
        is_right = _matches(row, milestone_values(folded.milestones.get(row["slug"])))
        if not is_right or kept.get(row["id"], []) != stood.get(row["slug"], []):
            yield Damage(DamageKind.FOLD, f"{slug}/{row['slug']}")
    back = retractions(updates)
    for u in updates:
        if u.retracted_by != back.get(u.id):
            yield Damage(DamageKind.FOLD, f"{slug}: {u.id}")
    if not _is_findable(connection, facility["id"], slug, folded):
        yield Damage(DamageKind.NAMES, slug)


def _is_findable(
    connection: sqlite3.Connection, number: int, slug: str, folded: FacilityFold
) -> bool:
    """Whether the names and the index of the search are those of the fold."""
    keys = {
        key
        for (key,) in connection.execute(
            "SELECT key FROM facility_name WHERE facility_id = ?", (number,)
        )
    }
    indexed = connection.execute(
        "SELECT grams FROM facility_search WHERE rowid = ?", (number,)
    ).fetchall()
    if folded.updated_on is None:
        return not keys and not indexed
    names = names_of(slug, folded.attributes)
    wanted = grams(searchable(slug, folded.attributes))
    return keys == {name_key(name) for name in names} - {""} and indexed == [(wanted,)]


def _rows(connection: sqlite3.Connection, sql: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [c[0] for c in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def _matches(row: dict[str, Any], values: dict[str, object]) -> bool:
    return all(row[name] == value for name, value in values.items())
