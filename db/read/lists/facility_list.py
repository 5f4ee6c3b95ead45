"""Facilities in the order of any column, and pages of them with their milestones."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from db.fold import counters
from db.model.records import LIFECYCLE, Facility, Milestone, Type
from db.read.lists.ordering import FITTING
from db.schema.rows import (
    FACILITY_COLUMNS,
    MILESTONE_COLUMNS,
    facility_from,
    kept_text,
    milestone_from,
)
from db.schema.search_columns import match_query

if TYPE_CHECKING:
    from db.read.lists.as_of import AsOf
    from db.read.lists.as_of_order import AsOfOrder

__all__ = ["FacilityFilter", "FacilityList", "FacilityOrder", "Order", "Ordering", "needs_no_fold"]


class Order(StrEnum):
    """A column that facilities can be ordered by; some of them also make groups."""

    NAME = "name"
    TYPE = "type"
    CITY = "city"
    CLUSTER = "cluster"
    PROGRAMME = "programme"
    SITE = "site"
    OPERATOR = "operator"
    OWNER = "owner"
    PHASE = "phase"
    NEXT = "next"
    D_DAY = "d_day"
    RAG = "rag"
    CONFIDENCE = "confidence"
    SLIP = "slip"
    COST = "cost"
    FUNDING = "funding"
    FLOOR_AREA = "floor_area"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class FacilityFilter:
    """A filter of facilities; an empty one selects all that are present."""

    type: Type | None = None
    city: str | None = None
    cluster: str | None = None
    programme: str | None = None
    owner: str | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class Ordering:
    """The column that facilities are sorted by, the direction, and the groups.

    Facilities without a value come last in either direction; equal ones are sorted by slug.
    Groups are sorted by name, phases in their order; those without one come last.
    """

    by: Order = Order.NEXT
    descending: bool = False
    group: Order | None = None

    @property
    def sql(self) -> str:
        """Return the terms of ORDER BY."""
        groups = f"{_COLUMNS[self.group]} NULLS LAST, " if self.group else ""
        way = "DESC" if self.descending else "ASC"
        return f"{groups}{_COLUMNS[self.by]} {way} NULLS LAST, f.slug"


@dataclass(frozen=True, slots=True)
class FacilityOrder:
    """Facilities in an order, as `FacilityList` gives it.

    Attributes:
        numbers: Which they are.
        groups: The names of their groups in order and how many each has, if they are in groups.
        is_whole: Whether these are all, and not only the first.
    """

    numbers: tuple[int, ...]
    groups: tuple[tuple[str | None, int], ...] = ()
    is_whole: bool = True

    @property
    def total(self) -> int:
        """Return the number of facilities."""
        return len(self.numbers)


_PRESENT = "f.updated_on IS NOT NULL"
_QUICK = 25_000  # facilities that are put in order while a person does not notice
_RAG = (
    "CASE WHEN f.amber_after IS NULL THEN NULL WHEN f.red_after < :day THEN 2"
    " WHEN f.amber_after < :day THEN 1 ELSE 0 END"
)
_COLUMNS = {
    **{order: f"f.{order.value}" for order in Order},
    Order.PHASE: "CASE f.phase {} END".format(
        " ".join(f"WHEN '{kind.value}' THEN {place}" for place, kind in enumerate(LIFECYCLE))
    ),
    Order.NAME: "f.name COLLATE NOCASE",
    Order.NEXT: "f.next_on",
    Order.D_DAY: "f.next_on",
    Order.RAG: _RAG,
    Order.CONFIDENCE: "CASE f.confidence WHEN 'red' THEN 2 WHEN 'amber' THEN 1"
    " WHEN 'green' THEN 0 END",
    Order.SLIP: "f.slip_days",
    Order.COST: "f.cost_krw",
    Order.FLOOR_AREA: "f.floor_area_m2",
    Order.UPDATED: "f.updated_on",
}
"""The SQL of each order; `db.fold.facility_rollup` stores its values in the facility's row."""


def _named(group: Order | None) -> str:
    """Return the SQL of a group's name; an unknown phase has none."""
    if group is Order.PHASE:
        return f"CASE WHEN {_COLUMNS[group]} IS NOT NULL THEN f.phase END"
    return f"f.{group.value}" if group else "NULL"


