"""The store as of another day: folded rows in temporary tables that hide the stored ones.

The temporary tables have the same names, in one connection only, so that the same SQL answers
for any day and any state of knowledge. Facilities are folded when a page or a question needs
them; order and counts come from the history of milestones (`db.read.lists.as_of_order`).
That history does not say what was known at an instant, so that then everything is folded at
once.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from db.engine.deferred_indexes import chunks
from db.fold import counters
from db.fold.folding import FacilityFold, fold, order
from db.model.progress import Stage, counted
from db.model.records import Kind
from db.read.lists.as_of_order import AsOfOrder
from db.schema.fold_columns import facility_values, milestone_values
from db.schema.rows import UPDATES_TO_FOLD, kind_from, micros, update_from

__all__ = ["AsOf", "uncover"]

_AT_ONCE = 500  # facilities
_LISTED = "IN (SELECT value FROM json_each(:numbers))"
_Row = dict[str, Any]


def uncover(connection: sqlite3.Connection) -> None:
    """Drop the temporary tables, so that the connection answers of today again."""
    connection.execute("DROP VIEW IF EXISTS temp.status_update")
    for table in ("retraction", "milestone", "facility", "tally", "attribute"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


class AsOf:
    """The tables of one connection as of the end of a day; a second one replaces the first.

    `order` lists milestones on that day; None where everything is folded.
    """

    def __init__(
        self, connection: sqlite3.Connection, day: date, known_at: datetime | None = None
    ) -> None:
        """Leave out what was reported after `day`, and what was recorded after `known_at`.

        Retractions of any day apply, unless they were recorded after `known_at`.
        """
        self._connection = connection
        self._day = day.isoformat()
        self._materialized: set[int] = set()
        self._counted = self._everything = False
        self._of_all_knowledge = known_at is None
        self._clear()
        self._limit_updates(known_at)
        self.order: AsOfOrder | None = None
        if known_at is None:
            self.order = AsOfOrder(connection, day, self.materialize)
        else:
            self.materialize_all()

    def _clear(self) -> None:
        uncover(self._connection)
        run = self._connection.execute
        for table in ("milestone", "facility"):
            run(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0 = 1")
            run(f"CREATE UNIQUE INDEX temp.{table}_id ON {table} (id)")
        run("CREATE INDEX temp.milestone_of_facility ON milestone (facility_id)")
        run("CREATE UNIQUE INDEX temp.facility_slug ON facility (slug)")

    def _limit_updates(self, known_at: datetime | None) -> None:
        shown, known = "u.*", ""
        if known_at is not None:
            known = f" AND u.recorded_at <= {micros(known_at):d}"
            shown = self._with_retractions(known)
        self._connection.execute(
            f"CREATE TEMP VIEW status_update AS SELECT {shown} FROM main.status_update u"
            f" WHERE +u.reported_on <= '{self._day}'{known}"  # not by the day: by what is asked
        )

    def _with_retractions(self, known: str) -> str:
        """The columns of an update, of which only what was known by then took any back."""
        run = self._connection.execute
        run("CREATE TEMP TABLE retraction (update_id INTEGER PRIMARY KEY, by INTEGER NOT NULL)")
        taken_back: dict[int, int] = {}
        for by, update in run(
            "SELECT u.id, u.retracts FROM main.status_update u"
            f" WHERE u.retracts IS NOT NULL{known} ORDER BY u.id DESC"
        ):
            if by not in taken_back:
                taken_back.setdefault(update, by)
        self._connection.executemany(
            "INSERT INTO temp.retraction VALUES (?, ?)", taken_back.items()
        )
        return ", ".join(
            "(SELECT r.by FROM temp.retraction r WHERE r.update_id = u.id) AS retracted_by"
            if name == "retracted_by"
            else f"u.{name}"
            for _, name, *_ in run("PRAGMA main.table_info(status_update)")
        )

    # -- materializing ---------------------------------------------------------------------------

    def materialize_all(self) -> None:
        """Materialize all facilities that are not yet, for questions about everything."""
        if self._everything:
            return
        numbers = [n for (n,) in self._connection.execute("SELECT id FROM main.facility")]
        left = [n for n in numbers if n not in self._materialized]
        self.materialize(counted(left, len(left), Stage.FOLD))
        self.count()
        self._everything = True

    @property
    def present(self) -> tuple[str, str]:
        """A table of facilities `f` and the condition that one is present; needs no fold."""
        if self.order is None:
            return "facility", "f.updated_on IS NOT NULL"
        return "main.facility", f"f.first_on <= '{self._day}'"

    def materialize_named(self, slugs: Iterable[str]) -> None:
        """Fold the facilities of these slugs."""
        rows = self._connection.execute(
            "SELECT id FROM main.facility WHERE slug IN (SELECT value FROM json_each(?))",
            (json.dumps(list(slugs)),),
        )
        self.materialize(number for (number,) in rows.fetchall())

    def materialize_owners(self, milestones: Iterable[int]) -> None:
        """Fold the facilities of these milestones."""
        for chunk in chunks(milestones, _AT_ONCE):
            rows = self._connection.execute(
                "SELECT DISTINCT f.id FROM main.milestone m"
                f" JOIN main.facility f ON f.id = m.facility_id WHERE m.id {_LISTED}",
                {"numbers": json.dumps(chunk)},
            )
            self.materialize(number for (number,) in rows.fetchall())

    def materialize(self, facilities: Iterable[int]) -> None:
        """Materialize facilities by number; those without a statement by that day are absent."""
        for chunk in chunks((n for n in facilities if n not in self._materialized), _AT_ONCE):
            unchanged = self._copy_unchanged(chunk)
            self._insert_folded([n for n in chunk if n not in unchanged])
            self._materialized.update(chunk)

    def _copy_unchanged(self, chunk: list[int]) -> set[int]:
        """Copy those of which nothing was reported later, and return their numbers."""
        if not self._of_all_knowledge:
            return set()
        values = {"numbers": json.dumps(chunk), "day": self._day}
        rows = self._connection.execute(
            f"SELECT id FROM main.facility WHERE id {_LISTED} AND updated_on <= :day", values
        )
        unchanged = {number for (number,) in rows}
        values["numbers"] = json.dumps(sorted(unchanged))
        for table, key in (("facility", "id"), ("milestone", "facility_id")):
            self._connection.execute(
                f"INSERT INTO temp.{table} SELECT * FROM main.{table}"
                f" WHERE {key} {_LISTED} AND updated_on IS NOT NULL",
                values,
            )
        return unchanged

    def _insert_folded(self, numbers: list[int]) -> None:
        listed = json.dumps(numbers)
        facilities = {row["slug"]: row for row in self._rows("facility", "id", listed)}
        milestones = self._rows("milestone", "facility_id", listed)
        slugs = {row["id"]: slug for slug, row in facilities.items()}
        kinds: dict[str, dict[str, Kind]] = {}
        for row in milestones:
            slug, kind = kind_from((row["slug"], row["kind"]))
            kinds.setdefault(slugs[row["facility_id"]], {})[slug] = kind
        folds = self._folds(listed, kinds)
        self._insert(
            "facility",
            [
                facilities[slug] | facility_values(folded, slug)
                for slug, folded in folds.items()
                if slug in facilities
            ],
        )
        self._insert(
            "milestone",
            [
                row | milestone_values(m)
                for row in milestones
                if (folded := folds.get(slugs[row["facility_id"]]))
                and (m := folded.milestones.get(row["slug"]))
            ],
        )

    def _folds(
        self, listed: str, kinds: Mapping[str, Mapping[str, Kind]]
    ) -> dict[str, FacilityFold]:
        """Map each facility slug to its state as of the day."""
        rows = self._connection.execute(
            f"{UPDATES_TO_FOLD} WHERE u.facility_id {_LISTED} AND u.kind <> 'retract'"
            " AND u.retracted_by IS NULL ORDER BY u.facility_id",
            {"numbers": listed},
        )
        grouped = groupby(map(update_from, rows.fetchall()), key=lambda u: u.facility)
        return {
            slug: fold(sorted(updates, key=order), kinds.get(slug, {})) for slug, updates in grouped
        }

    def _rows(self, table: str, key: str, listed: str) -> list[_Row]:
        cursor = self._connection.execute(
            f"SELECT * FROM main.{table} WHERE {key} {_LISTED}", {"numbers": listed}
        )
        names = [c[0] for c in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _insert(self, table: str, rows: list[_Row]) -> None:
        if rows:
            marks = ", ".join(f":{name}" for name in rows[0])
            self._connection.executemany(f"INSERT INTO temp.{table} VALUES ({marks})", rows)

    # -- counting --------------------------------------------------------------------------------

    def count(self) -> None:
        """Fill a temporary `tally` with the counts of that day."""
        if not self._counted:
            counters.hide(self._connection)
            if self.order is None:
                counters.recount(self._connection)
            else:
                counters.count_past(self._connection, self._day, self.order.tallied())
            self._counted = True
