"""What the board and the facility page have in common: acts on the chosen milestone."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from db.errors import TrackerError
from db.records import Batch, Milestone, Standing, UpdateKind
from tracker.board import Row
from tracker.tui import statements
from tracker.tui.asking import Asking
from tracker.tui.banner import StatusLine, TooSmall
from tracker.tui.chooser import Choice, Chooser
from tracker.tui.desk import Desk
from tracker.tui.form import Form
from tracker.tui.keybar import Hint, KeyBar
from tracker.tui.keys import is_syllable, key_label
from tracker.tui.keytable import Entry, entries

__all__ = ["Sheet"]

_OVER = {Standing.COMPLETED, Standing.CANCELLED}
_GRADES = ("green", "amber", "red")


class Sheet(Screen[None]):
    """A screen with a chosen milestone. What is to be written leaves it as a message."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,space,f2", "complete", "key.complete", id="sheet.complete"),
        Binding("p,f3", "plan", "key.plan", id="sheet.plan"),
        Binding("n,f4", "note", "key.note", id="sheet.note"),
        Binding("v,f5", "confirm", "key.confirm", id="sheet.confirm"),
        Binding("s,f6", "state", "key.state", id="sheet.state"),
        Binding("u,f8", "undo", "key.undo", id="sheet.undo"),
        Binding("ctrl+r,f9", "redo", "key.redo", id="sheet.redo"),
        Binding("ctrl+p,colon", "palette", "key.palette", id="sheet.palette"),
        Binding("question_mark,f1", "help", "key.help", id="sheet.help"),
    ]

    class Record(Message):
        """An act that needs no form is to be recorded."""

        def __init__(self, batch: Batch) -> None:
            """Hand over the act."""
            super().__init__()
            self.batch = batch

    class Undo(Message):
        """The newest act is to be taken back."""

    class Redo(Message):
        """The newest undo is to be taken back."""

    class Palette(Message):
        """Every command is to be offered."""

    class Help(Message):
        """The keys of this screen are to be explained."""

    def __init__(self, desk: Desk) -> None:
        """Show what `desk` reads."""
        super().__init__()
        self.desk = desk
        self.words = desk.words
        self._status = StatusLine(id="status")
        self._keys = KeyBar(id="keys")
        self._can_undo = self._can_redo = False

    # -- what a screen adds ----------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The chosen milestone."""
        raise NotImplementedError

    def renew(self) -> None:
        """Show what the store says now, the cursor on the same milestone."""
        raise NotImplementedError

    def feet(self) -> ComposeResult:
        """The last lines of every such screen."""
        yield self._status
        yield self._keys
        yield TooSmall(self.words)

    # -- what it says ----------------------------------------------------------------------------

    def tell(self, text: str, *, hint: str = "", wrong: bool = False) -> None:
        """Say something in the status line."""
        self._status.tell(text, hint=hint, wrong=wrong)

    def attempt(self, reading: Callable[[], None]) -> None:
        """Read from the store; if it fails, say so and leave what is shown."""
        try:
            reading()
        except TrackerError as error:
            self.tell(self.words.error(error), wrong=True)

    def look_at_acts(self) -> None:
        """See whether there is something to undo and to redo, and show the keys anew."""
        self._can_undo, self._can_redo = self.desk.can_undo(), self.desk.can_redo()
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that work now."""
        working = [e for e in self.entries() if e.shown and self.refusal(e.action) is None]
        working.sort(key=lambda e: e.id == "sheet.help")
        self._keys.show(
            Hint(key_label([e.keys[0]]), self.words(e.label), e.action) for e in working
        )

    def entries(self) -> Iterator[Entry]:
        """The bindings of this screen, one entry for each."""
        return entries(self)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Run what was clicked in the line of keys."""
        self.run(message.action)

    def run(self, action: str) -> None:
        """Carry an action out as its key would."""
        node = next((e.node for e in self.entries() if e.action == action), self)
        self.call_next(self.app.run_action, action, node)

    def on_key(self, event: events.Key) -> None:
        """Tell a person whose letters are being joined into syllables."""
        if is_syllable(event.character):
            self.tell(self.words("ui.syllable"), wrong=True)

    # -- what can be done ------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """The key of the sentence why an action cannot be done now; None if it can."""
        if action == "undo":
            return None if self._can_undo else "error.nothing-to-undo"
        if action == "redo":
            return None if self._can_redo else "error.nothing-to-redo"
        if action in _ON_MILESTONE or action.startswith("confidence("):
            row = self.row
            return "ui.no_row" if row is None else _refused(action, row.milestone)
        return None

    def _asking(self, action: str) -> Asking | None:
        """The forms for the chosen milestone, if the action can be done; else say why not."""
        why = self.refusal(action)
        if why is not None or self.row is None:
            self.tell(self.words(why or "ui.no_row"), wrong=True)
            return None
        return Asking(self.desk, self.row.milestone)

    def _ask(self, action: str, form: Callable[[Asking], Form]) -> None:
        asking = self._asking(action)
        if asking is not None:
            self.tell("")
            self.app.push_screen(form(asking))

    def _say(self, action: str, kind: UpdateKind) -> None:
        if self._asking(action) is not None and self.row is not None:
            self.post_message(
                self.Record(statements.say(self.row.milestone, kind, self.desk.today))
            )

    def action_complete(self) -> None:
        """Ask when it was reached."""
        self._ask("complete", Asking.complete)

    def action_plan(self) -> None:
        """Ask for the new date."""
        self._ask("plan", Asking.plan)

    def action_note(self) -> None:
        """Ask for a note."""
        self._ask("note", Asking.note)

    def action_confirm(self) -> None:
        """Record that it is still open."""
        self._say("confirm", UpdateKind.CONFIRM)

    def action_hold(self) -> None:
        """Ask why it is put on hold."""
        self._ask("hold", lambda asking: asking.with_reason(UpdateKind.HOLD))

    def action_resume(self) -> None:
        """Record that it goes on."""
        self._say("resume", UpdateKind.RESUME)

    def action_cancel(self) -> None:
        """Ask why it is given up."""
        self._ask("cancel", lambda asking: asking.with_reason(UpdateKind.CANCEL))

    def action_reopen(self) -> None:
        """Record that it is open again."""
        self._say("reopen", UpdateKind.REOPEN)

    def action_rebaseline(self) -> None:
        """Ask for the period that was approved."""
        self._ask("rebaseline", Asking.rebaseline)

    def action_confidence(self, grade: str) -> None:
        """Ask why the facility is judged so."""
        self._ask("confidence", lambda asking: asking.confidence(grade))

    def action_state(self) -> None:
        """Offer the changes of state that fit the chosen milestone."""
        if self._asking("state") is None or self.row is None:
            return
        choices = [
            Choice(action, self.words(label))
            for action, label in STATE_ACTIONS
            if self.refusal(action) is None
        ]
        m = self.row.milestone
        title = f"{m.facility_name} · {self.words.milestone(m.kind, m.title)}"
        self.app.push_screen(Chooser(title, choices, self.words), self._run)

    def _run(self, action: str | None) -> None:
        if action is not None:
            self.run(action)

    def action_undo(self) -> None:
        """Take back the newest act."""
        self.post_message(self.Undo())

    def action_redo(self) -> None:
        """Take back the newest undo."""
        self.post_message(self.Redo())

    def action_palette(self) -> None:
        """Offer every command."""
        self.post_message(self.Palette())

    def action_help(self) -> None:
        """Explain the keys."""
        self.post_message(self.Help())


