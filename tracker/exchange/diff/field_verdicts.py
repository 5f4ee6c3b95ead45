"""How one field of a claim lies against the store: the three-way comparison.

What a cell says is held against what the same table said of it before, and only where that
is something else against what the store has now. So an unchanged cell never takes back what
was decided since, and a changed one does only where nobody else has spoken.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from db.model.records import Facility, Kind, Milestone, Update
from db.read.imports import Cell
from tracker.exchange.diff.field_statements import (
    UNDATED,
    FieldValue,
    Histories,
    period_of,
    progress_parts,
    value_of,
)
from tracker.exchange.diff.last_import import Base
from tracker.exchange.tables.claims import Claim, Verdict

__all__ = ["Judged", "Known"]


@dataclass(frozen=True, slots=True)
class Known:
    """The store as it is, and what was said before of what a table speaks of.

    Attributes:
        now: Milestones by (facility, milestone).
        kinds: The kind of every one that ever was.
        told: What fields are and were, of all that is in force.
        bases: What the table's last import said of each cell.
        taken_back: Cells with a value that a statement gave which holds no longer, unless
            the undone import of the table itself did.
        notes: The remarks in force by (facility, text), and those that the table made before.
        is_own: Whether the table said an update.
        is_ours: Whether it is the table that `tracker export` writes.
        written_on: The last day of all that our table knew when it was written.
    """

    facilities: Mapping[str, Facility] = field(default_factory=dict)
    now: Mapping[tuple[str, str], Milestone] = field(default_factory=dict)
    kinds: Mapping[tuple[str, str], Kind] = field(default_factory=dict)
    told: Histories = field(default_factory=dict)
    bases: Mapping[Cell, Base] = field(default_factory=dict)
    taken_back: frozenset[tuple[Cell, str | None]] = frozenset()
    notes: frozenset[tuple[str, str]] = frozenset()
    is_own: Callable[[Update], bool] = bool
    is_ours: bool = False
    written_on: date | None = None

    def mine(self, cell: Cell) -> FieldValue | None:
        """What a field is now, and who said so."""
        said = self.told.get(cell)
        return said[-1] if said else None

    def judge(self, cell: Cell, value: str | None, claim: Claim) -> "Judged":
        """The verdict on what a claim says of a field."""
        mine, base = self.mine(cell), self.bases.get(cell)
        called = mine is None and self._is_called(cell, value)
        if called or (mine is not None and _is_same(cell, value, mine.value)):
            return Judged(Verdict.SAME, mine, is_told=base is None or base.value != value)
        if self.is_ours and (seen := claim.seen_on or self._written_on(cell)):
            return self._judge_ours(cell, value, mine, seen)
        if base is not None and _is_same(cell, value, base.value):
            return Judged(Verdict.SAME, mine)
        if self._says_nothing(cell, value, claim):
            return Judged(Verdict.SAME, mine, is_told=not claim.soft)
        if (rival := self._rival(cell, value, claim)) is not None:
            return Judged(Verdict.CONFLICTING, rival)
        return _otherwise(mine)

    def _is_called(self, cell: Cell, value: str | None) -> bool:
        """Whether a facility that nobody has named is called so, by its slug."""
        facility = self.facilities.get(cell[0])
        return cell[2] == "name" and facility is not None and value == value_of(facility.name)

    def _written_on(self, cell: Cell) -> date | None:
        return self.written_on if cell[1] is None else None

    def _says_nothing(self, cell: Cell, value: str | None, claim: Claim) -> bool:
        """Whether there is no date yet, of a milestone that has none or keeps the one it has."""
        mine = self.mine(cell)
        there = (cell[0], cell[1] or "") in self.now
        undated = mine is None or mine.value is None
        return there and cell[2] == "forecast" and value == UNDATED and (undated or claim.soft)

    def _rival(self, cell: Cell, value: str | None, claim: Claim) -> FieldValue | None:
        """What somebody else has said since the table spoke of it, or ever where it never did."""
        mine = self.mine(cell)
        decided = mine is not None and (self._is_others(mine, cell) or self._is_kept(mine, cell))
        if mine is not None and decided and not _refines(cell, value, mine):
            return mine
        if mine is not None and mine.by.reported_on > claim.statement.reported_on:
            then = [s for s in self.told[cell] if s.by.reported_on <= claim.statement.reported_on]
            if then and cell not in self.bases and self._is_others(then[-1], cell):
                return then[-1]  # the table itself spoke later, and this is from before
        against = _AGAINST.get(cell[2])
        other = None if against is None else self.mine((cell[0], cell[1], against))
        if other is not None and other.value is not None and self._is_others(other, cell):
            return other
        return None

    def _is_others(self, said: FieldValue, cell: Cell) -> bool:
        base = self.bases.get(cell)
        if self.is_own(said.by):
            return False
        return base is None or said.by.act > base.after

    def _is_kept(self, said: FieldValue, cell: Cell) -> bool:
        """Whether somebody has kept what they said against what the table said of it."""
        base = self.bases.get(cell)
        return (
            base is not None
            and not self.is_own(said.by)
            and not _is_same(cell, base.value, said.value)
        )

    def _judge_ours(
        self, cell: Cell, value: str | None, mine: FieldValue | None, seen: date
    ) -> "Judged":
        """The verdict on a cell of our table, which says until when it knew what was said."""
        base = self.bases.get(cell)
        was_base = base is not None and _is_same(cell, value, base.value)
        if mine is None:
            return Judged(Verdict.SAME if was_base else Verdict.NEW, mine)
        if was_base and not self._saw(cell, mine, seen):
            return Judged(Verdict.SAME, mine)
        if mine.by.reported_on > seen:
            then = [s for s in self.told[cell] if s.by.reported_on <= seen]
            is_old = bool(then) and _is_same(cell, value, then[-1].value)
            verdict = Verdict.SAME if is_old else Verdict.CONFLICTING
            return Judged(verdict, mine, is_told=is_old)
        against = self.mine((cell[0], cell[1], _AGAINST.get(cell[2], "")))
        if against is not None and against.value and against.by.reported_on > seen:
            return Judged(Verdict.CONFLICTING, against)
        may_be_old = not was_base and self._may_be_old(cell, value, mine, seen)
        return Judged(Verdict.CONFLICTING, mine) if may_be_old else _otherwise(mine)

    def _saw(self, cell: Cell, mine: FieldValue, seen: date) -> bool:
        """Whether our table was certainly written after what the store has now was said."""
        if mine.by.reported_on == seen and cell[2] in _DATED_APART:
            return all(s.by.reported_on < seen for s in self.told[cell][:-1])
        return mine.by.reported_on < seen

    def _may_be_old(self, cell: Cell, value: str | None, mine: FieldValue, seen: date) -> bool:
        """Whether a cell may say what was known before, and not what somebody changed in it.

        Our table gives days and no hours, so that of two statements of its last day it may
        know the first alone; and it may have been written before one was taken back.
        """
        if (cell, value) in self.taken_back:
            return True
        return not self._saw(cell, mine, seen) and any(
            _is_same(cell, value, s.value) for s in self.told[cell][:-1]
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, what the store has instead, and whether the table had not said so before."""

    verdict: Verdict
    mine: FieldValue | None
    is_told: bool = False

    def but(self, verdict: Verdict) -> "Judged":
        """The same with another verdict."""
        return Judged(verdict, self.mine, self.is_told)


_AGAINST = {"forecast": "actual", "actual": "cancel"}
"""What is at odds with a field by being there at all."""

_DATED_APART = frozenset({"forecast", "actual"})
"""Fields for which our table gives the day on which they were said."""


def _otherwise(mine: FieldValue | None) -> Judged:
    known = mine is not None and mine.value is not None
    return Judged(Verdict.CHANGED if known else Verdict.NEW, mine)


def _is_same(cell: Cell, value: str | None, known: str | None) -> bool:
    """Whether a cell says what is known, or what an exact date that is known lies in."""
    if value == known or value is None or known is None:
        return value == known
    name = cell[2]
    if name == "actual":
        told, was = period_of(value), period_of(known)
        return told is not None and was is not None and told.contains(was)
    if name == "confirm":
        return known >= value
    if name == "progress":
        return progress_parts(value).items() <= progress_parts(known).items()
    return False


def _refines(cell: Cell, value: str | None, mine: FieldValue) -> bool:
    """Whether a cell gives a day of an actual that is known less exactly."""
    if cell[2] != "actual" or value is None or mine.value is None:
        return False
    told, was = period_of(value), period_of(mine.value)
    return told is not None and was is not None and told.strictly_inside(was)
