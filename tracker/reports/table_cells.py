"""What stands in a table of the report: texts, days, and numbers that know what they count."""

from datetime import date
from typing import Self

from tracker.words import Words

__all__ = ["Address", "Amount", "Cell", "Days", "Difference", "Rating", "cell_text"]


class Days(int):
    """A signed number of days."""


class Difference(int):
    """How many more than the week before, or fewer."""


class Amount(int):
    """An amount of money."""


class Address(str):
    """Where a source can be read; a link only where it is one of the web."""

    __slots__ = ()


class Rating(str):
    """Red, amber or green in words; `level` is the one that is meant."""

    __slots__ = ("level",)

    def __new__(cls, words: str, level: str) -> Self:
        """Word a level."""
        rating = super().__new__(cls, words)
        rating.level = level
        return rating

    level: str


Cell = str | int | date | None


def cell_text(cell: Cell, words: Words) -> str:
    """A cell as text; empty where there is nothing."""
    if cell is None:
        return ""
    if isinstance(cell, Days):
        return words.days(cell) if cell else words("report.zero_days")
    if isinstance(cell, Difference):
        return f"{cell:+,}" if cell else "–"
    if isinstance(cell, Amount):
        return words.money(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:,}" if isinstance(cell, int) else cell
