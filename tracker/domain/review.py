"""The weekly check: what needs a word and in which order, and how far a check has come.

The queue is made from a board, the state of a check from its record and the board of
today; nothing here is stored. An item is decided while an act of the check that was made on
it, or speaks of its milestone, is in force; and settled where the milestone needs no word any
more, whatever settled it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.model.records import Update
from db.model.review_reasons import Answering, Need
from db.model.states import AHEAD, OPEN_STATES, State
from db.read.reader import Filter, Reader
from db.read.reviews import Asked, Review
from tracker.domain.board import Row, read_board
from tracker.domain.limits import Limits
from tracker.domain.schedule import Detail, judge

__all__ = [
    "Check",
    "Decision",
    "Item",
    "Outcome",
    "Queued",
    "find_check",
    "need_of",
    "queue_of",
    "read_check",
    "read_needs",
    "read_queue",
    "tally",
    "week_of",
]

_BY_STATE = {
    State.DUE_SOON: Need.DUE_SOON,
    State.IN_WINDOW: Need.IN_WINDOW,
    State.ON_HOLD: Need.ON_HOLD,
}


class Outcome(StrEnum):
    """What became of an item so far."""

    OPEN = "open"
    DECIDED = "decided"
    SKIPPED = "skipped"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Queued:
    """A milestone to ask about, and why."""

    row: Row
    need: Need

    @property
    def key(self) -> tuple[str, str, Need]:
        """Facility, milestone and need, as a check is opened with."""
        return (self.row.milestone.facility, self.row.milestone.slug, self.need)


@dataclass(frozen=True, slots=True)
class Decision:
    """An act that was made on an item and is in force, with what of it still holds."""

    act: int
    at: datetime
    by: str | None
    updates: tuple[Update, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a check as it stands.

    Attributes:
        asked: What is recorded.
        row: The milestone as it is today; None where it is gone.
        outcome: Follows from the decisions, else from the skip, else from the milestone.
        decisions: The acts in force, oldest first.
        seen: See `db.model.review_reasons.Answering`.
    """

    asked: Asked
    row: Row | None
    outcome: Outcome
    decisions: tuple[Decision, ...]
    seen: int

    @property
    def position(self) -> int:
        """Its place in the check, from 1 on."""
        return self.asked.position


@dataclass(frozen=True, slots=True)
class Check:
    """A check with all its items, in the order in which they are asked."""

    review: Review
    items: tuple[Item, ...]

    @property
    def closed(self) -> bool:
        """Whether it is over."""
        return self.review.closed_at is not None

    def count(self, outcome: Outcome) -> int:
        """Count the items with this outcome."""
        return sum(item.outcome is outcome for item in self.items)

    def item(self, position: int) -> Item | None:
        """Return the item at a position."""
        return next((i for i in self.items if i.position == position), None)

    @property
    def open_items(self) -> list[Item]:
        """The items that still want an answer."""
        return [item for item in self.items if item.outcome is Outcome.OPEN]

    def next_open(self, after: int = 0) -> Item | None:
        """Return the next item without an answer after a position, else the first one."""
        waiting = self.open_items
        return next((i for i in waiting if i.position > after), next(iter(waiting), None))

    def last_step(self, by: str | None) -> tuple[Item, Decision | None] | None:
        """Return the item that a person answered last, and the decision; None for a skip."""
        steps: list[tuple[datetime, Item, Decision | None]] = [
            (d.at, item, d) for item in self.items for d in item.decisions if d.by == by
        ]
        steps += [
            (item.asked.skipped_at, item, None)
            for item in self.items
            if item.outcome is Outcome.SKIPPED
            and item.asked.skipped_at is not None
            and item.asked.skipped_by == by
        ]
        if not steps:
            return None
        _, item, decision = max(steps, key=lambda step: step[0])
        return item, decision

    def answering(self, item: Item) -> Answering:
        """Return how an act refers to the item that it answers."""
        return Answering(self.review.id, item.position, item.seen)


