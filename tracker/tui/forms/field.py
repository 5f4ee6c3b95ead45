"""Fields of a form: a line of text, and one that shows live what date it understood."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from db.model.errors import TrackerError
from db.model.text import clean
from tracker.words import Words

__all__ = ["Field", "FieldBox", "Line"]

_MAX = 2000
_BETWEEN_LINES = " / "


_EDITING = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and binding.action != "submit"
    for key in binding.key.split(",")
}


class Line(Input):
    """A line of text without control characters.

    Keys that edit are carried out where letters are, so that a letter typed after one of
    them, however fast, comes after it.

    The place of the terminal's own cursor, where an input method draws what it
    composes, is set again once the field is laid out (Textual #6082).
    """

    virtual_size = reactive(Size(0, 0), repaint=False)  # a longer text moves nothing around it

    class Cut(Message):
        """Only the beginning of what was pasted fits."""

    joint = " "
    """What stands between lines that are pasted at once."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Insert text without its control characters."""
        kept = text if text.isprintable() else clean(text)
        super().replace(kept, start, end)

    async def on_key(self, event: events.Key) -> None:
        """Carry out a key that edits; Textual's own handler inserts the letters."""
        action = _EDITING.get(event.key)
        if action is not None and not event.is_printable:
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def on_paste(self, event: events.Paste) -> None:
        """Take all that is pasted, its lines joined; the beginning where not all has room."""
        event.stop()
        event.prevent_default()
        text = self.joint.join(filter(None, map(clean, event.text.splitlines())))
        if not text:
            return
        start, end = sorted(self.selection)
        room = (self.max_length or len(self.value) + len(text)) - len(self.value) + end - start
        self.replace(text[:room].rstrip(), start, end)
        if len(text) > room:
            self.post_message(self.Cut())

    def on_focus(self) -> None:
        """Move the terminal's cursor here when the layout is known."""
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset


@dataclass(frozen=True, slots=True)
class Field:
    """What a form asks for: the name of the answer, its label, its first content.

    `read` tells what a text means, or raises why it means nothing; without it a `date` is read
    as one. Where an answer is `needed`, an empty one is a fault. Lines that are pasted into a
    `text` stay apart by a slash; anywhere else they become words of one line.
    """

    name: str
    label: str
    value: str = ""
    date: bool = False
    hint: str = ""
    read: Callable[[str], str] | None = None
    needed: bool = False
    text: bool = False


class FieldBox(Vertical):
    """A label and a line; below it the meaning of the text, or what is wrong."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.focus_next", "key.next_field", id="form.next", show=False),
        Binding("up", "screen.focus_previous", "key.previous_field", id="form.prev", show=False),
    ]

    def __init__(self, field: Field, words: Words, date: Callable[[str], str]) -> None:
        """Ask for `field`; `date` says what a date means, or raises why it is none."""
        super().__init__()
        self.field = field
        self._words = words
        self._meaning = field.read or (date if field.date else None)
        hint = field.hint or (words("ui.date_hint") if field.date else "")
        self._line = Line(field.value, placeholder=hint, max_length=_MAX, compact=True)
        if field.text:
            self._line.joint = _BETWEEN_LINES
        self._below = Static(classes="field--below")
        self._shown: tuple[str, bool] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the label beside the line, and what is understood below."""
        with Horizontal():
            yield Static(Content(self.field.label), classes="field--label")
            yield self._line
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

    def fault(self) -> str:
        """What is wrong with the answer, shown below it; empty where nothing is."""
        if self.field.needed and not self.text:
            self._show(self._words("ui.required"), wrong=True)
            return self._words("ui.required")
        return self._read()

    def choose(self) -> None:
        """Put the cursor here."""
        self._line.focus()

    def on_input_changed(self) -> None:
        """Read the date again at every key."""
        self._read()

    def on_line_cut(self) -> None:
        """Say that not all of what was pasted has room."""
        self._show(self._words("ui.pasted_in_part", most=_MAX), wrong=True)

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Select a date that is already there, so that typing replaces it."""
        if self.field.date and self.field.value and not self.touched:
            self._line.select_all()

    def _read(self) -> str:
        if self._meaning is None:
            self._show("")
            return ""
        try:
            meaning = self._meaning(self.text)
        except TrackerError as error:
            line = self._words.error(error)
            self._show(line, wrong=True)
            return line
        self._show(f"→ {meaning}" if meaning else "")
        return ""

    def _show(self, text: str, *, wrong: bool = False) -> None:
        if self._shown == (text, wrong):
            return  # a layout of the whole form less
        self._shown = text, wrong
        self._below.set_class(wrong, "-wrong")
        self._below.update(Content(text))
        self._below.display = bool(text)
