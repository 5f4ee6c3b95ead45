"""Claims and what stands against them, in words."""

import json

from db.model.records import Progress, Statement, Update, UpdateKind
from db.read.imports import Cell
from tracker.acts.act_messages import progress_text, shown
from tracker.exchange.diff.field_statements import FieldStatement, period_of
from tracker.exchange.diff.field_verdicts import Known
from tracker.exchange.tables.claims import Finding
from tracker.words import Words

__all__ = ["conflict_text", "known_text", "said_by", "told"]

_PLAIN = ("reason", "action", "hold", "cancel", "confirm")
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


def known_text(known: Known, cell: Cell, mine: FieldStatement, words: Words) -> str:
    """What the store has of a field, or what of another one stands against it."""
    kind, name = mine.by.kind, cell[2]
    if mine.value is None:
        return words.of("update", kind.value) if kind in _CLEARS else ""
    if name in _WINDOWS:
        if kind is UpdateKind.CANCEL:
            return words.of("update", kind.value)
        m = known.now.get((cell[0], cell[1] or ""))
        window = getattr(m, "actual" if kind is UpdateKind.ACTUAL else name, None)
        window = window or period_of(mine.value)
        return words.period(window) if window else words("undated")
    return mine.value if name in _PLAIN else _attribute(name, mine, words)


def _attribute(name: str, mine: FieldStatement, words: Words) -> str:
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


_CLEARS = (UpdateKind.REOPEN, UpdateKind.RESUME)


def said_by(update: Update) -> str | None:
    """Who said something: the person who recorded it, else where it was read."""
    source = update.source
    if update.by or source is None:
        return update.by
    return source.publisher or source.title
