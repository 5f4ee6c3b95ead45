"""New facilities of an import: each is written once, whole, with the fold of its statements.

They are announced and numbered first. The rows of one are written with its first statements,
those of the others at the end; later statements of it are folded again like any.
"""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from db.engine.deferred_indexes import chunks
from db.fold import counters
from db.fold.folding import in_force
from db.fold.milestone_history import COLUMNS as INTERVAL_COLUMNS
from db.fold.milestone_history import fold_with_history
from db.model.import_index import ImportIndex
from db.model.records import Batch, Update
from db.model.slugs import path_of
from db.schema.fold_columns import (
    FACILITY_FOLD,
    MILESTONE_FOLD,
    facility_columns,
    milestone_columns,
)
from db.write.identities import Identities, insert
from db.write.refold import names_and_grams

__all__ = ["BulkInsert"]

_COLUMNS = {
    "facility": ("id", "slug", "type", *FACILITY_FOLD),
    "milestone": ("id", "facility_id", "slug", "path", "kind", *MILESTONE_FOLD),
    "spell": INTERVAL_COLUMNS,
    "facility_name": ("key", "facility_id"),
    "facility_search": ("rowid", "grams"),
}
_UNSAID = milestone_columns(None)
_Rows = dict[str, list[tuple[Any, ...]]]


class BulkInsert:
    """Facilities that are announced and not yet written; nothing here commits."""

    def __init__(self, connection: sqlite3.Connection, identities: Identities) -> None:
        """Write on `connection`, whose transaction has begun."""
        self._connection = connection
        self._identities = identities
        self._expected = ImportIndex()
        self._written = bytearray()  # by the place of a facility in the index
        self._first_facility = self._first_milestone = 0
        self._counts: Counter[counters.Key] = Counter()

    def announce(self, rows: Batch | ImportIndex) -> None:
        """Number the facilities and milestones that the store does not have.

        Raises:
            RefusedError: A slug is none, or a milestone is of another kind here.
            NotFoundError: The facility of a milestone is neither here nor among them.
        """
        self._expected = self._missing(rows)
        self._written = bytearray(len(self._expected.slugs))
        self._first_facility, self._first_milestone = self._identities.expect(self._expected)

    def finish(self) -> None:
        """Write the announced facilities that have no statement, and the counts of all."""
        rest = (place for place, written in enumerate(self._written) if not written)
        for places in chunks(rest):
            self._identities.trim()
            self.write({self._expected.slugs[place]: () for place in places})
        self._expected, self._written = ImportIndex(), bytearray()
        self._identities.expect(self._expected)
        counters.add(self._connection, self._counts)
        self._counts.clear()

    def _missing(self, rows: Batch | ImportIndex) -> ImportIndex:
        """Return the facilities that are missing; insert missing milestones of the others."""
        make_milestones = self._identities.make_milestones
        if isinstance(rows, Batch):
            brought = {f.slug for f in rows.facilities}
            make_milestones(m for m in rows.milestones if m.facility not in brought)
        index = ImportIndex.of(rows)
        if self._connection.execute("SELECT 1 FROM facility LIMIT 1").fetchone() is None:
            return index
        here = {s for s in index.slugs if self._identities.find_facility(s) is not None}
        if not here:
            return index
        missing = ImportIndex()
        for f in index.facilities():
            if f.slug not in here:
                missing.add_facility(f.slug, f.type)
        more = []
        for m in index.milestones():
            if m.facility in here:
                more.append(m)
            else:
                missing.add_milestone(m.facility, m.slug, m.kind)
        make_milestones(more)
        missing.check()
        return missing

    def awaits(self, facility: str) -> bool:
        """Whether a facility is announced and not yet written."""
        place = self._expected.place(facility)
        return place is not None and not self._written[place]

    def write(self, statements: Mapping[str, Sequence[Update]]) -> None:
        """Write announced facilities by slug, with the fold of all statements of each."""
        rows: _Rows = {table: [] for table in _COLUMNS}
        for slug, updates in statements.items():
            self._add_rows(rows, slug, updates)
        for table, columns in _COLUMNS.items():
            insert(self._connection, table, columns, rows[table])

    def _add_rows(self, rows: _Rows, slug: str, updates: Sequence[Update]) -> None:
        place = self._expected.place(slug)
        assert place is not None  # noqa: S101 - only what was announced is written
        self._written[place] = True
        number, type_ = self._first_facility + place, self._expected.type_at(place)
        milestones = self._identities.milestones_of(slug)
        kinds = {step: kind for step, (_, kind) in milestones.items()}
        folded, stood = fold_with_history(in_force(updates), kinds)
        rows["facility"].append((number, slug, type_.value, *facility_columns(folded, slug)))
        for step, (m, kind) in milestones.items():
            fold = folded.milestones.get(step)
            columns = _UNSAID if fold is None else milestone_columns(fold)
            rows["milestone"].append((m, number, step, path_of(slug, step), kind.value, *columns))
            if fold is not None:
                self._counts[counters.key_of_fold(fold)] += 1
                rows["spell"] += [(m, *spell) for spell in stood[step]]
        if folded.updated_on is not None:
            self._counts[type_.value, "", ""] += 1
            keys, grams = names_and_grams(slug, folded)
            rows["facility_name"] += [(key, number) for key in keys]
            rows["facility_search"].append((number, grams))
