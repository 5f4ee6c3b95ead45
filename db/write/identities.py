"""The rows that statements are about: their numbers, and how they are made where they are not.

What was looked up is remembered, but never more than a fixed number of facilities, so that a
file of any length is taken in within the same memory.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlmodel import Session

from db.engine.deferred_indexes import chunks
from db.model.errors import NotFoundError
from db.model.import_index import other_kind
from db.model.records import Kind, NewFacility, NewMilestone, Source
from db.model.slugs import check_slug, path_of
from db.model.text import cleaned
from db.model.values import check_day
from db.read.reader import Reader
from db.schema.fold_columns import MILESTONE_FOLD, milestone_columns

__all__ = ["Identities"]

_ABSENT = milestone_columns(None)
_REMEMBERED = 5_000  # facilities, and sources
_STEP_COLUMNS = ("id", "facility_id", "slug", "path", "kind", *MILESTONE_FOLD)
_SOURCE_COLUMNS = ("publisher", "title", "published", "basis", "url", "key")


class Identities:
    """Facilities, milestones and sources of one open session; nothing here commits."""

    def __init__(self, session: Session) -> None:
        """Write on `session`, whose transaction has begun."""
        raw = session.connection().connection.driver_connection
        assert raw is not None  # noqa: S101 - an open session has a connection
        self.reader = Reader(raw)
        self._raw: sqlite3.Connection = raw
        self._facilities: dict[str, int] = {}
        self._steps: dict[str, dict[str, tuple[int, Kind]]] = {}
        self._sources: dict[Source, int] = {}
        self._unclean: set[Source | None] = set()  # those that are not kept to the letter

    # -- making ----------------------------------------------------------------------------------

    def make_facilities(self, facilities: Iterable[NewFacility]) -> None:
        """Make those that are not there yet."""
        for chunk in chunks(facilities):
            self._make_room()
            missing = {}
            for new in chunk:
                check_slug(new.slug)
                if self._facility_id(new.slug) is None:
                    missing[new.slug] = new.type.value
            first = self._next("facility")
            rows = [(first + n, slug, kind) for n, (slug, kind) in enumerate(missing.items())]
            self._insert("facility", ("id", "slug", "type"), rows)

    def make_milestones(self, milestones: Iterable[NewMilestone]) -> None:
        """Make those that are not there yet; a known one keeps its kind."""
        for chunk in chunks(milestones):
            self._make_room()
            rows: list[tuple[Any, ...]] = []
            number = self._next("milestone")
            for new in chunk:
                facility, slug, kind = new.facility, new.slug, new.kind
                check_slug(slug)
                steps = self._steps_of(facility)
                if slug in steps:
                    if steps[slug][1] is not kind:
                        raise other_kind(f"{facility}/{slug}", steps[slug][1])
                    continue
                own = (number, self._need_facility(facility), slug, path_of(facility, slug))
                rows.append((*own, kind.value, *_ABSENT))
                steps[slug] = (number, kind)
                number += 1
            self._insert("milestone", _STEP_COLUMNS, rows)

    def _insert(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        """Insert rows as they are; the schema's own conditions hold for every one of them."""
        self._raw.executemany(_insertion(table, tuple(columns)), rows)

    def _next(self, table: str) -> int:
        row = self._raw.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
        return int(row.fetchone()[0])

    def _make_room(self) -> None:
        """Forget what was looked up before it is too much; between chunks, which rely on it."""
        for known in (self._facilities, self._steps, self._sources):
            if len(known) > _REMEMBERED:
                known.clear()
        if not self._sources:
            self._unclean.clear()

    # -- looking up ------------------------------------------------------------------------------

    def _facility_id(self, slug: str) -> int | None:
        number = self._facilities.get(slug)
        if number is None:
            row = self._raw.execute("SELECT id FROM facility WHERE slug = ?", (slug,)).fetchone()
            if row is None:
                return None
            number = self._facilities[slug] = int(row[0])
        return number

    def _need_facility(self, slug: str) -> int:
        number = self._facility_id(slug)
        if number is None:
            raise NotFoundError(
                f"there is no facility “{slug}”: tracker list shows them",
                code="no-facility",
                name=slug,
            )
        return number

    def _steps_of(self, facility: str) -> dict[str, tuple[int, Kind]]:
        """The numbers and kinds of all milestones of a facility, by slug."""
        steps = self._steps.get(facility)
        if steps is None:
            steps = self._steps[facility] = self._look_up_steps(facility)
        return steps

    def _look_up_steps(self, facility: str) -> dict[str, tuple[int, Kind]]:
        rows = self._raw.execute(
            "SELECT slug, id, kind FROM milestone WHERE facility_id = ?",
            (self._need_facility(facility),),
        )
        return {slug: (number, Kind(kind)) for slug, number, kind in rows}

    def _need_milestone(self, facility: str, slug: str) -> int:
        step = self._steps_of(facility).get(slug)
        if step is None:
            raise NotFoundError(
                f"{facility} has no milestone “{slug}”: tracker show {facility} lists them, "
                "tracker add milestone makes one",
                code="no-milestone",
                facility=facility,
                milestone=slug,
            )
        return step[0]

    def _source_id(self, source: Source | None) -> int | None:
        if source is None:
            return None
        number = self._sources.get(source)
        if number is None:
            number = self._sources[source] = self._kept_source(source)
        return number

    def _kept_source(self, source: Source) -> int:
        """The number of a source, made if there is none that is equal."""
        values = {c: cleaned(getattr(source, c)) for c in _SOURCE_COLUMNS}
        if source != Source(**values):
            self._unclean.add(source)
        if values["published"] is not None:
            check_day(values["published"])
        where = " AND ".join(f"{c} IS :{c}" for c in _SOURCE_COLUMNS)
        row = self._raw.execute(f"SELECT id FROM source WHERE {where}", values).fetchone()
        if row is not None:
            return int(row[0])
        number = self._next("source")
        self._insert("source", ("id", *_SOURCE_COLUMNS), [(number, *values.values())])
        return number


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
