"""The board: what needs attention, and the facility of what is chosen."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import cast

from textual.widget import Widget

from db.model.records import Milestone, Standing, State
from db.read.reader import Filter
from tracker.domain.board import Board, Row
from tracker.tui.board import filters
from tracker.tui.lists.facility_summary import FacilitySummary
from tracker.tui.lists.list_screen import ListScreen
from tracker.tui.lists.milestone_list import MilestoneList
from tracker.tui.lists.milestone_screen import MOST_MARKS
from tracker.tui.session.as_of_loader import Level
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.banner import Counts, totals
from tracker.tui.widgets.choice import Choice
from tracker.tui.widgets.row_list import PAGE, given

__all__ = ["BoardScreen"]


class BoardScreen(ListScreen[Filter]):
    """View 1. It keeps what the list is narrowed to."""

    view = "board"

    def __init__(self, session: StoreSession) -> None:
        """Show the board of `session`."""
        super().__init__(session, MilestoneList(session.words, id="list"), Filter())
        self._counts: dict[State, int] = {}
        self._wrote = False
        self._shown: object = None
        self._just_over: tuple[str, str | None] | None = None
        self._counted = Counts(self.words, id="counts")
        self._pane = FacilitySummary(self.words, id="pane")

    def above(self) -> Sequence[Widget]:
        """How many are in each state."""
        return (self._counted,)

    def below(self) -> Sequence[Widget]:
        """The facility of the chosen milestone."""
        return (self._pane,)

    @property
    def required_level(self) -> Level:
        """Of another day the first page is enough."""
        return Level.FIRST

    @property
    def row(self) -> Row | None:
        """The chosen milestone."""
        return cast("Row | None", self._list.row)

    def markable(self) -> list[Hashable]:
        """Everything that is listed."""
        rows = self.session.rows(self.filters, 0, MOST_MARKS + 1)
        return [self._list.key(row) for row in rows]

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """The marked milestones, as they are now."""
        return self.session.milestones(cast("Sequence[tuple[str, str]]", keys))

    def load_data(self) -> None:
        """Read the board; after another filter too."""
        if self.session.level is Level.FIRST:
            self._show_first()
            return
        if self.session.empty():
            return
        self.cancel_query()
        whole = self.session.board(Filter())
        self.show_banner(totals(whole, self.words))
        if self.session.counts_at_once(self.filters):
            board = whole if self.filters == Filter() else self.session.board(self.filters)
            self._show_counts(board.counts)
            self._show_list(board.total, board.counts, self._place(board.counts))
        else:
            self._show_first_page()
            self._count()
        if not self.is_searching:  # else it follows the list, which is waited for
            self._show_facility()
        self.look_at_acts()

    def _show_counts(self, counts: Mapping[State, int] | None) -> None:
        """Show how many there are in each state; None while they are being counted."""
        self._counts = dict(counts or {})
        self._counted.show(self._counts)
        total = None if counts is None else self._total(counts)
        self.say_narrowed(filters.narrowed(self.filters, total, self.words))

    def _total(self, counts: Mapping[State, int]) -> int:
        return sum(n for state, n in counts.items() if state in (self.filters.states or State))

    def _fetch(self, known: Mapping[State, int] | None) -> Callable[..., Sequence[Row]]:
        filters = self.filters
        return self.safely(
            lambda offset, limit: self.session.rows(filters, offset, limit, known), ()
        )

    def _show_list(self, total: int, known: Mapping[State, int], cursor: int) -> None:
        nothing = (
            "list.empty" if self.filters != Filter() or self.session.as_of else "ui.no_milestones"
        )
        self._list.show(total, self._fetch(known), cursor=cursor, empty=self.words.lookup(nothing))

    def _show_first_page(self) -> None:
        """Show the most urgent of very many, before it is known how many there are."""
        first = self.session.rows(self.filters, 0, max(PAGE, self._list.size.height))
        keys = [self._list.key(row) for row in first]
        self._wrote = False
        cursor = (
            keys.index(self.session.chosen) if self.session.chosen in keys else self._list.cursor
        )
        self._show_counts(None)
        empty = self.words("list.empty")
        self._list.show(
            len(first),
            given(first),
            cursor=cursor,
            empty=empty,
        )

    def _count(self) -> None:
        """Count aside, and show what came of it."""
        day, soon, filters = self.session.day, self.session.limits.due_soon, self.filters
        self.run_query(lambda r: r.counts(day, soon, filters), self._show_more)

    def _show_more(self, counts: Mapping[State, int]) -> None:
        self._show_counts(counts)
        self._list.grow(self._total(counts), self._fetch(counts))

    def _show_first(self) -> None:
        """Show the first page of a day that is still being read: nothing is counted yet."""
        rows = self.session.first if self.filters == Filter() else ()
        self.show_banner(self.words("ui.reading"))
        self._counted.show({})
        self._list.show(
            len(rows),
            given(rows),
            cursor=0,
            empty=self.words("ui.reading"),
        )
        self._show_facility()
        self.look_at_acts()

    def show_counts(self, board: Board) -> None:
        """Show the counts over the first page."""
        if self.session.level is Level.FIRST and self.filters == Filter():
            self._counts = board.counts
            self._counted.show(board.counts)

    def after_write(self) -> None:
        """What was just done may be over, and gone from where the cursor is."""
        super().after_write()
        self._wrote = True

    def _place(self, known: Mapping[State, int]) -> int:
        """Where the cursor is to stand: on what was chosen, in whichever view.

        What was just completed or cancelled goes to the end; the next one comes to the cursor,
        and the cursor goes back with it when that is undone.
        """
        wrote, self._wrote = self._wrote, False
        if self.session.chosen is None:
            return self._list.cursor
        if wrote and self._is_over(self.session.chosen):
            self._just_over = self.session.chosen
            return self._list.cursor
        if wrote and self._just_over and not self._is_over(self._just_over):
            self.session.chosen, self._just_over = self._just_over, None
        found = self.session.place(self.filters, *self.session.chosen, known)
        return self._list.cursor if found is None else found

    def _is_over(self, chosen: tuple[str, str | None]) -> bool:
        slug, step = chosen
        milestones = self.session.milestones([(slug, step)]) if step else []
        return any(m.standing in {Standing.COMPLETED, Standing.CANCELLED} for m in milestones)

    def chosen_changed(self) -> None:
        """Choose the milestone; its facility is shown when the cursor has been."""
        if self.row is not None:
            self.session.chosen = self.row.milestone.facility, self.row.milestone.slug
        self.call_after_refresh(self.attempt, self._show_facility)

    def _show_facility(self) -> None:
        """Read and show it, unless just that is shown."""
        row = self.row
        shown = row and (row.milestone.facility, row.milestone.slug), self.session.version
        if shown == self._shown:
            return
        page = self.session.facility(row.milestone.facility) if row else None
        self._pane.show(page, row.milestone.slug if row else "")
        self._shown = shown

    def filter_choices(self) -> list[Choice]:
        """States, cities and kinds."""
        cities = self.session.choices("city")
        return filters.choices(self.filters, self._counts, cities, self.words)

    def with_choice(self, answer: str) -> Filter:
        """The filter after a choice."""
        return filters.with_choice(self.filters, answer)
