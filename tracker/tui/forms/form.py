"""A form over a screen: a few fields, one key to save, and nothing lost by a slip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from db.model.errors import TrackerError
from db.model.records import Batch
from tracker.acts.typed_date import Reading, read_date
from tracker.tui.forms.field import Field, FieldBox
from tracker.tui.keys.typed_ahead import TypedAhead
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.banner import StatusLine
from tracker.tui.widgets.min_size import TooSmall
from tracker.words.cells import plain

__all__ = ["Answers", "Build", "Form"]


class Answers:
    """What was typed into a form, by the names of its fields."""

    def __init__(self, texts: dict[str, str], understand: Callable[[str], Reading]) -> None:
        """Keep the texts; dates are read when they are asked for."""
        self._texts = texts
        self._understand = understand

    def text(self, name: str) -> str:
        """One answer as it was typed."""
        return self._texts[name]

    def date(self, name: str) -> Reading:
        """One answer as a date.

        Raises:
            RefusedError: It is none.
        """
        return self._understand(self._texts[name])


_READ = 0.5  # seconds in which nobody reads a question

Build = Callable[[Answers], Any]
"""Makes of the answers a `Batch` to be recorded, a `Path` to be imported, or what the form's
`take` wants; or raises why not."""


class Form(ModalScreen[None]):
    """Asks for what an act needs; it closes when the act is recorded, and not before."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "key.save", id="form.save", priority=True),
        Binding("tab", "app.focus_next", "key.next_field", id="form.next_field"),
        Binding("escape", "leave", "key.leave", id="form.leave"),
    ]

    @dataclass
    class Submitted(Message):
        """The answers make an act; whoever records it closes the form or tells it why not."""

        form: "Form"
        what: Batch | Path

    def __init__(
        self,
        session: StoreSession,
        title: str,
        fields: Sequence[Field],
        build: Build,
        *,
        today: date | None = None,
        take: Callable[[Any], None] | None = None,
        key: str = "",
    ) -> None:
        """Ask for `fields`.

        Args:
            session: The language, and which store is asked about.
            title: What the form is about.
            fields: What it asks for.
            build: Makes an act of the answers, or what `take` takes.
            today: The day that dates are relative to; without one it is the session's.
            take: Takes what `build` makes, instead of recording it.
            key: What Enter does, where it neither saves nor hands over to `take`.
        """
        super().__init__(classes="-wide -high")  # as most are: no second styling
        self._heading = plain(title)
        self._build = build
        self._words = session.words
        self._today = today or session.today
        self.store = session.replaced  # the store that it is filled in for
        self._take = take
        self._key = key or ("ui.form.save" if take is None else "ui.form.take")
        self._boxes = [FieldBox(f, self._words, self._meaning) for f in fields]
        self._status = StatusLine(id="form-status")
        self._asked = False
        self._saving = False
        self.typed_ahead = TypedAhead()

    def compose(self) -> ComposeResult:
        """Lay out the title, the fields, a line for errors and one for the keys."""
        with VerticalScroll(id="form", can_focus=False):
            yield Static(Content(self._heading), id="form-title")
            yield from self._boxes
            yield self._status
            yield Static(Content(self._keys()), id="form-keys")
        yield TooSmall(self._words)

    def _keys(self) -> str:
        parts = [self._key]
        parts += ["ui.form.next"] if len(self._boxes) > 1 else []
        return " · ".join(map(self._words.lookup, [*parts, "ui.form.leave"]))

    def _understand(self, text: str) -> Reading:
        return read_date(text, self._today)

    def _meaning(self, text: str) -> str:
        return self._understand(text).shown(self._words, self._today)

    @property
    def touched(self) -> bool:
        """Whether something was typed that would be lost."""
        return any(box.touched for box in self._boxes)

    @property
    def saving(self) -> bool:
        """Whether its act is being recorded."""
        return self._saving

    def may_leave(self) -> bool:
        """Whether the form can go now; asks once where something would be lost."""
        if not self.touched or self._asked:
            return True
        self._asked = True
        self._status.tell(self._words("ui.unsaved"), wrong=True)
        return False

    def refuse(self, line: str) -> None:
        """Say why the act was not recorded; what was typed stays."""
        self._saving = False
        self.warn(line)

    def ask_again(self, line: str) -> None:
        """Say what saving would do now; keys that were typed before that was read do not save."""
        self.refuse(line)
        self.typed_ahead.refuse(_READ, {"enter"})

    def warn(self, line: str) -> None:
        """Say what happened meanwhile."""
        self._status.tell(line, wrong=True)

    def on_input_changed(self) -> None:
        """Take an earlier question or error back when typing goes on."""
        self._asked = False
        self._status.tell("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save from any field."""
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        """Hand over the act, or say what is wrong."""
        if self._saving:
            return
        for box in self._boxes:
            if box.fault():  # said beside the field
                box.choose()
                return
        answers = Answers({b.field.name: b.text for b in self._boxes}, self._understand)
        try:
            what = self._build(answers)
        except TrackerError as error:
            self.refuse(self._words.error(error))
            return
        if self._take is not None:
            self.dismiss()
            self._take(what)
            return
        self._saving = True
        self.post_message(self.Submitted(self, what))

    def action_leave(self) -> None:
        """Close, asking first where something would be lost."""
        if self.may_leave():
            self.dismiss()
