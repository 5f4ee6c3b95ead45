"""The queue of a weekly check with the story of the chosen item beside it, or under it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from tracker.acts.review_summary import question
from tracker.domain.board import FacilityPage
from tracker.domain.review import Item, Outcome
from tracker.tui.facility.facility_details import attributes
from tracker.tui.lists.facility_summary import FacilitySummary
from tracker.tui.review.queue import QueueList
from tracker.tui.widgets.columns import Headings
from tracker.tui.widgets.plain_label import PlainLabel
from tracker.tui.widgets.row_list import given
from tracker.words import Words

__all__ = ["Walk"]


class _Facts(PlainLabel):
    """The attributes of a facility; shown in wide windows only, so it draws where it has room."""

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = words
        self._page: FacilityPage | None = None

    def show(self, page: FacilityPage | None) -> None:
        """Show the attributes of the facility of a page."""
        self._page = page
        self.redraw()

    def redraw(self) -> None:
        """Lay the attributes out for the width there is."""
        width = self.content_size.width
        if self._page is not None and width:
            self.write(attributes(self._page.summary, self._words, width))


class Walk(Container):
    """What is asked, one line each, and of the chosen one all that helps to answer."""

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = words
        self.list = QueueList(words, id="list")

    def compose(self) -> ComposeResult:
        """Lay out the queue and the story."""
        with Vertical(id="queue"):
            yield Headings(id="headings")
            yield self.list
        with Vertical(id="story"):
            yield Static(id="question")
            yield FacilitySummary(self._words, id="tale")
            yield _Facts(self._words, id="facts")

    def show(self, items: Sequence[Item], place: int) -> None:
        """Show these items, the cursor at a place."""
        self.list.show(
            len(items),
            given(items),
            cursor=place,
            empty="",
        )

    def tell(self, item: Item, total: int, page: FacilityPage | None) -> None:
        """Tell the story of an item: what it asks, its facility, its updates."""
        place = self._words("review.place", place=item.position, total=total)
        asks = self.query_one("#question", Static)
        asks.set_class(item.outcome is not Outcome.OPEN, "-answered")
        asks.update(
            Content.assemble((f"{place}  ", "$foreground 60%"), question(item, self._words))
        )
        self.query_one(FacilitySummary).show(page, item.asked.milestone)
        self.query_one(_Facts).show(page)

    def on_row_list_measured(self, message: QueueList.Measured) -> None:
        """Put the headings over their columns."""
        self.query_one(Headings).show(message.columns)