def needs_no_fold(filters: FacilityFilter, ordering: Ordering) -> bool:
    """Whether the history of milestones is enough to put these in order as of a past day."""
    by_deadline = ordering in (Ordering(Order.NEXT), Ordering(Order.D_DAY))
    return by_deadline and replace(filters, search=None) == FacilityFilter()


class FacilityList:
    """Lists of facilities on one connection, as of the day of its reader."""

    def __init__(self, connection: sqlite3.Connection, past: "AsOf | None" = None) -> None:
        """Read from `connection`, which stays its owner's to close; `past` is another day."""
        self._connection = connection
        self._past = past

    def order(
        self, day: date, filters: FacilityFilter, ordering: Ordering, among: Sequence[str] = ()
    ) -> FacilityOrder:
        """Return all facilities that fit a filter, in order and perhaps in groups.

        `among` are the slugs of those that can be meant, where not all can.
        """
        if self._past is not None:
            if self._past.order is not None and needs_no_fold(filters, ordering) and not among:
                return self._from_history(filters, self._past.order)
            if among:
                self._past.materialize_named(among)
            else:
                self._past.materialize_all()
        where, values = _conditions(filters)
        if among:
            where += " AND f.slug IN (SELECT value FROM json_each(:among))"
            values["among"] = json.dumps(list(among))
        rows = self._connection.execute(
            f"SELECT f.id, {_named(ordering.group)} FROM facility f WHERE {where}"
            f" ORDER BY {ordering.sql}",
            values | {"day": day.isoformat()},
        ).fetchall()
        groups = Counter(name for _, name in rows) if ordering.group else {}
        return FacilityOrder(
            numbers=tuple(number for number, _ in rows),
            groups=tuple((kept_text(name), size) for name, size in groups.items()),
        )

    def _from_history(self, filters: FacilityFilter, then: "AsOfOrder") -> FacilityOrder:
        numbers = then.facilities()
        if filters.search:
            query = match_query(filters.search)
            found = self._connection.execute(FITTING, {"search": query}) if query else ()
            fitting = {number for (number,) in found}
            numbers = tuple(n for n in numbers if n in fitting)
        return FacilityOrder(numbers)

    def is_quick(self) -> bool:
        """Whether `order` is fast enough to wait for; on another day there is no faster way."""
        return self._past is not None or counters.counted(self._connection, *Type) <= _QUICK

    def first(
        self, day: date, filters: FacilityFilter, ordering: Ordering, limit: int
    ) -> FacilityOrder:
        """Return the first facilities of an order, without reading the others.

        There are none in groups, of which the sizes are told.
        """
        if ordering.group:
            return FacilityOrder((), is_whole=False)
        where, values = _conditions(filters)
        rows = self._connection.execute(
            f"SELECT f.id FROM facility f WHERE {where} ORDER BY {ordering.sql} LIMIT :limit",
            values | {"day": day.isoformat(), "limit": limit},
        )
        numbers = tuple(number for (number,) in rows)
        return FacilityOrder(numbers, is_whole=False)

    def place(self, order: FacilityOrder, slug: str) -> int | None:
        """Return the index of a facility in an order; None where it is not in it."""
        row = self._connection.execute(
            "SELECT f.id FROM main.facility f WHERE f.slug = ? AND f.updated_on IS NOT NULL",
            (slug,),
        ).fetchone()
        if row is None or row[0] not in order.numbers:
            return None
        return order.numbers.index(row[0])

    def page(
        self, order: FacilityOrder, offset: int, limit: int
    ) -> list[tuple[Facility, list[Milestone]]]:
        """Return at most `limit` facilities of an order, each with its milestones by slug."""
        numbers = order.numbers[offset : offset + limit]
        if self._past is not None:
            self._past.materialize(numbers)
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


def _conditions(filters: FacilityFilter) -> tuple[str, dict[str, Any]]:
    """Return the WHERE clause of a filter, and its values."""
    clauses = [_PRESENT]
    values: dict[str, Any] = {}
    for name in ("type", "city", "cluster", "programme", "owner"):
        value = getattr(filters, name)
        if value is not None:
            clauses.append(f"f.{name} = :{name}")
            values[name] = str(value)
    if filters.search:
        query = match_query(filters.search)
        clauses.append(f"f.id IN ({FITTING})" if query else "0 = 1")
        values["search"] = query
    return " AND ".join(clauses), values
