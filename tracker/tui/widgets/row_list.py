"""A list drawn line by line, so that its length costs nothing: of milestones, facilities, updates.

It asks for rows by chunk, and only for those that are drawn.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from tracker.tui.widgets.columns import Column, cells_of
from tracker.tui.widgets.line_view import Lines
from tracker.words.cells import fit

__all__ = ["PAGE", "Fetch", "Group", "RowList", "given"]

T = TypeVar("T")
PAGE = 25
"""How many rows are fetched at once: as many as a window of middle height shows."""

_KEPT = 16  # chunks in memory
_LINES_KEPT = 300
_REST = 0.04  # seconds after a key before lines that may be wanted next are drawn
_AT_ONCE = 2  # of them between two looks at what else there is to do
_LEAD = 1  # cells before the first column, where a marked row has its mark
_MARK = "*"


@dataclass(frozen=True, slots=True)
class Group:
    """A line between rows that says what the ones below have in common."""

    text: str


Fetch = Callable[[int, int], Sequence[T | Group]]
"""Gives rows from an offset on, at most so many."""


def given(rows: Sequence[T | Group]) -> Fetch[T]:
    """What gives rows that are there already."""
    return lambda offset, limit: rows[offset : offset + limit]


class RowList(Lines, Generic[T], can_focus=True):
    """Rows with a cursor, some of them marked."""

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

    draws_ahead: ClassVar[bool] = True
    """Whether the next screen is drawn while the hand rests."""
    tells_all: ClassVar[bool] = False
    """Whether a line says nothing but what is in its row, so that equal rows look alike."""

    cursor = reactive(0, init=False, repaint=False)  # the two lines that change are drawn

    class Chosen(Message):
        """The cursor stands on another row, or on none."""

    class Opened(Message):
        """The row under the cursor is to be opened."""

    class Measured(Message):
        """The list has other columns, because of its width or because they were chosen."""

        def __init__(self, columns: Sequence[Column[T]]) -> None:
            """Hand over the columns."""
            super().__init__()
            self.columns = columns

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._fetch: Fetch[T] = lambda _offset, _limit: ()
        self._total = 0
        self._empty = ""
        self._chunks: OrderedDict[int, Sequence[T | Group]] = OrderedDict()
        self._columns: Sequence[Column[T]] = []
        self._used = 0  # cells of a line that its columns take
        self._go_pressed = False
        self._marked: frozenset[Hashable] = frozenset()
        self._ahead: Timer | None = None
        self._coming = range(0)  # lines that are still to be drawn ahead

    # -- what a kind of list adds ----------------------------------------------------------------

    def columns(self, width: int) -> Sequence[Column[T]]:
        """The columns that fit `width` cells."""
        raise NotImplementedError

    def key(self, row: T) -> Hashable:
        """What tells a row apart from every other."""
        raise NotImplementedError

    def tone(self, row: T) -> str:
        """The tone of a whole line; empty where it has none of its own."""
        del row
        return ""

    # -- what is shown ---------------------------------------------------------------------------

    def show(self, total: int, fetch: Fetch[T], *, cursor: int, empty: str) -> None:
        """Show `total` lines that `fetch` gives, with the cursor on one of them.

        Args:
            total: How many there are.
            fetch: Gives them by chunk.
            cursor: Where the cursor is to stand; kept inside the list.
            empty: What to say where there are none.
        """
        self._total, self._fetch, self._empty = total, fetch, empty
        self._chunks.clear()
        self._coming = range(0)
        self.measure_length(self._total)
        self.set_reactive(RowList.cursor, self._settled(self._inside(cursor), 1))
        self._reveal()
        if self.tells_all:
            self.repaint()
        else:
            self.refresh()
        self.post_message(self.Chosen())

    def grow(self, total: int, fetch: Fetch[T]) -> None:
        """Show more lines after the ones that are shown, which stay as they are."""
        self._total, self._fetch = total, fetch
        for start in [start for start, chunk in self._chunks.items() if len(chunk) < PAGE]:
            del self._chunks[start]
        self.measure_length(self._total)
        self.repaint()

    def mark(self, keys: Iterable[Hashable]) -> None:
        """Show the rows of these keys as marked, and no others."""
        self._marked = frozenset(keys)
        self.refresh()

    @property
    def row(self) -> T | None:
        """The row the cursor stands on."""
        line = self._line(self.cursor)
        return None if isinstance(line, Group) else line

    def _line(self, place: int) -> T | Group | None:
        if not 0 <= place < self._total:
            return None
        start = place - place % PAGE
        if start not in self._chunks:
            self._chunks[start] = self._fetch(start, PAGE)
            if len(self._chunks) > _KEPT:
                self._chunks.popitem(last=False)
        self._chunks.move_to_end(start)
        chunk = self._chunks[start]
        return chunk[place - start] if place - start < len(chunk) else None

    def _inside(self, place: int) -> int:
        return max(0, min(place, self._total - 1))

    def _settled(self, place: int, step: int) -> int:
        """The nearest row to a place, in the direction of `step` if there is one."""
        for direction in (step, -step):
            at = place
            while isinstance(self._line(at), Group):
                at += 1 if direction > 0 else -1
            if self._line(at) is not None:
                return at
        return place

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
            self.post_message(self.Chosen())

    def _reveal(self) -> None:
        above = self.cursor and isinstance(self._line(self.cursor - 1), Group)
        region = Region(0, self.cursor - bool(above), 1, 1 + bool(above))
        self.scroll_to_region(region, animate=False, force=True)

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.cursor = self._settled(self._inside(self.cursor + step), step)

    def action_page(self, step: int) -> None:
        """Move the cursor by screens, and get ready for another such move."""
        rows = step * max(1, self.size.height - 1)
        self.action_move(rows)
        self.call_after_refresh(self._look_ahead, rows)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self.cursor = self._settled(0, 1)

    def action_last(self) -> None:
        """Move the cursor to the end."""
        self.cursor = self._settled(self._inside(self._total - 1), -1)

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
        """Ask for the row to be opened."""
        if self.row is not None:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked; open it when it was chosen already."""
        place = event.get_content_offset_capture(self).y + self.scroll_offset.y
        line = self._line(place)
        if line is None or isinstance(line, Group):
            return
        if place == self.cursor:
            self.action_open()
        else:
            self.cursor = place

    # -- drawing ahead ---------------------------------------------------------------------------

    def _look_ahead(self, rows: int) -> None:
        """Fetch what the next screen will show; draw it when the hand has rested."""
        cursor = self._inside(self.cursor + rows)
        first = cursor if rows < 0 else max(0, cursor - self.size.height + 1)
        self._line(first)
        self._line(cursor)
        if self._ahead is not None:
            self._ahead.stop()
        self._coming = range(first, min(self._total, first + self.size.height))
        if self.draws_ahead:
            self._ahead = self.set_timer(_REST, lambda: self._draw_ahead(cursor))

    def _draw_ahead(self, cursor: int) -> None:
        """Draw a few lines as they will look, the others after whatever else there is to do."""
        places, self._coming = self._coming[:_AT_ONCE], self._coming[_AT_ONCE:]
        for place in places:
            line = self._line(place)
            if line is not None and not isinstance(line, Group):
                self._kept_strip(line, place, chosen=place == cursor)
        if self._coming:
            self.call_later(self._draw_ahead, cursor)

    # -- drawing ---------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Choose the columns for the new size."""
        self.measure()
        self._reveal()

    def measure(self) -> None:
        """Choose the columns that fit, and tell whoever shows their headings."""
        self._columns = self.columns(self.scrollable_content_region.width - _LEAD)
        gaps = max(0, len(self._columns) - 1)
        self._used = _LEAD + sum(column.width for column in self._columns) + gaps
        self.measure_length(self._total)
        self.refresh()
        self.post_message(self.Measured(self._columns))

    def draw(self, place: int) -> Strip:
        """Draw the line at a place."""
        width = self.size.width
        line = self._line(place)
        if not self._total and place == 0:
            return self._text(self._empty, "empty", width)
        if line is None:
            return Strip.blank(width, self._style(""))
        if isinstance(line, Group):
            return self._text(line.text, "group", width)
        return self._kept_strip(line, place, chosen=place == self.cursor)

    def forget_lines(self) -> None:
        """Keep no line as it was drawn, and draw none ahead."""
        super().forget_lines()
        self._coming = range(0)

    def _kept_strip(self, row: T, place: int, *, chosen: bool) -> Strip:
        """The line of a row, drawn once: a list that scrolls shows most of its lines again."""
        name = self.key(row) if self.tells_all else place, chosen
        kept = self._strips.get(name)
        if kept is not None and (kept[0] is row or kept[0] == row):
            return kept[1]
        if len(self._strips) > _LINES_KEPT:
            self._strips.clear()
        strip = self._row_strip(row, chosen=chosen)
        self._strips[name] = row, strip
        return strip

    def _text(self, text: str, tone: str, width: int) -> Strip:
        return Strip([Segment(" " * _LEAD + fit(text, width - _LEAD), self._style(tone))], width)

    def _row_strip(self, row: T, *, chosen: bool) -> Strip:
        width = self.size.width
        tone = "cursor" if chosen else self.tone(row)
        style = self._style(tone)
        marked = self.key(row) in self._marked
        lead = Segment(_MARK if marked else " ", self._style("mark") if marked else style)
        segments = [
            Segment(cell.text, self._style(cell.tone) if cell.tone and not chosen else style)
            for cell in cells_of(row, self._columns)
        ]
        room = width - self._used
        if room > 0:
            segments.append(Segment(" " * room, style))
        return Strip([lead, *segments], max(width, self._used)).crop(0, width)
