"""Fields of a form: a line of text, and one that shows live what date it understood."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from db.errors import TrackerError
from db.text import clean
from tracker.words import Words

__all__ = ["Field", "FieldBox", "Line"]

_MAX = 2000


class Line(Input):
    """A line of text that takes nothing a terminal would obey.

    The place of the terminal's own cursor, where an input method draws what it
    composes, is set again once the field is laid out (Textual #6082).
    """

    def replace(self, text: str, start: int, end: int) -> None:
        """Put in text without its control characters."""
        kept = text if text.isprintable() else clean(text)
        super().replace(kept, start, end)

    def on_focus(self) -> None:
        """Move the terminal's cursor here when the layout is known."""
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset


@dataclass(frozen=True, slots=True)
class Field:
    """What a form asks for: the name of the answer, its label, what stands there at first."""

    name: str
    label: str
    value: str = ""
    date: bool = False
    hint: str = ""


class FieldBox(Vertical):
    """A label and a line; under a date, what was understood."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.focus_next", "key.next_field", id="form.next", show=False),
        Binding("up", "screen.focus_previous", "key.previous_field", id="form.prev", show=False),
    ]

    def __init__(self, field: Field, words: Words, explain: Callable[[str], str]) -> None:
        """Ask for `field`; `explain` says what a date means, or raises why it is none."""
        super().__init__(classes="-date" if field.date else "")
        self.field = field
        self._words = words
        self._explain = explain
        self._line = Line(field.value, placeholder=field.hint, max_length=_MAX, compact=True)
        self._below = Static(classes="field--below")

    def compose(self) -> ComposeResult:
        """Lay out the label, the line and the reading."""
        yield Static(Content(self.field.label), classes="field--label")
        yield self._line
        if self.field.date:
            yield self._below

    def on_mount(self) -> None:
        """Show what the first text means."""
        self._read()

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self._line.value.strip()

    @property
    def touched(self) -> bool:
        """Whether a person changed it."""
        return self.text != self.field.value.strip()

    def on_input_changed(self) -> None:
        """Read anew at every key."""
        self._read()

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Mark a date that stands there already, so that typing replaces it."""
        if self.field.value and not self.touched:
            self._line.select_all()

    def _read(self) -> None:
        if not self.field.date:
            return
        try:
            meaning = self._explain(self.text)
        except TrackerError as error:
            self._below.add_class("-wrong")
            self._below.update(Content(self._words.error(error)))
            return
        self._below.remove_class("-wrong")
        self._below.update(Content(f"→ {meaning}" if meaning else self._words("ui.date_hint")))
