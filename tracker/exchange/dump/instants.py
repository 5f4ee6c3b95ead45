"""Refuse instants and days of a document that no correct clock can have given yet."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from db.schema.rows import CLOCK_ERROR, from_micros, micros

__all__ = ["Clock", "FutureError"]

_ERROR = CLOCK_ERROR // timedelta(microseconds=1)


class FutureError(ValueError):
    """An instant or a day lies further ahead than a clock may be wrong.

    Attributes:
        field: What it is called in the document.
        value: The instant or the day, as written there.
    """

    def __init__(self, field: str, value: str) -> None:
        """Keep both for the message."""
        super().__init__(f"{field} {value} is in the future")
        self.field = field
        self.value = value


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is where a document is read; `CLOCK_ERROR` beyond it is accepted."""

    now: datetime
    today: date

    def instant(self, item: Any, field: str) -> datetime:  # noqa: ANN401 - JSON
        """Return the instant in a field of a document.

        Raises:
            KeyError: The field is missing.
            ValueError: It is no instant with a time zone.
            FutureError: It is later than now and the end of today by more than `CLOCK_ERROR`.
            OverflowError: It is before the first year.
        """
        moment = datetime.fromisoformat(item[field])
        if moment.tzinfo is None:
            raise ValueError(f"{item[field]!r} is without a time zone")
        end = datetime.combine(self.today, time.max, UTC)
        if micros(moment) > max(micros(self.now), micros(end)) + _ERROR:
            raise FutureError(field, moment.isoformat())
        from_micros(micros(moment))
        return moment

    def check_day(self, field: str, day: date) -> None:
        """Refuse a day that is later than today by more than `CLOCK_ERROR`.

        Raises:
            FutureError: It is.
        """
        if (day - self.today) > CLOCK_ERROR:
            raise FutureError(field, day.isoformat())
