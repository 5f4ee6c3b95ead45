"""What a JSON document of a whole store must be, beyond being JSON.

Every field is of its kind, every number is used once, and whatever is referred to is
there; so that a document that was cut or edited is refused before anything is written.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from db.model.records import Source
from db.schema.rows import CLOCK_ERROR, from_micros, micros

__all__ = [
    "SOURCE",
    "Clock",
    "FutureError",
    "checked_number",
    "checked_source",
    "checked_text",
    "checked_texts",
]

SOURCE = ("key", "publisher", "title", "published", "basis", "url")
_MOST = 2**53  # what JSON in other programs holds exactly


def checked_text(value: object) -> str | None:
    """A text or nothing.

    Raises:
        TypeError: It is anything else.
    """
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def checked_texts(value: object) -> tuple[str, ...]:
    """A list of texts.

    Raises:
        TypeError: It is anything else.
    """
    if value == []:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{value!r} is no list of texts")
    return tuple(value)


def checked_number(value: object) -> int:
    """A number that counts acts or updates.

    Raises:
        TypeError: It is anything else.
        ValueError: It is out of range.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    if not 0 <= value < _MOST:
        raise ValueError(f"{value} is out of range")
    return value


_PARTS = itemgetter(*SOURCE)


def checked_source(value: object) -> Source | None:
    """A source, or nothing.

    Raises:
        TypeError: It is anything else, or a part of it is no text.
        KeyError: A part is missing.
        ValueError: Its day is none.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no source")
    return _source(_PARTS(value))


@lru_cache(8192)
def _source(parts: tuple[object, ...]) -> Source:
    """A source, looked at once: many statements come from the same."""
    source = Source(**dict(zip(SOURCE, map(checked_text, parts), strict=True)))
    if source.published is not None:
        date.fromisoformat(source.published)
    return source


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