def week_of(day: date) -> str:
    """Return the ISO week of a day: 2026-W47."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def need_of(row: Row, day: date) -> Need | None:
    """Return why a milestone is asked about on `day`; None where it is not, or is snoozed."""
    m, judged = row.milestone, row.judged
    if m.snoozed_until is not None and m.snoozed_until > day:
        return None
    if judged.state is State.OVERDUE:
        confirmed = judged.detail is Detail.CONFIRMED
        return Need.OVERDUE_CONFIRMED if confirmed else Need.OVERDUE_UNCONFIRMED
    if judged.state in _BY_STATE:
        return _BY_STATE[judged.state]
    if judged.stale:
        return Need.STALE
    return Need.CONTRADICTION if m.contradicted and m.standing in AHEAD else None


def queue_of(rows: Iterable[Row], day: date) -> tuple[Queued, ...]:
    """Return what is asked about on `day`, in order.

    By need; inside one the longest overdue, the nearest deadline, the oldest news or the
    longest on hold first; then by slug.
    """
    found = [Queued(row, need) for row in rows if (need := need_of(row, day)) is not None]
    return tuple(sorted(found, key=_order))


_RANK = {need: rank for rank, need in enumerate(Need)}
_BY_NEWS = {Need.STALE, Need.CONTRADICTION}


def _order(queued: Queued) -> tuple[int, date, str, str]:
    m = queued.row.milestone
    if queued.need is Need.ON_HOLD:
        since = m.on_hold_since
    elif queued.need in _BY_NEWS:
        since = m.updated_on
    else:
        since = m.forecast.latest if m.forecast else None
    return (_RANK[queued.need], since or date.max, m.facility, m.slug)


def read_queue(reader: Reader, day: date, limits: Limits) -> tuple[Queued, ...]:
    """Return what is asked about on `day`."""
    board = read_board(reader, day, limits, Filter(states=OPEN_STATES))
    return queue_of(board.rows, day)


def read_needs(
    reader: Reader, day: date, limits: Limits, asked: int | None = None
) -> dict[Need, int]:
    """Count the milestones to ask about on `day`, by reason.

    Those that the check with the number `asked` has are left out.
    """
    return reader.reviews.needs(day, limits.due_soon, limits.stale_otherwise, asked=asked)


def find_check(reader: Reader, week: str, day: date, limits: Limits) -> Check | None:
    """Return the newest check of a week as it stands on `day`; None where there is none."""
    heads = reader.reviews.heads(week)
    return read_check(reader, heads[0], day, limits) if heads else None


def read_check(reader: Reader, review: Review, day: date, limits: Limits) -> Check:
    """Return a check with its items as they stand on `day`."""
    reviews = reader.reviews
    acts: dict[int, list[Update]] = {}
    for update in reviews.said(review.id):
        acts.setdefault(update.act, []).append(update)
    rows = {
        (m.facility, m.slug): Row(m, judge(m, day, limits)) for m in reviews.milestones(review.id)
    }
    about: dict[tuple[str, str | None], dict[int, None]] = {}
    for act, updates in acts.items():
        for update in updates:
            about.setdefault((update.facility, update.milestone), {})[act] = None
    newest = reviews.newest(review.id)
    items = []
    for asked in reviews.asked(review.id):
        key = asked.facility, asked.milestone
        own = {act: acts.get(act, []) for act in sorted({*asked.acts, *about.get(key, ())})}
        items.append(_item(asked, rows.get(key), own, newest.get(asked.position, 0), day))
    return Check(review, tuple(items))


def _item(
    asked: Asked, row: Row | None, acts: Mapping[int, list[Update]], newest: int, day: date
) -> Item:
    decisions = tuple(d for act in acts if (d := _decision(asked, act, acts[act])))
    if decisions:
        outcome = Outcome.DECIDED
    elif asked.skipped_at is not None:
        outcome = Outcome.SKIPPED
    elif row is None or need_of(row, day) is None:
        outcome = Outcome.SETTLED
    else:
        outcome = Outcome.OPEN
    return Item(asked, row, outcome, decisions, newest)


def _decision(asked: Asked, act: int, updates: Iterable[Update]) -> Decision | None:
    """Return the statements in force of an act on an item; None where it was undone.

    Of an act on several milestones only the statements about this one count.
    """
    updates = tuple(updates)
    own = tuple(
        u for u in updates if (u.facility, u.milestone) == (asked.facility, asked.milestone)
    )
    holding = tuple(u for u in own or updates if u.retracted_by is None)
    if not holding:
        return None
    return Decision(act, holding[0].recorded_at, holding[0].by, holding)


def tally(items: Iterable[Item]) -> dict[Need, tuple[int, int]]:
    """Map each reason that occurs to its number of answered items and of all items."""
    counts: dict[Need, tuple[int, int]] = {}
    for item in items:
        done, total = counts.get(item.asked.need, (0, 0))
        answered = item.outcome is not Outcome.OPEN
        counts[item.asked.need] = (done + answered, total + 1)
    return {need: counts[need] for need in Need if need in counts}
