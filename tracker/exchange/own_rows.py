"""One row of the table that `tracker export` writes, read: who it is about, and its dates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from db.errors import RefusedError, TrackerError
from db.period import Period
from db.records import Basis, Kind, Source, Type
from db.slugs import check_slug
from tracker.exchange.claims import Subject
from tracker.exchange.grid import Given
from tracker.exchange.naming import Names
from tracker.exchange.places import Place, SheetFaults
from tracker.exchange.table import COLUMNS, WINDOWS
from tracker.phrases import read
from tracker.words import LANGUAGES, Words
from tracker.words.kinds import read_kind

__all__ = ["OwnRow", "RowReader", "own_columns"]

_NEEDED = ("name", "kind", *WINDOWS, "updated_on", "facility", "milestone")
_DAYS = ("forecast_on", "actual_on", "confirmed_on", "on_hold_since", "cancelled_on", "updated_on")


def own_columns(row: Sequence[Given]) -> dict[str, int] | None:
    """Where each column of our table stands, in either language; None where it is another's."""
    titles = {given.text: number for number, given in enumerate(row) if given.text}
    for lang in LANGUAGES:
        words = Words(lang)
        found = {key: titles[t] for key in COLUMNS if (t := words(f"sheet.{key}")) in titles}
        if all(key in found for key in _NEEDED):
            return found
    return None


@dataclass(slots=True)
class OwnRow:
    """One row: its cells by column, its periods and its days, read."""

    place: Place
    cells: Mapping[str, Given]
    periods: dict[str, Period]
    days: dict[str, date]

    def text(self, key: str) -> str | None:
        """What stands in a column, if anything does."""
        return (self.cells[key].text or None) if key in self.cells else None

    def source(self) -> Source | None:
        """Where the row says that it was read."""
        published = self.text("published")
        basis = None
        if published and len(published) == len("2018-02"):
            published, basis = f"{published}-01", Basis.APPROXIMATE.value
        publisher, title, url = (self.text(key) for key in ("publisher", "source", "url"))
        given = Source(publisher, title, published, basis, url)
        return given if given != Source() else None


@dataclass(slots=True)
class RowReader:
    """Reads rows; what cannot be read is noted with its cell."""

    columns: Mapping[str, int]
    names: Names
    day: date
    words: Words
    faults: SheetFaults

    def place(self, row: OwnRow, key: str) -> Place:
        """The cell of a column."""
        return replace(row.place, column=self.words(f"sheet.{key}"))

    def read(self, place: Place, cells: Sequence[Given]) -> OwnRow | None:
        """Read one row; None where it is empty."""
        found = {k: cells[n] for k, n in self.columns.items() if n < len(cells)}
        if not any(given.text for given in found.values()):
            return None
        row = OwnRow(place, found, {}, {})
        for key in WINDOWS:
            self.attempt(row, key, partial(self._window, row, key))
        for key in _DAYS:
            if row.text(key):
                self.attempt(row, key, partial(self._day, row, key))
        return row

    def attempt(self, row: OwnRow, key: str, do: Callable[[], None]) -> None:
        """Do something with a cell; note what it is refused for."""
        try:
            do()
        except TrackerError as error:
            self.faults.add(self.place(row, key), error, row.text(key) or "")

    def _window(self, row: OwnRow, key: str) -> None:
        """The words of a period; the days beside them have to agree."""
        text = row.text(key)
        ends = [self._end(row, f"{key}_{end}") for end in ("earliest", "latest")]
        if text is None:
            if any(ends):
                row.periods[key] = Period.between(*ends)
            return
        value = row.cells[key].value
        period = Period.day(value) if isinstance(value, date) else read(text, self.day)
        if any(ends) and (period.earliest, period.latest) != tuple(ends):
            raise RefusedError(
                f"“{text}” is not the days beside it: change both, or empty the days",
                code="days-differ",
                text=text,
            )
        row.periods[key] = period

    def _end(self, row: OwnRow, key: str) -> date | None:
        return _as_day(row.cells[key]) if row.text(key) else None

    def _day(self, row: OwnRow, key: str) -> None:
        row.days[key] = day = _as_day(row.cells[key])
        if day > self.day:
            raise RefusedError(
                f"{day} is after {self.day}",
                code="reported-in-future",
                day=day.isoformat(),
                today=self.day.isoformat(),
            )

    def subject(self, row: OwnRow) -> Subject | None:
        """Who the row is about; None where that cannot be told."""
        name, slug, step = row.text("name"), row.text("facility"), row.text("milestone")
        kind = read_kind(row.text("kind") or "") or self._kind(row)
        try:
            if slug is None:
                if name is None:
                    self.faults.add(self.place(row, "name"), "import.no_name")
                    return None
                subject = self.names.find(name)
            else:
                check_slug(slug)
                subject = Subject(slug, name or slug)
            programme = row.text("type") in {Words(x).type(Type.PROGRAMME) for x in LANGUAGES}
            subject = replace(subject, type=Type.PROGRAMME if programme else Type.FACILITY)
            if step is not None:
                check_slug(step)
        except TrackerError as error:
            self.faults.add(self.place(row, "facility"), error, slug or name or "")
            return None
        if kind is None and (step or row.text("kind")):
            self.faults.add(self.place(row, "kind"), "import.no_kind", row.text("kind") or "")
            return None
        if kind is None:
            return subject
        return replace(subject, milestone=step or kind.value, kind=kind)

    def _kind(self, row: OwnRow) -> Kind | None:
        text = row.text("kind")
        every = [Words(lang) for lang in LANGUAGES]
        return next((k for k in Kind if any(w.kind(k) == text for w in every)), None)


def _as_day(given: Given) -> date:
    if isinstance(given.value, date):
        return given.value
    text = given.text
    try:
        return date.fromisoformat(text)
    except ValueError:
        period = read(text, date.min.replace(year=2000))
    if period.earliest is None or period.earliest != period.latest:
        raise RefusedError(f"“{text}” is not one day", code="not-one-day", text=text)
    return period.earliest
