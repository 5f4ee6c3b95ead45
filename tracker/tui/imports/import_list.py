"""What a file would bring as a list, conflicts first, and everything about the chosen line."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from tracker.exchange.imports.outcome import (
    SIGNS,
    Outcome,
    listed,
    lookalike_lines,
    meaning,
    passed_over,
)
from tracker.exchange.tables.claims import Verdict
from tracker.tui.widgets.columns import Column, spread
from tracker.tui.widgets.row_list import RowList
from tracker.tui.widgets.tones import TONES
from tracker.words import Words
from tracker.words.cells import plain

__all__ = ["PASSED_OVER", "FindingList", "Line", "lines_of", "parts_of"]

PASSED_OVER = "-"
"""The sign of what is not taken, and of a new name that looks like a known one."""

_UNREAD = "?"
_TONES = {"!": "overdue", _UNREAD: "due_soon", PASSED_OVER: "due_soon", "~": "in_window", "+": ""}
_BROAD = 100  # cells from which there is room for long names and titles


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a file says, a cell of it that cannot be read, or what was passed over.

    Attributes:
        number: Its place in the list.
        sign: What it is to the store: `!` conflicts, `?` unread, `-` passed over, `~` changed,
            `+` new.
        facility: Whose row it is in, if any.
        said: What it means.
        where: The cell, if it is one.
        told: The words of the file, if they are given.
    """

    number: int
    sign: str
    facility: str
    said: str
    where: str
    told: str


def lines_of(outcome: Outcome, words: Words) -> list[Line]:
    """Conflicts, unread cells and what was passed over; then what changes, and what is new."""
    return [Line(number, *line) for number, line in enumerate(_told(outcome, words))]


def _told(outcome: Outcome, words: Words) -> Iterator[tuple[str, str, str, str, str]]:
    for verdict, findings in listed(outcome).items():
        for f in findings:
            where = plain(f.place.said(words)) if f.place else ""
            yield SIGNS[verdict], plain(f.facility), plain(meaning(f, words)), where, f.told
        if verdict is Verdict.CONFLICTING:
            for fault in outcome.left_out:
                where = plain(fault.place.said(words))
                yield _UNREAD, plain(fault.facility), plain(fault.why), where, fault.text
            for left in chain(lookalike_lines(outcome, words), passed_over(outcome, words)):
                yield PASSED_OVER, "", plain(left), "", ""


def parts_of(line: Line, words: Words) -> list[tuple[str, str]]:
    """Everything about a line, with the styles of the texts."""
    told = words("import.told", text=plain(line.told)) if line.told else ""
    return [
        (" · ".join(filter(None, (line.facility, line.where))), "bold"),
        (line.said, TONES[_TONES[line.sign]]),
        (told, "$foreground 60%"),
    ]


class FindingList(RowList[Line]):
    """What a file would bring, conflicts first."""

    def key(self, row: Line) -> int:
        """Its place."""
        return row.number

    def columns(self, width: int) -> list[Column[Line]]:
        """The columns that fit: what it is, whose, what it means, and where it stands."""
        words, broad = self._words, width >= _BROAD
        columns: list[Column[Line]] = [
            Column("sign", "", 1, lambda x: x.sign, tone=lambda x: _TONES[x.sign]),
            Column(
                "facility",
                words("col.facility"),
                28 if broad else 14,
                lambda x: x.facility,
                squeezed=True,
            ),
            Column("said", words("import.col.said"), 28, lambda x: x.said),
            Column("where", words("import.col.where"), 24 if broad else 12, lambda x: x.where),
        ]
        return spread(columns, width, {"said": width})
