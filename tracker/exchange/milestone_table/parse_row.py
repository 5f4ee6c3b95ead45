"""One row of the table that `tracker export` writes, read: who it is about, and its dates."""

from collections.abc import Callable, KeysView, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from db.model.errors import RefusedError, TrackerError
from db.model.period import Period
from db.model.records import Basis, Kind, Source, State, Type
from db.model.slugs import check_slug
from tracker.exchange.grids.grid import Value, shown
from tracker.exchange.grids.placeholders import without_time
from tracker.exchange.grids.places import Place, SheetFaults
from tracker.exchange.milestone_table.layout import COLUMNS, WINDOWS
from tracker.exchange.tables.claims import Subject
from tracker.exchange.tables.row_names import Names
from tracker.phrases import is_undated, read
from tracker.words import LANGUAGES, Words
from tracker.words.kinds import read_kind

__all__ = ["OwnRow", "RowReader", "own_columns"]

_NEEDED = ("kind",)  # with a name or a slug, a window, and columns that only our table has
_OURS = frozenset(
    {
        *("facility", "milestone", "updated_on", "forecast_on", "actual_on", "confirmed_on"),
        *("baseline", "forecast", "state", "d_day", "on_hold_since", "cancelled_on"),
        *(f"{key}_{end}" for key in WINDOWS for end in ("earliest", "latest")),
    }
)
_LEAST_OURS = 2
_ENDS = tuple((key, f"{key}_earliest", f"{key}_latest") for key in WINDOWS)
_DAYS = ("forecast_on", "actual_on", "confirmed_on", "on_hold_since", "cancelled_on", "updated_on")
_AHEAD = ("snoozed_until",)  # days that may be yet to come
_SHOWN = {  # states that a row shows, and the columns one of which then says why
    State.COMPLETED: ("actual", "actual_earliest", "actual_latest"),
    State.ON_HOLD: ("on_hold_since",),
    State.CANCELLED: ("cancelled_on",),
}

_FORMER_TITLES = {"cancelled_on": ("폐기한 날",)}  # that earlier versions wrote
_FORMER_STATES = {"폐기": State.CANCELLED}


def own_columns(row: Sequence[Value]) -> dict[str, int] | None:
    """Where each column of our table stands, in either language; None where it is another's.

    Columns may stand in another order, and those that are not needed may be missing.
    """
    titles = {shown(value): number for number, value in enumerate(row) if value is not None}
    for lang in LANGUAGES:
        words = Words(lang)
        found = {
            key: titles[title]
            for key in COLUMNS
            for title in (words.of("sheet", key), *_FORMER_TITLES.get(key, ()))
            if title in titles
        }
        if _is_ours(found.keys()):
            return found
    return None


def _is_ours(keys: KeysView[str]) -> bool:
    dated = any(key.startswith(WINDOWS) and not key.endswith("_on") for key in keys)
    called = not keys.isdisjoint({"name", "facility"})
    return called and dated and keys >= set(_NEEDED) and len(keys & _OURS) >= _LEAST_OURS


@dataclass(slots=True)
class OwnRow:
    """One row: what stands in it by column, its periods and its days, read.

    Attributes:
        number: Counted from 1.
        texts: Without those of empty cells.
        undated: Whether somebody wrote 미정 for the present plan.
    """

    number: int
    texts: Mapping[str, str]
    periods: dict[str, Period] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    undated: bool = False

    def source(self) -> Source | None:
        """Where the row says that it was read."""
        given = self.texts.get
        return _source(given("publisher"), given("source"), given("published"), given("url"))


