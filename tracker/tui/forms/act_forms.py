"""The form of each act: its fields, and the batch made of the answers."""

from collections.abc import Callable, Sequence
from datetime import date

from db.model.records import Batch, Milestone, UpdateKind
from tracker.acts import statements
from tracker.acts.as_planned import as_planned, is_as_planned, told
from tracker.acts.typed_date import read_date
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Build, Form
from tracker.tui.session.store_session import StoreSession
from tracker.words import Words

__all__ = ["ActForms"]


class ActForms:
    """Makes the form of an act on one milestone, or on several at once."""

    def __init__(
        self,
        session: StoreSession,
        milestones: Sequence[Milestone],
        marked: int = 0,
        finish: Callable[[Batch], Batch] = lambda batch: batch,
    ) -> None:
        """Ask about `milestones`, on the session's day.

        Args:
            session: Whose day and language it is.
            milestones: What the act is about.
            marked: How many were marked.
            finish: Adds to an act what the screen knows that asks.
        """
        self._session = session
        self._milestones = milestones
        self._marked = marked
        self._finish = finish

    @property
    def title(self) -> str:
        """The milestones that the act is about."""
        count = len(self._milestones)
        if self._marked > count:
            return self._words("ui.marked_of", count=count, all=self._marked)
        if self._marked:
            return self._words("ui.marked", count=count)
        m = self._milestones[0]
        return f"{m.facility_name} · {self._words.milestone(m.kind, m.title)}"

    def _each(self, say: Callable[[Milestone], Batch]) -> Batch:
        return statements.joined(map(say, self._milestones))

    @property
    def _words(self) -> Words:
        return self._session.words

    @property
    def _today(self) -> date:
        return self._session.today

    def complete(self) -> Form:
        """Return the form of completion: a day, today by default, or "as planned" for each."""
        several = len(self._milestones) > 1

        def meaning(text: str) -> str:
            if is_as_planned(text):
                return told(self._milestones, self._today, self._words)
            read = read_date(text, self._today)
            shown = read.shown(self._words, self._today)
            return f"{shown} · {self._words('ui.or_as_planned')}" if several and shown else shown

        def build(answers: Answers) -> Batch:
            text = answers.text("when")
            if is_as_planned(text):
                return Batch(as_planned(self._milestones, self._today, text, self._words))
            when = answers.date("when")
            return self._each(lambda m: statements.complete(m, when, self._today))

        when = Field(
            "when",
            self._words("ui.when"),
            self._today.isoformat(),
            date=True,
            hint=self._words("ui.complete_hint"),
            read=meaning,
        )
        return self._form("key.complete", [when], build)

    def plan(self) -> Form:
        """Return the form of a new forecast: period, reason, action and source."""

        def build(answers: Answers) -> Batch:
            return self._each(
                lambda m: statements.plan(
                    m,
                    answers.date("when"),
                    self._today,
                    reason=answers.text("reason"),
                    action=answers.text("action"),
                    source=answers.text("source"),
                )
            )

        fields = [
            Field("when", self._words("ui.new_period"), date=True),
            Field("reason", self._words("field.reason"), text=True),
            Field("action", self._words("field.action"), text=True),
            Field("source", self._words("col.source"), hint=self._words("ui.source_hint")),
        ]
        return self._form("key.plan", fields, build)

    def rebaseline(self) -> Form:
        """Return the form of a new baseline: period and reason."""

        def build(answers: Answers) -> Batch:
            when, reason = answers.date("when"), answers.text("reason")
            return self._each(lambda m: statements.rebaseline(m, when, self._today, reason))

        fields = [
            Field("when", self._words("ui.new_baseline"), date=True),
            Field("reason", self._words("field.reason"), text=True),
        ]
        return self._form("key.rebaseline", fields, build)

    def note(self) -> Form:
        """Return the form of a note."""

        def build(answers: Answers) -> Batch:
            text = answers.text("text")
            return self._each(lambda m: statements.say(m, UpdateKind.NOTE, self._today, value=text))

        return self._form("key.note", [Field("text", self._words("ui.text"), text=True)], build)

    def with_reason(self, kind: UpdateKind) -> Form:
        """Ask for the reason of a kind that says nothing else."""

        def build(answers: Answers) -> Batch:
            reason = answers.text("reason")
            return self._each(lambda m: statements.say(m, kind, self._today, reason=reason))

        fields = [Field("reason", self._words("field.reason"), text=True)]
        return self._form(f"key.{kind.value}", fields, build)

    def confidence(self, grade: str) -> Form:
        """Return the form of a confidence grade: a comment."""

        def build(answers: Answers) -> Batch:
            facilities = dict.fromkeys(m.facility for m in self._milestones)
            comment = answers.text("comment")
            return statements.joined(
                statements.confidence(f, grade, comment, self._today) for f in facilities
            )

        fields = [Field("comment", self._words("field.confidence_note"), text=True)]
        return self._form(f"key.confidence.{grade}", fields, build)

    def _form(self, act: str, fields: Sequence[Field], build: Build) -> Form:
        return Form(
            self._session,
            f"{self.title} — {self._words.lookup(act)}",
            fields,
            lambda answers: self._finish(build(answers)),
        )
