"""The summary of a weekly check in lines: decisions, skipped items, open items."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from db.model.records import Source, State, Update, UpdateKind
from db.model.review_reasons import Need
from tracker.acts.act_messages import said
from tracker.app import clock
from tracker.domain.review import Check, Decision, Item, Outcome
from tracker.words import GLYPHS, Words

__all__ = [
    "NEED_GLYPHS",
    "Recap",
    "called",
    "content",
    "decided",
    "did",
    "head",
    "question",
    "recap",
    "summary",
    "told_by",
]

NEED_GLYPHS = {
    Need.OVERDUE_UNCONFIRMED: GLYPHS[State.OVERDUE],
    Need.OVERDUE_CONFIRMED: GLYPHS[State.OVERDUE],
    Need.DUE_SOON: GLYPHS[State.DUE_SOON],
    Need.IN_WINDOW: GLYPHS[State.IN_WINDOW],
    Need.STALE: "!",
    Need.CONTRADICTION: "≠",
    Need.ON_HOLD: GLYPHS[State.ON_HOLD],
}
_ORDER = sorted(UpdateKind, key=lambda kind: kind is not UpdateKind.ACTUAL)
"""Completions come first."""


@dataclass(frozen=True, slots=True)
class Recap:
    """Items with the same outcome: a title, and each item with its text."""

    title: str
    lines: tuple[tuple[Item, str], ...]


def recap(check: Check, words: Words) -> list[Recap]:
    """Return the decisions by kind, then the skipped, settled and open items."""
    parts = []
    for kind in _ORDER:
        lines = tuple(
            (item, decided(d, words))
            for item in check.items
            for d in item.decisions
            if d.updates[0].kind is kind
        )
        parts.append(Recap(did(kind, words), lines))
    for outcome in (Outcome.SKIPPED, Outcome.SETTLED, Outcome.OPEN):
        lines = tuple((i, _as_it_is(i, words)) for i in check.items if i.outcome is outcome)
        parts.append(Recap(words.of("review.outcome", outcome.value), lines))
    return [part for part in parts if part.lines]


def head(check: Check, words: Words, zone: str | None) -> str:
    """Return when a check was opened and closed in a time zone, by whom, and who answered."""
    review = check.review
    parts = [words("review.opened", at=_at(review.opened_at, zone), by=_within(review.opened_by))]
    if review.closed_at is not None:
        at = _at(review.closed_at, zone)
        parts.append(words("review.closed", at=at, by=_within(review.closed_by)))
    who = told_by(review.source)
    return " · ".join([*parts, words("review.teller", who=who)] if who else parts)


def _within(name: str | None) -> str:
    """Return a name in brackets; empty where there is none."""
    return f" ({name})" if name else ""


def _said_by(name: str | None) -> str:
    """Return a name behind a dash; empty where there is none."""
    return f" — {name}" if name else ""


def _at(moment: datetime, zone: str | None) -> str:
    return f"{clock.local(moment, ZoneInfo(zone) if zone else None):%Y-%m-%d %H:%M}"


def summary(check: Check, words: Words) -> str:
    """Count the items by outcome, in one sentence."""
    return words(
        "review.summary",
        total=len(check.items),
        decided=check.count(Outcome.DECIDED),
        skipped=check.count(Outcome.SKIPPED),
        settled=check.count(Outcome.SETTLED),
        open=check.count(Outcome.OPEN),
    )


def did(kind: UpdateKind, words: Words) -> str:
    """Return the label of a decision: 변동 없음, 새 계획."""
    key = f"review.did.{kind.value}"
    return words(key) if words.has(key) else words.update(kind)


def decided(decision: Decision, words: Words) -> str:
    """Return the period or the text of a decision, its reason and its recovery action."""
    update = decision.updates[0]
    parts = [content(update, words)]
    if not update.kind.is_explained:
        parts += [f"{words('field.reason')}: {update.reason}"] if update.reason else []
    parts += [f"{words('field.action')}: {update.action}"] if update.action else []
    return " · ".join(filter(None, parts))


def content(update: Update, words: Words) -> str:
    """Return what an update says beyond its kind; perhaps nothing."""
    if update.kind.is_bare:
        return (update.reason or "") if update.kind.is_explained else ""
    if update.kind is UpdateKind.NOTE:
        return str(update.value)
    return words.period(update.period) if update.period else said(update, words)


def _as_it_is(item: Item, words: Words) -> str:
    if item.row is None:
        return ""
    judged = item.row.judged
    d_day = words.d_day(judged.to_deadline)
    return " ".join(filter(None, (words.state(judged.state, judged.detail), d_day)))


def called(item: Item, words: Words) -> tuple[str, str]:
    """Return the names of an item's facility and milestone; the slugs once it is gone."""
    if item.row is None:
        return item.asked.facility, item.asked.milestone
    m = item.row.milestone
    return m.facility_name, words.milestone(m.kind, m.title)


def told_by(source: Source | None) -> str:
    """Return who answers, and where that is recorded."""
    if source is None:
        return ""
    return " · ".join(filter(None, (source.publisher, source.title or source.url)))


def question(item: Item, words: Words) -> str:
    """Return the question of an item, or its outcome."""
    if item.outcome is Outcome.DECIDED:
        decision = item.decisions[-1]
        what = did(decision.updates[0].kind, words)
        return words(
            "review.was_decided",
            what=" · ".join(filter(None, (what, decided(decision, words)))),
            by=_said_by(decision.by),
        )
    if item.outcome is Outcome.SKIPPED:
        return words("review.was_skipped", by=_said_by(item.asked.skipped_by))
    if item.outcome is Outcome.SETTLED or item.row is None:
        return words("review.was_settled", state=_as_it_is(item, words) or "–")
    return _asks(item.asked.need, item, words)


def _asks(need: Need, item: Item, words: Words) -> str:
    row = item.row
    assert row is not None  # noqa: S101 - only an item that is there is open
    m, judged = row.milestone, row.judged
    return words.of(
        "review.ask",
        need.value,
        forecast=words.period(m.forecast),
        days=abs(judged.to_deadline or 0),
        updated=words.day(m.updated_on),
        held=words.day(m.on_hold_since),
    )
