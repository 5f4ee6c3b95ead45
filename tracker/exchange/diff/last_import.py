"""Which table a file is, and what its last import said of each cell.

A table is known again by the name of its file without what changes from month to month, and
where that leaves nothing by its columns: offices use one form for tables that have nothing to
do with each other. Our own table is one table, whatever its file is called.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from db.model.records import Update, UpdateKind
from db.read.imports import ANY_TABLE, Cell, Run
from tracker.exchange.diff.field_statements import UNDATED, FieldValue, Histories, cells_of
from tracker.words import LANGUAGES, Words

__all__ = ["OWN_TABLE", "Base", "Bases", "stem_of"]

OWN_TABLE = "tracker"
"""The header of the table that `tracker export` writes."""

_DATES = re.compile(
    r"(?<![a-z])[qhw]\d+|\d+\s*(?:년도|년|월말|월|일자|일|분기|반기|주차|주|차|호|회|st|nd|rd|th)?|[상하]반기"
    r"|(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|week)(?![a-z])"
)
_COPIES = re.compile(
    r"복사본|사본|최종본|최종|수정본|수정|최신본|최신|현행화|기준"
    r"|(?<![a-z])(?:copy\s+of|copy|final|latest|revised|rev|version|ver|v|draft|new)(?![a-z])"
)


def stem_of(name: str) -> str:
    """The name of a file, without its suffix, days, months, copies and versions."""
    text = unicodedata.normalize("NFC", name).casefold().replace("_", " ")
    return re.sub(r"[\W_]+", "", _COPIES.sub(" ", _DATES.sub(" ", text)))


@dataclass(frozen=True, slots=True)
class Base:
    """What a table's last import said of a cell, and the newest act of that time."""

    value: str | None
    after: int


_When = tuple[date, int, int]
_Found = dict[Cell, tuple[_When, Base]]


@dataclass(slots=True)
class Bases:
    """What earlier imports of one table said, as of the day on which it is true now.

    Attributes:
        stem, header: Which table it is.
        day: What was true later says nothing of what the table said before.
    """

    stem: str
    header: str
    day: date
    _runs: dict[int, Run] = field(default_factory=dict)
    """The runs of this table by their act."""
    _silent: list[tuple[int, Run]] = field(default_factory=list)
    """Those whose cells say something that was not recorded, with their place among all."""
    _places: dict[int, int] = field(default_factory=dict)
    _undone: Mapping[int, int] = field(default_factory=dict)

    def learn(self, runs: Sequence[Run], undone: Mapping[int, int]) -> None:
        """Take the runs of this table.

        Args:
            runs: Every run of the store, in the order of recording.
            undone: The updates that were undone, each with its act; they were never said.
        """
        self._undone = undone
        acts = set(undone.values())
        for place, run in enumerate(self._own(runs)):
            if run.act is not None:
                self._runs[run.act], self._places[run.act] = run, place
            if run.cells and run.act not in acts and run.reported_on <= self.day:
                self._silent.append((place, run))

    def _own(self, runs: Sequence[Run]) -> list[Run]:
        """The runs of this table; those of the same name alone, where there are any."""
        same = [run for run in runs if run.header != ANY_TABLE and self._is_same(run)]
        exact = {id(run) for run in same if run.stem == self.stem} or {id(run) for run in same}
        return [run for run in runs if run.header == ANY_TABLE or id(run) in exact]

    def _is_same(self, run: Run) -> bool:
        if OWN_TABLE in {run.header, self.header}:
            return run.header == self.header
        if run.stem and self.stem:
            return run.stem == self.stem
        return run.header == self.header

    def is_own(self, update: Update) -> bool:
        """Whether this table said it."""
        return update.act in self._runs

    def of(self, updates: Iterable[Update], told: Histories) -> dict[Cell, Base]:
        """What the table said last of each cell.

        What a person has retracted since still counts as said by the table.

        Args:
            updates: All that was ever said of some facilities.
            told: What their fields were made by what is in force of that.
        """
        found: _Found = {}
        for u in sorted(updates, key=lambda u: u.id):
            run = self._runs.get(u.act)
            if run is None or run.reported_on > self.day or u.id in self._undone:
                continue
            if u.kind is not UpdateKind.RETRACT:
                self._hear(u, run, told, found)
        for place, run in self._silent:
            for cell, value in run.cells.items():
                _put(found, cell, (run.reported_on, place, 0), Base(value, run.after))
        return {cell: base for cell, (_, base) in found.items()}

    def _hear(self, u: Update, run: Run, told: Histories, found: _Found) -> None:
        when = (run.reported_on, self._places[u.act], u.seq)
        for cell, value in cells_of(u):
            name = cell[2]
            if name == "reason" and value in _no_reasons():
                continue
            if name.startswith("funding.") and _is_carried_along(u, told.get(cell, [])):
                continue
            _put(found, cell, when, Base(value, u.act))
            first = (u.facility, u.milestone, "baseline")
            is_first = self.header == OWN_TABLE and first not in found
            if name == "forecast" and is_first and value != UNDATED:
                _put(found, first, when, Base(value, u.act))

    def notes(self, updates: Iterable[Update]) -> set[tuple[str, str]]:
        """The remarks that the table made of a facility, those taken back by a person too."""
        return {
            (u.facility, str(u.value))
            for u in updates
            if u.kind is UpdateKind.NOTE and u.act in self._runs and u.id not in self._undone
        }


def _is_carried_along(u: Update, said: Iterable[FieldValue]) -> bool:
    """Whether a share of the funding stands in a statement that did not change it."""
    return u.retracted_by is None and all(spoken.by.id != u.id for spoken in said)


def _put(found: _Found, cell: Cell, when: _When, base: Base) -> None:
    before = found.get(cell)
    if before is None or before[0] <= when:
        found[cell] = when, base


@cache
def _no_reasons() -> set[str]:
    """What stands for a reason that a table does not give."""
    return {Words(lang)("import.no_reason") for lang in LANGUAGES}
