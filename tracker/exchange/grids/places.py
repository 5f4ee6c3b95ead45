"""Where in a spreadsheet something stands, and all that is wrong with one."""

from dataclasses import dataclass

from db.model.errors import RefusedError, TrackerError
from db.model.text import clean
from tracker.words import Words

__all__ = ["Fault", "Notice", "Place", "SheetError", "SheetFaults"]

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
        return words.lookup(
            self.key, place=self.place.said(words), text=_short(self.text), sheet=self.place.sheet
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell.

    Attributes:
        place: The cell.
        facility: The name in its row; empty where there is none.
        text: What stands in it.
        why: What is wrong, and what would be right, in a sentence.
        code: Of the failure; empty where the sentence has no code.
        slug: Of the facility, where its row gives one; several may have one name.
    """

    place: Place
    facility: str
    text: str
    why: str
    code: str = ""
    slug: str = ""

    def said(self, words: Words) -> str:
        """The cell, what is wrong with it, and whose row it is in."""
        named = self.facility and self.facility != self.text and self.facility not in self.why
        whose = f" ({_short(self.facility)})" if named else ""
        return f"{self.place.said(words)}: {self.why}{whose}"


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
        self._rows: dict[tuple[str, int], str] = {}
        self._found: dict[tuple[Place, str], Fault] = {}

    def name_row(self, place: Place, facility: str) -> None:
        """Note which facility the row of a cell is about."""
        self._rows[place.sheet, place.row] = facility

    def add(
        self,
        place: Place,
        why: str | TrackerError,
        text: str = "",
        facility: str = "",
        slug: str = "",
    ) -> None:
        """Note what is wrong with a cell.

        Args:
            place: The cell.
            why: A key of the catalogue that takes `text`, or the failure itself.
            text: What stands in the cell.
            facility: The name in its row, where `name_row` was not told.
            slug: That of the facility, where the row gives one.
        """
        if isinstance(why, TrackerError):
            sentence, code = self._words.error(why), why.code or ""
        else:
            sentence, code = self._words.lookup(why, text=_short(text)), ""
        facility = clean(facility or self._rows.get((place.sheet, place.row), ""))
        found = Fault(place, facility, text, sentence, code, slug)
        self._found.setdefault((place, sentence), found)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._found)

    @property
    def found(self) -> tuple[Fault, ...]:
        """All of them, in the order of the sheets and rows."""
        return tuple(sorted(self._found.values(), key=lambda f: (f.place.sheet, f.place.row)))

    def raise_if_any(self, hint: str = "") -> None:
        """End the import if anything was noted.

        Args:
            hint: A key of the catalogue: how to go on all the same, told last.

        Raises:
            SheetError: At least one fault was noted.
        """
        if not self._found:
            return
        lines = [f"{self._name}: {fault.said(self._words)}" for fault in self.found]
        if len(lines) > _MOST_LINES:
            rest = len(lines) - _MOST_LINES
            lines[_MOST_LINES:] = [f"{self._name}: {self._words('import.more_faults', rest=rest)}"]
        if hint:
            lines.append(self._words.lookup(hint))
        raise SheetError(tuple(lines))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
