"""A sheet whose list is searched as one types."""

from typing import Any, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType

from tracker.tui.desk import Desk
from tracker.tui.rows import RowList
from tracker.tui.search import SearchBox
from tracker.tui.sheet import Sheet

__all__ = ["Searched"]

R = TypeVar("R", bound=RowList[Any])


class Searched(Sheet, Generic[R]):
    """A sheet with a list and a line to search in, hidden until it is asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,f7", "search", "key.search", id="list.search"),
    ]

    def __init__(self, desk: Desk, rows: R) -> None:
        """Search in `rows`."""
        super().__init__(desk)
        self._list = rows
        self._search = SearchBox(self.words, id="search")

    def search_for(self, text: str | None) -> None:
        """Show what fits a text; everything where there is none."""
        raise NotImplementedError

    def typed(self, text: str | None) -> None:
        """Show what fits so far."""
        self.search_for(text)

    def refusal(self, action: str) -> str | None:
        """As for every sheet; but what is open already is not opened again."""
        if action == "search" and self._search.display:
            return "ui.searching"
        return super().refusal(action)

    def action_search(self) -> None:
        """Type what to search for."""
        self.tell("")
        self._search.open()

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the cursor is now."""
        self.show_keys()

    def on_search_box_typed(self, message: SearchBox.Typed) -> None:
        """Look at every key."""
        self.typed(message.text.strip() or None)

    def on_search_box_moved(self, message: SearchBox.Moved) -> None:
        """Move in the list while the cursor is in the line."""
        self._list.action_move(message.step)

    def on_search_box_left(self, message: SearchBox.Left) -> None:
        """Go back to the list."""
        self._search.close()
        self._list.focus()
        if not message.keep:
            self.search_for(None)
