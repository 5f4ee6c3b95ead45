"""A screen with a chosen milestone: acts on it, or on all that are marked, as one act; edits it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partialmethod
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message

from db.fold.transition_rules import refusal_of
from db.model.kinds import UpdateKind, commands
from db.model.records import Batch, Facility, Milestone, Type
from db.model.states import Standing
from tracker.domain.board import Row
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.session.background_query import BackgroundQuery
from tracker.tui.session.store_session import StoreSession
from tracker.tui.widgets.choice import Choice
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from db.read.reader import Reader

__all__ = ["EDIT_BINDINGS", "MOST_MARKS", "STATE_ACTIONS", "MilestoneScreen"]

T = TypeVar("T")
MOST_MARKS = 2000

_GRADES = ("green", "amber", "red")
_SAYING = {
    f"say('{kind.value}')" if kind.is_bare else command: kind
    for command, kind in commands().items()
    if kind.is_bare or kind.spec.keys
}
"""The kind that an action records."""
STATE_ACTIONS = (
    *((a, f"key.{k.spec.command}") for a, k in _SAYING.items() if not k.spec.keys),
    ("rebaseline", "key.rebaseline"),
    *((f"confidence('{grade}')", f"key.confidence.{grade}") for grade in _GRADES),
)
_ON_MILESTONE = frozenset({"say", "complete", "plan", "note", "state", "rebaseline", "confidence"})
EDIT_BINDINGS = (
    Binding("a,insert", "add", "key.add", id="sheet.add"),
    Binding("e,f10", "edit", "key.edit", id="sheet.edit"),
)
"""The keys of a screen from which facilities and milestones are added and edited."""


class MilestoneScreen(BaseScreen):
    """A screen with a list of milestones, or of what leads to one; it keeps the marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(k.spec.keys, action, f"key.{k.spec.command}", id=f"sheet.{k.spec.command}")
            for action, k in _SAYING.items()
            if k.spec.keys
        ),
        Binding("s,f6", "state", "key.state", id="sheet.state"),
        Binding("m", "mark", "key.mark", id="sheet.mark"),
        Binding("ctrl+a", "mark_all", "key.mark_all", id="sheet.mark_all"),
    ]
    WRITES = BaseScreen.WRITES | _ON_MILESTONE | {"mark", "mark_all", "add", "edit"}

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
        self._late_answer: Callable[[], None] | None = None

    # -- what a screen adds ----------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The chosen milestone."""
        raise NotImplementedError

    @property
    def listing(self) -> RowList[Any] | None:
        """The list in which rows can be marked, or None."""
        return None

    def markable(self) -> Sequence[Hashable]:
        """Return the keys of all listed rows, at most one more than may be marked."""
        return ()

    def milestones_of(self, keys: Sequence[Hashable]) -> list[Milestone]:
        """Return the milestones of marked rows, as they are now."""
        del keys
        return []

    def finished(self, batch: Batch) -> Batch:
        """Return an act with what this screen adds to it."""
        return batch

    # -- what takes longer -----------------------------------------------------------------------

    def run_query(self, question: "Callable[[Reader], T]", take: Callable[[T], None]) -> None:
        """Run a query in a thread once the screen is drawn; a newer query replaces an older one.

        An answer that comes while another screen is looked at waits until this one is again.
        """
        self.cancel_query()
        query = self._query = BackgroundQuery(self.session.workspace, question)

        def tell(answer: T | None) -> None:
            if self._query is not query:
                return
            if self.app.screen is not self:
                self._late_answer = lambda: tell(answer)
                return
            self._query = None
            if answer is not None:
                take(answer)

        def ask() -> None:
            answer = query.run()
            if not query.given_up:
                self.app.call_from_thread(tell, answer)

        self.call_after_refresh(
            self.run_worker, ask, thread=True, group="query", exit_on_error=False
        )

    def cancel_query(self) -> None:
        """Cancel the query."""
        if self._query is not None:
            self._query.cancel()
            self._query = None

    @property
    def is_querying(self) -> bool:
        """Whether a query is running, so that not everything is shown."""
        return self._query is not None

    def on_screen_resume(self) -> None:
        """Take an answer that came meanwhile, once what has changed is read again."""
        if self._late_answer is not None:
            answer, self._late_answer = self._late_answer, None
            self.call_later(answer)

    def on_unmount(self) -> None:
        """Let no thread outlive the screen."""
        self.cancel_query()

    # -- marks -----------------------------------------------------------------------------------

    def targets(self) -> list[Milestone]:
        """Return the milestones that an act is about: the marked ones, else the chosen one."""
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
        """Mark or unmark the chosen row and go on to the next."""
        if not self.allowed("mark") or self.listing is None or self.listing.row is None:
            return
        key = self.listing.key(self.listing.row)
        kept = [k for k in self.marks if k != key]
        self.set_marks(kept if key in self.marks else [*kept, key])
        self.listing.action_move(1)

    def action_mark_all(self) -> None:
        """Mark everything that is listed, or nothing if it is marked already."""
        if self.allowed("mark_all"):
            self.attempt(self._mark_all)

    def _mark_all(self) -> None:
        keys = self.markable()
        if len(keys) > MOST_MARKS:
            self.tell(self.words("ui.too_many_marks", limit=MOST_MARKS), wrong=True)
        else:
            self.set_marks([] if set(keys) <= self.marks.keys() else keys)

    def forget_marks(self) -> None:
        """Remove all marks."""
        if self.marks:
            self.set_marks([])

    def after_write(self) -> None:
        """Remove the marks: an act has used them."""
        self.forget_marks()

    def next_reset(self) -> Callable[[], None] | None:
        """Reset the marks first."""
        return self.forget_marks if self.marks else super().next_reset()

    # -- what can be done ------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """Return the key of the reason why an action is refused now; None if it is not."""
        why = super().refusal(action)
        if why is not None:
            return why
        name = action.partition("(")[0]
        if name == "mark_all" and self.is_querying:
            return "ui.reading"
        if name in {"mark", "mark_all"}:
            return "ui.no_marks" if self.listing is None else None
        if name in {"open", "edit"}:
            chosen = self.row or (name == "edit" and self.session.chosen)
            return None if chosen else "ui.no_row"
        if name in _ON_MILESTONE:
            return self._unfit(action)
        return None

    def _unfit(self, action: str) -> str | None:
        if self.marks:  # looked at when the act is done, not at every key
            return None
        return _refused(action, self.row.milestone) if self.row else "ui.no_row"

    def _fitting(self, action: str) -> list[Milestone]:
        """Return the targets that an action fits; say why if there is none."""
        if not self.allowed(action):
            return []
        targets = self.targets()
        fitting = [m for m in targets if _refused(action, m) is None]
        if targets and not fitting:
            self.tell(self.words("ui.none_fits"), wrong=True)
        return fitting

    def _ask(self, form: str, *details: str, action: str = "") -> None:
        """Ask what an act needs in a form of `ActForms`; `action` where it is called otherwise."""
        from tracker.tui.forms.act_forms import ActForms

        def ask() -> None:
            fitting = self._fitting(action or form)
            if fitting:
                self.tell("")
                forms = ActForms(self.session, fitting, len(self.marks), self.finished)
                self.app.push_screen(getattr(forms, form)(*details))

        self.attempt(ask)

    def action_say(self, name: str) -> None:
        """Record a kind that gives no date, or ask for the reason that it needs."""
        kind, action = UpdateKind(name), f"say('{name}')"
        if kind.spec.needs_reason:
            self._ask("with_reason", kind, action=action)
        else:
            self.attempt(lambda: self._record_each(action, kind))

    def _record_each(self, action: str, kind: UpdateKind) -> None:
        from tracker.acts import statements

        batches = [statements.say(m, kind, self.session.today) for m in self._fitting(action)]
        if batches:
            self.post_message(self.Record(self.finished(statements.joined(batches))))

    action_complete = partialmethod(_ask, "complete")
    action_plan = partialmethod(_ask, "plan")
    action_note = partialmethod(_ask, "note")
    action_rebaseline = partialmethod(_ask, "rebaseline")
    action_confidence = partialmethod(_ask, "confidence")

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

    # -- adding and editing ----------------------------------------------------------------------

    def _subject(self) -> tuple[Facility, Milestone | None] | None:
        """Return the chosen facility, and its milestone where one is chosen."""
        if self.session.chosen is None:
            return None
        slug, _ = self.session.chosen
        page = self.session.facility(slug)
        row = self.row
        here = row.milestone if row and row.milestone.facility == slug else None
        return (page.summary.facility, here) if page else None

    def action_add(self) -> None:
        """Ask what to add."""
        if self.allowed("add"):
            self.attempt(self._offer_additions)

    def _offer_additions(self) -> None:
        from tracker.tui.forms.add_forms import Adding
        from tracker.tui.forms.chooser import Chooser

        words, subject = self.words, self._subject()
        choices = [Choice(t.value, words.of("ui.add", t.value)) for t in Type]
        if subject is not None:
            name = subject[0].name
            choices.insert(0, Choice("milestone", words("ui.add.milestone", name=name)))

        def chosen(answer: str | None) -> None:
            if answer == "milestone" and subject is not None:
                self.app.push_screen(Adding(self.session).milestone(subject[0]))
            elif answer is not None:
                self.app.push_screen(Adding(self.session).facility(Type(answer)))

        self.app.push_screen(Chooser(words("ui.add_which"), choices, words), chosen)

    def action_edit(self) -> None:
        """Show what is known of the chosen facility, to be changed."""
        if self.allowed("edit"):
            self.attempt(self._edit)

    def _edit(self) -> None:
        from tracker.tui.forms.add_forms import Adding

        subject = self._subject()
        if subject is not None:
            self.app.push_screen(Adding(self.session).edit(*subject))


def _refused(action: str, m: Milestone) -> str | None:
    """Return the key of the reason why an action does not fit a milestone, or None."""
    if action == "complete":  # once; another day is said in the shell, or after reopening
        return "ui.is_completed" if m.standing is Standing.COMPLETED else None
    why = refusal_of(_SAYING[action], m.standing) if action in _SAYING else None
    return f"ui.{why.code.replace('-', '_')}" if why else None
