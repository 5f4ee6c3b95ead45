"""The table that `tracker export` writes, read back: every milestone, window, state and name.

A milestone that the store does not know comes with its whole short history, each
statement on the day that the table gives for it. Of a known one, what differs is said
anew. Columns that follow from others, such as the state, are not read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.errors import RefusedError, TrackerError
from db.period import Period
from db.records import Basis, Kind, Source, Statement, Type, UpdateKind
from db.slugs import check_slug
from tracker.exchange.claims import Claim, Subject
from tracker.exchange.grid import Given
from tracker.exchange.ledger import Reported
from tracker.exchange.naming import Names
from tracker.exchange.places import Place, SheetFaults
from tracker.exchange.table import ALIASES, COLUMNS, WINDOWS
from tracker.phrases import read
from tracker.words import LANGUAGES, Words
from tracker.words.kinds import read_kind

__all__ = ["OwnTable", "own_columns"]

_NEEDED = ("name", "kind", *WINDOWS, "updated_on", "facility", "milestone")
_DAYS = ("forecast_on", "actual_on", "confirmed_on", "on_hold_since", "cancelled_on", "updated_on")
_TEXTS = ("name", "name_en", "city", "cluster", "programme", "site", "operator", "owner", "floors")


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
class _Row:
    """One row: its cells by column, its periods and its days, read."""

    place: Place
    cells: Mapping[str, Given]
    periods: dict[str, Period]
    days: dict[str, date]

    def text(self, key: str) -> str | None:
        return (self.cells[key].text or None) if key in self.cells else None


@dataclass(slots=True)
class OwnTable:
    """Reads rows of our table into claims."""

    columns: Mapping[str, int]
    names: Names
    known: frozenset[tuple[str, str]]
    reported: Reported
    words: Words
    faults: SheetFaults

    def claims(self, rows: Iterable[Sequence[Given]]) -> Iterator[Claim]:
        """Every claim of the rows below the header."""
        spoken: set[str] = set()
        for number, cells in enumerate(rows, start=2):
            row = self._read(Place("", number), cells)
            subject = self._subject(row) if row is not None else None
            if row is None or subject is None:
                continue
            if subject.facility not in spoken:
                spoken.add(subject.facility)
                yield from self._attributes(row, subject)
            if subject.milestone is not None:
                yield from self._milestone(row, subject)

    def _at(self, row: _Row, key: str) -> Place:
        return replace(row.place, column=self.words(f"sheet.{key}"))

    def _read(self, place: Place, cells: Sequence[Given]) -> _Row | None:
        found = {k: cells[n] for k, n in self.columns.items() if n < len(cells)}
        if not any(given.text for given in found.values()):
            return None
        row = _Row(place, found, {}, {})
        for key in WINDOWS:
            self._attempt(row, key, lambda key=key: self._window(row, key))
        for key in _DAYS:
            if row.text(key):
                self._attempt(row, key, lambda key=key: self._day(row, key))
        return row

    def _attempt(self, row: _Row, key: str, do: Any) -> None:  # noqa: ANN401 - a small piece of reading
        try:
            do()
        except TrackerError as error:
            self.faults.add(self._at(row, key), error, row.text(key) or "")

    def _window(self, row: _Row, key: str) -> None:
        """The words of a period; the days beside them have to agree."""
        text = row.text(key)
        ends = [self._end(row, f"{key}_{end}") for end in ("earliest", "latest")]
        if text is None:
            if any(ends):
                row.periods[key] = Period.between(*ends)
            return
        value = row.cells[key].value
        period = Period.day(value) if isinstance(value, date) else read(text, self.reported.day)
        if any(ends) and (period.earliest, period.latest) != tuple(ends):
            raise RefusedError(
                f"“{text}” is not the days beside it: change both, or empty the days",
                code="days-differ",
                text=text,
            )
        row.periods[key] = period

    def _end(self, row: _Row, key: str) -> date | None:
        return _as_day(row.cells[key]) if row.text(key) else None

    def _day(self, row: _Row, key: str) -> None:
        row.days[key] = day = _as_day(row.cells[key])
        if day > self.reported.day:
            raise RefusedError(
                f"{day} is after {self.reported.day}",
                code="reported-in-future",
                day=day.isoformat(),
                today=self.reported.day.isoformat(),
            )

    def _subject(self, row: _Row) -> Subject | None:
        name, slug, step = row.text("name"), row.text("facility"), row.text("milestone")
        kind = read_kind(row.text("kind") or "") or self._kind(row)
        try:
            if slug is None:
                if name is None:
                    self.faults.add(self._at(row, "name"), "import.no_name")
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
            self.faults.add(self._at(row, "facility"), error, slug or name or "")
            return None
        if kind is None and (step or row.text("kind")):
            self.faults.add(self._at(row, "kind"), "import.no_kind", row.text("kind") or "")
            return None
        if kind is None:
            return subject
        return replace(subject, milestone=step or kind.value, kind=kind)

    def _kind(self, row: _Row) -> Kind | None:
        text = row.text("kind")
        every = [Words(lang) for lang in LANGUAGES]
        return next((k for k in Kind if any(w.kind(k) == text for w in every)), None)

    def _source(self, row: _Row) -> Source | None:
        published = row.text("published")
        basis = None
        if published and len(published) == len("2018-02"):
            published, basis = f"{published}-01", Basis.APPROXIMATE.value
        publisher, title, url = (row.text(key) for key in ("publisher", "source", "url"))
        given = Source(publisher, title, published, basis, url)
        return given if given != Source() else None

    def _attributes(self, row: _Row, subject: Subject) -> Iterator[Claim]:
        day = min(row.days.values(), default=self.reported.day)
        values: dict[str, Any] = {k: t for k in _TEXTS if (t := row.text(k)) is not None}
        values.setdefault("name", subject.name)
        if aliases := row.text("aliases"):
            values["aliases"] = aliases.split(ALIASES)
        for key in ("cost_krw", "floor_area_m2"):
            self._attempt(row, key, lambda key=key: self._number(row, key, values))
        for key, value in values.items():
            fresh = not self.names.knows(subject.facility)
            said = Statement(
                subject.facility,
                None,
                UpdateKind.SET,
                day if fresh else self.reported.day,
                value={key: value},
                reported_basis=Basis.APPROXIMATE if fresh else Basis.EXACT,
            )
            yield Claim(self._at(row, key), subject, said)

    def _number(self, row: _Row, key: str, values: dict[str, Any]) -> None:
        text = row.text(key)
        if text is None:
            return
        try:
            number = float(text.replace(",", ""))
        except ValueError:
            raise RefusedError(f"“{text}” is no number", code="bad-number", text=text) from None
        whole = number.is_integer() or key == "cost_krw"
        values[key] = int(text.replace(",", "").partition(".")[0]) if whole else number

    def _milestone(self, row: _Row, subject: Subject) -> Iterator[Claim]:
        if (subject.facility, subject.milestone or "") in self.known:
            statements = self._changes(row, subject)
        else:
            statements = self._history(row, subject)
        for key, statement in statements:
            yield Claim(self._at(row, key), subject, statement)

    def _say(self, subject: Subject, kind: UpdateKind, day: date, **more: Any) -> Statement:  # noqa: ANN401 - as a statement's
        return Statement(subject.facility, subject.milestone, kind, day, **more)

    def _why(self, row: _Row) -> str:
        return row.text("reason") or self.words("import.no_reason")

    def _history(self, row: _Row, subject: Subject) -> Iterator[tuple[str, Statement]]:
        """What must have been said for the milestone to stand as it does, in its order."""
        newest = row.days.get("updated_on", self.reported.day)
        said = list(self._history_in_any_order(row, subject, newest))
        said.sort(key=lambda pair: pair[1].reported_on)
        last = said[-1][1].reported_on if said else date.min
        yield from said
        title = row.text("title")
        if title or newest > last:
            value = {"title": title}
            yield "title", self._say(subject, UpdateKind.SET, newest, value=value)

    def _history_in_any_order(
        self, row: _Row, subject: Subject, newest: date
    ) -> Iterator[tuple[str, Statement]]:
        source = self._source(row)
        baseline, forecast = row.periods.get("baseline"), row.periods.get("forecast")
        planned_on = row.days.get("forecast_on", newest)
        if baseline and baseline != forecast:
            say = self._say(subject, UpdateKind.ORIGINAL, planned_on, period=baseline)
            yield "baseline", say
            if forecast is None:
                value = {"undated": True}
                yield "forecast", self._say(subject, UpdateKind.PLAN, planned_on, value=value)
        actual = row.periods.get("actual")
        if forecast:
            say = self._say(
                subject,
                UpdateKind.PLAN,
                planned_on,
                period=forecast,
                reason=row.text("reason"),
                action=row.text("action"),
                source=None if actual else source,
            )
            yield "forecast", say
        if actual:
            day = row.days.get("actual_on", newest)
            say = self._say(subject, UpdateKind.ACTUAL, day, period=actual, source=source)
            yield "actual", say
        yield from self._flags(row, subject)

    def _flags(self, row: _Row, subject: Subject) -> Iterator[tuple[str, Statement]]:
        for key, kind in (("on_hold_since", UpdateKind.HOLD), ("cancelled_on", UpdateKind.CANCEL)):
            if key in row.days:
                yield key, self._say(subject, kind, row.days[key], reason=self._why(row))
        if "confirmed_on" in row.days:
            day = row.days["confirmed_on"]
            yield "confirmed_on", self._say(subject, UpdateKind.CONFIRM, day)

    def _changes(self, row: _Row, subject: Subject) -> Iterator[tuple[str, Statement]]:
        """What the row says of a known milestone, as of the day of the import."""
        day, source = self.reported.day, self.reported.source
        kinds = {"forecast": UpdateKind.PLAN, "actual": UpdateKind.ACTUAL}
        for key, period in row.periods.items():
            kind = kinds.get(key, UpdateKind.BASELINE)
            reason = row.text("reason")
            if kind is UpdateKind.BASELINE:
                reason = self._why(row)
            action = row.text("action") if kind is UpdateKind.PLAN else None
            yield (
                key,
                self._say(
                    subject, kind, day, period=period, source=source, reason=reason, action=action
                ),
            )
        if row.text("title"):
            value = {"title": row.text("title")}
            yield "title", self._say(subject, UpdateKind.SET, day, value=value)
        yield from self._flags(row, subject)


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
