"""What a person typed into a date field: a period, the word 미정, or nothing."""

from dataclasses import dataclass
from datetime import date

from db.model.period import Period
from tracker.phrases import is_undated, read
from tracker.words import Words

__all__ = ["Reading", "read_date"]

_TODAY = {"today", "오늘"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a field holds: a period, the word 미정, or nothing."""

    period: Period | None = None
    undated: bool = False
    text: str = ""

    @property
    def given(self) -> bool:
        """Whether anything was typed."""
        return self.undated or self.period is not None

    def shown(self, words: Words, today: date) -> str:
        """What was understood, with its days: `2026년 상반기 · 01-01 … 06-30`."""
        if self.period is None:
            return words("undated") if self.undated else ""
        return f"{words.period(self.period)} · {words.window(self.period, today)}"


def read_date(text: str, today: date) -> Reading:
    """Read what a person typed into a date field.

    Raises:
        RefusedError: It is no date; the error says why in one line.
    """
    text = text.strip()
    if not text:
        return Reading()
    if text.casefold() in _TODAY:
        return Reading(Period.day(today), text=text)
    if is_undated(text):
        return Reading(undated=True, text=text)
    return Reading(read(text, today), text=text)
