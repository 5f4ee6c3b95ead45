"""Facilities in an order, by what was typed, and the one next to another."""

from collections.abc import Callable
from typing import Any

from db.model.records import Facility
from db.read.lists.facility_list import FacilityFilter, FacilityOrder, Ordering, needs_no_fold
from db.read.reader import Reader
from tracker.tui.lists.search_screen import SearchScreen
from tracker.tui.session.as_of_loader import Level
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.row_list import PAGE

__all__ = ["find", "neighbour", "required_level", "show_in_order"]

_OFFERED = 200


def required_level(filters: FacilityFilter, so: Ordering) -> Level:
    """Return how much of another day must be loaded to order facilities so."""
    return Level.LISTS if needs_no_fold(filters, so) else Level.ALL


def show_in_order(
    screen: SearchScreen[Any],
    filters: FacilityFilter,
    so: Ordering,
    show: Callable[[FacilityOrder], None],
) -> None:
    """Show the facilities that match, in order.

    What takes long is read aside, its first page shown before, as far as there is one. What was
    chosen stays so, unless somebody chooses another one meanwhile.
    """
    session, day = screen.session, screen.session.day
    screen.cancel_query()

    def whole(reader: Reader) -> FacilityOrder:
        return reader.facility_list.order(day, filters, so)

    if session.ask(lambda r: r.facility_list.is_quick()):
        show(session.ask(whole))
        return
    chosen, limit = session.chosen, max(PAGE, screen.listing.size.height)
    show(session.ask(lambda r: r.facility_list.first(day, filters, so, limit)))
    before = screen.listing.cursor

    def show_whole(order: FacilityOrder) -> None:
        if screen.listing.cursor == before:
            session.chosen = chosen
        show(order)

    screen.run_query(whole, show_whole)


def find(session: StoreSession, typed: str) -> list[Facility]:
    """Return facilities that match what was typed, the next deadline first, at most 200."""
    day, filters, so = session.day, FacilityFilter(search=typed.strip() or None), Ordering()

    def fitting(reader: Reader) -> FacilityOrder:
        facilities = reader.facility_list
        if facilities.is_quick():
            return facilities.order(day, filters, so)
        return facilities.first(day, filters, so, _OFFERED)

    return _page(session, session.ask(fitting), 0, _OFFERED)


def neighbour(session: StoreSession, slug: str, step: int) -> str | None:
    """Return the facility `step` places after one by deadline, wrapping around."""
    order = session.ask(lambda r: r.facility_list.order(session.day, FacilityFilter(), Ordering()))
    place = session.ask(lambda r: r.facility_list.place(order, slug))
    at = 0 if place is None else (place + step) % order.total
    return next((f.slug for f in _page(session, order, at, 1)), None)


def _page(session: StoreSession, order: FacilityOrder, offset: int, limit: int) -> list[Facility]:
    return [f for f, _ in session.ask(lambda r: r.facility_list.page(order, offset, limit))]
