"""What a claim of a file means, as people say it: `준공 2026년 하반기 → 2027년, +181일`."""

import json

from db.model.period import Period
from db.model.records import Progress, Statement, Update, UpdateKind
from db.read.imports import Cell
from tracker.acts.act_messages import progress_text, shown
from tracker.exchange.diff.field_statements import FieldValue, period_of
from tracker.exchange.diff.field_verdicts import Known
from tracker.exchange.tables.claims import Finding
from tracker.words import Words

__all__ = ["conflict_text", "known_text", "said_by", "told", "understood"]


def understood(
    s: Statement, step: str, was: Period | str | None, words: Words, *, moved: bool = True
) -> str:
    """Say what a statement means.

    Args:
        s: The statement.
        step: What its milestone is called; empty where it is about the facility.
        was: What is known instead: a window, or attributes in words.
        words: The language.
        moved: Whether to say what it was before, as of a change.
    """
    if s.kind.spec.field:
        return _dated(s, step, was if moved and isinstance(was, Period) else None, words)
    head = f"{step} · " if step else ""
    if moved and isinstance(was, str) and was and isinstance(s.value, dict):
        name = ", ".join(_field(key, words) for key in s.value)
        now = ", ".join(shown(key, value, words) for key, value in s.value.items())
        return f"{head}{name} {_arrow(was, now, words)}"
    return head + _value(s, words)


def _dated(s: Statement, step: str, was: Period | None, words: Words) -> str:
    if s.period is None:
        cleared = isinstance(s.value, dict) and s.value.get("undated")
        now = words("done.undated" if cleared and was is not None else "undated")
    elif s.kind is UpdateKind.ACTUAL:
        now = words("done.completed", period=words.period(s.period))
    else:
        now = words.period(s.period)
    if s.kind is UpdateKind.ORIGINAL:
        now = f"{words.update(s.kind)} {now}"
    elif s.kind is UpdateKind.BASELINE:
        now = words("done.baseline", period=now)
    if isinstance(s.value, dict) and s.value.get("as_planned"):
        now = f"{now} ({words('import.as_planned')})"
    if was is None or (s.period is not None and was.same_window(s.period)):
        return f"{step} {now}"
    days = _days(was, s.period)
    change = f"{step} {_arrow(words.period(was), now, words)}"
    return f"{change}, {words.days(days)}" if days else change


def _arrow(was: str, now: str, words: Words) -> str:
    return words("import.moved", was=was, now=now)


def _days(was: Period, now: Period | None) -> int | None:
    """By how many days the last day moved; None where a window has none."""
    if now is None or was.latest is None or now.latest is None:
        return None
    return (now.latest - was.latest).days


def _value(s: Statement, words: Words) -> str:
    value = s.value
    if s.kind is UpdateKind.PROGRESS and isinstance(value, dict):
        progress = Progress(value.get("planned"), value.get("actual"), s.reported_on)
        return words("done.progress", progress=progress_text(progress, words))
    if isinstance(value, dict):
        return ", ".join(f"{_field(k, words)} {shown(k, v, words)}" for k, v in value.items())
    text = value if isinstance(value, str) else ""
    return words.of(
        "done", s.kind.value, reason=s.reason or "–", text=text, progress="", changes=text
    )


def _field(key: str, words: Words) -> str:
    return words.of("field", key) if words.has(f"field.{key}") else key


_PLAIN = {"reason", "action", *(kind.value for kind in UpdateKind if kind.spec.sets)}
_WINDOWS = ("baseline", "forecast", "actual")


def told(s: Statement, words: Words, *, as_read: bool = False) -> str:
    """What a claim says; a date as it is written, unless it is wanted as it was read."""
    if s.phrase and not (as_read and s.period):
        return s.phrase
    if s.period:
        return words.period(s.period)
    if not isinstance(s.value, dict):
        return str(s.value or s.reason or "")
    if s.kind is UpdateKind.PROGRESS:
        progress = Progress(s.value.get("planned"), s.value.get("actual"), s.reported_on)
        return progress_text(progress, words)
    if s.kind is UpdateKind.PLAN:
        return words("done.undated" if s.value.get("undated") else "undated")
    return ", ".join(shown(name, v, words) for name, v in s.value.items())


def known_text(known: Known, cell: Cell, mine: FieldValue, words: Words) -> str:
    """What the store has of a field, or what of another one stands against it."""
    kind, name = mine.by.kind, cell[2]
    if mine.value is None:
        return words.of("update", kind.value) if kind.spec.clears else ""
    if name in _WINDOWS:
        if kind is UpdateKind.CANCEL:
            return words.of("update", kind.value)
        m = known.now.get((cell[0], cell[1] or ""))
        window = getattr(m, "actual" if kind is UpdateKind.ACTUAL else name, None)
        window = window or period_of(mine.value)
        return words.period(window) if window else words("undated")
    return mine.value if name in _PLAIN else _attribute(name, mine, words)


def _attribute(name: str, mine: FieldValue, words: Words) -> str:
    value = json.loads(mine.value or "null")
    if name == "progress":
        parts = (value.get("planned"), value.get("actual"))
        return progress_text(Progress(*parts, mine.by.reported_on), words)
    if name.startswith("funding."):
        return shown("funding", {name.removeprefix("funding."): value}, words)
    return shown(name, value, words)


def conflict_text(found: Finding, words: Words) -> str:
    """Both sides of a conflict, and who said what the store has, and when."""
    key, day = "import.conflict.who", found.said_on
    if found.said_by is None:
        key = "import.conflict.on"
    who = "" if day is None else words.lookup(key, who=found.said_by, day=day.isoformat())
    return words("import.conflict", told=found.told, known=found.known or "–", who=who)


def said_by(update: Update) -> str | None:
    """Who said something: the person who recorded it, else where it was read."""
    source = update.source
    if update.by or source is None:
        return update.by
    return source.publisher or source.title
