"""Weeks as ISO 8601 counts them, from Monday to Sunday."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from db.model.errors import RefusedError

__all__ = ["Week"]

_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_SUNDAY = 6


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week of a year; the year is the one that most of its days lie in."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that `day` lies in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-W47`, or any day of the week in ISO form.

        Raises:
            RefusedError: It is neither, or the year has no such week.
        """
        match = _WEEK.fullmatch(text.strip())
        try:
            if match is None:
                return cls.of(date.fromisoformat(text.strip()))
            year, number = int(match[1]), int(match[2])
            date.fromisocalendar(year, number, 1)
        except ValueError:
            raise RefusedError(
                f"“{text}” is no week: write one like 2026-W47", code="bad-week", text=text
            ) from None
        return cls(year, number)

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day; of the last week of the calendar, the last that there is."""
        return self.monday + min(timedelta(days=_SUNDAY), date.max - self.monday)

    @property
    def day_before(self) -> date | None:
        """The Sunday before it; none before the first week of the calendar."""
        return self.monday - timedelta(days=1) if self.monday > date.min else None

    @property
    def following(self) -> "Week | None":
        """The week after it; none after the last of the calendar."""
        return Week.of(self.sunday + timedelta(days=1)) if self.sunday < date.max else None

    def __contains__(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.monday <= day <= self.sunday

    def __str__(self) -> str:
        """Return its name, such as 2026-W47."""
        return f"{self.year:04d}-W{self.number:02d}"
