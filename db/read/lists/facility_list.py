"""Facilities in the order of any column, and pages of them with their milestones."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from db.fold import counters
from db.model.fields import FIELDS, FieldType
from db.model.records import LIFECYCLE, Facility, Milestone, Type
from db.read.lists import scan_search
from db.schema.rows import (
    FACILITY_COLUMNS,
    MILESTONE_COLUMNS,
    facility_from,
    kept_text,
    milestone_from,
)
from db.schema.search_columns import match_query

if TYPE_CHECKING:
    from db.read.lists.as_of import Past
    from db.read.lists.as_of_order import AsOfOrder

__all__ = [
    "ORDERS",
    "FacilityFilter",
    "FacilityList",
    "FacilityOrder",
    "Ordering",
    "told_by_spells",
]


@dataclass(frozen=True, slots=True)
class FacilityFilter:
    """Which facilities are asked for; an empty filter asks for all that are present."""

    type: Type | None = None
    city: str | None = None
    cluster: str | None = None
    programme: str | None = None
    owner: str | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class Ordering:
    """By what facilities are put in order, which way round, and whether in groups.

    Those of which the column says nothing come last, either way; equal ones go by slug. Groups
    go by their names, those without one last; phases as they follow.
    """

    by: str = "next"
    falling: bool = False
    group: str | None = None

    @property
    def is_walked(self) -> bool:
        """Whether an index has all facilities so."""
        return self.by in ("next", "d_day") and not self.falling and self.group is None

    @property
    def sql(self) -> str:
        """What stands behind ORDER BY."""
        groups = f"{ORDERS[self.group]} NULLS LAST, " if self.group else ""
        way = "DESC" if self.falling else "ASC"
        return f"{groups}{ORDERS[self.by]} {way} NULLS LAST, f.slug"


@dataclass(frozen=True, slots=True)
class FacilityOrder:
    """Facilities in an order, as `FacilityList` gives it.

    Attributes:
        total: How many there are.
        groups: The names of their groups in order and how many each has, if they are in groups.
        numbers: Which they are; None for all, the next deadline first, which an index has so.
        is_whole: Whether these are all, and not only the first.
    """

    total: int
    groups: tuple[tuple[str | None, int], ...] = ()
    numbers: tuple[int, ...] | None = None
    is_whole: bool = True


_PRESENT = "f.updated_on IS NOT NULL"
_QUICK = 10_000  # facilities that are put in order while a person does not notice
_FITTING = "SELECT rowid FROM facility_search WHERE facility_search MATCH :search"
_RAG = (
    "CASE WHEN f.amber_after IS NULL THEN NULL WHEN f.red_after < :day THEN 2"
    " WHEN f.amber_after < :day THEN 1 ELSE 0 END"
)
_FIELDS = {f.key: f"f.{f.name}" for f in FIELDS if f.width and f.name != "name"}
_TEXTS = {f.key for f in FIELDS if f.type is FieldType.TEXT}
ORDERS: Mapping[str, str] = {
    "name": "f.name COLLATE NOCASE",
    "type": "f.type",
    **{key: column for key, column in _FIELDS.items() if key in _TEXTS},
    "phase": "CASE f.phase {} END".format(
        " ".join(f"WHEN '{kind.value}' THEN {place}" for place, kind in enumerate(LIFECYCLE))
    ),
    "next": "f.next_on",
    "d_day": "f.next_on",
    "rag": _RAG,
    "confidence": "CASE f.confidence WHEN 'red' THEN 2 WHEN 'amber' THEN 1 WHEN 'green' THEN 0 END",
    "slip": "f.slip_days",
    **{key: column for key, column in _FIELDS.items() if key not in _TEXTS},
    "updated": "f.updated_on",
}
"""What facilities can be ordered by, in SQL; `db.fold.facility_rollup` keeps what follows from
milestones in the facility's own row. Groups are by some of the same."""


