"""The line to search in; the list follows every key."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tracker.tui.forms.field import Line
from tracker.words import Words

__all__ = ["SearchBox"]

_MAX = 200


class SearchLine(Line):
    """The line itself; Enter keeps what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "key.search_keep", id="search.keep"),
    ]


class SearchBox(Horizontal):
    """Shown while somebody searches. Up and down move in the list meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "key.search_drop", id="search.drop"),
        Binding("down", "move(1)", "key.down", id="search.down"),
        Binding("up", "move(-1)", "key.up", id="search.up"),
    ]

    @dataclass
    class Typed(Message):
        """The text to search for is another."""

        text: str

    @dataclass
    class Moved(Message):
        """The list is to move."""

        step: int

    @dataclass
    class Left(Message):
        """Searching is over; what was found stays, or all is shown again."""

        box: "SearchBox"
        keep: bool

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Be hidden at first."""
        super().__init__(id=id)
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the sign and the line."""
        yield Static(Content(self._words("ui.search")), id="search-label")
        yield SearchLine(placeholder=self._words("ui.search_hint"), compact=True, max_length=_MAX)

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.query_one(Line).value

    def open(self) -> None:
        """Show the line and type into it."""
        self.display = True
        self.query_one(Line).focus()

    def close(self) -> None:
        """Hide the line, its text forgotten."""
        with self.prevent(Input.Changed):
            self.query_one(Line).value = ""
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at every key."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was found."""
        event.stop()
        self.post_message(self.Left(self, keep=bool(self.text.strip())))

    def action_drop(self) -> None:
        """Go back to the whole list."""
        self.post_message(self.Left(self, keep=False))

    def action_move(self, step: int) -> None:
        """Move in the list."""
        self.post_message(self.Moved(step))
