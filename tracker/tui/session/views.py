"""The views: their numbers and names, and where their screens are.

To add one: (1) derive its screen from `BaseScreen` (or from `MilestoneScreen`, if it has a chosen
milestone), with `view = ID`, an `__init__(self, session)` and a `load_data()`, like the board;
(2) add its line to `VIEWS`, and `view.ID` to both catalogues; keys, tabs, palette and help follow;
(3) draw its golden screens: `TRACKER_GOLDEN=write pytest tests/tui/test_golden.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from tracker.tui.session.store_session import StoreSession

__all__ = ["VIEWS", "View", "neighbour", "view_bindings", "view_of"]


@dataclass(frozen=True, slots=True)
class View:
    """A view; `screen` names its class as `module:Class`, imported when it is first shown."""

    number: int
    id: str
    screen: str

    @property
    def label(self) -> str:
        """The key of its name in the catalogues."""
        return f"view.{self.id}"

    def make(self, session: StoreSession) -> Screen[Any]:
        """Return a new screen of the view."""
        module, _, name = self.screen.partition(":")
        made: Screen[Any] = getattr(import_module(module), name)(session)
        return made


VIEWS: tuple[View, ...] = (
    View(1, "board", "tracker.tui.board.view:BoardScreen"),
    View(2, "facilities", "tracker.tui.facilities.view:FacilitiesScreen"),
    View(3, "timeline", "tracker.tui.timeline.view:TimelineScreen"),
    View(4, "trend", "tracker.tui.trend.view:TrendScreen"),
    View(5, "review", "tracker.tui.review.view:ReviewScreen"),
    View(6, "log", "tracker.tui.log.view:LogScreen"),
)


def view_of(id_: str) -> View:
    """Return the view with an id."""
    return next(view for view in VIEWS if view.id == id_)


def neighbour(id_: str, step: int, views: Sequence[View] = VIEWS) -> View:
    """Return the view `step` places after another, wrapping around."""
    places = [view.id for view in views]
    at = places.index(id_) if id_ in places else 0
    return views[(at + step) % len(views)]


def view_bindings() -> list[Binding]:
    """Return the bindings that show each view, the next and the previous one."""
    numbers = [
        Binding(str(v.number), f"view({v.id!r})", v.label, id=f"view.{v.id}", show=False)
        for v in VIEWS
    ]
    return [
        *numbers,
        Binding("right_square_bracket,ctrl+right", "neighbour(1)", "key.next_view", id="view.next"),
        Binding(
            "left_square_bracket,ctrl+left",
            "neighbour(-1)",
            "key.previous_view",
            id="view.previous",
        ),
    ]
