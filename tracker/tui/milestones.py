"""A list of milestones, drawn line by line, so that its length costs nothing."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from db.records import Standing
from tracker.board import Row
from tracker.tui.cells import fit
from tracker.tui.columns import Column, cells_of, columns_for, headings
from tracker.words import Words

__all__ = ["Fetch", "MilestoneList", "StepList"]

Fetch = Callable[[int, int], Sequence[Row]]
"""Gives rows from an offset on, at most so many."""

_CHUNK = 100
_KEPT = 32  # chunks in memory
_CLOSED = {Standing.COMPLETED, Standing.PASSED, Standing.CANCELLED}


class MilestoneList(ScrollView, can_focus=True):
    """Rows of milestones with a cursor.

    It asks for rows by chunk, and only for those that are drawn. Component classes, for
    the style sheet: one per state (`milestones--due-soon`), and `--late`, `--early`,
    `--stale`, `--closed`, `--cursor`, `--empty`, `--headings`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "key.down", id="list.down", show=False),
        Binding("k,up", "move(-1)", "key.up", id="list.up", show=False),
        Binding("pagedown", "page(1)", "key.page_down", id="list.page_down", show=False),
        Binding("pageup", "page(-1)", "key.page_up", id="list.page_up", show=False),
        Binding("g", "go", "key.first_gg", id="list.go", show=False),
        Binding("home", "first", "key.first", id="list.first", show=False),
        Binding("end,G", "last", "key.last", id="list.last", show=False),
        Binding("enter,right", "open", "key.open", id="list.open"),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "milestones--overdue",
        "milestones--due-soon",
        "milestones--in-window",
        "milestones--undated",
        "milestones--upcoming",
        "milestones--on-hold",
        "milestones--passed",
        "milestones--completed",
        "milestones--cancelled",
        "milestones--late",
        "milestones--early",
        "milestones--stale",
        "milestones--closed",
        "milestones--cursor",
        "milestones--empty",
    }

    cursor = reactive(0, init=False)

    class Chosen(Message):
        """The cursor stands on another milestone, or on none."""

        def __init__(self, row: Row | None) -> None:
            """Tell which."""
            super().__init__()
            self.row = row

    class Opened(Message):
        """A milestone is to be opened."""

        def __init__(self, row: Row) -> None:
            """Tell which."""
            super().__init__()
            self.row = row

    class Measured(Message):
        """The list has another width, and so other columns."""

        def __init__(self, line: str) -> None:
            """Hand over the line of headings."""
            super().__init__()
            self.line = line

    def __init__(self, words: Words, *, facility: bool = True, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet; `facility` tells whether rows name theirs."""
        super().__init__(id=id)
        self._words = words
        self._facility = facility
        self._fetch: Fetch = lambda _offset, _limit: ()
        self._total = 0
        self._empty = ""
        self._chunks: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._columns: list[Column] = []
        self._go_pressed = False

    # -- what is shown ---------------------------------------------------------------------------

    def show(self, total: int, fetch: Fetch, *, cursor: int, empty: str) -> None:
        """Show `total` rows that `fetch` gives, with the cursor on one of them.

        Args:
            total: How many there are.
            fetch: Gives them by chunk.
            cursor: Where the cursor is to stand; kept inside the list.
            empty: What to say where there are none.
        """
        self._total, self._fetch, self._empty = total, fetch, empty
        self._chunks.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, max(1, total))
        self.set_reactive(MilestoneList.cursor, self._inside(cursor))
        self._reveal()
        self.refresh()
        self.post_message(self.Chosen(self.row))

    @property
    def row(self) -> Row | None:
        """The milestone the cursor stands on."""
        return self._row(self.cursor)

    def _row(self, place: int) -> Row | None:
        if not 0 <= place < self._total:
            return None
        start = place - place % _CHUNK
        if start not in self._chunks:
            self._chunks[start] = self._fetch(start, _CHUNK)
            if len(self._chunks) > _KEPT:
                self._chunks.popitem(last=False)
        self._chunks.move_to_end(start)
        chunk = self._chunks[start]
        return chunk[place - start] if place - start < len(chunk) else None

    def _inside(self, place: int) -> int:
        return max(0, min(place, self._total - 1))

    # -- moving ----------------------------------------------------------------------------------

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor inside the list."""
        return self._inside(cursor)

    def watch_cursor(self, before: int, now: int) -> None:
        """Redraw the two lines that changed."""
        width = self.size.width
        self.refresh_line(before)
        self.refresh_line(now)
        self._reveal()
        if width:
            self.post_message(self.Chosen(self.row))

    def _reveal(self) -> None:
        region = Region(0, self.cursor, 1, 1)
        self.scroll_to_region(region, animate=False, force=True)

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Move the cursor by screens."""
        self.cursor += step * max(1, self.size.height - 1)

    def action_first(self) -> None:
        """Move the cursor to the most urgent."""
        self.cursor = 0

    def action_last(self) -> None:
        """Move the cursor to the end."""
        self.cursor = self._total - 1

    def action_go(self) -> None:
        """Move to the beginning at the second `g` in a row."""
        if self._go_pressed:
            self.action_first()
        self._go_pressed = not self._go_pressed

    def on_key(self, event: events.Key) -> None:
        """Forget a first `g` when another key follows."""
        if event.key != "g":
            self._go_pressed = False

    def action_open(self) -> None:
        """Ask for the facility of the milestone to be opened."""
        if self.row is not None:
            self.post_message(self.Opened(self.row))

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked; open it when it was chosen already."""
        place = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if self._row(place) is None:
            return
        if place == self.cursor:
            self.action_open()
        else:
            self.cursor = place

    # -- drawing ---------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Choose the columns anew."""
        width = self.scrollable_content_region.width
        self._columns = columns_for(width, self._words, facility=self._facility)
        self.virtual_size = Size(width, max(1, self._total))
        self._reveal()
        self.refresh()
        self.post_message(self.Measured(headings(self._columns)))

    def notify_style_update(self) -> None:
        """Draw anew in another theme."""
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width = self.size.width
        place = y + self.scroll_offset.y
        if not self._total and place == 0:
            style = self._style("empty")
            return Strip([Segment(fit(self._empty, width), style)], width)
        row = self._row(place)
        if row is None:
            return Strip.blank(width, self.rich_style)
        chosen = place == self.cursor
        line = self._style("cursor") if chosen else self._line_style(row)
        segments = [
            Segment(cell.text, self._style(cell.tone) if cell.tone and not chosen else line)
            for cell in cells_of(row, self._columns)
        ]
        return Strip(segments).extend_cell_length(width, line).crop(0, width)

    def _line_style(self, row: Row) -> Style:
        return self._style("closed") if row.milestone.standing in _CLOSED else self.rich_style

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"milestones--{tone}")


