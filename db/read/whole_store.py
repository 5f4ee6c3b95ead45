"""Stream a whole store, one query and one row at a time; see `db.read.reader`."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from db.model.records import Facility, Milestone, Remark, Source, Update
from db.read.statements import StatementReader
from db.schema.rows import (
    FACILITY_COLUMNS,
    FROM_MILESTONES,
    MILESTONE_COLUMNS,
    REMARKS,
    SOURCES,
    UPDATES_TO_FOLD,
    facility_from,
    kept_slug,
    milestone_from,
    remark_from,
    source_from,
    update_from,
)

__all__ = ["WholeStoreReader"]

_IN_FORCE = "u.kind <> 'retract' AND u.retracted_by IS NULL"
_EXPLAINS = "(u.reason IS NOT NULL OR u.action IS NOT NULL OR u.evidence IS NOT NULL)"
_ORDER_OF_FOLD = "u.reported_on, u.kind <> 'original', u.recorded_at, u.seq, u.id"


class WholeStoreReader(StatementReader):
    """The queries about everything; each returns an iterator over one query."""

    def every_facility(self) -> Iterator[tuple[Facility, list[Milestone]]]:
        """Every facility that is present in order of slug, with its milestones in theirs."""
        self.prepare_everything()
        facilities = self._connection.execute(
            f"SELECT {FACILITY_COLUMNS} FROM facility f"
            " WHERE f.updated_on IS NOT NULL ORDER BY f.slug"
        )
        rows = self._connection.execute(
            f"SELECT {MILESTONE_COLUMNS} {FROM_MILESTONES} WHERE m.updated_on IS NOT NULL"
            " ORDER BY f.slug, m.slug"
        )
        groups = groupby(map(milestone_from, rows), key=lambda m: m.facility)
        slug, milestones = next(groups, ("", iter(())))
        for facility in map(facility_from, facilities):
            if facility.slug == slug:
                yield facility, list(milestones)
                slug, milestones = next(groups, ("", iter(())))
            else:
                yield facility, []

    def remarks(self) -> Iterator[Remark]:
        """What is in force and explains something, each facility in the order of the fold.

        Where something explains a facility as a whole, all that is in force of it is told, since
        it matters which milestones were spoken of before.
        """
        whole = (
            f"SELECT u.facility_id FROM status_update u WHERE milestone_id IS NULL AND {_EXPLAINS}"
        )
        rows = self._connection.execute(
            f"{REMARKS} WHERE {_IN_FORCE} AND ({_EXPLAINS} OR u.facility_id IN ({whole}))"
            f" ORDER BY u.facility_id, {_ORDER_OF_FOLD}"
        )
        return map(remark_from, rows)

    def sources_in_force(self) -> Iterator[Source]:
        """The sources of what is in force as they are met, facilities in the order of making."""
        ids = self._connection.execute(
            f"SELECT u.source_id FROM status_update u WHERE {_IN_FORCE} AND u.source_id IS NOT NULL"
            f" ORDER BY u.facility_id, {_ORDER_OF_FOLD}"
        )
        for number in dict.fromkeys(number for (number,) in ids):
            row = self._connection.execute(f"{SOURCES} WHERE s.id = ?", (number,)).fetchone()
            source = source_from(row)
            if source is not None:
                yield source

    def spoken_of_between(self, first: date, last: date) -> list[str]:
        """The slugs of facilities of which anything was reported in these days, even taken back."""
        rows = self._connection.execute(
            "SELECT DISTINCT f.slug FROM main.status_update u"
            " JOIN main.facility f ON f.id = u.facility_id"
            " WHERE u.reported_on BETWEEN ? AND ? ORDER BY f.slug",
            (first.isoformat(), last.isoformat()),
        )
        return [kept_slug(slug) for (slug,) in rows]

    def is_of_today(self, day: date) -> bool:
        """Whether nothing was reported after `day`, so that the current state is that of `day`."""
        newest = self._connection.execute("SELECT max(reported_on) FROM main.status_update")
        return (newest.fetchone()[0] or "") <= day.isoformat()

    def every_log(self) -> Iterator[tuple[str, list[Update]]]:
        """Yield the updates of each facility, by slug, with what a fold needs of them."""
        rows = self._connection.execute(f"{UPDATES_TO_FOLD} ORDER BY f.slug, u.id")
        for slug, updates in groupby(map(update_from, rows), key=lambda u: u.facility):
            yield slug, list(updates)
