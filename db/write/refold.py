"""Writing what follows from the updates: the fold's columns, names, search and counts.

Only what differs is written, in the transaction of whoever calls.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.engine.deferred_indexes import chunks
from db.fold import counters, milestone_history
from db.fold.folding import FacilityFold, in_force, retractions
from db.model.errors import StoreError
from db.model.progress import Stage, counted
from db.model.records import Update
from db.schema.fold_columns import FACILITY_FOLD, MILESTONE_FOLD, facility_values, milestone_values
from db.schema.rows import UPDATES_TO_FOLD, kind_from, update_from
from db.schema.search_columns import grams, name_key, names_of, searchable

__all__ = ["forget_names", "names_and_grams", "refold", "refold_what_can_be"]

_MILESTONE = ("facility_id", "slug", "kind", *MILESTONE_FOLD)
_FACILITY = ("slug", "type", *FACILITY_FOLD)
_SEARCHED = {"name", "name_en", "aliases", "city", "cluster", "programme", "site"}
_THESE = "(SELECT value FROM json_each(:these))"
_UPDATES = f"{UPDATES_TO_FOLD} WHERE u.facility_id IN {_THESE}"
_IN_FORCE = f"{_UPDATES} AND u.retracted_by IS NULL AND u.kind <> 'retract'"
_AT_ONCE = 500  # facilities that are read and written together
_Row = dict[str, Any]


def refold(
    connection: sqlite3.Connection,
    facilities: Iterable[str],
    *,
    all_names: bool = False,
    marked: bool = False,
) -> None:
    """Fold these facilities, by slug, from their updates, and write what follows.

    Names are written where they changed, or in any case if `all_names`. What is retracted is worked
    out from the retractions, unless it is `marked` already.
    """
    slugs = list(facilities)
    for chunk in chunks(counted(slugs, len(slugs), Stage.FOLD), _AT_ONCE):
        rows = _rows(connection, "facility", _FACILITY, "slug", chunk)
        these = [row["id"] for row in rows]
        milestones, updates = defaultdict(list), defaultdict(list)
        for row in _rows(connection, "milestone", _MILESTONE, "facility_id", these):
            milestones[row["facility_id"]].append(row)
        sql = _IN_FORCE if marked else _UPDATES
        for said in connection.execute(sql, {"these": json.dumps(these)}):
            update = update_from(said)
            updates[update.facility].append(update)
        changes = _Changes(milestone_history.kept(connection, these))
        for row in rows:
            said_of = updates[row["slug"]]
            if not marked:
                changes.mark(said_of)
            changes.fold(row, milestones[row["id"]], in_force(said_of), all_names=all_names)
        changes.write(connection)


class _Changes:
    """What folding some facilities changes, written together."""

    def __init__(self, kept: Mapping[int, list[milestone_history.Interval]]) -> None:
        """Change nothing yet; `kept` are the stored intervals of their milestones."""
        self._kept = kept
        self._intervals: dict[int, list[milestone_history.Interval]] = {}
        self._counts: Counter[counters.Key] = Counter()
        self._marks: list[tuple[int | None, int]] = []
        self._rows: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        self._forgotten: list[int] = []
        self._names: list[tuple[str, int]] = []
        self._grams: list[tuple[int, str]] = []

    def mark(self, updates: Sequence[Update]) -> None:
        """Work out which of the updates of a facility are retracted."""
        back = retractions(updates)
        for u in updates:
            if u.retracted_by != back.get(u.id):
                self._marks.append((back.get(u.id), u.id))

    def fold(
        self, row: _Row, milestones: Iterable[_Row], said: Iterable[Update], *, all_names: bool
    ) -> None:
        """Fold one facility from what is in force of it."""
        kinds, numbers = {}, {}
        for m in milestones:
            slug, kind = kind_from((m["slug"], m["kind"]))
            kinds[slug], numbers[slug] = kind, m
        folded, stood = milestone_history.fold_with_history(said, kinds)
        for slug, m in numbers.items():
            values = milestone_values(folded.milestones.get(slug))
            if self._compare("milestone", m, values):
                self._count(counters.key_of(m), counters.key_of(values))
            self._intervals[m["id"]] = stood.get(slug, [])
        self._fold_facility(row, folded, all_names=all_names)

    def _fold_facility(self, row: _Row, folded: FacilityFold, *, all_names: bool) -> None:
        values = facility_values(folded, row["slug"])
        changed = self._compare("facility", row, values)
        known, there = row["updated_on"] is not None, folded.updated_on is not None
        kind = (row["type"], "", "")
        self._count(kind if known else None, kind if there else None)
        if not (all_names or known != there or changed & _SEARCHED):
            return
        if known or all_names:
            self._forgotten.append(row["id"])
        if there:
            keys, found_by = names_and_grams(row["slug"], folded)
            self._names += [(key, row["id"]) for key in keys]
            self._grams.append((row["id"], found_by))

    def _compare(self, table: str, row: _Row, values: Mapping[str, Any]) -> set[str]:
        """Keep what differs of one row; return the names of those columns."""
        differing = {name for name, value in values.items() if row[name] != value}
        if differing:
            columns = tuple(sorted(differing))
            written = (*(values[c] for c in columns), row["id"])
            self._rows[table, columns].append(written)
        return differing

    def _count(self, before: counters.Key | None, after: counters.Key | None) -> None:
        if before != after:
            for key, sign in ((before, -1), (after, 1)):
                if key:
                    self._counts[key] += sign

    def write(self, connection: sqlite3.Connection) -> None:
        """Write everything that differs, rows of the same columns by one statement."""
        run = connection.executemany
        run("UPDATE status_update SET retracted_by = ? WHERE id = ?", self._marks)
        for (table, columns), rows in self._rows.items():
            sets = ", ".join(f"{c} = ?" for c in columns)
            run(f"UPDATE {table} SET {sets} WHERE id = ?", rows)
        milestone_history.write(connection, self._kept, self._intervals)
        forget_names(connection, self._forgotten)
        run("INSERT INTO facility_name (key, facility_id) VALUES (?, ?)", self._names)
        run("INSERT INTO facility_search (rowid, grams) VALUES (?, ?)", self._grams)
        counters.add(connection, self._counts)


def refold_what_can_be(connection: sqlite3.Connection) -> None:
    """Fold every facility but those that are damaged, of which the doctor tells.

    Names are rewritten where they were compared in another form before.
    """
    facilities = connection.execute("SELECT id, slug FROM facility ORDER BY id").fetchall()
    for number, slug in facilities:
        try:
            refold(connection, [slug], all_names=_is_called_otherwise(connection, number))
        except StoreError:
            continue


def _is_called_otherwise(connection: sqlite3.Connection, number: int) -> bool:
    keys = connection.execute("SELECT key FROM facility_name WHERE facility_id = ?", (number,))
    return any(name_key(key) != key for (key,) in keys)


def _rows(
    connection: sqlite3.Connection,
    table: str,
    columns: Iterable[str],
    key: str,
    these: Sequence[object],
) -> list[_Row]:
    names = ("id", *columns)
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE {key} IN {_THESE} ORDER BY id"
    found = connection.execute(sql, {"these": json.dumps(these)})
    return [dict(zip(names, row, strict=True)) for row in found]


def forget_names(connection: sqlite3.Connection, facilities: Iterable[int]) -> None:
    """Let facilities, by number, be found by no name."""
    rows = [(number,) for number in facilities]
    connection.executemany("DELETE FROM facility_name WHERE facility_id = ?", rows)
    connection.executemany("DELETE FROM facility_search WHERE rowid = ?", rows)


def names_and_grams(slug: str, folded: FacilityFold) -> tuple[list[str], str]:
    """The names that a facility answers to, and what a search finds it by."""
    keys = {name_key(name) for name in names_of(slug, folded.attributes)} - {""}
    return sorted(keys), grams(searchable(slug, folded.attributes))