class StepList(MilestoneList):
    """The milestones of one facility, as high as they are many, inside a page that scrolls."""

    class Passed(Message):
        """A move went past an end of the list, so the page is to move instead."""

        def __init__(self, action: str) -> None:
            """Name the scrolling that the page does: down, page_up, home."""
            super().__init__()
            self.action = action

    def show(self, total: int, fetch: Fetch, *, cursor: int, empty: str) -> None:
        """Show all rows; see `MilestoneList.show`."""
        self.styles.height = max(1, total)
        super().show(total, fetch, cursor=cursor, empty=empty)

    def action_move(self, step: int) -> None:
        """Move the cursor, or the page beyond the list."""
        scrolled_past = step < 0 and self.region.y + self.cursor < self.container_viewport.y
        if 0 <= self.cursor + step < self._total and not scrolled_past:
            super().action_move(step)
        else:
            self.post_message(self.Passed("down" if step > 0 else "up"))

    def action_page(self, step: int) -> None:
        """Move the page."""
        self.post_message(self.Passed("page_down" if step > 0 else "page_up"))

    def action_first(self) -> None:
        """Move to the top of the page."""
        self.cursor = 0
        self.post_message(self.Passed("home"))

    def action_last(self) -> None:
        """Move to the end of the page."""
        self.post_message(self.Passed("end"))
