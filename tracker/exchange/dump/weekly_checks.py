"""Weekly checks as a part of the JSON document of a whole store."""

import re
from collections.abc import Container, Iterator
from datetime import date, datetime
from typing import Any

from db.model.records import Source
from db.model.review_reasons import Need
from db.model.text import clean
from db.read.reviews import Asked, Review, Reviews
from tracker.exchange.dump.checks import SOURCE, Clock, checked_text

__all__ = ["RecordedReview", "parse_review", "write_reviews"]

RecordedReview = tuple[Review, tuple[Asked, ...]]
"""A check and its items; their acts are named by the numbers they have in the document."""

_WEEK = re.compile(r"\d{4}-W\d\d")
_MOST = 1_000_000  # items of a check, and checks


def write_reviews(reviews: Reviews) -> Iterator[dict[str, Any]]:
    """Every check that there ever was, the oldest first."""
    for head in reversed(reviews.heads()):
        yield _review(head, reviews.asked(head.id))


def _review(review: Review, items: tuple[Asked, ...]) -> dict[str, Any]:
    source = review.source
    return {
        "id": review.id,
        "week": review.week,
        "day": review.day.isoformat(),
        "opened_at": review.opened_at.isoformat(),
        "opened_by": review.opened_by,
        "closed_at": review.closed_at.isoformat() if review.closed_at else None,
        "closed_by": review.closed_by,
        "source": {name: getattr(source, name) for name in SOURCE} if source else None,
        "items": [
            {
                "position": item.position,
                "facility": item.facility,
                "milestone": item.milestone,
                "need": item.need.value,
                "skipped_at": item.skipped_at.isoformat() if item.skipped_at else None,
                "skipped_by": item.skipped_by,
                "acts": list(item.acts),
            }
            for item in items
        ],
    }


def parse_review(item: Any, acts: Container[int], clock: Clock) -> RecordedReview:  # noqa: ANN401 - JSON
    """One check of a document whose acts have these numbers.

    Raises:
        KeyError: A field is missing.
        ValueError: A value is none that could have been written.
        FutureError: An instant or a day is not yet.
        TypeError: As ValueError.
    """
    if not _WEEK.fullmatch(item["week"]):
        raise ValueError(f"{item['week']!r} is no week")
    source = {name: _text(item["source"][name]) for name in SOURCE} if item["source"] else None
    opened = clock.instant(item, "opened_at")
    closed = _instant(item, "closed_at", clock)
    day = date.fromisoformat(item["day"])
    clock.check_day("day", day)
    if closed is not None and closed < opened:
        raise ValueError("closed before it was opened")
    review = Review(
        id=_number(item["id"]),
        week=item["week"],
        day=day,
        opened_at=opened,
        opened_by=_text(item["opened_by"]),
        closed_at=closed,
        closed_by=_text(item["closed_by"]) if closed else None,
        source=Source(**source) if source else None,
    )
    return review, tuple(_asked(one, acts, clock) for one in item["items"])


def _asked(item: Any, known: Container[int], clock: Clock) -> Asked:  # noqa: ANN401
    acts = tuple(map(int, item["acts"]))
    unknown = next((act for act in acts if act not in known), None)
    if unknown is not None:
        raise ValueError(f"there is no act {unknown}")
    skipped = _instant(item, "skipped_at", clock)
    return Asked(
        position=_number(item["position"]),
        facility=str(item["facility"]),
        milestone=str(item["milestone"]),
        need=Need(item["need"]),
        skipped_at=skipped,
        skipped_by=_text(item["skipped_by"]) if skipped else None,
        acts=acts,
    )


def _number(value: Any) -> int:  # noqa: ANN401
    if not isinstance(value, int) or not 1 <= value <= _MOST:
        raise ValueError(f"{value!r} is not between 1 and {_MOST:,}")
    return value


def _text(value: Any) -> str | None:  # noqa: ANN401
    return clean(text) if (text := checked_text(value)) else None


def _instant(item: Any, field: str, clock: Clock) -> datetime | None:  # noqa: ANN401
    return None if item[field] is None else clock.instant(item, field)
