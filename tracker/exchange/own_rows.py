"""One row of the table that `tracker export` writes, read: who it is about, and its dates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache, partial

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
        period = Period.day(value) if isinstance(value, date) else _read(text, self.day)
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
        kind = _kind(row.text("kind"))
        try:
            if slug is None:
                if name is None:
                    self.faults.add(self.place(row, "name"), "import.no_name")
                    return None
                found = self.names.find(name)
                slug, name = found.facility, found.name
            else:
                check_slug(slug)
            if step is not None:
                check_slug(step)
        except TrackerError as error:
            self.faults.add(self.place(row, "facility"), error, slug or name or "")
            return None
        if kind is None and (step or row.text("kind")):
            self.faults.add(self.place(row, "kind"), "import.no_kind", row.text("kind") or "")
            return None
        type_ = Type.PROGRAMME if row.text("type") in _programmes() else Type.FACILITY
        if kind is None:
            return Subject(slug, name or slug, type=type_)
        return Subject(slug, name or slug, step or kind.value, kind, type_)


_read = lru_cache(8192)(read)
"""A period in words, read once: a table says the same few thousand over and over."""


@lru_cache(1024)
def _kind(text: str | None) -> Kind | None:
    """The kind that a cell names, in either language."""
    every = [Words(lang) for lang in LANGUAGES]
    return read_kind(text or "") or next(
        (kind for kind in Kind if any(words.kind(kind) == text for words in every)), None
    )


@cache
def _programmes() -> frozenset[str]:
    """What a programme is called."""
    return frozenset(Words(lang).type(Type.PROGRAMME) for lang in LANGUAGES)


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
