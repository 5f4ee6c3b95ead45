"""Our table, taken into a store that is not there yet: all that it says is new.

Nothing has to be compared then, so the table is read part by part and forgotten. What a
part says is what `diff.compare` finds new in its rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from db.engine.deferred_indexes import CHUNK
from db.model.errors import TrackerError
from db.model.records import (
    Basis,
    Batch,
    NewFacility,
    NewMilestone,
    Statement,
    Type,
    UpdateKind,
)
from db.model.values import MAX_NAME, check_attribute
from tracker.exchange.diff.storable import check_statement, refusal
from tracker.exchange.grids.grid import Value
from tracker.exchange.grids.places import SheetFaults
from tracker.exchange.imports.outcome import Outcome
from tracker.exchange.milestone_table.parse import ColumnStatement, OwnTable
from tracker.exchange.milestone_table.parse_row import OwnRow
from tracker.exchange.tables.claims import Subject
from tracker.words import Words

__all__ = ["FreshTable", "SaidTwiceError"]


class SaidTwiceError(Exception):
    """Two rows speak of one milestone: they have to be held against each other."""


@dataclass(slots=True)
class _Part:
    """What some rows say, in their order."""

    statements: list[Statement] = field(default_factory=list)
    facilities: list[NewFacility] = field(default_factory=list)
    milestones: list[NewMilestone] = field(default_factory=list)

    def batch(self) -> Batch:
        return Batch(tuple(self.statements), tuple(self.facilities), tuple(self.milestones))


@dataclass(slots=True)
class FreshTable:
    """One pass through our table, below its header; `outcome` is right when all is read."""

    table: OwnTable
    rows: Iterable[Sequence[Value]]
    faults: SheetFaults
    notices: Callable[[Words], tuple[str, ...]] = field(default=lambda _: ())
    """What was left unread, when all is read."""
    _names: dict[str, str] = field(default_factory=dict)
    """What the facilities are called of which a row has spoken."""
    _spoken: dict[str, set[str]] = field(default_factory=dict)
    """Of each facility the milestones of which a row has spoken."""
    _unnamed: set[str] = field(default_factory=set)
    _types: Counter[Type] = field(default_factory=Counter)
    _milestones: int = 0
    _statements: int = 0
    _late: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def parts(self) -> Iterator[Batch]:
        """What the rows say, and the facilities and milestones that it is about.

        Raises:
            SaidTwiceError: This cannot be read in parts.
            SheetError: Cells cannot be read; every one of the table is named.
        """
        part, last = _Part(), ""
        for row, subject in self.table.read(self.rows):
            if len(part.statements) >= CHUNK and subject.facility != last:
                yield part.batch()
                part = _Part()
            last = subject.facility
            if last not in self._names:
                self._names[last] = self._introduce(row, subject, part)
            if subject.milestone is not None:
                self._take_milestone(row, subject, subject.milestone, part)
            if self.faults:  # nothing will be recorded
                part = _Part()
        self.faults.raise_if_any("import.unread.how")
        if part.statements:
            yield part.batch()

    def outcome(self) -> Outcome:
        """The numbers, and what was planned after it was done."""
        return Outcome(
            facilities=self._types[Type.FACILITY],
            programmes=self._types[Type.PROGRAMME],
            milestones=self._milestones,
            new=self._statements,
            same=0,
            after_completion=tuple(called for _, called in sorted(self._late.items())),
            notices=self.notices(self.table.words),
        )

    def _introduce(self, row: OwnRow, subject: Subject, part: _Part) -> str:
        """Take what a row says of its facility, as one statement; return the facility's name."""
        value = {"name": subject.name} | self.table.attributes(row, subject)
        if not self._check(row, value, subject.name):
            self._unnamed.add(subject.facility)
        part.facilities.append(NewFacility(subject.facility, subject.type))
        part.statements.append(
            Statement(
                subject.facility,
                None,
                UpdateKind.SET,
                self.table.first_day(row),
                value=value,
                reported_basis=Basis.APPROXIMATE,
            )
        )
        self._types[subject.type] += 1
        self._statements += 1
        name: str = value["name"]
        return name

    def _take_milestone(self, row: OwnRow, subject: Subject, slug: str, part: _Part) -> None:
        self._speak_of(subject.facility, intern(slug))
        told = list(self.table.of_milestone(row, subject))
        if subject.facility not in self._unnamed and max(map(len, row.texts.values())) > MAX_NAME:
            self._check_each(row, told, subject.name)
        said = [s for _, s in told]
        part.milestones.append(NewMilestone(subject.facility, slug, subject.kind))
        part.statements += said
        self._milestones += 1
        self._statements += len(said)
        if "actual" in row.periods and _is_late(said):
            step = self.table.words.milestone(subject.kind, row.texts.get("title"))
            self._late[subject.facility, slug] = (self._names[subject.facility], step)

    def _check(self, row: OwnRow, value: Mapping[str, Any], name: str) -> bool:
        """Note attributes that no store can hold; tell whether the name is one that it can."""
        wrong = {key: refusal(check_attribute, key, item) for key, item in value.items()}
        for key in ("name",) if wrong["name"] else wrong:
            if (why := wrong[key]) is not None:
                self._note(row, key, why, name)
        return wrong["name"] is None

    def _check_each(self, row: OwnRow, told: Iterable[ColumnStatement], name: str) -> None:
        """Note what of a milestone no store can hold; only a long text is ever such."""
        for key, statement in told:
            if (why := refusal(check_statement, statement)) is not None:
                self._note(row, key, why, name)

    def _note(self, row: OwnRow, key: str, why: TrackerError, name: str) -> None:
        place = self.table.rows.place(row, key)
        self.faults.add(place, why, row.texts.get(key, ""), name)

    def _speak_of(self, facility: str, slug: str) -> None:
        before = self._spoken.setdefault(facility, set())
        if slug in before:
            raise SaidTwiceError
        before.add(slug)


def _is_late(said: Iterable[Statement]) -> bool:
    """Whether a plan was reported after what is done."""
    days = {s.kind: s.reported_on for s in said}
    done, planned = days.get(UpdateKind.ACTUAL), days.get(UpdateKind.PLAN)
    return done is not None and planned is not None and planned > done
