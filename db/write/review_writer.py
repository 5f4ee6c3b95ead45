"""Write weekly checks: their items, and which act decided which item.

An act and the row that links it to its item are written in one transaction.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from db.model.errors import NotFoundError, RefusedError
from db.model.review_reasons import Answering
from db.model.text import author_of
from db.read.reviews import CONCERNS, Asked, Closing, Opening, Review, Skip, Step, Teller
from db.schema.rows import kept_text, micros
from db.write.identities import Identities, insert, next_id

__all__ = ["ReviewWriter"]


class ReviewWriter:
    """Weekly checks in one open transaction; nothing here commits."""

    def __init__(self, connection: sqlite3.Connection, identities: Identities) -> None:
        """Write on `connection`, whose transaction has begun."""
        self._connection = connection
        self._identities = identities

    # -- acts on items ---------------------------------------------------------------------------

    def check_answer(self, item: Answering) -> None:
        """Refuse an act on an item with a statement that its author has not seen.

        Raises:
            NotFoundError: There is no such item.
            RefusedError: The check is closed, or somebody was faster.
        """
        row = self._connection.execute(
            "SELECT r.closed_at, r.week, f.name, m.slug FROM review_item i"
            " JOIN review r ON r.id = i.review_id JOIN milestone m ON m.id = i.milestone_id"
            " JOIN facility f ON f.id = m.facility_id WHERE i.review_id = ? AND i.position = ?",
            (item.review, item.position),
        ).fetchone()
        if row is None:
            raise NotFoundError(
                f"check {item.review} has no item {item.position}",
                code="no-review-item",
                review=item.review,
                position=item.position,
            )
        if row[0] is not None:
            raise _closed(kept_text(row[1]) or "")
        newer = self._connection.execute(
            "SELECT a.author FROM review_item i"
            " JOIN milestone m ON m.id = i.milestone_id"
            f" JOIN status_update u ON {CONCERNS} JOIN act a ON a.id = u.act_id"
            " WHERE i.review_id = ? AND i.position = ? AND u.id > ?"
            " ORDER BY u.id DESC LIMIT 1",
            (item.review, item.position, item.seen),
        ).fetchone()
        if newer is not None:
            who = kept_text(newer[0]) or "–"
            raise RefusedError(
                f"{row[2]} {row[3]}: {who} has just said something of it; look again",
                code="review-moved",
                facility=kept_text(row[2]) or "",
                milestone=kept_text(row[3]) or "",
                by=who,
            )

    def link(self, item: Answering, act: int) -> None:
        """Link an act to the item that it decides."""
        self._insert(
            "review_act",
            [{"act_id": act, "review_id": item.review, "position": item.position}],
        )

    # -- steps -----------------------------------------------------------------------------------

    def step(self, step: Step, by: str | None, now: datetime) -> int:
        """Take one step of a check; return the number of the check."""
        author = author_of(by)
        if isinstance(step, Opening):
            return self._open(step, author, now)
        if isinstance(step, Skip):
            return self._skip(step, author, now)
        if isinstance(step, Teller):
            return self._change(step.review, {"source_id": self._identities.source(step.source)})
        return self._close(step, author, now)

    def _open(self, opening: Opening, by: str | None, now: datetime) -> int:
        """Reopen the week's check or begin it; close any other as it stands."""
        known = self._connection.execute(
            "SELECT id FROM review WHERE week = ? ORDER BY opened_at DESC, id DESC LIMIT 1",
            (opening.week,),
        ).fetchone()
        if known is None:
            number = next_id(self._connection, "review")
            row = {
                "id": number,
                "week": opening.week,
                "day": opening.day.isoformat(),
                "opened_at": micros(now),
                "opened_by": by,
                "closed_at": None,
                "closed_by": None,
                "source_id": None,
            }
            self._insert("review", [row])
        else:
            number = int(known[0])
            self._change(number, {"closed_at": None, "closed_by": None})
        for (other,) in self._connection.execute(
            "SELECT id FROM review WHERE closed_at IS NULL AND id <> ?", (number,)
        ).fetchall():
            self._close(Closing(other), by, now)
        if opening.source is not None:
            self._change(number, {"source_id": self._identities.source(opening.source)})
        self._add(number, opening)
        return number

    def _add(self, number: int, opening: Opening) -> None:
        """Append the milestones that are not asked about yet."""
        asked = dict(
            self._connection.execute(
                "SELECT milestone_id, position FROM review_item WHERE review_id = ?", (number,)
            )
        )
        last = max(asked.values(), default=0)
        rows: list[dict[str, Any]] = []
        for facility, slug, need in opening.queue:
            milestone = self._identities.milestone(facility, slug)
            if milestone not in asked:
                asked[milestone] = last = last + 1
                rows.append(_item(number, last, milestone, need.value))
        if rows:
            self._insert("review_item", rows)

    def _skip(self, skip: Skip, by: str | None, now: datetime) -> int:
        if not skip.back:
            self.check_answer(skip.item)
        skipped = (None, None) if skip.back else (micros(now), by)
        self._connection.execute(
            "UPDATE review_item SET skipped_at = ?, skipped_by = ?"
            " WHERE review_id = ? AND position = ?",
            (*skipped, skip.item.review, skip.item.position),
        )
        return skip.item.review

    def _close(self, closing: Closing, by: str | None, now: datetime) -> int:
        row = self._connection.execute(
            "SELECT week, opened_at, closed_at FROM review WHERE id = ?", (closing.review,)
        ).fetchone()
        if row is None:
            raise NotFoundError(
                f"there is no check {closing.review}", code="no-review", week=str(closing.review)
            )
        if row[2] is not None:
            raise _closed(kept_text(row[0]) or "")
        moment = max(micros(now), row[1])  # the clock may have been set back
        return self._change(closing.review, {"closed_at": moment, "closed_by": by})

    def _change(self, review: int, values: dict[str, Any]) -> int:
        columns = ", ".join(f"{name} = ?" for name in values)
        sql = f"UPDATE review SET {columns} WHERE id = ?"
        self._connection.execute(sql, (*values.values(), review))
        return review

    def _insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Insert rows of the same columns, at least one."""
        insert(self._connection, table, tuple(rows[0]), [tuple(row.values()) for row in rows])

    # -- from another store ----------------------------------------------------------------------

    def restore(
        self, reviews: Iterable[tuple[Review, Iterable[Asked]]], renumbered: Mapping[int, int]
    ) -> None:
        """Add checks as another store recorded them, and what known ones lack.

        Args:
            reviews: The checks with their items; acts are named by their numbers in that store.
            renumbered: The numbers of acts that have another one here.
        """
        for review, items in reviews:
            self._restore_items(self._restore_head(review), items, renumbered)

    def _restore_head(self, review: Review) -> int:
        """Return the number of the same check here; insert it if there is none."""
        values: dict[str, Any] = {
            "closed_at": None if review.closed_at is None else micros(review.closed_at),
            "closed_by": review.closed_by,
            "source_id": self._identities.source(review.source),
        }
        opened = (review.week, micros(review.opened_at), review.opened_by)
        known = self._connection.execute(
            "SELECT id, closed_at FROM review WHERE week = ? AND opened_at = ? AND opened_by IS ?",
            opened,
        ).fetchone()
        if known is not None:
            closed_since = known[1] is None and review.closed_at is not None
            return self._change(known[0], values) if closed_since else int(known[0])
        number = max(review.id, next_id(self._connection, "review"))
        week, opened_at, opened_by = opened
        row = {"id": number, "week": week, "day": review.day.isoformat()}
        row |= {"opened_at": opened_at, "opened_by": opened_by}
        self._insert("review", [row | values])
        return number

    def _restore_items(
        self, number: int, items: Iterable[Asked], renumbered: Mapping[int, int]
    ) -> None:
        places = dict(
            self._connection.execute(
                "SELECT milestone_id, position FROM review_item WHERE review_id = ?", (number,)
            )
        )
        linked = {act for (act,) in self._connection.execute("SELECT act_id FROM review_act")}
        last = max(places.values(), default=0)
        for item in items:
            milestone = self._identities.milestone(item.facility, item.milestone)
            if milestone not in places:
                places[milestone] = last = max(item.position, last + 1)
                row = _item(number, last, milestone, item.need.value)
                self._insert("review_item", [row])
            if item.skipped_at is not None:
                self._connection.execute(
                    "UPDATE review_item SET skipped_at = ?, skipped_by = ?"
                    " WHERE review_id = ? AND milestone_id = ?",
                    (micros(item.skipped_at), item.skipped_by, number, milestone),
                )
            for act in (renumbered.get(a, a) for a in item.acts):
                if act not in linked:
                    linked.add(act)
                    self.link(Answering(number, places[milestone], 0), act)


def _item(review: int, position: int, milestone: int, need: str) -> dict[str, Any]:
    return {
        "review_id": review,
        "position": position,
        "milestone_id": milestone,
        "need": need,
        "skipped_at": None,
        "skipped_by": None,
    }


def _closed(week: str) -> RefusedError:
    return RefusedError(f"the check of {week} is closed", code="review-closed", week=week)
