"""Row numbers of facilities, milestones and sources; missing rows are inserted.

The cache is bounded, so that a file of any length is imported in constant memory.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from db.engine.deferred_indexes import chunks
from db.model.errors import NotFoundError
from db.model.import_index import ImportIndex, other_kind
from db.model.records import Kind, NewFacility, NewMilestone, Source
from db.model.slugs import check_slug, path_of
from db.model.text import cleaned
from db.model.values import check_day
from db.schema.fold_columns import MILESTONE_FOLD, milestone_columns

__all__ = ["Identities", "insert", "next_id"]

_ABSENT = milestone_columns(None)
_CACHED = 5_000  # facilities, and sources
_MILESTONE = ("id", "facility_id", "slug", "path", "kind", *MILESTONE_FOLD)
_SOURCE = ("publisher", "title", "published", "basis", "url", "key")


class Identities:
    """Row numbers by slug, in one open transaction; nothing here commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use `connection`, whose transaction has begun."""
        self._connection = connection
        self._facilities: dict[str, int] = {}
        self._milestones: dict[str, dict[str, tuple[int, Kind]]] = {}
        self._sources: dict[Source, int] = {}
        self._changed: set[Source] = set()
        self._expected = ImportIndex()
        self._first_facility = self._first_milestone = 0

    # -- making ----------------------------------------------------------------------------------

    def make_facilities(self, facilities: Iterable[NewFacility]) -> None:
        """Insert the facilities that are missing."""
        for chunk in chunks(facilities):
            self.trim()
            missing = {}
            for new in chunk:
                check_slug(new.slug)
                if self.find_facility(new.slug) is None:
                    missing[new.slug] = new.type.value
            first = next_id(self._connection, "facility")
            rows = [(first + n, slug, kind) for n, (slug, kind) in enumerate(missing.items())]
            insert(self._connection, "facility", ("id", "slug", "type"), rows)

    def make_milestones(self, milestones: Iterable[NewMilestone]) -> None:
        """Insert the milestones that are missing.

        Raises:
            RefusedError: One is there and of another kind.
        """
        for chunk in chunks(milestones):
            self.trim()
            rows: list[tuple[Any, ...]] = []
            number = next_id(self._connection, "milestone")
            for new in chunk:
                facility, slug, kind = new.facility, new.slug, new.kind
                check_slug(slug)
                known = self.milestones_of(facility)
                if slug in known:
                    if known[slug][1] is not kind:
                        raise other_kind(f"{facility}/{slug}", known[slug][1])
                    continue
                own = (number, self.facility(facility), slug, path_of(facility, slug))
                rows.append((*own, kind.value, *_ABSENT))
                known[slug] = (number, kind)
                number += 1
            insert(self._connection, "milestone", _MILESTONE, rows)

    def expect(self, index: ImportIndex) -> tuple[int, int]:
        """Number the facilities and milestones of `index`, whose rows are inserted later.

        Returns:
            The first number of a facility and of a milestone.
        """
        self._expected = index
        self._first_facility = next_id(self._connection, "facility")
        self._first_milestone = next_id(self._connection, "milestone")
        return self._first_facility, self._first_milestone

    def trim(self) -> None:
        """Empty a cache that is full; between chunks, which rely on it."""
        for known in (self._facilities, self._milestones, self._sources):
            if len(known) > _CACHED:
                known.clear()
        if not self._sources:
            self._changed.clear()

    # -- looking up ------------------------------------------------------------------------------

    def find_facility(self, slug: str) -> int | None:
        """Return the number of a facility, or None where there is none."""
        place = self._expected.place(slug)
        if place is not None:
            return self._first_facility + place
        number = self._facilities.get(slug)
        if number is None:
            sql = "SELECT id FROM facility WHERE slug = ?"
            row = self._connection.execute(sql, (slug,)).fetchone()
            if row is None:
                return None
            number = self._facilities[slug] = int(row[0])
        return number

    def facility(self, slug: str) -> int:
        """Return the number of a facility.

        Raises:
            NotFoundError: There is none.
        """
        number = self.find_facility(slug)
        if number is None:
            raise NotFoundError(
                f"there is no facility “{slug}”: tracker list shows them",
                code="no-facility",
                name=slug,
            )
        return number

    def milestones_of(self, facility: str) -> dict[str, tuple[int, Kind]]:
        """Map the slug of each milestone of a facility to its number and kind."""
        known = self._milestones.get(facility)
        if known is None:
            known = self._milestones[facility] = self._look_up_milestones(facility)
        return known

    def _look_up_milestones(self, facility: str) -> dict[str, tuple[int, Kind]]:
        place = self._expected.place(facility)
        if place is not None:
            first = self._first_milestone
            return {slug: (first + n, kind) for n, slug, kind in self._expected.steps_at(place)}
        rows = self._connection.execute(
            "SELECT slug, id, kind FROM milestone WHERE facility_id = ?", (self.facility(facility),)
        )
        return {slug: (number, Kind(kind)) for slug, number, kind in rows}

    def milestone(self, facility: str, slug: str) -> int:
        """Return the number of a milestone.

        Raises:
            NotFoundError: There is none.
        """
        found = self.milestones_of(facility).get(slug)
        if found is None:
            raise NotFoundError(
                f"{facility} has no milestone “{slug}”: tracker show {facility} lists them, "
                "tracker add milestone makes one",
                code="no-milestone",
                facility=facility,
                milestone=slug,
            )
        return found[0]

    def source(self, source: Source | None) -> int | None:
        """Return the number of a source; its row is inserted if none is equal."""
        if source is None:
            return None
        number = self._sources.get(source)
        if number is None:
            number = self._sources[source] = self._stored_source(source)
        return number

    def stores_as_is(self, source: Source | None) -> bool:
        """Whether cleaning changed nothing of a source that was numbered before."""
        return not self._changed or source not in self._changed

    def _stored_source(self, source: Source) -> int:
        values = {c: cleaned(getattr(source, c)) for c in _SOURCE}
        if source != Source(**values):
            self._changed.add(source)
        if values["published"] is not None:
            check_day(values["published"])
        where = " AND ".join(f"{c} IS :{c}" for c in _SOURCE)
        sql = f"SELECT id FROM source WHERE {where}"
        row = self._connection.execute(sql, values).fetchone()
        if row is not None:
            return int(row[0])
        number = next_id(self._connection, "source")
        insert(self._connection, "source", ("id", *_SOURCE), [(number, *values.values())])
        return number


def next_id(connection: sqlite3.Connection, table: str) -> int:
    """Return the number after the greatest of a table; safe while the write lock is held."""
    row = connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
    return int(row.fetchone()[0])


def insert(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[object, ...]],
) -> None:
    """Insert rows; the CHECK constraints of the schema hold for every one of them."""
    connection.executemany(_insertion(table, tuple(columns)), rows)


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
