"""The forms of the acts: what each asks, and what it makes of the answers."""

from collections.abc import Sequence
from datetime import date

from db.records import Batch, Milestone, UpdateKind
from tracker.tui import statements
from tracker.tui.desk import Desk
from tracker.tui.field import Field
from tracker.tui.form import Answers, Build, Form
from tracker.words import Words

__all__ = ["Asking"]


class Asking:
    """Makes the form of an act on one milestone."""

    def __init__(self, desk: Desk, milestone: Milestone) -> None:
        """Ask about `milestone`, on the desk's day."""
        self._desk = desk
        self._m = milestone

    @property
    def _words(self) -> Words:
        return self._desk.words

    @property
    def _today(self) -> date:
        return self._desk.today

    def complete(self) -> Form:
        """On which day; today unless something else is typed."""

        def build(answers: Answers) -> Batch:
            return statements.complete(self._m, answers.date("when"), self._today)

        when = Field("when", self._words("ui.when"), self._today.isoformat(), date=True)
        return self._form("key.complete", [when], build)

    def plan(self) -> Form:
        """The new period, why, what is done about it, and where it stands."""

        def build(answers: Answers) -> Batch:
            return statements.plan(
                self._m,
                answers.date("when"),
                self._today,
                reason=answers.text("reason"),
                action=answers.text("action"),
                source=answers.text("source"),
            )

        fields = [
            Field("when", self._words("ui.new_period"), date=True),
            Field("reason", self._words("field.reason")),
            Field("action", self._words("field.action")),
            Field("source", self._words("col.source"), hint=self._words("ui.source_hint")),
        ]
        return self._form("key.plan", fields, build)

    def rebaseline(self) -> Form:
        """The period that was approved, and why."""

        def build(answers: Answers) -> Batch:
            when, reason = answers.date("when"), answers.text("reason")
            return statements.rebaseline(self._m, when, self._today, reason)

        fields = [
            Field("when", self._words("ui.new_baseline"), date=True),
            Field("reason", self._words("field.reason")),
        ]
        return self._form("key.rebaseline", fields, build)

    def note(self) -> Form:
        """A text."""

        def build(answers: Answers) -> Batch:
            text = answers.text("text")
            return statements.say(self._m, UpdateKind.NOTE, self._today, value=text)

        return self._form("key.note", [Field("text", self._words("ui.text"))], build)

    def with_reason(self, kind: UpdateKind) -> Form:
        """Why it is put on hold or cancelled."""

        def build(answers: Answers) -> Batch:
            return statements.say(self._m, kind, self._today, reason=answers.text("reason"))

        fields = [Field("reason", self._words("field.reason"))]
        return self._form(f"key.{kind.value}", fields, build)

    def confidence(self, grade: str) -> Form:
        """Why the person judges so."""

        def build(answers: Answers) -> Batch:
            return statements.confidence(
                self._m.facility, grade, answers.text("comment"), self._today
            )

        fields = [Field("comment", self._words("field.confidence_note"))]
        return self._form(f"key.confidence.{grade}", fields, build)

    def _form(self, act: str, fields: Sequence[Field], build: Build) -> Form:
        step = self._words.milestone(self._m.kind, self._m.title)
        title = f"{self._m.facility_name} · {step} — {self._words(act)}"
        return Form(
            title,
            fields,
            build,
            words=self._words,
            today=self._today,
            read=self._desk.read_period,
        )