@dataclass(slots=True)
class RowReader:
    """Reads rows; what cannot be read is noted with its cell.

    Attributes:
        columns: Where each stands.
        day: The one on which the table was true.
        plain: Whether every cell is a text or empty, as in CSV.
        sheet: What the sheet is called, where there are several.
        uncomputed: The columns of a row, both from 0, whose formulas have no result.
    """

    columns: Mapping[str, int]
    names: Names
    day: date
    words: Words
    faults: SheetFaults
    plain: bool = False
    sheet: str = ""
    uncomputed: Callable[[int], Sequence[int]] = field(default=lambda _: ())
    _last: int = field(init=False)
    _pick: Callable[[Sequence[Value]], tuple[Value, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Decide once where to look."""
        self._last = max(self.columns.values())
        self._pick = itemgetter(*self.columns.values())

    def place(self, row: OwnRow, key: str) -> Place:
        """The cell of a column."""
        return Place(self.sheet, row.number, self.words.of("sheet", key))

    def fault(
        self, row: OwnRow, key: str, why: str | TrackerError, text: str | None = None
    ) -> None:
        """Note what is wrong with a cell."""
        name, slug = (row.texts.get(about, "") for about in ("name", "facility"))
        self.faults.add(self.place(row, key), why, text or "", name, slug)

    def read(self, number: int, values: Sequence[Value]) -> OwnRow | None:
        """Read one row; None where it is empty."""
        if len(values) <= self._last:
            values = [*values, *repeat(None, self._last + 1 - len(values))]
        lost = self.uncomputed(number - 1)
        picked = zip(self.columns, self._pick(values), strict=True)
        found: dict[str, Any] = {key: value for key, value in picked if value is not None}
        if not found and not lost:
            return None
        row = OwnRow(number, found if self.plain else {k: shown(v) for k, v in found.items()})
        for key in (key for key, column in self.columns.items() if column in lost):
            self.fault(row, key, "import.no_value")
        given = found.get
        for key, earliest, latest in _ENDS:
            window = given(key), given(earliest), given(latest)
            if window != _NO_WINDOW:
                self._window(row, key, window)
        for key in _DAYS:
            if key in found:
                self._day(row, key, found[key])
        for key in _AHEAD:
            if key in found:
                self._day(row, key, found[key], latest=date.max)
        self._check_state(row, found)
        return row

    def _window(self, row: OwnRow, key: str, window: tuple[Value, Value, Value]) -> None:
        try:
            period = _period(*window, self.day)
            if period is None:
                row.undated = row.undated or key == "forecast"
                return
            typed = key == "actual" and "actual_on" not in row.texts  # none that was exported
            if typed and period.earliest is not None and period.earliest > self.day:
                text = row.texts.get(key) or period.earliest.isoformat()
                raise RefusedError(
                    f"“{text}” is done, and after {self.day}",
                    code="actual-ahead",
                    text=text,
                    day=self.day.isoformat(),
                )
            row.periods[key] = period
        except TrackerError as error:
            self.fault(row, key, error, row.texts.get(key))

    def _check_state(self, row: OwnRow, found: Mapping[str, Any]) -> None:
        """Note a state that somebody typed and that nothing else in the row says."""
        text = row.texts.get("state")
        state = None if text is None else _states().get(text)
        keys = None if state is None else _SHOWN[state]
        if keys and not self.columns.keys().isdisjoint(keys) and found.keys().isdisjoint(keys):
            column = self.words.of("sheet", keys[0])
            wrong = RefusedError(
                f"“{text}” without {column}", code="state-alone", text=text or "", column=column
            )
            self.fault(row, "state", wrong, text)

    def _day(self, row: OwnRow, key: str, value: Value, *, latest: date | None = None) -> None:
        try:
            row.days[key] = day = _as_day(value)
            if day > (latest or self.day):
                raise RefusedError(
                    f"{day} is after {self.day}",
                    code="reported-in-future",
                    day=day.isoformat(),
                    today=self.day.isoformat(),
                )
        except TrackerError as error:
            self.fault(row, key, error, row.texts.get(key))

    def subject(self, row: OwnRow) -> Subject | None:
        """Who the row is about; None where that cannot be told."""
        given = row.texts.get
        name, slug, step, said = given("name"), given("facility"), given("milestone"), given("kind")
        kind = _kind(said)
        try:
            if slug is None:
                if name is None:
                    self.fault(row, "name", "import.no_name")
                    return None
                found = self.names.find(name)
                slug, name = found.facility, found.name
            else:
                _is_slug(slug)
            if step is not None:
                _is_slug(step)
        except TrackerError as error:
            self.fault(row, "facility", error, slug or name)
            return None
        if kind is None and (step or said):
            self.fault(row, "kind", "import.no_kind", said)
            return None
        type_ = Type.PROGRAMME if given("type") in _programmes() else Type.FACILITY
        if kind is None:
            return Subject(slug, name or slug, type=type_)
        return Subject(slug, name or slug, step or kind.value, kind, type_)


# What a cell means is looked up where it was read before: a table says the same few thousand
# things over and over.
_NO_WINDOW = (None, None, None)
_read = lru_cache(8192)(read)
_is_slug = lru_cache(8192)(check_slug)


@lru_cache(8192)
def _period(value: Value, earliest: Value, latest: Value, day: date) -> Period | None:
    """The words of a period; the days beside them have to agree, or stand for it alone.

    None where the words are that there is none yet.
    """
    ends = [None if end is None else _as_day(end) for end in (earliest, latest)]
    if value is None:
        return Period.between(*ends)
    text = without_time(shown(value))
    undated = is_undated(text)
    period = Period.day(value) if isinstance(value, date) else None
    if period is None and not undated:
        period = _read(text, day)
    said = (None, None) if period is None else (period.earliest, period.latest)
    if any(ends) and said != tuple(ends):
        raise RefusedError(
            f"“{text}” is not the days beside it: change both, or empty the days",
            code="days-differ",
            text=text,
        )
    return period


@lru_cache(8192)
def _source(
    publisher: str | None, title: str | None, published: str | None, url: str | None
) -> Source | None:
    basis = None
    if published and len(published) == len("2018-02"):
        published, basis = f"{published}-01", Basis.APPROXIMATE.value
    given = Source(publisher, title, published, basis, url)
    return given if given != Source() else None


@lru_cache(1024)
def _kind(text: str | None) -> Kind | None:
    """The kind that a cell names, in either language."""
    every = [Words(lang) for lang in LANGUAGES]
    return read_kind(text or "") or next(
        (kind for kind in Kind if any(words.kind(kind) == text for words in every)), None
    )


@cache
def _states() -> dict[str, State]:
    """States by what they are called, and were called by earlier versions."""
    known = {Words(lang).state(state): state for lang in LANGUAGES for state in _SHOWN}
    return known | _FORMER_STATES


@cache
def _programmes() -> frozenset[str]:
    """What a programme is called."""
    return frozenset(Words(lang).type(Type.PROGRAMME) for lang in LANGUAGES)


@lru_cache(8192)
def _as_day(value: Value) -> date:
    if isinstance(value, date):
        return value
    text = without_time(shown(value))
    try:
        return date.fromisoformat(text)
    except ValueError:
        period = read(text, date.min.replace(year=2000))
    if period.earliest is None or period.earliest != period.latest:
        raise RefusedError(f"“{text}” is not one day", code="not-one-day", text=text)
    return period.earliest
