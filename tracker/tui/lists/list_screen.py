"""A view that is a list: searched as one types, filtered, and opened."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tracker.tui.lists.milestone_screen import EDIT_BINDINGS
from tracker.tui.lists.search_screen import SearchScreen
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.choice import Choice
from tracker.tui.widgets.columns import Column, Headings
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["ListScreen"]

W = TypeVar("W", bound="DataclassInstance")


class ListScreen(SearchScreen[RowList[Any]], Generic[W]):
    """A screen with one list; `filters` is what the list is narrowed to."""

    CSS_PATH = Path(__file__).with_name("listing.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", "key.filter", id="list.filter"),
        *EDIT_BINDINGS,
    ]

    def __init__(self, session: StoreSession, rows: RowList[Any], nothing: W) -> None:
        """Show `rows`, narrowed to nothing at first."""
        super().__init__(session, rows)
        self._nothing = nothing
        self.filters = nothing
        self._headings = Headings(id="headings")
        self._narrowed: Static | None = None

    # -- what a view adds ------------------------------------------------------------------------

    def above(self) -> Sequence[Widget]:
        """Return the widgets between the banner and the list."""
        return ()

    def below(self) -> Sequence[Widget]:
        """Return the widgets under the list."""
        return ()

    def filter_choices(self) -> list[Choice]:
        """Return the choices to filter by."""
        raise NotImplementedError

    def with_choice(self, answer: str) -> W:
        """Return the filters after a choice; the same choice again takes it back."""
        raise NotImplementedError

    def chosen_changed(self) -> None:
        """Show what belongs to the row under the cursor; may raise."""

    # -- the screen ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out the lines above, the list, what is under it, the lines below."""
        yield self.banner
        yield from self.above()
        yield self._headings
        yield self._list
        yield from self.below()
        yield from self.compose_footer()

    def on_mount(self) -> None:
        """Show the store, the cursor on the first row."""
        self._list.focus()
        self.reload()

    def wait(self) -> None:
        """Show that the day is still being read, and no rows of another one."""
        super().wait()
        self._list.show(0, lambda _offset, _limit: (), cursor=0, empty=self.words("ui.reading"))

    def say_narrowed(self, line: str) -> None:
        """Show a line about the filters; hide it where there are none."""
        if self._narrowed is None and line:
            self._narrowed = Static(id="narrowed")
            self.mount(self._narrowed, before=self._headings)
        if self._narrowed is not None:
            self._narrowed.update(Content(line), layout=False)
            self._narrowed.display = bool(line)

    def on_row_list_measured(self, message: RowList.Measured) -> None:
        """Put the headings over their columns."""
        self.show_headings(message.columns)

    def show_headings(self, columns: Sequence[Column[Any]]) -> None:
        """Show the names of the columns."""
        self._headings.show(columns)

    def on_row_list_chosen(self) -> None:
        """Show what belongs to the row, and the keys that fit it, once the list is drawn."""
        self.attempt(self.chosen_changed)
        self.call_after_refresh(self.show_keys)

    def on_row_list_opened(self) -> None:
        """Open what the row is about."""
        self.open_row()

    def open_row(self) -> None:
        """Open the page of the facility."""
        if self.session.chosen is not None:
            slug, step = self.session.chosen
            self.post_message(self.OpenFacility(slug, step or ""))

    # -- narrowing -------------------------------------------------------------------------------

    def narrow(self, filters: W) -> None:
        """Show only what `filters` lets through."""
        if filters != self.filters:
            self.filters = filters
            self.reload()

    def next_reset(self) -> Callable[[], None] | None:
        """Reset the marks, then the filters, then the day."""
        if not self.marks and self.filters != self._nothing:
            return lambda: self.narrow(self._nothing)
        return super().next_reset()

    def typed(self, text: str | None) -> None:
        """Show what matches so far, from the top."""
        self.session.chosen = None
        self._list.set_reactive(RowList.cursor, 0)
        self.search_for(text)

    def search_for(self, text: str | None) -> None:
        """Show what matches a text, within the other filters."""
        self.narrow(replace(self.filters, search=text))

    def action_filter(self) -> None:
        """Offer the filters."""
        self.attempt(self._offer_filter)

    def _offer_filter(self) -> None:
        from tracker.tui.forms.chooser import Chooser

        chooser = Chooser(self.words("ui.filter"), self.filter_choices(), self.words, typing=True)
        self.app.push_screen(chooser, self._filter_chosen)

    def _filter_chosen(self, answer: str | None) -> None:
        if answer is not None:
            self.narrow(self.with_choice(answer))
