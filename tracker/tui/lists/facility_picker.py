"""The roll of facilities: in an order, by what was typed, the one beside another."""

from collections.abc import Callable
from typing import Any

from db.model.records import Facility
from db.read.lists.facility_list import FacilityFilter, FacilityOrder, Ordering, told_by_spells
from db.read.reader import Reader
from tracker.tui.lists.search_screen import SearchScreen
from tracker.tui.session.as_of_loader import Level
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.row_list import PAGE

__all__ = ["beside", "find", "needs", "show_in_order"]

_OFFERED = 200


def needs(wanted: FacilityFilter, so: Ordering) -> Level:
    """How much of another day must have been read for these to be put in order."""
    return Level.LISTS if told_by_spells(wanted, so) else Level.ALL


def show_in_order(
    screen: SearchScreen[Any],
    wanted: FacilityFilter,
    so: Ordering,
    show: Callable[[FacilityOrder], None],
) -> None:
    """Show the facilities that are wanted, put in order.

    What takes long is read aside, its first page shown before, as far as there is one. What was
    chosen stays so, unless somebody chooses another one meanwhile.
    """
    desk, day = screen.desk, screen.desk.day
    screen.ask_no_more()

    def whole(reader: Reader) -> FacilityOrder:
        return reader.facility_list.order(day, wanted, so)

    if desk.ask(lambda r: r.facility_list.is_quick(wanted, so)):
        show(desk.ask(whole))
        return
    chosen, limit = desk.chosen, max(PAGE, screen.listing.size.height)
    show(desk.ask(lambda r: r.facility_list.first(day, wanted, so, limit)))
    before = screen.listing.cursor

    def show_whole(order: FacilityOrder) -> None:
        if screen.listing.cursor == before:
            desk.chosen = chosen
        show(order)

    screen.ask_aside(whole, show_whole)


def find(desk: StoreSession, typed: str) -> list[Facility]:
    """Those that fit what was typed, the next deadline first; as many as are worth offering."""
    day, wanted, so = desk.day, FacilityFilter(search=typed.strip() or None), Ordering()

    def fitting(reader: Reader) -> FacilityOrder:
        facilities = reader.facility_list
        if facilities.is_quick(wanted, so):
            return facilities.order(day, wanted, so)
        return facilities.first(day, wanted, so, _OFFERED)

    return _page(desk, desk.ask(fitting), 0, _OFFERED)


def beside(desk: StoreSession, slug: str, step: int) -> str | None:
    """The facility so many places after one, the next deadline first, round and round."""
    order = desk.ask(lambda r: r.facility_list.order(desk.day, FacilityFilter(), Ordering()))
    place = desk.ask(lambda r: r.facility_list.place(order, slug))
    at = 0 if place is None else (place + step) % order.total
    return next((f.slug for f in _page(desk, order, at, 1)), None)


def _page(desk: StoreSession, order: FacilityOrder, offset: int, limit: int) -> list[Facility]:
    return [f for f, _ in desk.ask(lambda r: r.facility_list.page(order, offset, limit))]