def _named(group: str | None) -> str:
    """What names a group; a phase that the program did not write is none."""
    if group == "phase":
        return f"CASE WHEN {ORDERS[group]} IS NOT NULL THEN f.phase END"
    return ORDERS[group] if group else "NULL"


def told_by_spells(wanted: FacilityFilter, so: Ordering) -> bool:
    """Whether it takes no folding to put these in order as of a past day."""
    return so.is_walked and replace(wanted, search=None) == FacilityFilter()


class FacilityList:
    """Answers on one connection; of the day that the reader was set to."""

    def __init__(self, connection: sqlite3.Connection, past: "Past | None" = None) -> None:
        """Read from `connection`, which stays its owner's to close; `past` is another day."""
        self._connection = connection
        self._past = past

    def order(
        self, day: date, wanted: FacilityFilter, so: Ordering, among: Sequence[str] = ()
    ) -> FacilityOrder:
        """All facilities that are wanted, in order and perhaps in groups.

        `among` are the slugs of those that can be meant, where not all can.
        """
        if self._past is not None:
            if self._past.order is not None and told_by_spells(wanted, so) and not among:
                return self._of_spells(wanted, self._past.order)
            if among:
                self._past.lay_named(among)
            else:
                self._past.lay_everything()
        elif wanted == FacilityFilter() and so.is_walked and not among:
            return FacilityOrder(self._total())
        where, values = _conditions(wanted)
        if among:
            where += " AND f.slug IN (SELECT value FROM json_each(:among))"
            values["among"] = json.dumps(list(among))
        rows = self._connection.execute(
            f"SELECT f.id, {_named(so.group)} FROM facility f WHERE {where} ORDER BY {so.sql}",
            values | {"day": day.isoformat()},
        ).fetchall()
        groups = Counter(name for _, name in rows) if so.group else {}
        return FacilityOrder(
            total=len(rows),
            groups=tuple((kept_text(name), size) for name, size in groups.items()),
            numbers=tuple(number for number, _ in rows),
        )

    def _of_spells(self, wanted: FacilityFilter, then: "AsOfOrder") -> FacilityOrder:
        numbers = then.facilities()
        if wanted.search:
            query = match_query(wanted.search)
            found = self._connection.execute(_FITTING, {"search": query}) if query else ()
            fitting = {number for (number,) in found}
            numbers = tuple(n for n in numbers if n in fitting)
        return FacilityOrder(len(numbers), numbers=numbers)

    def is_quick(self, wanted: FacilityFilter, so: Ordering) -> bool:
        """Whether `order` takes no more than a blink; of another day there is no other way."""
        if self._past is not None or self._total() <= _QUICK:
            return True
        if wanted == FacilityFilter() and so.is_walked:
            return True
        search = wanted.search
        return search is not None and not scan_search.is_shorter(self._connection, search)

    def first(self, day: date, wanted: FacilityFilter, so: Ordering, limit: int) -> FacilityOrder:
        """The first of an order, before it is known which are the others.

        There are none where no way to them is short: in groups, of which the sizes are told; and
        where a search fits very many, in another order than that of the deadlines.
        """
        if so.group or (wanted.search and not so.is_walked):
            return FacilityOrder(0, numbers=(), is_whole=False)
        where, values = _conditions(replace(wanted, search=None))
        if wanted.search:
            fits, more = scan_search.condition(wanted.search, "f.id")
            where += f" AND {fits}"
            values |= more
        rows = self._connection.execute(
            f"SELECT f.id FROM facility f WHERE {where} ORDER BY {so.sql} LIMIT :limit",
            values | {"day": day.isoformat(), "limit": limit},
        )
        numbers = tuple(number for (number,) in rows)
        return FacilityOrder(len(numbers), numbers=numbers, is_whole=False)

    def _total(self) -> int:
        return counters.counted(self._connection, *Type)

    def numbers(self, order: FacilityOrder, offset: int, limit: int) -> list[int]:
        """At most `limit` facilities, from `offset` on; in the index from its nearer end."""
        if order.numbers is not None:
            return list(order.numbers[offset : offset + limit])
        limit = min(limit, order.total - offset)
        backward = offset > order.total // 2
        by = "f.next_on DESC NULLS FIRST, f.slug DESC" if backward else Ordering().sql
        rows = self._connection.execute(
            f"SELECT f.id FROM facility f WHERE {_PRESENT} ORDER BY {by} LIMIT ? OFFSET ?",
            (max(0, limit), order.total - offset - limit if backward else offset),
        )
        found = [number for (number,) in rows]
        return found[::-1] if backward else found

    def place(self, order: FacilityOrder, slug: str) -> int | None:
        """Where a facility stands in an order; None where it does not."""
        row = self._connection.execute(
            "SELECT f.id, f.next_on FROM main.facility f"
            " WHERE f.slug = ? AND f.updated_on IS NOT NULL",
            (slug,),
        ).fetchone()
        if row is None:
            return None
        number, day = row
        if order.numbers is not None:
            return order.numbers.index(number) if number in order.numbers else None
        if day is None:
            return order.total - 1 - self._count("f.next_on IS NULL AND f.slug > :slug", slug, day)
        return self._count("f.next_on < :day", slug, day) + self._count(
            "f.next_on = :day AND f.slug < :slug", slug, day
        )

    def _count(self, condition: str, slug: str, day: str | None) -> int:
        sql = f"SELECT count(*) FROM facility f WHERE {condition} AND {_PRESENT}"
        return int(self._connection.execute(sql, {"slug": slug, "day": day}).fetchone()[0])

    def page(
        self, order: FacilityOrder, offset: int, limit: int
    ) -> list[tuple[Facility, list[Milestone]]]:
        """At most `limit` facilities of an order, each with its milestones in order of slug."""
        numbers = self.numbers(order, offset, limit)
        if self._past is not None:
            self._past.lay(numbers)
        marks = ", ".join("?" * len(numbers))
        found = {
            row[-1]: facility_from(row)
            for row in self._connection.execute(
                f"SELECT {FACILITY_COLUMNS}, f.id FROM facility f"
                f" WHERE f.id IN ({marks}) AND f.updated_on IS NOT NULL",
                numbers,
            )
        }
        steps: dict[int, list[Milestone]] = {number: [] for number in found}
        for row in self._connection.execute(
            f"SELECT {MILESTONE_COLUMNS}, m.facility_id FROM milestone m"
            " JOIN facility f ON f.id = m.facility_id"
            " LEFT JOIN status_update u ON u.id = m.stated_by"
            " LEFT JOIN source s ON s.id = u.source_id"
            f" WHERE m.facility_id IN ({marks}) AND m.updated_on IS NOT NULL ORDER BY m.slug",
            numbers,
        ):
            steps[row[-1]].append(milestone_from(row))
        return [(found[n], steps[n]) for n in numbers if n in found]

    def values_of(self, attribute: str) -> list[str]:
        """The distinct cities, clusters, programmes or owners, for a filter to choose from."""
        if self._past is not None:
            self._past.lay_everything()
        column = ORDERS[attribute]
        rows = self._connection.execute(
            f"SELECT DISTINCT {column} FROM facility f"
            f" WHERE f.updated_on IS NOT NULL AND {column} IS NOT NULL ORDER BY 1"
        )
        return [text for (value,) in rows if (text := kept_text(value))]


def _conditions(wanted: FacilityFilter) -> tuple[str, dict[str, Any]]:
    """The WHERE clause of a filter, and its values."""
    clauses = [_PRESENT]
    values: dict[str, Any] = {}
    for name in ("type", "city", "cluster", "programme", "owner"):
        value = getattr(wanted, name)
        if value is not None:
            clauses.append(f"f.{name} = :{name}")
            values[name] = str(value)
    if wanted.search:
        query = match_query(wanted.search)
        clauses.append(f"f.id IN ({_FITTING})" if query else "0 = 1")
        values["search"] = query
    return " AND ".join(clauses), values
