"""View 3: the timeline."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from itertools import cycle
from typing import ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from db.model.records import Milestone
from db.read.lists.facility_list import FacilityFilter, FacilityOrder
from tracker.charts.canvas import Line
from tracker.charts.timeline import head, legend
from tracker.charts.timeline_rows import (
    Group,
    Sort,
    TimelineRow,
    group_name,
    ordering,
    read_timeline_rows,
)
from tracker.domain.board import Row
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.lists.facility_picker import required_level, show_in_order
from tracker.tui.lists.milestone_screen import MOST_MARKS
from tracker.tui.lists.search_screen import SearchScreen
from tracker.tui.session.as_of_loader import Level
from tracker.tui.session.store_session import StoreSession
from tracker.tui.timeline.timeline_list import Shown, TimelineList
from tracker.tui.widgets.drawing import Drawing
from tracker.tui.widgets.row_list import RowList

__all__ = ["TimelineScreen"]

T = TypeVar("T")

_LOW = 20  # lines under which there is no room for a legend


class TimelineScreen(SearchScreen[TimelineList]):
    """Facilities on an axis of days. It keeps what it shows, and of which days."""

    view = "timeline"
    CSS_PATH = "timeline.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "group", "key.lane_group", id="timeline.group"),
        Binding("o", "order", "key.lane_order", id="timeline.order"),
    ]

    def __init__(self, session: StoreSession) -> None:
        """Show the facilities of `session`."""
        super().__init__(session, TimelineList(session.words, id="list"))
        self.filters = FacilityFilter()
        self.group: Group | None = None
        self.sort = Sort.NEXT
        self._shown = Shown()
        self._asked: object = None  # for what that is

    def compose(self) -> ComposeResult:
        """Lay out the axis, the lines, and what the signs mean."""
        yield self.banner
        yield Drawing(self._head, id="axis")
        yield self._list
        yield Drawing(self._legend, id="legend")
        yield from self.compose_footer()

    def on_mount(self) -> None:
        """Show the store, the cursor on what was chosen elsewhere."""
        self._list.focus()
        self.reload()

    # -- what is chosen --------------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The chosen milestone; of a facility, its next one."""
        return self._list.milestone

    def markable(self) -> list[tuple[str, str]]:
        """The milestones of every line."""
        lanes = self._shown.read(0, MOST_MARKS + 1)
        steps = [(a.slug, a.focus.milestone.slug) for a in lanes if a.focus is not None]
        steps += [
            (a.slug, r.milestone.slug) for a in lanes if a.slug in self._list.opened for r in a.rows
        ]
        return list(dict.fromkeys(steps))[: MOST_MARKS + 1]

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """The marked milestones, as they are now."""
        return self.session.milestones(cast("Sequence[tuple[str, str]]", keys))

    @property
    def required_level(self) -> Level:
        """Of another day the lists are enough for all facilities, the next deadline first."""
        return required_level(self.filters, ordering(self.sort, self.group))

    # -- showing ---------------------------------------------------------------------------------

    def load_data(self) -> None:
        """Read every lane, and show them in their order."""
        if self.session.empty():
            return
        asked = self.session.version, self.filters, self.sort, self.group
        if asked == self._asked:  # only another one was chosen elsewhere
            self._show_lanes()
        else:
            show_in_order(self, self.filters, ordering(self.sort, self.group), self._show)
        self._asked = asked
        self.look_at_acts()

    def wait(self) -> None:
        """Show that the day is still being read, and no lanes of another one."""
        super().wait()
        self._shown = Shown(empty=self.words("ui.reading"))
        self._show_lanes()

    def _show(self, order: FacilityOrder) -> None:
        groups = [(group_name(self.group, n, self.words), size) for n, size in order.groups]
        self._shown = Shown(
            total=order.total,
            groups=groups,
            read=self.safely(lambda *window: self._read(order, window), ()),
            place=self.safely(lambda slug: self._place(order, slug), None),
            empty=self.words("timeline.empty" if order.is_whole else "ui.reading"),
        )
        self._show_lanes()

    def _show_lanes(self) -> None:
        self._list.show_lanes(
            self._shown, self.session.day, self.session.today, self.session.chosen
        )

    def _read(self, order: FacilityOrder, window: tuple[int, int]) -> Sequence[TimelineRow]:
        day, limits = self.session.day, self.session.limits
        return self.session.ask(lambda r: read_timeline_rows(r, order, window, day, limits))

    def _place(self, order: FacilityOrder, slug: str) -> int | None:
        return self.session.ask(lambda r: r.facility_list.place(order, slug))

    def on_timeline_list_looked(self) -> None:
        """Draw the axis of the days that are shown, and say which they are."""
        words, scale = self.words, self._list.axis.scale
        days = {"first": words.day(scale.start), "last": words.day(scale.end)}
        self.show_banner(words("timeline.scope", **days))
        self.query_one("#axis", Drawing).redraw()
        self.query_one("#legend", Drawing).redraw()

    def on_row_list_measured(self) -> None:
        """Draw the axis in another width."""
        self.on_timeline_list_looked()

    def on_row_list_chosen(self) -> None:
        """Remember what is chosen for the other views, and show the keys that fit it."""
        entry = self._list.row
        if entry is not None and entry.lane is not None:
            step = entry.row.milestone.slug if entry.row else None
            self.session.chosen = entry.lane.slug, step
        self.show_keys()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """Open the page of the facility."""
        del message
        if self.row is not None:
            m = self.row.milestone
            self.app.push_screen(FacilityScreen(self.session, m.facility, m.slug))

    def _head(self, width: int, height: int) -> list[Line]:
        del width, height
        lines = head(self._list.axis, self._list.shares, self._corner())
        return [[(" ", ""), *line] for line in lines]

    def _corner(self) -> list[str]:
        """What the lines are shown by: the zoom and the order, the groups, what was searched."""
        words, zoom = self.words, self._list.axis.scale.zoom
        looks = [words.of("timeline.zoom", zoom or "fit"), words.of("timeline.order", self.sort)]
        return [
            " · ".join(looks),
            words.of("timeline.by", self.group or "none"),
            f"“{self.filters.search}”" if self.filters.search else "",
        ]

    def _legend(self, width: int, height: int) -> list[Line]:
        del height
        return legend(self._list.axis, width) if self.size.height >= _LOW else []

    # -- order, groups, search -------------------------------------------------------------------

    def action_order(self) -> None:
        """Order by the next thing: deadline, slip, name."""
        self.sort = _after(self.sort, list(Sort))
        self.reload()

    def action_group(self) -> None:
        """Put together by the next thing: city, programme, cluster, phase, nothing."""
        self.group = _after(self.group, [None, *Group])
        self.reload()

    def next_reset(self) -> Callable[[], None] | None:
        """Marks, then what was searched for, then opened facilities, then another day."""
        if not self.marks and self.filters != FacilityFilter():
            return lambda: self.search_for(None)
        if not self.marks and self._list.opened:
            return self._list.close_all
        return super().next_reset()

    def search_for(self, text: str | None) -> None:
        """Show the facilities that fit a text."""
        if text != self.filters.search:
            self.filters = replace(self.filters, search=text)
            self.reload()


def _after(now: T, all_: Sequence[T]) -> T:
    """The next one, round and round."""
    rounds = cycle(all_)
    while next(rounds) != now:
        pass
    return next(rounds)