STATE_ACTIONS = (
    ("hold", "key.hold"),
    ("resume", "key.resume"),
    ("cancel", "key.cancel"),
    ("reopen", "key.reopen"),
    ("rebaseline", "key.rebaseline"),
    *((f"confidence('{grade}')", f"key.confidence.{grade}") for grade in _GRADES),
)
_ON_MILESTONE = {
    "open",
    "complete",
    "plan",
    "note",
    "confirm",
    "state",
    "confidence",
    *(action for action, _ in STATE_ACTIONS),
}


_NOT_ON = {
    "complete": ({Standing.COMPLETED}, "ui.already_completed"),
    "plan": ({Standing.COMPLETED}, "ui.plan_completed"),
    "confirm": (_OVER, "ui.not_open"),
    "hold": ({*_OVER, Standing.ON_HOLD}, "ui.not_to_hold"),
    "resume": (set(Standing) - {Standing.ON_HOLD}, "ui.not_on_hold"),
    "cancel": ({Standing.CANCELLED}, "ui.already_cancelled"),
    "reopen": (set(Standing) - _OVER, "ui.not_over"),
}


def _refused(action: str, m: Milestone) -> str | None:
    """Why an action does not fit the milestone as it stands."""
    standings, why = _NOT_ON.get(action, (set(), ""))
    return why if m.standing in standings else None
