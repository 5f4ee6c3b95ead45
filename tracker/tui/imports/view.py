"""What a file would bring, before it is imported: counts, changes, conflicts, unread cells."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from db.model.errors import RefusedError, TrackerError
from tracker.app.paths import expanded
from tracker.exchange.diff.choices import DEFAULTS, Choices, Past, Unread
from tracker.exchange.imports.outcome import Outcome, counts, listed
from tracker.exchange.tables.claims import Take, Verdict
from tracker.tui.base.decision_screen import DecisionScreen
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.imports.import_list import PASSED_OVER, FindingList, Line, lines_of, parts_of
from tracker.tui.keys.typed_ahead import TypedAhead
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.columns import Headings
from tracker.tui.widgets.plain_label import PlainLabel
from tracker.tui.widgets.row_list import given
from tracker.tui.widgets.text_parts import TextParts
from tracker.words.cells import plain, wrap

__all__ = ["ImportScreen", "import_form"]

_HIDING = {".xlsx", ".xlsm", ".xltx", ".xltm"}  # files in which rows and columns can be hidden
_NEXT_PAST = dict(zip(Past, [*list(Past)[1:], Past.OPEN], strict=True))
_NEXT_UNREAD = dict(zip(Unread, [*list(Unread)[1:], Unread.REFUSE], strict=True))
_NEXT_TAKE: dict[Take | None, Take | None] = {
    None: Take.SHEET,
    Take.SHEET: Take.BOARD,
    Take.BOARD: None,
}
_UNSEEN = 0.5  # seconds in which nobody has seen what an import would do
_CONFIRMING = frozenset({"enter", "f3"})


def import_form(session: StoreSession) -> Form:
    """The form that asks for a file to import, which is looked into before anything is written."""

    def build(answers: Answers) -> Path:
        if not answers.text("path"):
            raise RefusedError(session.words("ui.needs_path"))
        return expanded(answers.text("path"))

    return Form(
        session,
        session.words("ui.begin.import"),
        [Field("path", session.words("ui.path"))],
        build,
        key="ui.form.preview",
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How a file is compared: what becomes of its cells, and whether hidden ones are read."""

    choices: Choices = DEFAULTS
    hidden: bool = False


