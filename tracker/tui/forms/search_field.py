"""The line to search in; the list follows every key."""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tracker.tui.forms.field import Line
from tracker.tui.widgets.row_list import RowList
from tracker.words import Words

__all__ = ["SearchBox"]

_MAX = 200


class SearchLine(Line):
    """The line itself; Enter keeps what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "key.search_keep", id="search.keep"),
    ]


class SearchBox(Horizontal):
    """A line to search a list in. Up and down move in the list meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "key.search_drop", id="search.drop"),
        Binding("down", "move(1)", "key.down", id="search.down"),
        Binding("up", "move(-1)", "key.up", id="search.up"),
    ]

    @dataclass
    class Typed(Message):
        """The text to search for has changed; None where there is none."""

        text: str | None

    class Dropped(Message):
        """The search was left without a result to keep."""

    def __init__(self, words: Words, rows: RowList[Any]) -> None:
        """Search in `rows`; the box is hidden until `open`."""
        super().__init__(id="search")
        self._words = words
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Lay out the sign and the line."""
        yield Static(Content(self._words("ui.search")), id="search-label")
        yield SearchLine(placeholder=self._words("ui.search_hint"), compact=True, max_length=_MAX)

    def open(self) -> None:
        """Show the line and type into it."""
        self.display = True
        self.query_one(Line).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at every key."""
        event.stop()
        self.post_message(self.Typed(event.value.strip() or None))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go back to the list and keep what was found."""
        event.stop()
        self._close(keep=bool(event.value.strip()))

    def action_drop(self) -> None:
        """Go back to the whole list."""
        self._close(keep=False)

    def _close(self, *, keep: bool) -> None:
        with self.prevent(Input.Changed):
            self.query_one(Line).value = ""
        self.display = False
        self._rows.focus()
        if not keep:
            self.post_message(self.Dropped())

    def action_move(self, step: int) -> None:
        """Move in the list."""
        self._rows.action_move(step)
