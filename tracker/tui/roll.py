"""The roll of facilities: in an order, by what was typed, the one beside another."""

from db.facility_list import FacilityFilter, FacilityOrder
from db.records import Facility
from tracker.tui.arranging import Arrangement
from tracker.tui.desk import Desk

__all__ = ["beside", "find", "in_order"]

_OFFERED = 200
_ALL = FacilityFilter()
_AT_FIRST = Arrangement()


def in_order(
    desk: Desk, wanted: FacilityFilter = _ALL, now: Arrangement = _AT_FIRST
) -> FacilityOrder:
    """The facilities that are wanted, in the order and the groups of an arrangement."""
    by, falling, group = now.by, now.falling, now.group
    return desk.ask(
        lambda r: r.facility_list.order(desk.day, wanted, by, falling=falling, group=group)
    )


def find(desk: Desk, typed: str) -> list[Facility]:
    """Those that fit what was typed, the next deadline first; as many as are worth offering."""
    return _page(desk, in_order(desk, FacilityFilter(search=typed.strip() or None)), 0, _OFFERED)


def beside(desk: Desk, slug: str, step: int) -> str | None:
    """The facility so many places after one, the next deadline first, round and round."""
    order = in_order(desk)
    place = desk.ask(lambda r: r.facility_list.place(order, slug))
    at = 0 if place is None else (place + step) % order.total
    return next((f.slug for f in _page(desk, order, at, 1)), None)


def _page(desk: Desk, order: FacilityOrder, offset: int, limit: int) -> list[Facility]:
    return [f for f, _ in desk.ask(lambda r: r.facility_list.page(order, offset, limit))]
