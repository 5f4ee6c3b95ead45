"""A spreadsheet as offices keep it: one row per facility, one column per step."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.errors import RefusedError, TrackerError
from db.records import Source, Statement, UpdateKind
from db.watch import Stage, counted
from tracker.exchange.claims import Claim, Subject
from tracker.exchange.grid import Given, Grid
from tracker.exchange.heading_words import NAMES, TOTALS, UNDERTAKINGS
from tracker.exchange.headings import Column, Layout, Role, core
from tracker.exchange.naming import Names
from tracker.exchange.places import Place, SheetFaults
from tracker.exchange.told_cells import nothing, read_told
from tracker.exchange.unread import Flaw
from tracker.words.money import read_money

__all__ = ["Ledger", "Reported"]

_KINDS = {
    Role.PLAN: UpdateKind.PLAN,
    Role.ORIGINAL: UpdateKind.ORIGINAL,
    Role.ACTUAL: UpdateKind.ACTUAL,
}
_UNIT_IN_CELL = re.compile(r"[조억만천원]|krw|[bm]n", re.IGNORECASE)
_LEAST_WON = 1_000_000  # a bare smaller number counts in a unit that nobody stated
_AREA = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:㎡|m2|m²|제곱미터)?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s*[%％]?")
_ALL = 100
_NAMELESS = {Flaw.ERROR: "import.error_name", Flaw.FORMULA: "import.no_value"}
_TEXTS = ("city", "site", "cluster", "operator", "owner", "floors", "name_en", "programme")
_SHARES = {"progress": "actual", "progress_planned": "planned"}
_OTHERWISE = frozenset({"reason", "action", *_TEXTS, *_SHARES})  # read with the whole row


@dataclass(frozen=True, slots=True)
class Reported:
    """On which day the spreadsheet was true, and what it is called."""

    day: date
    source: Source | None


@dataclass(slots=True)
class Ledger:
    """Reads one sheet into claims; faults and skipped rows are noted on the way."""

    grid: Grid
    layout: Layout
    names: Names
    reported: Reported
    faults: SheetFaults
    skipped: list[Place] = field(default_factory=list)

    def claims(self) -> Iterator[Claim]:
        """Every claim of every row below the header, in order of reading."""
        rows = range(self.layout.first_row, len(self.grid.rows))
        for row in counted(rows, len(rows), Stage.READ):
            subject = self._subject(row)
            if subject is not None:
                yield from self._row(row, subject)

    def _place(self, row: int, column: Column | None = None) -> Place:
        return Place(self.grid.name, row + 1, column.title if column else "")

    def _subject(self, row: int) -> Subject | None:
        """The facility of a row; None where the row is empty, a heading, a total or a footnote."""
        given = self.grid.at(row, self.layout.name.number)
        name = " ".join(given.text.split())
        filled = [c for c in self.layout.columns if self._is_filled(row, c)]
        head = [core(self.grid.at(row, c).text) for c in range(self.layout.name.number + 1)]
        total = any(TOTALS.fullmatch(text) for text in head if text)
        struck = given.flaw is Flaw.STRUCK and not name
        if total or struck or not filled or core(name) in NAMES | UNDERTAKINGS:
            if any(given.text for given in self.grid.rows[row]):
                self.skipped.append(self._place(row))
            return None
        place = self._place(row, self.layout.name)
        if given.flaw in _NAMELESS:
            self.faults.add(place, _NAMELESS[given.flaw], given.stood)
            return None
        if not name:
            self.faults.add(place, "import.no_name")
            return None
        try:
            return self.names.find(name)
        except TrackerError as error:
            self.faults.add(place, error, name)
            return None

    def _is_filled(self, row: int, column: Column) -> bool:
        given = self.grid.at(row, column.number)
        return not nothing(given) or given.flaw is Flaw.FORMULA

    def _row(self, row: int, subject: Subject) -> Iterator[Claim]:
        texts = self._texts(row)
        for column in self.layout.columns:
            given = self.grid.at(row, column.number)
            if given.flaw is Flaw.FORMULA and column.what == "date":
                self.faults.add(self._place(row, column), "import.no_value", given.stood)
            if nothing(given) or column.what in _OTHERWISE:
                continue
            place = self._place(row, column)
            try:
                for statement, about, soft in self._statements(column, given, subject, texts):
                    yield Claim(place, about, statement, soft=soft)
            except TrackerError as error:
                self.faults.add(place, error, given.text)
        yield from self._progress(row, subject)
        yield from self._attributes(row, subject)
        yield from self._remarks(row, subject)

    def _remarks(self, row: int, subject: Subject) -> Iterator[Claim]:
        """What somebody hung on the cells of the row, each a note that begins with its column."""
        columns = {c.number: c for c in (self.layout.name, *self.layout.columns)}
        for number, text in self.grid.remarks_in(row):
            place = self._place(row, columns.get(number))
            told = f"{place.column}: {text}" if place.column else text
            yield Claim(place, subject, self._say(subject, UpdateKind.NOTE, told))

    def _texts(self, row: int) -> dict[str, str]:
        """The reason and the recovery action, which go with the plans of the row."""
        found = {c.what: self.grid.at(row, c.number) for c in self.layout.columns}
        return {
            what: given.text
            for what, given in found.items()
            if what in {"reason", "action"} and not nothing(given)
        }

    def _statements(
        self, column: Column, given: Given, subject: Subject, texts: dict[str, str]
    ) -> Iterator[tuple[Statement, Subject, bool]]:
        if column.what == "date":
            yield from self._dates(column, given, subject, texts)
        elif column.what == "note":
            yield self._say(subject, UpdateKind.NOTE, given.text), subject, False
        else:
            yield self._say(subject, UpdateKind.SET, _amount(column, given)), subject, False

    def _dates(
        self, column: Column, given: Given, subject: Subject, texts: dict[str, str]
    ) -> Iterator[tuple[Statement, Subject, bool]]:
        assert column.kind is not None  # noqa: S101 - a column of dates has a kind
        about = self.names.step(subject, column.kind)
        for told in read_told(given, column.role, self.reported.day):
            planned = told.role is Role.PLAN
            statement = Statement(
                facility=subject.facility,
                milestone=about.milestone,
                kind=_KINDS[told.role],
                reported_on=self.reported.day,
                period=told.period,
                value={"undated": True} if told.period is None else None,
                phrase=given.text,
                reason=texts.get("reason") if planned else None,
                action=texts.get("action") if planned else None,
                source=self.reported.source,
            )
            yield statement, about, not told.firm

    def _progress(self, row: int, subject: Subject) -> Iterator[Claim]:
        """Planned and actual percentages, which are said together."""
        value: dict[str, float | None] = {"planned": None, "actual": None}
        place = None
        for column in self.layout.columns:
            given = self.grid.at(row, column.number)
            if column.what in _SHARES and not nothing(given):
                place = self._place(row, column)
                try:
                    value[_SHARES[column.what]] = _percent(given)
                except TrackerError as error:
                    self.faults.add(place, error, given.text)
        if place is not None and any(v is not None for v in value.values()):
            yield Claim(place, subject, self._say(subject, UpdateKind.PROGRESS, value))

    def _attributes(self, row: int, subject: Subject) -> Iterator[Claim]:
        """Texts of the facility; two columns of one, such as 담당부서 and 담당자, are one text."""
        found: dict[str, list[tuple[Column, str]]] = {}
        for column in self.layout.columns:
            given = self.grid.at(row, column.number)
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


def _amount(column: Column, given: Given) -> dict[str, Any]:
    """The attribute of a column of money or of area."""
    if column.what == "floor_area_m2":
        match = _AREA.fullmatch(given.text)
        if match is None:
            raise _bad_number(given.text)
        area = float(match[1].replace(",", ""))
        return {column.what: int(area) if area.is_integer() else area}
    won = _won(given, column.unit)
    return {"funding": {column.share: won}} if column.what == "funding" else {column.what: won}


def _won(given: Given, unit: int | None) -> int:
    text = given.text
    if isinstance(given.value, str) and _UNIT_IN_CELL.search(text):
        return read_money(text)
    try:
        number = float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        raise _bad_number(text) from None
    if unit is None and 0 < number < _LEAST_WON:
        raise RefusedError(
            f"“{text}”: in which unit? Write it in the header, such as 사업비(억원)",
            code="no-unit",
            text=text,
        )
    if not 0 <= number < 10**18:
        raise _bad_number(text)
    return round(number * (unit or 1))


def _percent(given: Given) -> float:
    if isinstance(given.value, float | int):
        number = float(given.value) * (_ALL if "%" in given.form else 1)
    else:
        match = _PERCENT.fullmatch(given.text)
        number = float(match[1]) if match else -1
    if not 0 <= number <= _ALL:
        raise RefusedError("progress is from 0 to 100 percent", code="bad-progress")
    number = round(number, 2)
    return int(number) if number.is_integer() else number


def _bad_number(text: str) -> RefusedError:
    return RefusedError(f"“{text}” is no amount or number", code="bad-number", text=text)
