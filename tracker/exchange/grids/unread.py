"""What of a spreadsheet was not read, and why: named, so that nothing is lost in silence."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.words import Words

__all__ = ["Flaw", "Unread", "address", "column_letters", "is_error", "sentences"]

_MOST_NAMED = 12  # places that one sentence names
_ALPHABET = 26


class Flaw(StrEnum):
    """Why a cell that is not empty holds nothing that could be taken.

    ERROR: an error such as `#REF!`. FORMULA: a formula whose result is not stored.
    STRUCK: struck through, whole or in part. PLACEHOLDER: a date that stands for none.
    """

    ERROR = "errors"
    FORMULA = "formulas"
    STRUCK = "struck"
    PLACEHOLDER = "placeholders"


def column_letters(column: int) -> str:
    """What spreadsheet programs call a column that is counted from 0.

    >>> column_letters(0), column_letters(26)
    ('A', 'AA')
    """
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """What spreadsheet programs call a cell; both are counted from 0.

    >>> address(4, 1)
    'B5'
    """
    return f"{column_letters(column)}{row + 1}"


@dataclass(slots=True)
class Unread:
    """What of one sheet was left unread; rows and columns count from 0.

    Attributes:
        sheet: Its name; empty in CSV.
        rows, columns: The hidden ones in which something stands.
        cells: Where each flaw was met.
        remarks: The columns of each row with a comment that nobody asked for.
        hidden: Whether the sheet itself is hidden, and was not read at all.
        uncomputed: The columns of each row in which a formula has no result.
    """

    sheet: str = ""
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    cells: dict[Flaw, list[tuple[int, int]]] = field(default_factory=dict)
    remarks: dict[int, list[int]] = field(default_factory=dict)
    hidden: bool = False
    uncomputed: dict[int, list[int]] = field(default_factory=dict)

    def note(self, flaw: Flaw, row: int, column: int) -> None:
        """Note a cell."""
        self.cells.setdefault(flaw, []).append((row, column))
        if flaw is Flaw.FORMULA:
            self.uncomputed.setdefault(row, []).append(column)

    def hide(self, column: int) -> None:
        """Note a column that is hidden and not empty."""
        at = bisect_left(self.columns, column)
        if self.columns[at : at + 1] != [column]:
            self.columns.insert(at, column)

    @property
    def conceals(self) -> bool:
        """Whether something was left out because it is hidden."""
        return bool(self.hidden or self.rows or self.columns)

    def sentences(self, words: Words, *, named: bool) -> Iterator[str]:
        """One sentence for each kind of thing that was left out.

        Args:
            words: The language.
            named: Whether the sheet has to be named, as where there are several.
        """
        sheet = f"[{self.sheet}] " if named and self.sheet else ""
        rows = [words("import.left.row", row=row + 1) for row in self.rows[:_MOST_NAMED]]
        columns = [words("import.left.column", column=column_letters(c)) for c in self.columns]
        remarks = [(row, column) for row, line in self.remarks.items() for column in line]
        kinds = [
            ("rows", len(self.rows), rows, len(self.rows)),
            ("columns", len(columns), columns, len(columns)),
            *((flaw.value, *_cells(self.cells.get(flaw, []))) for flaw in Flaw),
            ("remarks", *_cells(remarks)),
        ]
        for kind, count, places, several in kinds:
            if count:
                listed = _listed(places, several, words)
                yield words.of("import.left", kind, sheet=sheet, count=count, places=listed)


def _cells(cells: list[tuple[int, int]]) -> tuple[int, list[str], int]:
    """How many cells there are, the first places, and how many places: neighbours are one."""
    ranges: list[list[tuple[int, int]]] = []
    for row, column in sorted(cells):
        if ranges and ranges[-1][-1] == (row, column - 1):
            ranges[-1][1:] = [(row, column)]
        else:
            ranges.append([(row, column)])
    named = [":".join(address(*end) for end in ends) for ends in ranges[:_MOST_NAMED]]
    return len(cells), named, len(ranges)


def _listed(places: list[str], several: int, words: Words) -> str:
    shown = ", ".join(places[:_MOST_NAMED])
    rest = several - _MOST_NAMED
    return words("import.left.more", places=shown, rest=rest) if rest > 0 else shown


def sentences(every: Iterable[Unread], words: Words) -> tuple[str, ...]:
    """What was left out of the sheets of a file, in sentences."""
    every = list(every)
    seen = [one for one in every if not one.hidden]
    concealed = [one.sheet for one in every if one.hidden]
    said = [s for one in seen for s in one.sentences(words, named=len(every) > 1)]
    if concealed:
        listed = _listed(concealed, len(concealed), words)
        said.append(words("import.left.sheets", count=len(concealed), places=listed))
    return tuple(said)


_ERROR = re.compile(
    r"#(?:REF|VALUE|NAME|NULL|NUM|DIV/0|N/A|SPILL|CALC|FIELD|BLOCKED|UNKNOWN|CONNECT|BUSY|EXTERNAL"
    r"|PYTHON|TIMEOUT|ERROR|이름|값|참조|숫자)[!?]?"
    r"|#N/A N/A|#GETTING_DATA|(?:Err|오류)\s?:\s?[0-9]{3}|#{3,}",
    re.IGNORECASE,
)


def is_error(text: str) -> bool:
    """Whether a whole cell is an error.

    >>> [is_error(t) for t in ("#REF!", "Err:502", "#N/A", "#1동", "N/A")]
    [True, True, True, False, False]
    """
    return text[:1] in "#eE오" and _ERROR.fullmatch(text) is not None
