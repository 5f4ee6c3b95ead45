"""Facilities that a file brings: each is written once, whole, with the fold of what is said of it.

They are announced first, and numbered then; the rows of one are written when something is said
of it, those of the others at the end. What is said of one later is folded again like any.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from db.engine.deferred_indexes import chunks
from db.fold import counters
from db.fold.folding import in_force
from db.fold.milestone_history import COLUMNS as INTERVAL_COLUMNS
from db.fold.milestone_history import fold_with_history
from db.model.import_index import ImportIndex
from db.model.records import Batch, Kind, Update
from db.model.slugs import path_of
from db.schema.fold_columns import (
    FACILITY_FOLD,
    MILESTONE_FOLD,
    facility_columns,
    milestone_columns,
)
from db.write.identities import Identities
from db.write.refold import names_and_grams

__all__ = ["BulkInsert"]

_FACILITY = ("id", "slug", "type", *FACILITY_FOLD)
_MILESTONE = ("id", "facility_id", "slug", "path", "kind", *MILESTONE_FOLD)
_NAME = ("key", "facility_id")
_FIND = "INSERT INTO facility_search (rowid, grams) VALUES (?, ?)"
_UNSAID = milestone_columns(None)
_Rows = list[tuple[Any, ...]]


class BulkInsert(Identities):
    """Identities, and those that are to come; nothing here commits."""

    def __init__(self, session: Session) -> None:
        """Write on `session`, whose transaction has begun."""
        super().__init__(session)
        self._coming = ImportIndex()
        self._arrived = bytearray()  # by the place of a facility in the roster
        self._first_facility = self._first_milestone = 0
        self._counts: Counter[counters.Key] = Counter()

    def announce(self, rows: Batch | ImportIndex) -> None:
        """Let these be known; what the store holds of them already stays as it is.

        Raises:
            RefusedError: A slug is none, or a milestone is of another kind here.
            NotFoundError: The facility of a milestone is neither here nor among them.
        """
        self._coming = self._missing(rows)
        self._arrived = bytearray(len(self._coming.slugs))
        self._first_facility = self._next("facility")
        self._first_milestone = self._next("milestone")

    def settle(self) -> None:
        """Write those of which nothing was said, and expect no one else."""
        rest = (place for place, arrived in enumerate(self._arrived) if not arrived)
        for places in chunks(rest):
            self._make_room()
            self._arrive({self._coming.slugs[place]: () for place in places})
        self._coming, self._arrived = ImportIndex(), bytearray()
        counters.add(self._raw, self._counts)
        self._counts.clear()

    def _missing(self, rows: Batch | ImportIndex) -> ImportIndex:
        """Those of which the store has nothing; of the others it gets what it lacks."""
        if isinstance(rows, Batch):
            brought = {f.slug for f in rows.facilities}
            self.make_milestones(m for m in rows.milestones if m.facility not in brought)
        roster = ImportIndex.of(rows)
        if self._raw.execute("SELECT 1 FROM facility LIMIT 1").fetchone() is None:
            return roster
        here = {slug for slug in roster.slugs if self._facility_id(slug) is not None}
        if not here:
            return roster
        missing = ImportIndex()
        for f in roster.facilities():
            if f.slug not in here:
                missing.add_facility(f.slug, f.type)
        more = []
        for m in roster.milestones():
            if m.facility in here:
                more.append(m)
            else:
                missing.add_milestone(m.facility, m.slug, m.kind)
        self.make_milestones(more)
        missing.check()
        return missing

    def _is_coming(self, facility: str) -> bool:
        place = self._coming.place(facility)
        return place is not None and not self._arrived[place]

    def _facility_id(self, slug: str) -> int | None:
        place = self._coming.place(slug)
        return super()._facility_id(slug) if place is None else self._first_facility + place

    def _look_up_steps(self, facility: str) -> dict[str, tuple[int, Kind]]:
        place = self._coming.place(facility)
        if place is None:
            return super()._look_up_steps(facility)
        first = self._first_milestone
        return {slug: (first + n, kind) for n, slug, kind in self._coming.steps_at(place)}

    def _arrive(self, said: Mapping[str, Sequence[Update]]) -> None:
        """Write the rows of these facilities, and all that follows from what is said of each."""
        rows: dict[str, _Rows] = {
            name: [] for name in ("facility", "milestone", "spell", "name", "search")
        }
        for slug, updates in said.items():
            self._add_rows(rows, slug, updates)
        self._insert("facility", _FACILITY, rows["facility"])
        self._insert("milestone", _MILESTONE, rows["milestone"])
        self._insert("spell", INTERVAL_COLUMNS, rows["spell"])
        self._insert("facility_name", _NAME, rows["name"])
        self._raw.executemany(_FIND, rows["search"])

    def _add_rows(self, rows: dict[str, _Rows], slug: str, updates: Sequence[Update]) -> None:
        place = self._coming.place(slug)
        assert place is not None  # noqa: S101 - whatever arrives was announced
        self._arrived[place] = True
        number, type_ = self._first_facility + place, self._coming.type_at(place)
        steps = self._steps_of(slug)
        kinds = {step: kind for step, (_, kind) in steps.items()}
        folded, stood = fold_with_history(in_force(updates), kinds)
        rows["facility"].append((number, slug, type_.value, *facility_columns(folded, slug)))
        for step, (m, kind) in steps.items():
            fold = folded.milestones.get(step)
            columns = _UNSAID if fold is None else milestone_columns(fold)
            rows["milestone"].append((m, number, step, path_of(slug, step), kind.value, *columns))
            if fold is not None:
                self._counts[counters.key_of_fold(fold)] += 1
                rows["spell"] += [(m, *spell) for spell in stood[step]]
        if folded.updated_on is not None:
            self._counts[type_.value, "", ""] += 1
            keys, grams = names_and_grams(slug, folded)
            rows["name"] += [(key, number) for key in keys]
            rows["search"].append((number, grams))
