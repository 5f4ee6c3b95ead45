"""Columns of lists: headings, widths and the texts of a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from textual.content import Content

from tracker.tui.widgets.plain_label import PlainLabel, clickable
from tracker.words import Words
from tracker.words.cells import cell_len, fit, squeeze

__all__ = ["Column", "Headings", "cells_of", "days_text", "in_years", "short_day", "spread"]

T = TypeVar("T")
_DAYS_A_YEAR = 365.2425


def _no_tone(_: object) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its heading, its width in cells, and the text of a row.

    `tone` names the component class, without its prefix, in which a cell is drawn.
    `squeezed` texts lose their middle instead of their end. `briefer` gives what may stand
    there instead of a text that is too long: the first of it that fits.
    """

    name: str
    heading: str
    width: int
    text: Callable[[T], str]
    right: bool = False
    tone: Callable[[T], str] = _no_tone
    squeezed: bool = False
    briefer: Callable[[T], Iterable[str]] | None = None

    def fitting(self, row: T) -> str:
        """Return the text of a row, shortened where it is too long."""
        text = self.text(row)
        if self.briefer is not None and cell_len(text) > self.width:
            text = next((t for t in self.briefer(row) if cell_len(t) <= self.width), text)
        return squeeze(text, self.width) if self.squeezed else text


def short_day(iso: str) -> str:
    """Return a day in ISO form without its century: 25-06-10."""
    return iso[2:]


def days_text(days: int | None) -> str:
    """Return a slip in days with its sign; an empty text for none."""
    return f"{days:+d}" if days else ""


def in_years(days: int | None, words: Words) -> list[str]:
    """Return days as whole years, such as +27년, for columns too narrow for the days."""
    return [] if days is None else [words("years.signed", years=int(days / _DAYS_A_YEAR))]


def cells_of(row: T, columns: Iterable[Column[T]]) -> list[tuple[str, str]]:
    """Return the texts and tones of one row's line, a blank after each column."""
    return [(fit(c.fitting(row), c.width, right=c.right) + " ", c.tone(row)) for c in columns]


def spread(columns: Sequence[Column[T]], width: int, most: dict[str, int]) -> list[Column[T]]:
    """Return the columns that fit `width`, the rest of it given to those named in `most`.

    Args:
        columns: In order; each has the least width it can do with. The first always stays.
        width: In cells.
        most: How wide a column may grow at most, by name; the first one grows first.
    """
    shown: list[Column[T]] = []
    room = width + 1
    for column in columns:
        if shown and column.width + 1 > room:
            break
        shown.append(column)
        room -= column.width + 1
    grown = {}
    for name, limit in most.items():
        places = [c for c in shown if c.name == name]
        if places and room > 0:
            column = places[0]
            grown[name] = min(limit, column.width + room)
            room -= grown[name] - column.width
    return [replace(c, width=grown.get(c.name, c.width)) for c in shown]


class Headings(PlainLabel):
    """The names of the columns over a list; a click on one asks for its order."""

    class Pressed(PlainLabel.Pressed):
        """A heading was clicked; the target is the name of its column."""

    def show(self, columns: Iterable[Column[T]], by: str = "", *, descending: bool = False) -> None:
        """Show the headings, the column that orders the list marked with an arrow."""
        pieces = []
        for column in columns:
            text = column.heading
            if column.name == by:
                arrow = "↓" if descending else "↑"
                text = fit(text, min(cell_len(text), column.width - 1)) + arrow
            pieces.append(clickable(fit(text, column.width, right=column.right), "", column.name))
        self.write(Content(" ").join(pieces))
