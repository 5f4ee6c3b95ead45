"""A screen whose list is searched as one types; the search box is made on demand."""

from asyncio import sleep
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType

from db.model.errors import TrackerError
from tracker.tui.lists.milestone_screen import MilestoneScreen
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tracker.tui.forms.search_field import SearchBox

__all__ = ["SearchScreen"]

R = TypeVar("R", bound=RowList[Any])
T = TypeVar("T")


class SearchScreen(MilestoneScreen, Generic[R]):
    """A milestone screen with a list and a search box, hidden until it is asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,f7", "search", "key.search", id="list.search"),
    ]

    def __init__(self, session: StoreSession, rows: R) -> None:
        """Search in `rows`."""
        super().__init__(session)
        self._list = rows
        self._search: SearchBox | None = None

    @property
    def listing(self) -> R:
        """The list."""
        return self._list

    def search_for(self, text: str | None) -> None:
        """Show what matches a text; everything without one."""
        raise NotImplementedError

    def typed(self, text: str | None) -> None:
        """Show what matches so far."""
        self.search_for(text)

    def safely(self, read: Callable[..., T], nothing: T) -> Callable[..., T]:
        """Wrap a function that reads to return `nothing` if the store cannot be read."""

        def safe(*asked: object) -> T:
            try:
                return read(*asked)
            except TrackerError as error:
                self.tell(self.words.error(error), wrong=True)
                return nothing

        return safe

    @property
    def is_searching(self) -> bool:
        """Whether the search box is open."""
        return self._search is not None and bool(self._search.display)

    def refusal(self, action: str) -> str | None:
        """As for every such screen; the search box is not opened twice."""
        if action == "search" and self.is_searching:
            return "ui.searching"
        return super().refusal(action)

    async def action_search(self) -> None:
        """Open the search box."""
        self.tell("")
        if self._search is None:
            from tracker.tui.forms.search_field import SearchBox

            self._search = SearchBox(self.words, self._list)
            await self.mount(self._search, before=self._status)
        self._search.open()

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the cursor is now."""
        self.show_keys()

    async def on_search_box_typed(self, message: "SearchBox.Typed") -> None:
        """Search at every key; the letter and what it finds are drawn at once."""
        with self.app.batch_update():
            self.typed(message.text)
            for _ in range(2):  # widgets tell in a turn of their own that they changed
                await sleep(0)

    def on_search_box_dropped(self) -> None:
        """Show the whole list again."""
        self.search_for(None)
