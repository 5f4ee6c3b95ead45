"""Messages about what an act did, in one line: for the shell, the screen and the log."""

from collections.abc import Mapping
from datetime import date

from db.model.fields import FIELD_OF
from db.model.records import ActKind, Kind, Milestone, Progress, Receipt, Update, UpdateKind
from tracker.acts.undo_messages import whose
from tracker.app import clock
from tracker.domain.field_text import field_text
from tracker.domain.schedule import Slip, SlipClass, slip
from tracker.domain.statement_labels import confirms_delay, is_correction
from tracker.words import Words

__all__ = [
    "acted",
    "already",
    "progress_text",
    "said",
    "shown",
    "slip_text",
    "taken_back",
    "value_text",
]


def acted(
    receipt: Receipt,
    words: Words,
    today: date,
    names: Mapping[str, str],
    zone: str | None = None,
) -> str:
    """Describe what was just recorded, with the milestone as it is now, and what was repeated.

    Args:
        receipt: What the store did.
        words: The language.
        today: The day it is; windows of its year are shown without the year.
        names: Names of facilities by slug.
        zone: The time zone in which instants are told; without one the machine's.
    """
    now = {(m.facility, m.slug): m for m in receipt.milestones}

    def line(update: Update) -> str:
        milestone = now.get((update.facility, update.milestone or ""))
        return _line(update, milestone, words, today, names.get(update.facility, update.facility))

    corrected = next(filter(is_correction, receipt.updates), None)
    if corrected is not None:
        right = line(receipt.updates[0])
        return words("done.corrected", number=corrected.retracts, what=right)
    lines = [line(update) for update in receipt.updates]
    lines += [already(u, line(u), words, today, zone) for u in receipt.repeated]
    return "\n".join(lines)


def _line(
    update: Update, milestone: Milestone | None, words: Words, today: date, facility: str
) -> str:
    what = said(update, words, late=confirms_delay(update, milestone))
    if update.period is not None:
        what += f" ({words.window(update.period, today)})"
        if milestone is not None and update.kind is not UpdateKind.BASELINE:
            moved = slip(milestone.baseline, update.period)
            what += f", {slip_text(moved, words)}" if moved and moved.days is not None else ""
    if update.milestone is None:
        return words("done.facility", facility=facility, what=what)
    called = _called(update.milestone, milestone, words)
    return words("done.said", facility=facility, milestone=called, what=what)


def already(update: Update, what: str, words: Words, today: date, zone: str | None) -> str:
    """Describe a repetition by when it was first recorded: the time, and the day if another.

    Args:
        update: What is recorded.
        what: The same in words.
        words: The language.
        today: The day it is.
        zone: The time zone in which it is told; without one the machine's.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - hardly anything is said twice

    moment = clock.local(update.recorded_at, ZoneInfo(zone) if zone else None)
    at = f"{moment:%H:%M}" if moment.date() == today else f"{moment:%Y-%m-%d %H:%M}"
    return words("done.already", at=at, act=update.act, what=what)


def taken_back(receipt: Receipt, what: str, words: Words) -> str:
    """Describe an undo or a redo: whose act it was about, and `what` that act had recorded."""
    key = "act.redone" if receipt.act.kind is ActKind.REDO else "act.undone"
    line = words.lookup(key, whose=whose(receipt.of or receipt.act, words), what=what)
    return f"{line} · {words('done.kept', kept=receipt.kept)}" if receipt.kept else line


def _called(slug: str, milestone: Milestone | None, words: Words) -> str:
    if milestone is not None:
        return words.milestone(milestone.kind, milestone.title)
    return words.kind(Kind(slug)) if slug in set(Kind) else slug


_ON_DAY = {SlipClass.REFINED: "done.refined", SlipClass.WIDENED: "done.widened"}
"""The words for a window that ends with the baseline without being the same."""


def slip_text(moved: Slip, words: Words) -> str:
    """Describe a slip against the baseline."""
    if not moved.days:
        return words.lookup(_ON_DAY.get(moved.kind, "done.on_plan"))
    return words("done.slip", days=words.days(moved.days))


def said(update: Update, words: Words, *, late: bool = False) -> str:
    """Describe an update without its facility and milestone.

    `late` tells of a confirmation whether it came after the deadline.
    """
    kind = update.kind
    if kind in {UpdateKind.PLAN, UpdateKind.ORIGINAL} and update.period is None:
        cleared = isinstance(update.value, dict) and update.value.get("undated")
        return words("done.undated") if cleared else words("undated")
    if kind is UpdateKind.ACTUAL:
        return words("done.completed", period=words.period(update.period))
    if kind is UpdateKind.BASELINE:
        return words("done.baseline", period=words.period(update.period))
    if update.period is not None:
        return words.period(update.period)
    if kind is UpdateKind.RETRACT:
        how = "log.corrects" if is_correction(update) else "log.retracts"
        return words.lookup(how, target=update.retracts, right=update.id - 1)
    key = "done.confirm_late" if late else f"done.{kind.value}"
    return words.lookup(
        key,
        reason=update.reason or "–",
        text=update.value if isinstance(update.value, str) else "",
        progress=value_text(update, words) if kind is UpdateKind.PROGRESS else "",
        changes=value_text(update, words) if kind is UpdateKind.SET else "",
    )


def value_text(update: Update, words: Words) -> str:
    """Describe the value of a `set` or a `progress`."""
    value = update.value if isinstance(update.value, dict) else {}
    if update.kind is UpdateKind.PROGRESS:
        return progress_text(
            Progress(value.get("planned"), value.get("actual"), update.reported_on), words
        )
    return ", ".join(
        f"{_field(key, words)}: {shown(key, v, words)}"
        for key, v in value.items()
        if v is not None or key != "confidence_note"  # a judgement without a word on it
    )


def progress_text(progress: Progress, words: Words) -> str:
    """Describe planned and actual percentages."""
    given = {"planned": progress.planned, "actual": progress.actual}
    return " · ".join(
        words.of("progress", name, percent=f"{percent:g}")
        for name, percent in given.items()
        if percent is not None
    )


def _field(key: str, words: Words) -> str:
    return words.of("field", key) if words.has(f"field.{key}") else key


def shown(key: str, value: object, words: Words) -> str:
    """The value of an attribute of `db.model.records.Facility` as a person would say it."""
    if value is None:
        return "–"
    field = FIELD_OF.get(key)
    return field_text(field, value, words) if field else str(value)
