"""Reading weekly checks: which there were, what each asked in which order, what was decided.

A check never says by itself whether an item is decided: an item has acts, and it is
decided while something of one of them is in force. So an undone act opens its item
again, and a redone one closes it, whoever undid it and wherever.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from db.model.records import Milestone, Source, Update
from db.model.review_reasons import Answering, Need
from db.read import pending_counts
from db.schema.rows import UPDATES, damaged, from_micros, kept_slug, kept_text, update_from

__all__ = ["CONCERNS", "Asked", "Closing", "Opening", "Review", "Reviews", "Skip", "Step", "Teller"]

CONCERNS = (
    "u.facility_id = m.facility_id AND (u.milestone_id = m.id OR (u.milestone_id IS NULL"
    " AND u.kind IN ('hold', 'resume', 'cancel', 'reopen', 'retract')))"
)
"""Which updates `u` change milestone `m`: its own, and those of its facility that apply to it."""

_HEADS = (
    "SELECT r.id, r.week, r.day, r.opened_at, r.opened_by, r.closed_at, r.closed_by,"
    " s.publisher, s.title, s.published, s.basis, s.url, s.key"
    " FROM review r LEFT JOIN source s ON s.id = r.source_id"
)


@dataclass(frozen=True, slots=True)
class Review:
    """One weekly check.

    Attributes:
        week: The ISO week it belongs to: 2026-W47.
        day: The day on which its queue was first judged.
        opened_at, closed_at: Instants in UTC; an open check has not been closed.
        source: Who says what is answered, and where; every act of the check takes it over.
    """

    id: int
    week: str
    day: date
    opened_at: datetime
    opened_by: str | None
    closed_at: datetime | None
    closed_by: str | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of a check as it is recorded.

    `acts` are the numbers of the acts that were made on it, undone ones too, oldest first.
    """

    position: int
    facility: str
    milestone: str
    need: Need
    skipped_at: datetime | None
    skipped_by: str | None
    acts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """Begin the check of a week, or go on with it, and add what is not in it yet.

    `queue` holds facility, milestone and need, in the order in which they are asked; the
    check of any other week is closed as it stands.
    """

    week: str
    day: date
    queue: tuple[tuple[str, str, Need], ...]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave an item without a decision; with `back`, take that back."""

    item: Answering
    back: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """From now on this source says what is answered."""

    review: int
    source: Source | None


@dataclass(frozen=True, slots=True)
class Closing:
    """The check is over."""

    review: int


Step = Opening | Skip | Teller | Closing
"""What can be done in a check that says nothing of any facility."""


class Reviews:
    """The questions about checks, on one connection; see `db.read.reader.Reader`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        by_ids: Callable[[Iterable[int]], list[Milestone]],
    ) -> None:
        """Read from `connection`, which stays the caller's to close; milestones by `by_ids`."""
        self._connection = connection
        self._by_ids = by_ids

    def heads(self, week: str | None = None) -> tuple[Review, ...]:
        """The checks, of one week if asked for, the newest first."""
        where, values = ("", ()) if week is None else (" WHERE r.week = ?", (week,))
        sql = f"{_HEADS}{where} ORDER BY r.week DESC, r.opened_at DESC, r.id DESC"
        return tuple(map(_head, self._connection.execute(sql, values)))

    def asked(self, review: int) -> tuple[Asked, ...]:
        """The items of a check in their order."""
        acts: dict[int, list[int]] = {}
        for position, act in self._connection.execute(
            "SELECT position, act_id FROM review_act WHERE review_id = ? ORDER BY act_id", (review,)
        ):
            acts.setdefault(position, []).append(act)
        rows = self._connection.execute(
            "SELECT i.position, f.slug, m.slug, i.need, i.skipped_at, i.skipped_by"
            " FROM review_item i JOIN main.milestone m ON m.id = i.milestone_id"
            " JOIN main.facility f ON f.id = m.facility_id WHERE i.review_id = ?"
            " ORDER BY i.position",
            (review,),
        )
        return tuple(_asked(row, acts) for row in rows)

    def said(self, review: int) -> Iterator[Update]:
        """What the acts of a check said, in the order of recording, taken back or not."""
        sql = (
            f"{UPDATES} WHERE u.act_id IN"
            " (SELECT act_id FROM review_act WHERE review_id = ?) ORDER BY u.id"
        )
        return map(update_from, self._connection.execute(sql, (review,)))

    def milestones(self, review: int) -> Iterator[Milestone]:
        """The milestones of a check as they are now; those that are gone are left out."""
        rows = self._connection.execute(
            "SELECT i.milestone_id FROM review_item i"
            " JOIN main.milestone m ON m.id = i.milestone_id"
            " WHERE i.review_id = ? AND m.updated_on IS NOT NULL ORDER BY i.position",
            (review,),
        )
        return iter(self._by_ids(number for (number,) in rows.fetchall()))

    def newest(self, review: int) -> dict[int, int]:
        """By position, the id of the newest update about the milestone; see `Answering`."""
        sql = (
            "SELECT i.position, coalesce("
            f"(SELECT max(u.id) FROM status_update u WHERE {CONCERNS}), 0)"
            " FROM review_item i JOIN main.milestone m ON m.id = i.milestone_id"
            " WHERE i.review_id = ?"
        )
        return dict(self._connection.execute(sql, (review,)))

    def needs(
        self, day: date, soon_days: int, stale_days: int, *, asked: int | None = None
    ) -> dict[Need, int]:
        """How many milestones need a word on `day`, by why; see `db.read.pending_counts.counts`."""
        return pending_counts.counts(self._connection, day, soon_days, stale_days, asked=asked)

    def needs_at_once(self) -> bool:
        """Whether `needs` is quick enough for a person to wait for."""
        return pending_counts.is_quick(self._connection)


def _head(row: sqlite3.Row) -> Review:
    try:
        source = Source(*map(kept_text, row[7:13])) if any(row[7:13]) else None
        return Review(
            id=row[0],
            week=kept_text(row[1]) or "",
            day=date.fromisoformat(row[2]),
            opened_at=from_micros(row[3]),
            opened_by=kept_text(row[4]),
            closed_at=None if row[5] is None else from_micros(row[5]),
            closed_by=kept_text(row[6]),
            source=source,
        )
    except (ArithmeticError, TypeError, ValueError) as error:
        raise damaged(f"check {kept_text(row[0])}", str(error)) from None


def _asked(row: sqlite3.Row, acts: dict[int, list[int]]) -> Asked:
    try:
        return Asked(
            position=row[0],
            facility=kept_slug(row[1]),
            milestone=kept_slug(row[2]),
            need=Need(row[3]),
            skipped_at=None if row[4] is None else from_micros(row[4]),
            skipped_by=kept_text(row[5]),
            acts=tuple(acts.get(row[0], ())),
        )
    except (ArithmeticError, TypeError, ValueError) as error:
        raise damaged(f"item {kept_text(row[0])} of a check", str(error)) from None
