"""The board: what needs attention, and the facility of what is chosen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from db.errors import TrackerError
from db.reader import Filter
from db.records import State
from tracker.board import Row
from tracker.tui import filtering
from tracker.tui.banner import Banner, Counts
from tracker.tui.chooser import Chooser
from tracker.tui.desk import Desk
from tracker.tui.facility import FacilityScreen
from tracker.tui.milestones import MilestoneList
from tracker.tui.pane import FacilityPane
from tracker.tui.search import SearchBox
from tracker.tui.sheet import Sheet

__all__ = ["BoardScreen"]


class BoardScreen(Sheet):
    """View 1. It keeps what the list is narrowed to."""

    CSS_PATH = "board.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,f7", "search", "key.search", id="board.search"),
        Binding("f", "filter", "key.filter", id="board.filter"),
        Binding("escape", "whole", "key.whole", id="board.whole"),
        Binding("q", "app.quit", "key.quit", id="board.quit"),
    ]

    def __init__(self, desk: Desk) -> None:
        """Show the board of `desk`."""
        super().__init__(desk)
        self.wanted = Filter()
        self._counts: dict[State, int] = {}
        self._list = MilestoneList(self.words, id="list")
        self._search = SearchBox(self.words, id="search")

    def compose(self) -> ComposeResult:
        """Lay out the lines above, the list, the facility, the lines below."""
        yield Banner(id="header")
        yield Counts(self.words, id="counts")
        yield Static(id="narrowed")
        yield Static(id="headings")
        yield self._list
        yield FacilityPane(self.words, id="pane")
        yield self._search
        yield from self.feet()

    def on_mount(self) -> None:
        """Show the store, the cursor on what is most urgent."""
        self._list.focus()
        self.renew()

    @property
    def row(self) -> Row | None:
        """The chosen milestone."""
        return self._list.row

    # -- showing ---------------------------------------------------------------------------------

    def renew(self) -> None:
        """Show what the store says now, the cursor on the same milestone."""
        self.attempt(self._show)

    def _show(self) -> None:
        """Read the board; after another filter too."""
        chosen, place = self.row, self._list.cursor
        if self.desk.empty():
            return
        board = self.desk.board(self.wanted)
        if chosen is not None:
            m = chosen.milestone
            found = self.desk.place(self.wanted, m.facility, m.slug)
            place = place if found is None else found
        self._counts = board.counts
        whole = board if self.wanted == Filter() else self.desk.board(Filter())
        self.query_one(Banner).show_day(whole, self.words)
        self.query_one(Counts).show(board.counts)
        line = filtering.narrowed(self.wanted, board.total, self.words)
        narrowed = self.query_one("#narrowed", Static)
        narrowed.update(Content(line))
        narrowed.display = bool(line)
        nothing = "list.empty" if line else "ui.no_milestones"
        self._list.show(board.total, self._rows, cursor=place, empty=self.words(nothing))
        self.look_at_acts()

    def _rows(self, offset: int, limit: int) -> Sequence[Row]:
        """A chunk of rows for the list; none where the store cannot be read."""
        try:
            return self.desk.rows(self.wanted, offset, limit)
        except TrackerError as error:
            self.tell(self.words.error(error), wrong=True)
            return ()

    def on_milestone_list_measured(self, message: MilestoneList.Measured) -> None:
        """Put the headings over their columns."""
        self.query_one("#headings", Static).update(Content(message.line))

    def on_milestone_list_chosen(self, message: MilestoneList.Chosen) -> None:
        """Show the facility of the chosen milestone, and the keys that fit it."""
        self.attempt(lambda: self._show_facility(message.row))

    def _show_facility(self, row: Row | None) -> None:
        page = self.desk.facility(row.milestone.facility) if row else None
        self.query_one(FacilityPane).show(page, row.milestone.slug if row else "")
        self.show_keys()

    def on_milestone_list_opened(self, message: MilestoneList.Opened) -> None:
        """Open the page of the facility."""
        m = message.row.milestone
        self.app.push_screen(FacilityScreen(self.desk, m.facility, m.slug))

    def on_screen_resume(self) -> None:
        """Come back from a page, where things may have been done."""
        if self._list.is_mounted:
            self.renew()

    # -- narrowing -------------------------------------------------------------------------------

    def narrow(self, wanted: Filter) -> None:
        """Show only what is wanted."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.renew()

    def refusal(self, action: str) -> str | None:
        """As for every sheet; and there must be something to show the whole of."""
        if action == "search" and self._search.display:
            return "ui.searching"
        if action == "whole":
            return None if self.wanted != Filter() else "ui.all_shown"
        return super().refusal(action)

    def action_search(self) -> None:
        """Type what to search for."""
        self.tell("")
        self._search.open()

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the cursor is now."""
        self.show_keys()

    def on_search_box_typed(self, message: SearchBox.Typed) -> None:
        """Show what fits so far, the most urgent first."""
        self._list.set_reactive(MilestoneList.cursor, 0)
        self.narrow(replace(self.wanted, search=message.text.strip() or None))

    def on_search_box_moved(self, message: SearchBox.Moved) -> None:
        """Move in the list while the cursor is in the line."""
        self._list.action_move(message.step)

    def on_search_box_left(self, message: SearchBox.Left) -> None:
        """Go back to the list."""
        self._search.close()
        self._list.focus()
        if not message.keep:
            self.narrow(replace(self.wanted, search=None))

    def action_filter(self) -> None:
        """Offer states, cities and kinds."""
        self.attempt(self._offer_filter)

    def _offer_filter(self) -> None:
        cities = self.desk.choices("city")
        choices = filtering.choices(self.wanted, self._counts, cities, self.words)
        chooser = Chooser(self.words("ui.filter"), choices, self.words, typing=True)
        self.app.push_screen(chooser, self._filter_chosen)

    def _filter_chosen(self, answer: str | None) -> None:
        if answer is not None:
            self.narrow(filtering.with_choice(self.wanted, answer))

    def action_whole(self) -> None:
        """Show everything again."""
        self.narrow(Filter())
