"""A screen with a chosen milestone: acts on it, or on all that are marked, as one act."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message

from db.fold.transition_rules import why_senseless
from db.model.records import Batch, Milestone, Standing, UpdateKind
from tracker.domain.board import Row
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.session.background_query import BackgroundQuery
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.choice import Choice
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from db.read.reader import Reader
    from tracker.tui.forms.act_forms import ActForms
    from tracker.tui.forms.form import Form

__all__ = ["MOST_MARKS", "STATE_ACTIONS", "MilestoneScreen"]

T = TypeVar("T")
MOST_MARKS = 2000

_GRADES = ("green", "amber", "red")
STATE_ACTIONS = (
    ("hold", "key.hold"),
    ("resume", "key.resume"),
    ("cancel", "key.cancel"),
    ("reopen", "key.reopen"),
    ("rebaseline", "key.rebaseline"),
    *((f"confidence('{grade}')", f"key.confidence.{grade}") for grade in _GRADES),
)
_ON_MILESTONE = frozenset(
    {
        *("complete", "plan", "note", "confirm", "state", "confidence"),
        *(action for action, _ in STATE_ACTIONS),
    }
)
_SAYING = {
    "plan": UpdateKind.PLAN,
    "confirm": UpdateKind.CONFIRM,
    "hold": UpdateKind.HOLD,
    "resume": UpdateKind.RESUME,
    "cancel": UpdateKind.CANCEL,
    "reopen": UpdateKind.REOPEN,
}
_SAID = {
    "is-completed": "ui.is_completed",
    "is-cancelled": "ui.is_cancelled",
    "is-on-hold": "ui.is_on_hold",
    "not-on-hold": "ui.not_on_hold",
    "not-over": "ui.not_over",
}


class MilestoneScreen(BaseScreen):
    """A frame with a list of milestones, or of what leads to one. It keeps what is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,space,f2", "complete", "key.complete", id="sheet.complete"),
        Binding("p,f3", "plan", "key.plan", id="sheet.plan"),
        Binding("n,f4", "note", "key.note", id="sheet.note"),
        Binding("v,f5", "confirm", "key.confirm", id="sheet.confirm"),
        Binding("s,f6", "state", "key.state", id="sheet.state"),
        Binding("m", "mark", "key.mark", id="sheet.mark"),
        Binding("ctrl+a", "mark_all", "key.mark_all", id="sheet.mark_all"),
    ]
    WRITES = BaseScreen.WRITES | _ON_MILESTONE | {"mark", "mark_all"}

    @dataclass
    class Record(Message):
        """An act that needs no form is to be recorded."""

        batch: Batch
        as_reported: bool = False

    def __init__(self, session: StoreSession) -> None:
        """Show what `session` reads."""
        super().__init__(session)
        self.marks: dict[Hashable, None] = {}
        self._query: BackgroundQuery[Any] | None = None
        self._untold: Callable[[], None] | None = None  # an answer

    # -- what a screen adds ----------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The chosen milestone."""
        raise NotImplementedError

    @property
    def listing(self) -> RowList[Any] | None:
        """The list in which rows can be marked; None where there is none."""
        return None

    def markable(self) -> Sequence[Hashable]:
        """The keys of all rows that are listed, at most one more than may be marked."""
        return ()

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """The milestones that marked rows stand for, as they are now."""
        del keys
        return []

    def finished(self, batch: Batch) -> Batch:
        """An act as it is to be recorded: what is said on every such screen, and what this adds."""
        return batch

    # -- what takes longer -----------------------------------------------------------------------

    def run_query(self, question: "Callable[[Reader], T]", take: Callable[[T], None]) -> None:
        """Ask in a thread, once the screen is drawn; of several questions the last is answered.

        An answer that comes while another screen is looked at waits until this one is again.
        """
        self.cancel_query()
        aside = self._query = BackgroundQuery(self.session.workspace, question)

        def tell(answer: T | None) -> None:
            if self._query is not aside:
                return
            if self.app.screen is not self:
                self._untold = lambda: tell(answer)
                return
            self._query = None
            if answer is not None:
                take(answer)

        def ask() -> None:
            answer = aside.run()
            if not aside.given_up:
                self.app.call_from_thread(tell, answer)

        self.call_after_refresh(
            self.run_worker, ask, thread=True, group="aside", exit_on_error=False
        )

    def cancel_query(self) -> None:
        """Wait for no answer any more."""
        if self._query is not None:
            self._query.cancel()
            self._query = None

    @property
    def is_querying(self) -> bool:
        """Whether something is being asked, so that what is shown is not all."""
        return self._query is not None

    def on_screen_resume(self) -> None:
        """Take what was answered meanwhile, once what has changed is reread."""
        if self._untold is not None:
            untold, self._untold = self._untold, None
            self.call_later(untold)

    def on_unmount(self) -> None:
        """Let no thread outlive the screen."""
        self.cancel_query()

    # -- marks -----------------------------------------------------------------------------------

    def targets(self) -> list[Milestone]:
        """The milestones that an act is about: those marked, else the chosen one."""
        if self.marks:
            return self.milestones_of(list(self.marks))
        return [self.row.milestone] if self.row else []

    def set_marks(self, keys: Sequence[Hashable]) -> None:
        """Mark these rows, and no others."""
        self.marks = dict.fromkeys(keys)
        if self.listing is not None:
            self.listing.mark(self.marks)
        self.tell(self.words("ui.marked", count=len(keys)) if keys else "")
        self.show_keys()

    def action_mark(self) -> None:
        """Mark the chosen row, or no longer, and go on to the next."""
        if not self.allowed("mark") or self.listing is None or self.listing.row is None:
            return
        key = self.listing.key(self.listing.row)
        kept = [k for k in self.marks if k != key]
        self.set_marks(kept if key in self.marks else [*kept, key])
        self.listing.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all that is listed; if it is marked already, nothing."""
        if self.allowed("mark_all"):
            self.attempt(self._mark_all)

    def _mark_all(self) -> None:
        keys = self.markable()
        if len(keys) > MOST_MARKS:
            self.tell(self.words("ui.too_many_marks", limit=MOST_MARKS), wrong=True)
        else:
            self.set_marks([] if set(keys) <= self.marks.keys() else keys)

    def forget_marks(self) -> None:
        """Mark nothing any more."""
        if self.marks:
            self.set_marks([])

    def after_write(self) -> None:
        """An act on what is marked is done with it."""
        self.forget_marks()

    def next_reset(self) -> Callable[[], None] | None:
        """Marks go first."""
        return self.forget_marks if self.marks else super().next_reset()

    # -- what can be done ------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """The key of the sentence why an action cannot be done now; None if it can."""
        why = super().refusal(action)
        if why is not None:
            return why
        name = action.partition("(")[0]
        if name == "mark_all" and self.is_querying:
            return "ui.reading"
        if name in {"mark", "mark_all"}:
            return "ui.no_marks" if self.listing is None else None
        if name == "open":
            return None if self.row else "ui.no_row"
        if name in _ON_MILESTONE:
            return self._unfit(action)
        return None

    def _unfit(self, action: str) -> str | None:
        if self.marks:  # looked at when the act is done, not at every key
            return None
        return _refused(action, self.row.milestone) if self.row else "ui.no_row"

    def _fitting(self, action: str) -> list[Milestone]:
        """The milestones that an action is about and fits; says why if there is none."""
        if not self.allowed(action):
            return []
        targets = self.targets()
        fitting = [m for m in targets if _refused(action, m) is None]
        if targets and not fitting:
            self.tell(self.words("ui.none_fits"), wrong=True)
        return fitting

    def _ask(self, action: str, form: "Callable[[ActForms], Form]") -> None:
        from tracker.tui.forms.act_forms import ActForms

        def asking() -> None:
            fitting = self._fitting(action)
            if fitting:
                self.tell("")
                asks = ActForms(self.session, fitting, len(self.marks), self.finished)
                self.app.push_screen(form(asks))

        self.attempt(asking)

    def _say(self, action: str, kind: UpdateKind) -> None:
        from tracker.acts import statements

        def say() -> None:
            fitting = self._fitting(action)
            if fitting:
                batches = [statements.say(m, kind, self.session.today) for m in fitting]
                self.post_message(self.Record(self.finished(statements.joined(batches))))

        self.attempt(say)

    def action_complete(self) -> None:
        """Ask when it was reached."""
        self._ask("complete", lambda asking: asking.complete())

    def action_plan(self) -> None:
        """Ask for the new date."""
        self._ask("plan", lambda asking: asking.plan())

    def action_note(self) -> None:
        """Ask for a note."""
        self._ask("note", lambda asking: asking.note())

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
        self._ask("rebaseline", lambda asking: asking.rebaseline())

    def action_confidence(self, grade: str) -> None:
        """Ask why the facility is judged so."""
        self._ask("confidence", lambda asking: asking.confidence(grade))

    def action_state(self) -> None:
        """Offer the changes of state that fit the chosen milestone."""
        self.attempt(self._offer_states)

    def _offer_states(self) -> None:
        from tracker.tui.forms.act_forms import ActForms
        from tracker.tui.forms.chooser import Chooser

        targets = self._fitting("state")
        if not targets:
            return
        choices = [
            Choice(action, self.words.lookup(label))
            for action, label in STATE_ACTIONS
            if any(_refused(action, m) is None for m in targets)
        ]
        title = ActForms(self.session, targets, len(self.marks)).title
        self.app.push_screen(Chooser(title, choices, self.words), self._run)

    def _run(self, action: str | None) -> None:
        if action is not None:
            self.run(action)


def _refused(action: str, m: Milestone) -> str | None:
    """Why an action does not fit the milestone as it stands."""
    if action == "complete":  # once; another day is said in the shell, or after reopening
        return "ui.is_completed" if m.standing is Standing.COMPLETED else None
    why = why_senseless(_SAYING[action], m.standing) if action in _SAYING else None
    return why and _SAID[why[0]]
