"""What a person does in a weekly check: jobs that write and say in a line what they did."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from db.model.records import Source
from db.model.text import author_of
from tracker.acts.review_acts import Reviewing, teller
from tracker.acts.review_summary import called, summary, told_by
from tracker.app.paths import expanded
from tracker.domain.review import Check, Decision, Item, week_of
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.review.save_report import save_weekly
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.store_writer import Done

__all__ = ["CheckJobs", "Job"]

Job = Callable[[], Done | str]
"""Writes, in a thread, and says in a line what it did."""


class CheckJobs:
    """The jobs and the forms of a check at one session."""

    def __init__(self, session: StoreSession) -> None:
        """Write to the store of `session`."""
        self._session = session
        self._words = session.words

    @property
    def by(self) -> str | None:
        """Who decides and skips, by the name that is kept."""
        return author_of(self._session.workspace.config.author)

    @property
    def _writing(self) -> Reviewing:
        return Reviewing(replace(self._session.workspace, today=self._session.today), self.by)

    def begin(self, source: Source | None, key: str, count: int) -> Job:
        """Begin the check or go on with it, which the sentence `key` says."""
        writing = self._writing

        def begin() -> str:
            writing.begin(source)
            return self._words.lookup(key, count=count)

        return begin

    def skip(self, check: Check, item: Item) -> Job:
        """Leave an item without a decision."""
        writing, told = self._writing, self._named("review.skipped", item)

        def skip() -> Done:
            writing.skip(check.answering(item))
            return Done(told, item=item.position)

        return skip

    def take_back(self, check: Check, item: Item, decision: Decision | None) -> Job:
        """Take a decision back, or without one a skip."""
        writing, told = self._writing, self._named("review.unskipped", item)

        def take_back() -> Done | str:
            if decision is not None:
                return self._session.undo(decision.act)
            writing.skip(check.answering(item), back=True)
            return told

        return take_back

    def tell(self, check: Check, source: Source | None) -> Job:
        """Say who answers from now on."""
        writing = self._writing

        def tell() -> str:
            writing.tell(check.review, source)
            return self._words("review.told", who=told_by(source) or "–")

        return tell

    def close(self, check: Check) -> Job:
        """End the check."""
        writing, came_to = self._writing, summary(check, self._words)
        left = len(check.open_items)

        def close() -> str:
            writing.close(check.review)
            if left:
                return self._words("review.ended_left", open=left, how="o")
            return self._words("review.ended", summary=came_to)

        return close

    def save_report(self, path: Path) -> Job:
        """Save the weekly report."""
        day = self._session.day

        def save() -> str:
            save_weekly(self._session.workspace, day, path)
            return self._words("review.reported", path=path)

        return save

    def _named(self, key: str, item: Item) -> str:
        facility, step = called(item, self._words)
        return self._words.lookup(key, facility=facility, milestone=step)

    # -- forms -----------------------------------------------------------------------------------

    def who_form(self, source: Source | None, take: Callable[[Source | None], None]) -> Form:
        """Who answers and where; `source` is what was said last."""
        words = self._words
        who = (source.publisher if source else None) or ""
        where = (source.title or source.url if source else None) or ""
        fields = [
            Field("who", words("review.who"), who, hint=words("review.who_hint")),
            Field("where", words("review.where"), where, hint=words("review.where_hint")),
        ]

        def build(answers: Answers) -> Source | None:
            return teller(answers.text("who"), answers.text("where"))

        return Form(self._session, words("review.who_title"), fields, build, take=take)

    def report_form(self, take: Callable[[Path], None]) -> Form:
        """Into which file."""
        name = f"weekly-{week_of(self._session.day)}.html"
        field = Field("path", self._words("review.file"), name, needed=True)

        def build(answers: Answers) -> Path:
            return expanded(answers.text("path"))

        return Form(self._session, self._words("key.report"), [field], build, take=take)
