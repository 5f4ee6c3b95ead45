"""What is shown where there is no store yet, or nothing in it: three ways to begin."""

from math import inf
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.model.records import Batch
from tracker.acts import statements
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.forms.chooser import ChoiceList
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.keys.typed_ahead import TypedAhead
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.banner import StatusLine, StatusMessage
from tracker.tui.widgets.min_size import TooSmall

__all__ = ["WelcomeScreen"]

_WAYS = ("demo", "import", "first")


class WelcomeScreen(StatusMessage, Screen[None]):
    """Offers the demo, an import, and a first facility."""

    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "begin('demo')", "ui.begin.demo", id="welcome.demo"),
        Binding("2", "begin('import')", "ui.begin.import", id="welcome.import"),
        Binding("3", "begin('first')", "ui.begin.first", id="welcome.first"),
        Binding("ctrl+r,f9", "redo", "key.redo", id="welcome.redo"),
        Binding("q", "app.quit", "key.quit", id="welcome.quit"),
    ]

    class Demo(Message):
        """The store is to be filled from the shipped facts."""

    def __init__(self, session: StoreSession, pause: float = 0.0) -> None:
        """Begin with the store of `session`; keys count `pause` seconds after it shows."""
        super().__init__()
        self._unseen = pause
        self.typed_ahead = TypedAhead(inf)
        self.session = session
        self.words = session.words
        self._status = StatusLine(id="status")

    def compose(self) -> ComposeResult:
        """Lay out what there is to choose."""
        with Vertical(id="welcome"):
            yield Static(Content(self.words("ui.welcome")), id="welcome-title")
            yield Static(Content(self.words("ui.welcome_store", path=self.session.workspace.path)))
            yield ChoiceList(
                *(
                    Option(Content(f"{place}  {self.words.of('ui.begin', way)}"))
                    for place, way in enumerate(_WAYS, 1)
                ),
                compact=True,
                markup=False,
            )
            yield Static(Content(self.words("ui.welcome_keys")), id="welcome-keys")
        yield self._status
        yield TooSmall(self.words)

    def on_mount(self) -> None:
        """Take keys from now on: those before were meant for what was shown before."""
        self.call_after_refresh(self.typed_ahead.refuse, self._unseen)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin in the way that was chosen."""
        event.stop()
        self.action_begin(_WAYS[event.option_index])

    def action_begin(self, way: str) -> None:
        """Begin in one of the three ways."""
        if way == "demo":
            self.tell(self.words("ui.filling"))
            self.post_message(self.Demo())
        elif way == "import":
            from tracker.tui.imports.view import import_form

            self.app.push_screen(import_form(self.session))
        else:
            fields = [
                Field("name", self.words("field.name")),
                Field("city", self.words("field.city"), hint=self.words("ui.city_hint")),
            ]
            title = self.words("ui.begin.first")
            self.app.push_screen(Form(self.session, title, fields, self._first))

    def action_redo(self) -> None:
        """Do again what was undone last: an undo may have left nothing to look at but this."""
        if self.session.has_store:
            offer = self._status.offer
            self.post_message(BaseScreen.Redo(offer.act if offer else None))
        else:
            self.tell(self.words("error.nothing-to-redo"), wrong=True)

    def _first(self, answers: Answers) -> Batch:
        return statements.first_facility(
            answers.text("name"), answers.text("city"), self.session.today
        )
