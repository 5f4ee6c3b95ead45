"""What views and pages have in common: the lines above and below, views, the day, undo."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from db.model.errors import RefusedError, TrackerError
from tracker.domain.board import Board
from tracker.tui.keys.hangul import is_syllable, key_label
from tracker.tui.keys.key_table import Entry, entries
from tracker.tui.session.as_of_loader import Level
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.undo_offer import UndoOffer
from tracker.tui.session.views import neighbour, view_bindings
from tracker.tui.widgets.banner import Banner, StatusLine, StatusMessage, day_text
from tracker.tui.widgets.key_bar import Hint, KeyBar
from tracker.tui.widgets.min_size import TooSmall
from tracker.words.cells import fit

if TYPE_CHECKING:
    from tracker.tui.forms.form import Answers
    from tracker.tui.session.store_writer import Done

__all__ = ["BaseScreen"]

_WEEK = timedelta(days=7)
_NAMED = 28  # cells of a name beside the day of another board


class BaseScreen(StatusMessage, Screen[None]):
    """A screen that shows what a session reads. Every write leaves it as a message.

    `view` is its id among the views; a page over a view has none.
    """

    view: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *view_bindings(),
        Binding("u,f8", "undo", "key.undo", id="sheet.undo"),
        Binding("ctrl+r,f9", "redo", "key.redo", id="sheet.redo"),
        Binding("escape", "unwind", "key.whole", id="view.unwind"),
        Binding("comma", "week(-1)", "key.week_back", id="day.back"),
        Binding("full_stop", "week(1)", "key.week_on", id="day.on"),
        Binding("at,f11", "as_of", "key.as_of", id="day.as_of"),
        Binding("ctrl+p,colon", "app.palette", "key.palette", id="sheet.palette"),
        Binding("f12", "app.themes", "key.theme", id="view.theme", show=False),
        Binding("q", "app.quit", "key.quit", id="view.quit"),
        Binding("question_mark,f1", "app.help", "key.help", id="sheet.help"),
    ]
    BLANK = True  # what is behind its widgets need not be drawn
    WRITES: ClassVar[frozenset[str]] = frozenset(
        {"undo", "redo", "app.read_article", "app.import_file"}
    )
    """The actions that write, which are refused on the board of another day."""

    @dataclass
    class Switch(Message):
        """Another view is to be shown."""

        view: str

    @dataclass
    class LookAt(Message):
        """The board of another day is to be shown; without a day, today's."""

        day: date | None

    @dataclass
    class Write(Message):
        """Something is to be written that is more than a batch of statements."""

        job: "Callable[[], Done | str]"
        hint: str = "ui.hint.undo"

    @dataclass
    class OpenFacility(Message):
        """The page of a facility is to be shown, the cursor on one of its steps."""

        facility: str
        step: str

    @dataclass
    class Undo(Message):
        """An act is to be taken back."""

        act: int | None = None

    @dataclass
    class Redo(Message):
        """An undo is to be taken back."""

        act: int | None = None

    def __init__(self, session: StoreSession) -> None:
        """Show what `session` reads."""
        super().__init__(classes="-wide -high")  # as most are: no second styling
        self.session = session
        self.words = session.words
        self.banner = Banner(self.words, self.view, id="header")
        self._status = StatusLine(id="status")
        self._keys = KeyBar(id="keys")
        self._can_undo = self._can_redo = False
        self._left: object = None
        self._banner_texts = ("", "")

    # -- what a screen adds ----------------------------------------------------------------------

    @property
    def required_level(self) -> Level:
        """How much of another day must be loaded before it can be shown here."""
        return Level.LISTS

    def load_data(self) -> None:
        """Read the store and show it, the cursor where it was; may raise StoreError."""
        raise NotImplementedError

    def next_reset(self) -> Callable[[], None] | None:
        """Return what Esc resets now, the newest restriction first; None if there is nothing."""
        return (lambda: self.look_at(None)) if self.is_past else None

    def may_leave(self) -> bool:
        """Whether the screen can be closed now; says once what would be lost with it."""
        return True

    def after_write(self) -> None:
        """Handle a finished write; the store is read again after this."""

    def show_counts(self, board: Board) -> None:
        """Show the counts of a day whose first page is shown; the rest is still being read."""

    def after_refusal(self) -> None:
        """Handle a failed write; the store is read again after this."""

    def compose_footer(self) -> ComposeResult:
        """Yield the last lines of the screen."""
        yield self._status
        yield self._keys
        yield TooSmall(self.words)

    # -- showing ---------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the store again; if that fails, say so and leave what is shown."""
        if not self.banner.is_attached:  # the program ended while this screen opened
            return
        self.set_class(self.session.as_of is not None or self.session.lost is not None, "-as-of")
        if self.session.lost is not None:  # it may be that nothing can be read
            self.show_banner(*self._banner_texts)
        if self.session.level >= self.required_level:
            self.attempt(self.load_data)
        else:
            self.wait()
            self.look_at(self.session.as_of)
        if self._left is not None:  # what is over it closes now, and it is up to date already
            self._left = self.session.shown_version

    def wait(self) -> None:
        """Show that the day is still being read."""
        self.show_banner(self.words("ui.reading"))

    @property
    def is_past(self) -> bool:
        """Whether another day is shown or being loaded."""
        return self.session.as_of is not None or self.session.reading is not None

    def on_screen_resume(self) -> None:
        """Read again what has changed while another screen was shown."""
        if self._left is not None and self._left != self.session.shown_version:
            self.reload()
        self.attempt(self._withdraw_stale)

    def on_screen_suspend(self) -> None:
        """Remember what was shown, to see on return whether anything has changed."""
        self._left = self.session.shown_version

    def show_banner(self, right: str, left: str = "") -> None:
        """Show the day (or `left`) and something at the right; mark the board of another day."""
        self._banner_texts = (right, left)
        if self.session.as_of is not None:
            left = f"{fit(left, _NAMED).rstrip()} · {self.session.day}" if left else ""
            left = f"{left or day_text(self.session.day, self.words)} {self.words('ui.as_of_mark')}"
        if self.session.lost is not None:
            named = left or day_text(self.session.day, self.words, short=True)
            left = f"{self.words('ui.lost_mark')} {named}"
        short = "" if left else day_text(self.session.day, self.words, short=True)
        self.banner.show(left or day_text(self.session.day, self.words), right, short=short)

    def on_banner_pressed(self, message: Banner.Pressed) -> None:
        """Show the view whose name was clicked."""
        self.post_message(self.Switch(message.target))

    def tell_reading(self, text: str, before: str) -> None:
        """Show how far a day is loaded, unless the status line says something else."""
        if self._status.said in {"", before}:
            self.tell(text)

    def attempt(self, reading: Callable[[], None]) -> None:
        """Call a function that reads, within one state of the store; show an error if it fails."""
        try:
            with self.session.snapshot():
                reading()
        except TrackerError as error:
            self.tell(self.words.error(error), wrong=True)

    def look_at_acts(self) -> None:
        """Find out whether there is something to undo or redo, and refresh the keys."""
        self._can_undo, self._can_redo = self.session.can_undo(), self.session.can_redo()
        self._withdraw_stale()
        self.show_keys()

    def _withdraw_stale(self) -> None:
        """Withdraw an offer of what is taken back already, or was not done last."""
        offer = self._status.offer
        if offer is not None and not self.session.is_offered(offer):
            self._status.withdraw()

    def show_keys(self) -> None:
        """Show the keys that work now."""
        working = [e for e in self.entries() if e.shown and self.refusal(e.action) is None]
        working.sort(key=lambda e: e.id == "sheet.help")
        self._keys.show(
            Hint(key_label([e.keys[0]]), self.words.lookup(self.label_of(e)), e.action)
            for e in working
        )

    def label_of(self, entry: Entry) -> str:
        """Return the key of what an entry does now."""
        returns = entry.id == "day.as_of" and self.session.as_of is not None
        return "key.to_today" if returns else entry.label

    def entries(self) -> Iterator[Entry]:
        """Return the bindings of this screen, one entry for each."""
        return entries(self)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Run what was clicked in the line of keys."""
        self.run(message.target)

    def run(self, action: str) -> None:
        """Run an action as its key would."""
        node = next((e.node for e in self.entries() if e.action == action), self)
        self.call_next(self.app.run_action, action, node)

    def on_key(self, event: events.Key) -> None:
        """Tell a person whose letters are being joined into syllables."""
        if is_syllable(event.character):
            self.tell(self.words("ui.syllable"), wrong=True)

    # -- what can be done ------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """Return the key of the reason why an action is refused now; None if it is not."""
        name = action.partition("(")[0]
        if self.is_past and name in self.WRITES:
            return "ui.read_only"
        can, why = {
            "undo": (self._can_undo or bool(self.offered("undo")), "error.nothing-to-undo"),
            "redo": (self._can_redo or bool(self.offered("redo")), "error.nothing-to-redo"),
            "week(1)": (self.is_past, "ui.is_today"),
            "unwind": (action != "unwind" or self.next_reset() is not None, "ui.all_shown"),
            f"view({self.view!r})": (False, "ui.is_shown"),
        }.get(action, (True, ""))
        return None if can else why

    def allowed(self, action: str) -> bool:
        """Whether an action is possible now; shows why if it is not."""
        why = self.refusal(action)
        if why is not None:
            self.tell(self.words.lookup(why), wrong=True)
        return why is None

    def offered(self, action: str) -> UndoOffer | None:
        """Return the offer of the status line to take an act back by an action."""
        offer = self.named(action)
        return offer if offer is not None and offer.act is not None else None

    def named(self, action: str) -> UndoOffer | None:
        """Return the offer of the status line for an action, be it an act or an item of a check."""
        offer = self._status.offer
        return offer if offer is not None and offer.action == action else None

    def take_offer(self, action: str) -> int | None:
        """Withdraw the offer and return the number of its act; None if there is none."""
        offer = self.offered(action)
        self._status.withdraw()
        return offer.act if offer is not None else None

    def action_undo(self) -> None:
        """Take back the act named in the status line, else the newest of this person."""
        if self.refusal("undo") == "error.nothing-to-undo" and self.session.has_store:
            self.tell(self.session.why_not_undone(), wrong=True)
        elif self.allowed("undo"):
            self.post_message(self.Undo(self.take_offer("undo")))

    def action_redo(self) -> None:
        """Take back the undo named in the status line, else the newest of this person."""
        if self.refusal("redo") == "error.nothing-to-redo" and self.session.has_store:
            self.tell(self.session.why_not_redone(), wrong=True)
        elif self.allowed("redo"):
            self.post_message(self.Redo(self.take_offer("redo")))

    def action_unwind(self) -> None:
        """Reset the newest restriction, at last the day."""
        take_back = self.next_reset()
        if take_back is not None:
            take_back()

    # -- views -----------------------------------------------------------------------------------

    def action_view(self, view: str) -> None:
        """Show a view."""
        self.post_message(self.Switch(view))

    def action_neighbour(self, step: int) -> None:
        """Show the view beside this one."""
        self.post_message(self.Switch(neighbour(self.view or self.session.view, step).id))

    # -- the day ---------------------------------------------------------------------------------

    def look_at(self, day: date | None) -> None:
        """Show the board of a day; of today without one."""
        self.post_message(self.LookAt(day if day != self.session.today else None))

    def action_week(self, step: int) -> None:
        """Show the board of a week earlier or later."""
        if self.allowed(f"week({step})"):
            self.look_at(min(self.session.target_day + step * _WEEK, self.session.today))

    def action_as_of(self) -> None:
        """Ask for the day to show; once more, and it is today again."""
        if not self.allowed("as_of"):
            return
        if self.is_past:
            self.look_at(None)
            return
        from tracker.tui.forms.field import Field
        from tracker.tui.forms.form import Form

        field = Field(
            "day",
            self.words("ui.which_day"),
            date=True,
            hint=self.words("ui.day_hint"),
            needed=True,
        )
        form = Form(
            self.session,
            self.words("key.as_of"),
            [field],
            self._day_of,
            take=self.look_at,
        )
        self.app.push_screen(form)

    def _day_of(self, answers: "Answers") -> date:
        """The last day of what was typed."""
        period = answers.date("day").period
        if period is None or period.latest is None:
            raise RefusedError("one day is needed", code="not-one-day", text=answers.text("day"))
        if period.earliest is not None and period.earliest > self.session.today:
            raise RefusedError("that day is still to come", code="day-to-come")
        return min(period.latest, self.session.today)
