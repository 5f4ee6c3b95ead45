"""A spreadsheet as offices keep it: one row per facility, one column per step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from db.model.errors import RefusedError, TrackerError
from db.model.progress import Stage, counted
from db.model.records import Source, Statement, UpdateKind
from db.model.values import MAX_TEXT, too_long
from tracker.exchange.grids.grid import Grid, GridCell
from tracker.exchange.grids.places import Notice, Place, SheetFaults
from tracker.exchange.grids.unread import Flaw
from tracker.exchange.tables.amounts import amount_of, percent_of
from tracker.exchange.tables.claims import Claim, Subject
from tracker.exchange.tables.date_cells import (
    CellDate,
    has_ends,
    no_date,
    nothing,
    read_date_cell,
    read_works,
    stands_for_none,
)
from tracker.exchange.tables.heading_words import CONTRACTS, NAMES, TOTALS, UNDERTAKINGS
from tracker.exchange.tables.headings import Column, Layout, Role, core
from tracker.exchange.tables.row_groups import RowGroup, groups_of
from tracker.exchange.tables.row_names import Names

__all__ = ["OfficeSheet", "Reported", "without_idle"]

_KINDS = {
    Role.PLAN: UpdateKind.PLAN,
    Role.ORIGINAL: UpdateKind.ORIGINAL,
    Role.ACTUAL: UpdateKind.ACTUAL,
}
_DATED = frozenset(_KINDS.values())
_NAMELESS = {Flaw.ERROR: "import.error_name", Flaw.FORMULA: "import.no_value"}
_IN_EVERY_ROW = frozenset({"date", "works", "note", "progress"})
_TEXTS = ("city", "site", "cluster", "operator", "owner", "floors", "name_en", "programme")
_SHARES = {"progress": "actual", "progress_planned": "planned"}
_OTHERWISE = frozenset({"reason", "action", *_TEXTS, *_SHARES})  # read with the whole row


@dataclass(frozen=True, slots=True)
class Reported:
    """On which day the spreadsheet was true, and what it is called."""

    day: date
    source: Source | None


@dataclass
class OfficeSheet:
    """Reads one table into claims; faults, notices and skipped rows are noted on the way."""

    grid: Grid
    layout: Layout
    names: Names
    reported: Reported
    faults: SheetFaults
    skipped: list[Place] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @cached_property
    def _groups(self) -> dict[int, RowGroup]:
        return groups_of(self.grid, self.layout)

    def claims(self) -> Iterator[Claim]:
        """Every claim of every row below the header, in order of reading."""
        end = self.layout.last_row
        rows = range(self.layout.first_row, len(self.grid.rows) if end is None else end)
        for row in counted(rows, len(rows), Stage.READ):
            subject = self._subject(row)
            if subject is not None:
                yield from self._row(row, subject)

    def _place(self, row: int, column: Column | None = None) -> Place:
        return Place(self.grid.name, row + 1, column.title if column else "")

    def _subject(self, row: int) -> Subject | None:
        """The facility of a row; None where the row is empty, a heading, a total or a footnote."""
        given = self.grid.at(row, self.layout.name.number)
        group = self._groups.get(row)
        name = group.name if group else " ".join(given.text.split())
        filled = [c for c in self.layout.columns if self._is_filled(row, c)]
        before = range(self.layout.left, self.layout.name.number + 1)
        head = [core(self.grid.at(row, c).text) for c in before]
        total = any(TOTALS.fullmatch(text) for text in head if text)
        struck = given.flaw is Flaw.STRUCK and not name
        differences = group is not None and group.rows[row] is None
        heading = core(name) in NAMES | CONTRACTS | UNDERTAKINGS
        if total or struck or not filled or heading or differences:
            line = self.grid.rows[row][self.layout.left : self.layout.right]
            if any(given.text for given in line):
                self.skipped.append(self._place(row))
            return None
        place = self._place(row, self.layout.name)
        if given.flaw in _NAMELESS:
            self.faults.add(place, _NAMELESS[given.flaw], given.stood)
            return None
        if not name:
            self.faults.add(place, "import.no_name")
            return None
        self.faults.name_row(place, name)
        try:
            return self.names.find(name)
        except TrackerError as error:
            self.faults.add(place, error, name)
            return None

    def _is_filled(self, row: int, column: Column) -> bool:
        given = self.grid.at(row, column.number)
        return not nothing(given) or given.flaw is Flaw.FORMULA

    def _row(self, row: int, subject: Subject) -> Iterator[Claim]:
        texts, asides = self._texts(row), self._asides(row)
        main = self._is_main(row)
        for column in self.layout.columns:
            dated = column.what in {"date", "works"}
            given = self._dated_cell(row, column) if dated else self._cell(row, column)
            if given.flaw is Flaw.FORMULA and dated:
                self.faults.add(self._place(row, column), "import.no_value", given.stood)
            if nothing(given) or column.what in _OTHERWISE:
                continue
            if not (main or dated or column.what == "note"):
                continue
            place = self._place(row, column)
            try:
                for statement, about, soft in self._statements(row, column, given, subject, texts):
                    yield Claim(place, about, statement, soft=soft, asides=asides)
            except TrackerError as error:
                self.faults.add(place, error, given.text)
        if main:
            yield from self._progress(row, subject)
            yield from self._attributes(row, subject)
        else:
            self._note_others(row)
        yield from self._remarks(row, subject)

    def _is_main(self, row: int) -> bool:
        group = self._groups.get(row)
        return group is None or group.main == row

    def _cell(self, row: int, column: Column) -> GridCell:
        """A cell that is no date; of several rows of a facility, of the one that counts."""
        group = self._groups.get(row)
        if group is None or column.what == "note" or group.main != row:
            return self.grid.at(row, column.number)
        return group.at(self.grid, column.number)

    def _note_others(self, row: int) -> None:
        """Name what stands beside the dates of a first plan, and is not what stands now."""
        group = self._groups[row]
        for column in self.layout.columns:
            given = self.grid.at(row, column.number)
            other = given.text not in {"", group.at(self.grid, column.number).text}
            if column.what not in _IN_EVERY_ROW and other and not nothing(given):
                self.notices.append(
                    Notice("import.other_rows", self._place(row, column), given.text)
                )

    def _dated_cell(self, row: int, column: Column) -> GridCell:
        """A cell of dates; a text that is merged over several steps is said of each of them."""
        given = self.grid.at(row, column.number)
        over = self._merged_with(row, column)
        if len(over) > 1:
            whole = self.grid.at(row, over[0].number)
            return whole if no_date(whole.text) or over[0] is column else given
        return given

    def _merged_with(self, row: int, column: Column) -> list[Column]:
        """The columns of steps over which a merged cell lies."""
        first = self.grid.spans.get((row, column.number))
        if first is None:
            return [column]
        return [
            c
            for c in self.layout.columns
            if c.what == "date" and self.grid.spans.get((row, c.number)) == first
        ]

    def _remarks(self, row: int, subject: Subject) -> Iterator[Claim]:
        """What somebody hung on the cells of the row, each a note that begins with its column."""
        columns = {c.number: c for c in (self.layout.name, *self.layout.columns)}
        for number, text in self.grid.remarks_in(row):
            if not self.layout.left <= number < self.layout.right:
                continue  # of the table beside
            place = self._place(row, columns.get(number))
            told = f"{place.column}: {text}" if place.column else text
            yield Claim(place, subject, self._say(subject, UpdateKind.NOTE, told))

    def _texts(self, row: int) -> dict[str, str]:
        """The reason and the recovery action, which go with the plans of the row."""
        found: dict[str, str] = {}
        for column in self.layout.columns:
            given = self.grid.at(row, column.number)
            if column.what not in {"reason", "action"} or nothing(given):
                continue
            if len(given.text) > MAX_TEXT:
                wrong = too_long(column.what, len(given.text), MAX_TEXT)
                self.faults.add(self._place(row, column), wrong, given.text)
            else:
                found[column.what] = given.text
        return found

    def _asides(self, row: int) -> dict[str, Place]:
        """Where the reason and the recovery action stand."""
        return {
            c.what: self._place(row, c)
            for c in self.layout.columns
            if c.what in {"reason", "action"}
        }

    def _statements(
        self, row: int, column: Column, given: GridCell, subject: Subject, texts: dict[str, str]
    ) -> Iterator[tuple[Statement, Subject, bool]]:
        if column.what == "date":
            yield from self._dates(row, column, given, subject, texts)
        elif column.what == "works":
            yield from self._works(row, column, given, subject, texts)
        elif column.what == "note":
            yield self._say(subject, UpdateKind.NOTE, given.text), subject, False
        elif no_date(given.text):  # 사업비: 협의중
            told = f"{column.title}: {given.text}"
            yield self._say(subject, UpdateKind.NOTE, told), subject, False
        else:
            yield self._say(subject, UpdateKind.SET, amount_of(column, given)), subject, False

    def _dates(
        self, row: int, column: Column, given: GridCell, subject: Subject, texts: dict[str, str]
    ) -> Iterator[tuple[Statement, Subject, bool]]:
        assert column.kind is not None  # noqa: S101 - a column of dates has a kind
        over = self._merged_with(row, column)
        if len(over) > 1 and not no_date(given.text):
            steps = ", ".join(c.title for c in over)
            raise RefusedError(
                f"“{given.text}” is merged over {steps}",
                code="over-steps",
                text=given.text,
                steps=steps,
            )
        if stands_for_none(given):
            self.notices.append(Notice("import.placeholder", self._place(row, column), given.text))
            return
        about = self.names.step(subject, column.kind)
        told = read_date_cell(given, self._role(row, column), self.reported.day, column.kind)
        for one in told:
            yield self._dated(one, given, about, texts), about, not one.firm

    def _role(self, row: int, column: Column) -> Role:
        """What the dates of a cell are: as its column says, else as its row does."""
        group = self._groups.get(row)
        role = group.rows[row] if group else None
        return role if role and column.role in {Role.PLAN, Role.OUTCOME} else column.role

    def _works(
        self, row: int, column: Column, given: GridCell, subject: Subject, texts: dict[str, str]
    ) -> Iterator[tuple[Statement, Subject, bool]]:
        """Both ends of a period of works; a step that has a column of its own is told there."""
        if not has_ends(given.text):
            told = f"{column.title}: {given.text}"
            yield self._say(subject, UpdateKind.NOTE, told), subject, False
            return
        own = {
            c.kind
            for c in self.layout.columns
            if c.what == "date" and c.role is not Role.ACTUAL and not self._is_empty(row, c)
        }
        for kind, one in tuple(read_works(given, self.reported.day)):
            if kind not in own:
                about = self.names.step(subject, kind)
                yield self._dated(one, given, about, texts), about, not one.firm

    def _is_empty(self, row: int, column: Column) -> bool:
        return nothing(self.grid.at(row, column.number))

    def _dated(
        self, told: CellDate, given: GridCell, about: Subject, texts: dict[str, str]
    ) -> Statement:
        planned = told.role is Role.PLAN
        return Statement(
            facility=about.facility,
            milestone=about.milestone,
            kind=_KINDS[told.role],
            reported_on=self.reported.day,
            period=told.period,
            value=_mark(told),
            phrase=given.text,
            reason=texts.get("reason") if planned else None,
            action=texts.get("action") if planned else None,
            source=self.reported.source,
        )

    def _progress(self, row: int, subject: Subject) -> Iterator[Claim]:
        """Planned and actual percentages, which are said together."""
        value: dict[str, float | None] = {"planned": None, "actual": None}
        place = None
        for column in self.layout.columns:
            for share, at in self._shares(row, column):
                given = self._cell(row, column) if at == row else self.grid.at(at, column.number)
                if nothing(given) or no_date(given.text):
                    continue
                place = self._place(at, column)
                try:
                    value[share] = percent_of(given)
                except TrackerError as error:
                    self.faults.add(place, error, given.text)
        if place is not None and any(v is not None for v in value.values()):
            yield Claim(place, subject, self._say(subject, UpdateKind.PROGRESS, value))

    def _shares(self, row: int, column: Column) -> Iterator[tuple[str, int]]:
        """Which percentages a column has, and in which rows; 계획 and 실적 may be two rows."""
        if column.what not in _SHARES:
            return
        group = self._groups.get(row)
        done = [r for r, role in group.rows.items() if role is Role.ACTUAL] if group else []
        if column.what == "progress_planned" or not done or self._is_one(column, row, done[-1]):
            yield _SHARES[column.what], row
            return
        yield "actual", done[-1]
        if row != done[-1]:
            yield "planned", row

    def _is_one(self, column: Column, row: int, other: int) -> bool:
        """Whether two cells of a column are merged into one."""
        first = self.grid.spans.get((row, column.number))
        return first is not None and first == self.grid.spans.get((other, column.number))

    def _attributes(self, row: int, subject: Subject) -> Iterator[Claim]:
        """Texts of the facility; two columns of one, such as 담당부서 and 담당자, are one text."""
        found: dict[str, list[tuple[Column, str]]] = {}
        for column in self.layout.columns:
            given = self._cell(row, column)
            if column.what in _TEXTS and not nothing(given):
                found.setdefault(column.what, []).append((column, given.text))
        for what, parts in found.items():
            text = " ".join(dict.fromkeys(text for _, text in parts))
            place = self._place(row, parts[0][0])
            yield Claim(place, subject, self._say(subject, UpdateKind.SET, {what: text}))

    def _say(self, subject: Subject, kind: UpdateKind, value: Any) -> Statement:  # noqa: ANN401 - as a statement's
        return Statement(
            subject.facility,
            None,
            kind,
            self.reported.day,
            value=value,
            source=self.reported.source,
        )


def without_idle(claims: Iterable[Claim]) -> list[Claim]:
    """Leave out what only says that there is no date of a step for which another cell has one."""
    every = list(claims)
    dated = {_step_of(c) for c in every if c.statement.kind in _DATED and c.statement.period}
    return [c for c in every if not (c.soft and _step_of(c) in dated)]


def _mark(told: CellDate) -> dict[str, bool] | None:
    """What a date of a table is beside its window: none at all, or one that nobody reported."""
    if told.period is None:
        return {"undated": True}
    return None if told.role is Role.ACTUAL else {"listed": True}


def _step_of(claim: Claim) -> tuple[str, str | None]:
    return claim.statement.facility, claim.statement.milestone
