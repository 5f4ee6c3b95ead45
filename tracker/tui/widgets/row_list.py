"""A list drawn line by line, so that its length costs nothing: of milestones, facilities, updates.

It asks for rows by chunk, and only for those that are drawn.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tracker.tui.widgets.columns import Column, cells_of
from tracker.tui.widgets.tones import TONE_CLASSES, segments_of, tone_style
from tracker.words import Words
from tracker.words.cells import fit

__all__ = ["LEAD", "PAGE", "Fetch", "Group", "RowList", "given"]

T = TypeVar("T")
PAGE = 25
"""How many rows are fetched at once: as many as a window of middle height shows."""

_KEPT = 16  # chunks in memory
LEAD = 1
"""Cells before the first column, where a marked row has its mark."""


@dataclass(frozen=True, slots=True)
class Group:
    """A line between rows that says what the ones below have in common."""

    text: str


Fetch = Callable[[int, int], Sequence[T | Group]]
"""Gives rows from an offset on, at most so many."""


def given(rows: Sequence[T | Group]) -> Fetch[T]:
    """What gives rows that are there already."""
    return lambda offset, limit: rows[offset : offset + limit]


class RowList(ScrollView, Generic[T], can_focus=True):
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

    COMPONENT_CLASSES: ClassVar[set[str]] = set(TONE_CLASSES)

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

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = words
        self._fetch: Fetch[T] = lambda _offset, _limit: ()
        self._total = 0
        self._empty = ""
        self._chunks: OrderedDict[int, Sequence[T | Group]] = OrderedDict()
        self._columns: Sequence[Column[T]] = []
        self._go_pressed = False
        self._marked: frozenset[Hashable] = frozenset()

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
        self._fetch, self._empty = fetch, empty
        self._chunks.clear()
        self._set_length(total)
        self.set_reactive(RowList.cursor, self._settled(self._inside(cursor), 1))
        self._reveal()
        self.refresh()
        self.post_message(self.Chosen())

    def grow(self, total: int, fetch: Fetch[T]) -> None:
        """Show more lines after the ones that are shown, which stay as they are."""
        self._fetch = fetch
        for start in [start for start, chunk in self._chunks.items() if len(chunk) < PAGE]:
            del self._chunks[start]
        self._set_length(total)
        self.refresh()

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
        """Move the cursor by screens."""
        self.action_move(step * max(1, self.size.height - 1))

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

    # -- drawing ---------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Choose the columns for the new size."""
        self.measure()
        self._reveal()

    def measure(self) -> None:
        """Choose the columns that fit, and tell whoever shows their headings."""
        self._columns = self.columns(self.scrollable_content_region.width - LEAD)
        self._set_length(self._total)
        self.refresh()
        self.post_message(self.Measured(self._columns))

    def _set_length(self, total: int) -> None:
        self._total = total
        self.virtual_size = Size(self.scrollable_content_region.width, max(1, total))

    def render_line(self, y: int) -> Strip:
        """Return one line of the window."""
        place, width = y + self.scroll_offset.y, self.size.width
        row = self._line(place)
        if isinstance(row, Group):
            pieces = self.draw_group(row)
        elif row is not None:
            pieces = self.draw(row, chosen=place == self.cursor)
        else:
            empty = self._empty if not self._total and place == 0 else ""
            pieces = [(" " * LEAD + fit(empty, width - LEAD), "muted")]
        return Strip(segments_of(self, pieces)).adjust_cell_length(width, tone_style(self, ""))

    def draw_group(self, group: Group) -> list[tuple[str, str]]:
        """Return the texts and tones of a line over rows."""
        return [(" " * LEAD + group.text, "group")]

    def draw(self, row: T, *, chosen: bool) -> list[tuple[str, str]]:
        """Return the texts and tones of a row's line."""
        own = "cursor" if chosen else self.tone(row)
        cells = cells_of(row, self._columns)
        toned = [(text, own if chosen or not tone else tone) for text, tone in cells]
        return [self.lead(row, own), *toned, (" " * self.size.width, own)]

    def lead(self, row: T, tone: str = "") -> tuple[str, str]:
        """Return what stands before the first column: the mark of a marked row."""
        return ("*", "mark") if self.key(row) in self._marked else (" ", tone)
