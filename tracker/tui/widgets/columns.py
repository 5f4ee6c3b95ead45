"""Columns of any list: what they are called, how wide they are, and what they say of a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from textual import events
from textual.content import Content
from textual.message import Message

from tracker.tui.widgets.plain_label import PlainLabel
from tracker.words import Words
from tracker.words.cells import cell_len, fit, squeeze

__all__ = ["Cell", "Column", "Headings", "cells_of", "days_text", "in_years", "short_day", "spread"]

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
        """The text of a row, or what stands for it where there is too little room."""
        text = self.text(row)
        if self.briefer is not None and cell_len(text) > self.width:
            text = next((t for t in self.briefer(row) if cell_len(t) <= self.width), text)
        return squeeze(text, self.width) if self.squeezed else text


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line and the tone it is drawn in."""

    text: str
    tone: str = ""


def short_day(iso: str) -> str:
    """A day in ISO form without its century: 25-06-10."""
    return iso[2:]


def days_text(days: int | None) -> str:
    """A slip in days with its sign; nothing where there is none."""
    return f"{days:+d}" if days else ""


def in_years(days: int | None, words: Words) -> list[str]:
    """A great number of days in whole years: +27년, where there is no room for the days."""
    return [] if days is None else [words("years.signed", years=int(days / _DAYS_A_YEAR))]


def cells_of(row: T, columns: Iterable[Column[T]]) -> list[Cell]:
    """The pieces of one row's line, gaps included; neighbours of one tone are one piece."""
    texts: list[str] = []
    tones: list[str] = []
    for column in columns:
        text, tone = fit(column.fitting(row), column.width, right=column.right), column.tone(row)
        if tones and tones[-1] == tone:
            texts[-1] = f"{texts[-1]} {text}"
            continue
        if tones:
            texts[-1] += " "
        texts.append(text)
        tones.append(tone)
    return list(map(Cell, texts, tones))


def spread(columns: Sequence[Column[T]], width: int, most: dict[str, int]) -> list[Column[T]]:
    """As many columns as fit `width`, and what is left given to those named in `most`.

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

    class Pressed(Message):
        """A heading was clicked."""

        def __init__(self, name: str) -> None:
            """Tell which column it is of."""
            super().__init__()
            self.name = name

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._spans: list[tuple[range, str]] = []

    def show(self, columns: Iterable[Column[T]], by: str = "", *, falling: bool = False) -> None:
        """Show the headings, the column that orders the list marked with an arrow."""
        pieces, self._spans, at = [], [], 0
        for column in columns:
            text = column.heading
            if column.name == by:
                arrow = "↓" if falling else "↑"
                text = fit(text, min(cell_len(text), column.width - 1)) + arrow
            pieces.append(fit(text, column.width, right=column.right))
            self._spans.append((range(at, at + column.width), column.name))
            at += column.width + 1
        self.write(Content(" ".join(pieces)))

    def on_click(self, event: events.Click) -> None:
        """Ask for the order of the column under the mouse."""
        x = event.get_content_offset_capture(self).x
        for span, name in self._spans:
            if x in span:
                self.post_message(self.Pressed(name))