class ImportScreen(DecisionScreen):
    """Shows what a file would bring; nothing is written before it is imported as one act."""

    CSS_PATH = "importing.tcss"
    of_today = "import.of_today"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f3", "finish", "key.import", id="import.finish", priority=True),
        Binding("t,f2", "sides", "key.sides", id="import.sides"),
        Binding("x,delete", "unread", "key.unread", id="import.unread"),
        Binding("a", "past", "key.past", id="import.past"),
        Binding("h", "hidden", "key.hidden", id="import.hidden"),
        Binding("shift+down", "scroll(1)", "key.line_down", id="import.down", show=False),
        Binding("shift+up", "scroll(-1)", "key.line_up", id="import.up", show=False),
        Binding("escape,left,q", "back", "key.back", id="page.back"),
    ]
    WRITES = DecisionScreen.WRITES | {"finish"}

    class Compared(Message):
        """It is known what the file would bring as it is to be imported now."""

        def __init__(self, look: Look, outcome: Outcome) -> None:
            """Hand it over."""
            super().__init__()
            self.look = look
            self.outcome = outcome

    class Unreadable(Message):
        """The file can no longer be looked into."""

        def __init__(self, error: TrackerError) -> None:
            """Tell why."""
            super().__init__()
            self.error = error

    def __init__(self, session: StoreSession, path: Path, outcome: Outcome) -> None:
        """Show what importing `path` into the store of `session` would do."""
        super().__init__(session)
        self.typed_ahead = TypedAhead(inf, _CONFIRMING)
        self._path = path
        self._take(outcome)
        self._shown = self._wanted = Look()  # as it is shown, and as it will be
        self._seen = session.version
        self._list = FindingList(self.words, id="list")
        self._pane = TextParts(id="finding")

    def compose(self) -> ComposeResult:
        """Lay out the counts, what can be chosen, the list, and the chosen line at length."""
        yield self.banner
        yield PlainLabel(id="import-counts")
        yield Headings(id="headings")
        yield self._list
        with VerticalScroll(id="finding-pane", can_focus=False):
            yield self._pane
        yield from self.compose_footer()

    def on_mount(self) -> None:
        """Show what there is; keys that were typed before that was seen import nothing."""
        self._list.focus()
        self.reload()
        self.call_after_refresh(self.typed_ahead.refuse, _UNSEEN, _CONFIRMING)

    @property
    def scrolled(self) -> VerticalScroll:
        """The chosen line at length."""
        return self.query_one("#finding-pane", VerticalScroll)

    # -- showing ---------------------------------------------------------------------------------

    def load_data(self) -> None:
        """Show what is known; compare again where the store was written meanwhile."""
        self._show()
        if self._seen != self.session.version and not self._saving:
            self._seen = self.session.version
            self._look(self._wanted)

    def look_at_acts(self) -> None:
        """There is nothing to take back before it is imported."""
        self._can_undo = self._can_redo = False
        self.show_keys()

    def _take(self, outcome: Outcome) -> None:
        """Take what a comparison came to; what the screen asks of it at every key is asked once."""
        self._outcome = outcome
        self._lines: list[Line] = lines_of(outcome, self.words)
        self._is_at_odds = any(f.place for f in listed(outcome)[Verdict.CONFLICTING])

    def _show(self) -> None:
        self.show_banner("", self.words("import.head", file=plain(self._path.name)))
        self._head()
        lines, empty = self._lines, self.words("import.nothing")
        self._list.show(len(lines), given(lines), cursor=self._list.cursor, empty=empty)
        self.look_at_acts()

    def _head(self) -> None:
        head = self.query_one("#import-counts", PlainLabel)
        width = head.content_size.width
        lines = [part for line in self._told() for part in (wrap(line, width) if width else [line])]
        head.write(*map(Content, lines))

    def _told(self) -> Iterator[str]:
        """The counts, and what becomes of conflicts, of past dates and of unread cells."""
        words, outcome = self.words, self._outcome
        yield plain(counts(outcome, words))
        yield words(
            "import.brief",
            facilities=outcome.facilities + outcome.programmes,
            milestones=outcome.milestones,
            new=outcome.new,
        )
        if self._shown.hidden:
            yield words("import.hidden_too")
        if left := sum(line.sign == PASSED_OVER for line in self._lines):
            yield words("import.passed_over", count=left)
        if self._has_conflicts:
            side = self._shown.choices.take.value if self._shown.choices.take else "neither"
            yield words.of("import.sides", side, count=outcome.conflicting)
        if outcome.past:
            told = words.of("import.past", self._shown.choices.past.value, count=outcome.past)
            yield f"{told} ({words('import.past.key')})"
        if outcome.left_out:
            key = f"import.unread.{self._shown.choices.unread.value}"
            yield words.lookup(key, count=len(outcome.left_out))

    def on_row_list_chosen(self) -> None:
        """Show the chosen line at length."""
        line = self._list.row
        self._pane.show_parts(parts_of(line, self.words) if line else ())
        self.scrolled.scroll_home(animate=False)
        self.show_keys()

    def on_resize(self, event: events.Resize) -> None:
        """Fit to the new size."""
        del event
        self.call_after_refresh(self._head)

    # -- deciding --------------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """As for every screen; what is decided must be there, and other days are for later."""
        refused = {
            "open": "import.nothing_more",
            "past": "" if self._has_past else "import.no_past",
            "sides": "" if self._has_conflicts else "import.no_conflicts",
            "unread": "" if self._outcome.left_out else "import.all_read",
            "hidden": "" if self._may_hide else "import.nothing_hidden",
            "finish": self._why_not_yet,
        }
        if why := refused.get(action):
            return why
        return super().refusal(action)

    @property
    def _has_conflicts(self) -> bool:
        return self._is_at_odds or self._shown.choices.take is not None

    @property
    def _has_past(self) -> bool:
        return bool(self._outcome.past) or self._shown.choices.past is not Past.OPEN

    @property
    def _may_hide(self) -> bool:
        return self._shown.hidden or self._path.suffix.lower() in _HIDING

    @property
    def _why_not_yet(self) -> str:
        """Why what is shown is not imported; empty where it may be."""
        if self._wanted != self._shown:
            return "import.comparing"
        unread = self._outcome.left_out and self._shown.choices.unread is Unread.REFUSE
        return "import.unread_first" if unread else ""

    def action_sides(self) -> None:
        """Choose the next way with conflicts: neither side, the table's, or the store's."""
        if self.allowed("sides"):
            self._choose(replace(self._wanted.choices, take=_NEXT_TAKE[self._wanted.choices.take]))

    def action_past(self) -> None:
        """Choose the next way with past dates that have no outcome."""
        if self.allowed("past"):
            self._choose(replace(self._wanted.choices, past=_NEXT_PAST[self._wanted.choices.past]))

    def action_unread(self) -> None:
        """Choose the next way with cells that cannot be read."""
        if self.allowed("unread"):
            unread = _NEXT_UNREAD[self._wanted.choices.unread]
            self._choose(replace(self._wanted.choices, unread=unread))

    def action_hidden(self) -> None:
        """Read hidden rows, columns and sheets too, or leave them out again."""
        if self.allowed("hidden"):
            self._look(replace(self._wanted, hidden=not self._wanted.hidden))

    def _choose(self, choices: Choices) -> None:
        self._look(replace(self._wanted, choices=choices))

    def _look(self, wanted: Look) -> None:
        """Compare as was chosen; a key that is pressed meanwhile goes on from there."""
        self._wanted = wanted
        self._compare(wanted)

    @work(thread=True, group="write", exclusive=True)
    def _compare(self, wanted: Look) -> None:
        try:
            outcome = self.session.preview(self._path, wanted.choices, hidden=wanted.hidden)
        except TrackerError as error:
            self.post_message(self.Unreadable(error))
            return
        self.post_message(self.Compared(wanted, outcome))

    def on_import_screen_compared(self, message: Compared) -> None:
        """Show what would be done now; what was chosen before is not waited for any more."""
        if message.look == self._wanted:
            self._shown = message.look
            self._take(message.outcome)
            self._show()

    def on_import_screen_unreadable(self, message: Unreadable) -> None:
        """Say why; what is shown stays."""
        self._wanted = self._shown
        self.tell(self.words.error(message.error), wrong=True)

    # -- the end ---------------------------------------------------------------------------------

    def action_finish(self) -> None:
        """Import the file as was decided, as one act."""
        if self._saving or not self.allowed("finish"):
            return
        session, path, shown = self.session, self._path, self._shown
        self.save(lambda: session.import_file(path, shown.choices, hidden=shown.hidden))
