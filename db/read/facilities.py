"""Reading single facilities, and which one is meant by a name; see `db.read.reader`."""

import json
from collections.abc import Iterable, Iterator, Sequence

from db.model.errors import NotFoundError
from db.model.records import Facility, Kind, Milestone
from db.read.whole_store import WholeStoreReader
from db.schema.rows import (
    FACILITY_COLUMNS,
    FROM_MILESTONES,
    MILESTONE_COLUMNS,
    facility_from,
    kept_text,
    kind_from,
    milestone_from,
)
from db.schema.search_columns import name_key

__all__ = ["FacilityReader"]

_CANDIDATES = 10  # of a name that fits several, so many are listed


class FacilityReader(WholeStoreReader):
    """The questions about a facility, by its slug or by what it is called."""

    @property
    def _present(self) -> tuple[str, str]:
        """A table of facilities `f`, and the condition that one is present."""
        if self._past is not None:
            return self._past.present
        return "facility", "f.updated_on IS NOT NULL"

    def facility(self, slug: str) -> Facility:
        """One facility.

        Raises:
            NotFoundError: There is none of this slug, or not yet on the day asked for.
        """
        self._materialize(slug)
        row = self._connection.execute(
            f"SELECT {FACILITY_COLUMNS} FROM facility f"
            " WHERE f.slug = ? AND f.updated_on IS NOT NULL",
            (slug,),
        ).fetchone()
        if row is None:
            raise _unknown(slug)
        return facility_from(row)

    def names(self, slugs: Iterable[str]) -> dict[str, str]:
        """What facilities are called, by slug; what is not there has no name."""
        named = sorted(set(slugs))
        self._materialize(*named)
        wanted = json.dumps(named)
        rows = self._connection.execute(
            "SELECT slug, name FROM facility WHERE updated_on IS NOT NULL"
            " AND slug IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        return {slug: kept_text(name) or slug for slug, name in rows}

    def milestones_of(self, facility: str) -> list[Milestone]:
        """The milestones of one facility, in order of slug."""
        self._materialize(facility)
        sql = (
            f"SELECT {MILESTONE_COLUMNS} {FROM_MILESTONES}"
            " WHERE f.slug = ? AND m.updated_on IS NOT NULL ORDER BY m.slug"
        )
        return [milestone_from(row) for row in self._connection.execute(sql, (facility,))]

    def kinds_of(self, facility: str) -> dict[str, Kind]:
        """The kind of every milestone that the facility ever had, by slug."""
        rows = self._connection.execute(
            "SELECT m.slug, m.kind FROM main.milestone m"
            " JOIN main.facility f ON f.id = m.facility_id WHERE f.slug = ?",
            (facility,),
        )
        return dict(map(kind_from, rows))

    def resolve(self, name: str, *, suggesting: bool = True) -> str:
        """The slug that is meant by a slug, a name or alias, or an unambiguous part of one.

        Args:
            name: What was typed.
            suggesting: Where nothing fits, look for what may have been meant. All names are
                compared for it: too much for each key that is pressed.

        Raises:
            NotFoundError: Nothing fits.
            AmbiguousError: Several do; they are listed.
        """
        key = name_key(name)
        if not key:
            raise _unknown(name)
        for condition, value in (
            ("f.slug = ?", name.strip()),
            ("f.id IN (SELECT facility_id FROM facility_name WHERE key = ?)", key),
            ("f.id IN (SELECT facility_id FROM facility_name WHERE instr(key, ?) > 0)", key),
        ):
            there, present = self._present
            fitting = f"FROM {there} f WHERE {condition} AND {present}"
            found = self._connection.execute(
                f"SELECT f.slug {fitting} ORDER BY f.slug LIMIT ?", (value, _CANDIDATES)
            ).fetchall()
            if len(found) == 1:
                return str(found[0][0])
            if found:
                from db.read.suggestions import several  # noqa: PLC0415 - as rarely as below

                slugs = [kept_text(slug) or "" for (slug,) in found]
                known = [(self.facility(slug), self.milestones_of(slug)) for slug in slugs]
                total = self._connection.execute(f"SELECT count(*) {fitting}", (value,))
                raise several(name, known, int(total.fetchone()[0]))
        if not suggesting:
            raise _unknown(name)
        from db.read.suggestions import near  # noqa: PLC0415 - only where nothing fits

        slugs = near(self._connection, self._present, name)
        names = self.names(slugs)
        raise _unknown(name, [names[slug] for slug in slugs if slug in names])

    def called_by(self) -> Iterator[tuple[str, str]]:
        """Every name that a facility goes by, with its slug."""
        from db.read.suggestions import called_by  # noqa: PLC0415 - only where something is added

        return called_by(self._connection, self._present)

    def called(self, name: str) -> str | None:
        """The slug of a facility whose whole name or alias this is; None where there is none."""
        there, present = self._present
        row = self._connection.execute(
            f"SELECT f.slug FROM {there} f JOIN facility_name n ON n.facility_id = f.id"
            f" WHERE n.key = ? AND {present} ORDER BY f.slug LIMIT 1",
            (name_key(name),),
        ).fetchone()
        return None if row is None else str(row[0])


def _unknown(name: str, near: Sequence[str] = ()) -> NotFoundError:
    meant = {"near": ", ".join(near)} if near else {}
    return NotFoundError(
        f"there is no facility or programme “{name}”: tracker list shows them",
        code="no-facility",
        name=name,
        **meant,
    )
