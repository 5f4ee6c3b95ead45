"""Facilities in the order of any column, and pages of them with their milestones.

What a column says of the milestones (phase, next deadline, RAG, slip) is worked out here in
one pass, as `tracker.schedule` works it out for one facility; a test holds the two together.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from db.record import record
from db.records import LIFECYCLE, Facility, Kind, Milestone, Type
from db.rows import FACILITY_COLUMNS, MILESTONE_COLUMNS, facility_from, kept_text, milestone_from
from db.search import match_query

__all__ = ["FacilityFilter", "FacilityList", "Order"]


class Order(StrEnum):
    """What facilities can be ordered by; groups are by some of the same."""

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


@record
class FacilityFilter:
    """Which facilities are asked for; an empty filter asks for all that are present."""

    type: Type | None = None
    city: str | None = None
    cluster: str | None = None
    programme: str | None = None
    owner: str | None = None
    search: str | None = None


_PRESENT = "f.updated_on IS NOT NULL"
_PLACE = "CASE m.kind {} END".format(
    " ".join(f"WHEN '{kind.value}' THEN {place}" for place, kind in enumerate(Kind))
)
_IN_LIFECYCLE = f"m.kind IN ({', '.join(repr(kind.value) for kind in LIFECYCLE)})"
_WAITING = "m.standing IN ('open', 'undated', 'on_hold')"
_COUNTED = "m.standing NOT IN ('cancelled', 'passed')"
_BEHIND = f"{_COUNTED} AND (m.slip_days > 0 OR (m.standing = 'open' AND m.forecast_latest < :day))"
_NEXT = f"coalesce(m.forecast_latest, '9999-12-31') || substr('0' || {_PLACE}, -2)"
_WORKED_OUT = {
    "phase": f"max(CASE WHEN m.standing = 'completed' AND {_IN_LIFECYCLE} THEN {_PLACE} END)",
    "next": f"min(CASE WHEN {_WAITING} THEN {_NEXT} END)",
    "waiting_slip": f"max(CASE WHEN {_WAITING} THEN m.slip_days END)",
    "any_slip": f"max(CASE WHEN {_COUNTED} THEN m.slip_days END)",
    "waits": f"max(CASE WHEN {_WAITING} THEN 1 END)",
    "last": f"max(CASE WHEN {_COUNTED} THEN CASE WHEN {_IN_LIFECYCLE} THEN {_PLACE} ELSE -1 END"
    " END)",
    "behind": f"max(CASE WHEN {_BEHIND} THEN CASE WHEN {_IN_LIFECYCLE} THEN {_PLACE} ELSE -1 END"
    " END)",
}
"""What milestones say of their facility, by the name under which `_COLUMNS` knows it."""

_RAG = (
    "CASE WHEN a.last IS NULL THEN NULL WHEN a.behind IS NULL THEN 0"
    " WHEN a.behind = a.last AND a.last >= 0 THEN 2 ELSE 1 END"
)
_COLUMNS = {
    **{order: f"f.{order.value}" for order in list(Order)[:8]},
    Order.PHASE: "a.phase",
    Order.NEXT: "a.next",
    Order.D_DAY: "a.next",
    Order.RAG: _RAG,
    Order.CONFIDENCE: "CASE f.confidence WHEN 'red' THEN 2 WHEN 'amber' THEN 1"
    " WHEN 'green' THEN 0 END",
    Order.SLIP: "CASE WHEN a.waits THEN a.waiting_slip ELSE a.any_slip END",
    Order.COST: "f.cost_krw",
    Order.FUNDING: "f.funding",
    Order.FLOOR_AREA: "f.floor_area_m2",
    Order.UPDATED: "f.updated_on",
}


def _from(where: str, *orders: Order | None) -> str:
    """Facilities, with that of their milestones which these orders are about, and no more.

    What an index has of the milestones takes a third of the time of what their rows have. Those
    of other facilities than are wanted are not looked at.
    """
    columns = " ".join(_COLUMNS[order] for order in orders if order)
    needed = [f"{sql} AS {name}" for name, sql in _WORKED_OUT.items() if f"a.{name}" in columns]
    if not needed:
        return "FROM facility f"
    only = ""
    if where != _PRESENT:
        only = f" AND m.facility_id IN (SELECT f.id FROM facility f WHERE {where})"
    return (
        f"FROM facility f LEFT JOIN (SELECT m.facility_id AS id, {', '.join(needed)}"
        f" FROM milestone m WHERE m.standing IS NOT NULL{only} GROUP BY m.facility_id) a"
        " ON a.id = f.id"
    )


class FacilityList:
    """Answers on one connection; of the day that the reader was set to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read from `connection`, which stays its owner's to close."""
        self._connection = connection

    def order(
        self,
        day: date,
        wanted: FacilityFilter,
        by: Order,
        *,
        falling: bool = False,
        group: Order | None = None,
    ) -> list[tuple[int, str | None]]:
        """The numbers of all facilities that are wanted, in order, each with its group.

        Those of which the column says nothing come last, in either direction; equal ones go
        by slug. Groups go by their names, those without one last; phases as they follow.
        """
        where, values = _conditions(wanted)
        shown = f"CAST({_COLUMNS[group]} AS TEXT)" if group else "NULL"
        grouped = f"{_COLUMNS[group]} IS NULL, {_COLUMNS[group]}, " if group else ""
        rows = self._connection.execute(
            f"SELECT f.id, {shown} {_from(where, by, group)}"
            f" WHERE {where} ORDER BY {grouped}{_COLUMNS[by]} IS NULL,"
            f" {_COLUMNS[by]} {'DESC' if falling else 'ASC'}, f.slug",
            values | {"day": day.isoformat()},
        )
        return [(number, kept_text(text)) for number, text in rows]

    def place(self, numbers: Sequence[int], slug: str) -> int | None:
        """Where a facility stands among these numbers."""
        row = self._connection.execute("SELECT id FROM facility WHERE slug = ?", (slug,)).fetchone()
        return numbers.index(row[0]) if row and row[0] in numbers else None

    def page(self, numbers: Sequence[int]) -> list[tuple[Facility, list[Milestone]]]:
        """These facilities, in this order, each with its milestones in order of slug."""
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

    def values_of(self, attribute: Order) -> list[str]:
        """The distinct cities, clusters, programmes or owners, for a filter to choose from."""
        column = _COLUMNS[attribute]
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
        clauses.append(
            "f.id IN (SELECT rowid FROM facility_search WHERE facility_search MATCH :search)"
            if query
            else "0 = 1"
        )
        values["search"] = query
    return " AND ".join(clauses), values
