"""The lines of the timeline, with a cursor, and the days that they show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tracker.charts.axis import Axis
from tracker.charts.canvas import Line
from tracker.charts.timeline import (
    Entry,
    Layout,
    draw,
    draw_group,
    group_text,
    layout_for,
    slip_width,
)
from tracker.charts.timeline_rows import MOST, TimelineRow, windows_of
from tracker.charts.timescale import Scale, Zoom, fitting
from tracker.domain.board import Row
from tracker.tui.widgets.line_layout import LineLayout, LinePosition
from tracker.tui.widgets.row_list import LEAD, Group, RowList
from tracker.tui.widgets.tones import tone_style
from tracker.words import Words

__all__ = ["Shown", "TimelineList"]

_WIDE = 80  # cells of the axis from which a quarter is wide enough to begin with
_STEP = 8  # a pan moves by this part of the axis


@dataclass(frozen=True, slots=True)
class Shown:
    """What a timeline shows.

    Attributes:
        total: How many facilities.
        groups: The names of their groups and how many each has; none where there are no groups.
        read: Gives lanes from an offset on, at most so many.
        place: Tells where a facility stands, by its slug.
        empty: What to say where there are none.
    """

    total: int = 0
    groups: Sequence[tuple[str, int]] = ()
    read: Callable[[int, int], Sequence[TimelineRow]] = lambda _offset, _limit: ()
    place: Callable[[str], int | None] = lambda _slug: None
    empty: str = ""


class TimelineList(RowList[Entry]):
    """Facilities with their bars; each can be opened into its milestones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "key.unfold", id="timeline.unfold"),
        Binding("h,left", "pan(-1)", "key.pan_left", id="timeline.left", show=False),
        Binding("l,right", "pan(1)", "key.pan_right", id="timeline.right", show=False),
        Binding("plus", "zoom(1)", "key.zoom_in", id="timeline.nearer"),
        Binding("minus", "zoom(-1)", "key.zoom_out", id="timeline.further"),
        Binding("0", "fit", "key.fit", id="timeline.fit"),
        Binding("equals_sign", "fit_chosen", "key.fit_chosen", id="timeline.fit_chosen"),
        Binding("t", "today", "key.today", id="timeline.today"),
    ]

    class Looked(Message):
        """Other days are shown."""

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(words, id)
        self._shown = Shown()
        self._layout = LineLayout(0)
        self._days = (date.min, date.min)
        self._scale: Scale | None = None
        self.shares: Layout = layout_for(_WIDE, folds=True)
        self.opened: set[str] = set()

    # -- what is shown ---------------------------------------------------------------------------

    def show_lanes(
        self,
        shown: Shown,
        as_of: date,
        today: date,
        chosen: tuple[str, str | None] | None,
    ) -> None:
        """Show these lanes, the cursor on the facility or milestone that is chosen."""
        self._shown, self._days = shown, (as_of, today)
        self._lay_out(chosen)

    def _lay_out(self, chosen: tuple[str, str | None] | None) -> None:
        shown, opened = self._shown, dict(self._open)
        sizes = [size for _, size in shown.groups]
        steps = {row: len(lane.rows) for row, lane in opened.items()}
        self._layout = LineLayout(shown.total, sizes, steps)
        self.show(
            self._layout.total,
            self._entries,
            cursor=self._place(chosen, opened),
            empty=shown.empty,
        )
        self.post_message(self.Looked())

    @property
    def _open(self) -> Iterator[tuple[int, TimelineRow]]:
        """The opened facilities that are among those shown, with their rows."""
        for slug in self.opened:
            row = self._shown.place(slug)
            if row is not None:
                yield from ((row, lane) for lane in self._shown.read(row, 1))

    def _entries(self, offset: int, limit: int) -> Sequence[Entry | Group]:
        """The lines from an offset on; the lanes that they are about are read at once."""
        positions = self._layout.between(offset, limit)
        rows = [position.row for position in positions if position.row is not None]
        first = rows[0] if rows else 0
        lanes = self._shown.read(first, rows[-1] - first + 1) if rows else ()
        return [self._entry(position, lanes, first) for position in positions]

    def _entry(
        self, position: LinePosition, lanes: Sequence[TimelineRow], first: int
    ) -> Entry | Group:
        if position.group is not None:
            name, size = self._shown.groups[position.group]
            return Group(group_text(name, size))
        place = (position.row or 0) - first
        if place >= len(lanes):  # gone meanwhile; what is shown is about to be reread
            return Group("")
        lane = lanes[place]
        if position.step is None:
            return Entry(lane=lane, opened=lane.slug in self.opened)
        row = lane.rows[position.step] if position.step < len(lane.rows) else None
        return Entry(lane=lane, row=row)

    def _place(
        self, chosen: tuple[str, str | None] | None, opened: Mapping[int, TimelineRow]
    ) -> int:
        """Where a facility stands, or its milestone where it is opened."""
        slug, step = chosen or ("", None)
        row = self._shown.place(slug)
        if row is None:
            return self.cursor
        line = self._layout.line_of(row)
        steps = [r.milestone.slug for r in opened[row].rows] if row in opened else []
        return line + 1 + steps.index(step) if step in steps else line

    @property
    def milestone(self) -> Row | None:
        """The milestone of the cursor's line: that of the line, else the facility's next one."""
        entry = self.row
        if entry is None or entry.lane is None:
            return None
        return entry.row or entry.lane.focus

    @property
    def axis(self) -> Axis:
        """The days that are shown."""
        as_of, today = self._days
        return Axis(self._scale or self._first_scale(), as_of, today, self._words)

    def _first_scale(self) -> Scale:
        cells = self.shares.axis
        zoom = Zoom.QUARTER if cells >= _WIDE else Zoom.HALF
        return Scale.around(self._days[0], zoom, cells, cells * 3 // 5)

    # -- as every list ---------------------------------------------------------------------------

    def key(self, row: Entry) -> tuple[str, str]:
        """Facility and milestone."""
        shown = row.row or (row.lane.focus if row.lane else None)
        slug = row.lane.slug if row.lane else ""
        return slug, shown.milestone.slug if shown else ""

    def measure(self) -> None:
        """Share out the width again, the days at the left edge staying there."""
        before = self.shares
        room = self.scrollable_content_region.width - LEAD
        self.shares = layout_for(room, slip=slip_width(self._words), folds=True)
        if self._scale is not None and before != self.shares:
            self._scale = self._scale.resized(self.shares.axis)
        super().measure()

    # -- opening ---------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open or close a facility; open the page from a milestone."""
        entry = self.row
        if entry is None or entry.lane is None:
            return
        if entry.row is not None:
            self.post_message(self.Opened())
            return
        self.opened ^= {entry.lane.slug}
        self._lay_out((entry.lane.slug, None))
        below = len(entry.lane.rows) if entry.lane.slug in self.opened else 0
        lines = Region(0, self.cursor, 1, 1 + min(below, self.size.height - 2))
        self.scroll_to_region(lines, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Choose a facility whose sign is clicked: what every list does then opens or closes it."""
        at = event.get_content_offset_capture(self)
        entry = self._line(at.y + self.scroll_offset.y)
        if at.x <= LEAD and isinstance(entry, Entry) and entry.row is None:
            self.cursor = at.y + self.scroll_offset.y

    def close_all(self) -> None:
        """Close every facility, the cursor staying on its own."""
        slug = self.row.lane.slug if self.row and self.row.lane else ""
        self.opened = set()
        self._lay_out((slug, None))

    # -- looking elsewhere -----------------------------------------------------------------------

    def _look(self, scale: Scale) -> None:
        self._scale = scale
        self.refresh()
        self.post_message(self.Looked())

    def action_pan(self, step: int) -> None:
        """Look at earlier or later days."""
        self._look(self.axis.scale.panned(step * max(1, self.shares.axis // _STEP)))

    def action_zoom(self, step: int) -> None:
        """Look nearer or from further away."""
        self._look(self.axis.scale.zoomed(step))

    def action_today(self) -> None:
        """Look at the day everything is judged on, as near as now."""
        cells = self.shares.axis
        scale = self.axis.scale
        first = self._days[0].toordinal() - scale.days * 3 // 5
        self._look(Scale.of(first, scale.days, cells))

    def action_fit(self) -> None:
        """Look at all that is open and has a date; of very many facilities, of the first."""
        lanes = self._shown.read(0, MOST)
        windows = windows_of(lanes, only_open=True) or windows_of(lanes, only_open=False)
        self._look(fitting(windows, self._days[0], self.shares.axis))

    def action_fit_chosen(self) -> None:
        """Look at everything of the facility under the cursor."""
        if self.row is not None and self.row.lane is not None:
            windows = windows_of([self.row.lane], only_open=False)
            self._look(fitting(windows, self._days[0], self.shares.axis))

    # -- drawing ---------------------------------------------------------------------------------

    def draw_group(self, group: Group) -> Line:
        """Return the line over a group, the lines of the axis going on after its name."""
        return [(" " * LEAD, ""), *draw_group(group.text, self.axis, self.shares)]

    def draw(self, row: Entry, *, chosen: bool) -> Line:
        """Return the line of a facility or milestone; `render_line` marks the chosen one."""
        del chosen
        return [self.lead(row), *draw(row, self.axis, self.shares)]

    def render_line(self, y: int) -> Strip:
        """Draw the chosen name in the style of the cursor, its bars before another ground."""
        strip = super().render_line(y)
        if y + self.scroll_offset.y != self.cursor or self.row is None:
            return strip
        lead, name, bars = strip.divide([LEAD, LEAD + self.shares.name, strip.cell_length])
        cursor = Strip([Segment(name.text, tone_style(self, "cursor"))])
        ground = Style(bgcolor=tone_style(self, "here").bgcolor)
        bars = Strip(Segment.apply_style(bars, post_style=ground))
        return Strip.join([lead, cursor, bars])
