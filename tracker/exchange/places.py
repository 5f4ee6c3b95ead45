"""Where in a spreadsheet something stands, and all that is wrong with one."""

from dataclasses import dataclass

from db.errors import RefusedError, TrackerError
from db.text import clean
from tracker.words import Words

__all__ = ["Notice", "Place", "SheetError", "SheetFaults"]

_LONGEST = 60  # characters of a cell that a message repeats
_MOST_LINES = 200


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell: the sheet's name (empty in CSV), the row counted from 1, the column's title."""

    sheet: str
    row: int
    column: str = ""

    def said(self, words: Words) -> str:
        """`3행 착공`, or `[시트2] 3행 착공` where there are several sheets."""
        sheet = f"[{self.sheet}] " if self.sheet else ""
        return words("import.place", sheet=sheet, row=self.row, column=self.column).strip()


@dataclass(frozen=True, slots=True)
class Notice:
    """What was not taken without being wrong: the key of its sentence, the cell, the text."""

    key: str
    place: Place
    text: str = ""

    def said(self, words: Words) -> str:
        """It as one sentence."""
        return words(
            self.key, place=self.place.said(words), text=_short(self.text), sheet=self.place.sheet
        )


class SheetError(RefusedError):
    """A spreadsheet that was refused as a whole; `lines` has every fault with its cell."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        """Keep all lines; the first is the text."""
        self.lines = lines
        super().__init__(lines[0], code="sheet", first=lines[0])


class SheetFaults:
    """Collects faults while a spreadsheet is read, so that all of them are told at once."""

    def __init__(self, name: str, words: Words) -> None:
        """Begin without any, for the file called `name`."""
        self._name = clean(name)
        self._words = words
        self._found: dict[tuple[Place, str], None] = {}

    def add(self, place: Place, why: str | TrackerError, text: str = "") -> None:
        """Note what is wrong with a cell.

        Args:
            place: The cell.
            why: A key of the catalogue that takes `text`, or the failure itself.
            text: What stands in the cell.
        """
        shown = _short(text)
        sentence = (
            self._words.error(why)
            if isinstance(why, TrackerError)
            else self._words(why, text=shown)
        )
        self._found[place, sentence] = None

    def __len__(self) -> int:
        """How many there are."""
        return len(self._found)

    def raise_if_any(self) -> None:
        """End the import if anything was noted.

        Raises:
            SheetError: At least one fault was noted.
        """
        if not self._found:
            return
        found = sorted(self._found, key=lambda fault: (fault[0].sheet, fault[0].row))
        lines = [f"{self._name}: {place.said(self._words)}: {why}" for place, why in found]
        if len(lines) > _MOST_LINES:
            rest = len(lines) - _MOST_LINES
            lines[_MOST_LINES:] = [f"{self._name}: {self._words('import.more_faults', rest=rest)}"]
        raise SheetError(tuple(lines))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
