"""What is asked about an article: which one and of which day, and what a proposal means."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from db.model.errors import NotFoundError, RefusedError
from db.model.records import Kind
from tracker.acts.adding import kind_of
from tracker.acts.announcement_acts import Announcement, read_announcement, read_file, rejudged
from tracker.acts.typed_date import Reading, read_date
from tracker.announcements import Proposal, Status
from tracker.announcements.matching import Match
from tracker.announcements.model.errors import UnreadableArticleError
from tracker.announcements.text.documents import Document
from tracker.announcements.text.pdf import SECONDS
from tracker.app.paths import expanded
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.session.store_session import StoreSession
from tracker.words import LANGUAGES, Words

__all__ = ["article_form", "edit_form"]

_PATIENCE = 2  # seconds for a PDF whose name was just typed


def article_form(session: StoreSession, take: Callable[[Announcement], None]) -> Form:
    """Which file, and the day of the article; a printed day is shown, and never assumed."""
    words = session.words

    seen: dict[tuple[object, ...], Document] = {}

    def read(path: Path, seconds: int) -> Document:
        """Read a file once, as long as it stays as it is: this is asked at every key."""
        stamp = path.stat() if os.path.isfile(path) else None  # noqa: PTH113 - Path.is_file fails on long names
        key = (path, stamp and (stamp.st_ino, stamp.st_size, stamp.st_mtime_ns))
        if key not in seen:
            document = read_file(path, seconds=seconds)
            seen.clear()
            seen[key] = document
        return seen[key]

    def found(text: str) -> str:
        path = expanded(text)
        if not text or not os.path.isfile(path):  # noqa: PTH113 - the same
            return ""
        try:
            return _printed(read(path, _PATIENCE), words)
        except UnreadableArticleError as error:
            if error.code == "slow-pdf":  # Enter reads on
                return ""
            raise

    def build(answers: Answers) -> Announcement:
        path = expanded(answers.text("path"))
        if os.path.lexists(path) and not os.path.isfile(path):  # noqa: PTH113 - a pipe would keep the screen waiting
            raise RefusedError(f"{path} is no file", code="no-file", path=str(path), why="–")
        document = read(path, SECONDS)
        day = _day_of(answers.date("day"), document, session.today)
        return read_announcement(session.workspace_today, document, day, str(path))

    fields = [
        Field("path", words("ui.path"), read=found, needed=True),
        Field("day", words("article.day"), date=True, hint=words("article.day_hint")),
    ]
    return Form(session, words("key.read_article"), fields, build, take=take)


def _printed(document: Document, words: Words) -> str:
    """The day that is printed on an article, and its headline."""
    stamp, title = document.stamp, document.title or words("article.untitled")
    said = words("article.stamp", day=stamp.day) if stamp else words("article.no_stamp")
    return f"{said} · {title}"


def _day_of(reading: Reading, document: Document, today: date) -> date:
    period = reading.period
    if period is None:
        printed = document.stamp.day.isoformat() if document.stamp else "–"
        raise RefusedError(
            f"the day of the article is needed; printed on it: {printed}",
            code="needs-article-day",
            day=printed,
        )
    if period.earliest is None or period.earliest != period.latest:
        raise RefusedError("one day is needed", code="not-one-day", text=reading.text)
    if period.earliest > today:
        raise RefusedError("that day is still to come", code="day-to-come")
    return period.earliest


def edit_form(
    session: StoreSession, match: Match, known: str, day: date, take: Callable[[Match], None]
) -> Form:
    """What a proposal means, to be put right; `known` is the name of the facility it means.

    Dates are read from the day of the article.
    """
    words, proposal = session.words, match.proposal
    name = known or proposal.facility

    def slug_of(text: str) -> str | None:
        """The known facility that is meant; None for a new one."""
        if match.facility and text == name:
            return match.facility
        try:
            return (
                session.ask(lambda r: r.resolve(text, suggesting=False))
                if session.has_store
                else None
            )
        except NotFoundError:
            return None

    def meant(text: str) -> str:
        slug = slug_of(text) if text else None
        return slug or (words("verdict.new_facility") if text else "")

    def reading(text: str) -> Reading:
        if text == proposal.phrase:  # as the article says it, with the year of its sentence
            return Reading(proposal.period, undated=proposal.period is None, text=text)
        return read_date(text, day)

    def build(answers: Answers) -> Match:
        text, when = answers.text("facility"), reading(answers.text("when"))
        kind, status = kind_of(answers.text("kind")), status_of(answers.text("status"))
        _refuse_undated(status, when, words)
        right = _put_right(proposal, text, kind, status, when)
        return rejudged(session.workspace_today, right, slug_of(text), day)

    def kind_meant(text: str) -> str:
        return words.kind(kind_of(text)) if text else ""

    def status_meant(text: str) -> str:
        return words.of("read", status_of(text).value) if text else ""

    kind, status = words.kind(proposal.kind), words.of("read", proposal.status.value)
    fields = [
        Field("facility", words("col.facility"), name, read=meant, needed=True),
        Field("kind", words("field.kind"), kind, hint=words("ui.kind_hint"), read=kind_meant),
        Field(
            "status",
            words("article.status"),
            status,
            hint=words("article.status_hint"),
            read=status_meant,
        ),
        Field(
            "when",
            words("article.when"),
            proposal.phrase,
            hint=words("ui.date_hint"),
            read=lambda text: reading(text).shown(words, day),
            needed=True,
        ),
    ]
    return Form(session, words("article.edit_title"), fields, build, take=take, today=day)


def _refuse_undated(status: Status, when: Reading, words: Words) -> None:
    """Refuse what needs a date and has none, by the name that it has in the form.

    Raises:
        RefusedError: It is no plan.
    """
    if when.period is None and status is not Status.PLANNED:
        called = words.of("read", status.value)
        raise RefusedError("a date is needed", code="needs-period", kind=called)


def _put_right(
    proposal: Proposal, facility: str, kind: Kind, status: Status, when: Reading
) -> Proposal:
    """A proposal as a person says it is meant."""
    same = facility == proposal.facility
    return replace(
        proposal,
        facility=facility,
        also_called=proposal.also_called if same else (),
        kind=kind,
        status=status,
        phrase=when.text or proposal.phrase,
        period=when.period,
        confidence=1.0,
    )


def status_of(text: str) -> Status:
    """Planned, done, an old plan or doubted, by its word in either language.

    Raises:
        RefusedError: It is none of them.
    """
    asked = "".join(text.split()).casefold()
    for status in Status:
        called = {words.of("read", status.value) for words in map(Words, LANGUAGES)}
        if asked in {"".join(c.split()).casefold() for c in (*called, status.value)}:
            return status
    raise RefusedError(f"“{text}” is neither planned nor done", code="no-status", text=text)
