"""The form that corrects a mistyped statement; it opens with what the statement says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from db.model.errors import RefusedError, TrackerError
from db.model.kinds import DATED
from db.model.period import Period
from db.model.records import Basis, Batch, Source, Update, UpdateKind
from db.model.text import clean
from tracker.acts.correcting import attributes_of, correction, dated, percentages
from tracker.acts.statements import source_from
from tracker.acts.typed_date import Reading, read_date
from tracker.phrases import read
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.session.store_session import StoreSession
from tracker.words import Words

__all__ = ["correct_form"]

_PERCENTAGES = ("planned", "actual")
_OF_SOURCE = ("publisher", "title", "published", "url")
_BETWEEN = " · "


def correct_form(session: StoreSession, update: Update, title: str) -> Form:
    """Return a form filled in with a statement; what is changed there is corrected."""
    fields = _fields(session, update)
    before = {field.name: field.value.strip() for field in fields}

    def build(answers: Answers) -> Batch:
        texts = {name: answers.text(name) for name in before}
        changed = {name: text for name, text in texts.items() if text != before[name]}
        if not changed:
            raise RefusedError(session.words("ui.nothing_changed"))
        changes = _changes(session, update, changed)
        return session.ask(lambda r: correction(r, update.id, changes, session.today))

    return Form(
        session,
        f"{title} — {session.words('key.correct')}",
        fields,
        build,
        today=update.reported_on,  # a date is read as on the day on which it was said
    )


def _fields(session: StoreSession, update: Update) -> list[Field]:
    words, kind = session.words, update.kind
    fields: list[Field] = []
    if kind in DATED:
        fields.append(Field("when", words("field.period"), _when(session, update), date=True))
    elif kind is UpdateKind.NOTE:
        fields.append(Field("text", words("ui.text"), update.value, text=True))
    elif kind is UpdateKind.PROGRESS:
        fields += [_percentage(update, name, words) for name in _PERCENTAGES]
    elif kind is UpdateKind.SET:
        fields += [
            Field(f"set.{name}", _called(name, words), _typed(value))
            for name, value in update.value.items()
        ]
    fields += [
        Field("reason", words("field.reason"), update.reason or "", text=True),
        Field("action", words("field.action"), update.action or "", text=True),
        Field("source", words("col.source"), _source(update.source)),
        Field("reported", words("ui.reported"), words.reported(update), read=_day_shown(session)),
    ]
    return fields


def _when(session: StoreSession, update: Update) -> str:
    """Return the period as it was typed or printed if that still means it, else as it is stored."""
    if update.period is None:
        return session.words("undated")
    try:
        said = read_date(update.phrase or "", update.reported_on).period
    except TrackerError:
        said = None
    return update.phrase or "" if said == update.period else str(update.period)


def _percentage(update: Update, name: str, words: Words) -> Field:
    given = update.value.get(name)
    return Field(name, words.of("opt", name), "" if given is None else f"{given:g}")


def _called(name: str, words: Words) -> str:
    key = f"field.{name}"
    return words(key) if words.has(key) else name


def _typed(value: object) -> str:
    """Return an attribute as it would be typed."""
    if isinstance(value, Mapping):
        return " · ".join(f"{name}={share}" for name, share in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _source(source: Source | None) -> str:
    """Return a source in one line."""
    if source is None:
        return ""
    return _BETWEEN.join(getattr(source, name) for name in _told_of(source))


def _told_of(source: Source) -> list[str]:
    """Return the names of the parts that a source has."""
    return [name for name in _OF_SOURCE if getattr(source, name)]


def _source_of(text: str, before: Source | None) -> Source | None:
    """Read an edited source; where it has as many parts as before, they are the same ones."""
    parts = [part.strip() for part in text.split(_BETWEEN) if part.strip()]
    names = _told_of(before) if before is not None else []
    addresses = [part for part in parts if "://" in part]
    if before and names and len(parts) == len(names) and bool(addresses) == bool(before.url):
        return replace(before, key=None, **dict(zip(names, parts, strict=True)))
    if not addresses or len(parts) == 1:
        return source_from(text)
    about = _BETWEEN.join(part for part in parts if part not in addresses)
    return Source(title=about or None, url=addresses[0])


def _changes(session: StoreSession, update: Update, changed: Mapping[str, str]) -> dict[str, Any]:
    """Return the changes as `tracker.acts.correcting.correction` takes them."""

    def reading(text: str) -> Reading:
        return read_date(text, update.reported_on)

    def period(text: str) -> Period:
        return read(text, update.reported_on)

    changes: dict[str, Any] = {
        name: clean(changed[name]) or None for name in ("reason", "action") if name in changed
    }
    if "when" in changed:
        when = reading(changed["when"])
        if not when.given:  # it was only rubbed out: a plan without a date says 미정
            raise RefusedError("a date is needed", code="needs-period", kind=update.kind.value)
        changes = dated(update, when.period, when.text) | changes
    if "text" in changed:
        changes["value"] = changed["text"]
    if shares := {name: changed[name] for name in _PERCENTAGES if name in changed}:
        changes |= percentages(update, shares)
    if own := {n.removeprefix("set."): t for n, t in changed.items() if n.startswith("set.")}:
        changes |= attributes_of(update, own, period)
    if "source" in changed:
        changes["source"] = _source_of(changed["source"], update.source)
    if "reported" in changed:
        changes |= _day(session, changed["reported"])
    return changes


def _day(session: StoreSession, text: str) -> dict[str, Any]:
    """Return the day of a report, or its month if only that is known.

    Raises:
        RefusedError: It is neither.
    """
    period = read_date(text, session.today).period
    first, last = (period.earliest, period.latest) if period else (None, None)
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        raise RefusedError("one day is needed", code="not-one-day", text=text)
    exact = first == last
    basis = Basis.EXACT if exact else Basis.APPROXIMATE
    return {"reported_on": first, "reported_basis": basis}


def _day_shown(session: StoreSession) -> Callable[[str], str]:
    """Return a function that shows which day a text means."""

    def shown(text: str) -> str:
        day = _day(session, text)["reported_on"].isoformat()
        return "" if text in {day, day[:7]} else day

    return shown
