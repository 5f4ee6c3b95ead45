"""The table that `tracker export` writes, read back: every milestone, window, state and name.

A milestone that the store does not know comes with its whole short history, each
statement on the day that the table gives for it. Of a known one, what differs becomes
a new statement. Columns that follow from others, such as the state, are not read.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from db.model.errors import RefusedError, TrackerError
from db.model.period import Period
from db.model.records import Basis, Statement, UpdateKind
from db.model.values import MAX_TEXT, too_long
from tracker.exchange.grids.grid import Value
from tracker.exchange.milestone_table.layout import ALIASES
from tracker.exchange.milestone_table.parse_row import OwnRow, RowReader
from tracker.exchange.tables.claims import Claim, Subject
from tracker.exchange.tables.office_sheet import Reported
from tracker.words import Words

__all__ = ["ColumnStatement", "OwnTable"]

_TEXTS = ("name", "name_en", "city", "cluster", "programme", "site", "operator", "owner", "floors")


_ASIDES = ("reason", "action")
_SAID_ON = {"forecast": "forecast_on", "actual": "actual_on"}
_FLAGS = (("on_hold_since", UpdateKind.HOLD), ("cancelled_on", UpdateKind.CANCEL))
ColumnStatement = tuple[str, Statement]
"""The column that says it, and what it says."""


@dataclass(slots=True)
class OwnTable:
    """Reads rows of our table into statements, and those into claims.

    Attributes:
        known: The milestones that the store has.
        spoken: The facilities of which the rows so far have said what they are.
    """

    rows: RowReader
    known: Container[tuple[str, str]]
    reported: Reported
    words: Words
    spoken: set[str] = field(default_factory=set)

    def claims(self, rows: Iterable[Sequence[Value]], first: int = 2) -> Iterator[Claim]:
        """Every claim of the rows below the header, of which the first has this number."""
        for row, subject in self.read(rows, first):
            asides = {k: self.rows.place(row, k) for k in _ASIDES if k in row.texts}
            for key, statement in self.said(row, subject):
                yield Claim(
                    self.rows.place(row, key),
                    subject,
                    statement,
                    asides=asides,
                    seen_on=row.days.get(_SAID_ON.get(key, "")) or row.days.get("updated_on"),
                )

    def read(
        self, rows: Iterable[Sequence[Value]], first: int = 2
    ) -> Iterator[tuple[OwnRow, Subject]]:
        """Every row below the header that is about something."""
        for number, values in enumerate(rows, start=first):
            row = self._bounded(self.rows.read(number, values))
            subject = self.rows.subject(row) if row is not None else None
            if row is not None and subject is not None:
                yield row, subject

    def _bounded(self, row: OwnRow | None) -> OwnRow | None:
        """A row without the texts of its statements that are too long, which are noted."""
        if row is not None:
            for key in _ASIDES:
                text = row.texts.get(key, "")
                if len(text) > MAX_TEXT:
                    self.rows.fault(row, key, too_long(key, len(text), MAX_TEXT), text)
                    row.texts = {k: v for k, v in row.texts.items() if k != key}
        return row

    def said(self, row: OwnRow, subject: Subject) -> Iterator[ColumnStatement]:
        """What a row says: of its facility, where it is the first of it, and of its milestone."""
        if subject.facility not in self.spoken:
            self.spoken.add(subject.facility)
            yield from self._of_facility(row, subject)
        if subject.milestone is not None:
            yield from self.of_milestone(row, subject)

    def _of_facility(self, row: OwnRow, subject: Subject) -> Iterator[ColumnStatement]:
        fresh = not self.rows.names.knows(subject.facility)
        day = self.first_day(row) if fresh else self.reported.day
        basis = Basis.APPROXIMATE if fresh else Basis.EXACT
        for key, value in self.attributes(row, subject).items():
            said = Statement(
                subject.facility,
                None,
                UpdateKind.SET,
                day,
                value={key: value},
                reported_basis=basis,
            )
            yield key, said

    def first_day(self, row: OwnRow) -> date:
        """The first of all days of a row, on which its facility is made known."""
        said = (day for key, day in row.days.items() if key != "snoozed_until")
        return min(said, default=self.reported.day)

    def attributes(self, row: OwnRow, subject: Subject) -> dict[str, Any]:
        """What a row says of its facility itself."""
        values: dict[str, Any] = {k: t for k in _TEXTS if (t := row.texts.get(k)) is not None}
        values.setdefault("name", subject.name)
        if aliases := row.texts.get("aliases"):
            values["aliases"] = aliases.split(ALIASES)
        for key in ("cost_krw", "floor_area_m2"):
            if text := row.texts.get(key):
                try:
                    values[key] = _number(key, text)
                except TrackerError as error:
                    self.rows.fault(row, key, error, text)
        return values

    def of_milestone(self, row: OwnRow, subject: Subject) -> Iterable[ColumnStatement]:
        """What a row says of its milestone."""
        if (subject.facility, subject.milestone or "") in self.known:
            return self._changes(row, subject)
        return self._history(row, subject)

    def _say(
        self,
        subject: Subject,
        kind: UpdateKind,
        day: date,
        period: Period | None = None,
        value: Any = None,  # noqa: ANN401 - as a statement's
        **more: Any,  # noqa: ANN401 - the same
    ) -> Statement:
        return Statement(subject.facility, subject.milestone, kind, day, period, value, **more)

    def _why(self, row: OwnRow) -> str:
        return row.texts.get("reason") or self.words("import.no_reason")

    def _history(self, row: OwnRow, subject: Subject) -> list[ColumnStatement]:
        """What must have been said for the milestone to stand as it does, in its order."""
        newest = row.days.get("updated_on", self.reported.day)
        said = self._windows(row, subject, newest)
        said += self._flags(row, subject)
        if len(said) > 1:
            said.sort(key=_reported_on)
        if "snoozed_until" in row.days:
            said.append(self._snooze(row, subject, newest))
        last = said[-1][1].reported_on if said else date.min
        title = row.texts.get("title")
        if title or newest > last:
            value = {"title": title}
            said.append(("title", self._say(subject, UpdateKind.SET, newest, value=value)))
        return self._with_reasons(row, said)

    def _snooze(self, row: OwnRow, subject: Subject, day: date) -> ColumnStatement:
        value = {"snoozed_until": row.days["snoozed_until"].isoformat()}
        reason = row.texts.get("reason")
        return "snoozed_until", self._say(subject, UpdateKind.SET, day, value=value, reason=reason)

    def _with_reasons(self, row: OwnRow, said: list[ColumnStatement]) -> list[ColumnStatement]:
        """Let the newest statement carry a reason or an action that none has."""
        for name in ("reason", "action"):
            text = row.texts.get(name)
            if text and said and not any(getattr(s, name) for _, s in said):
                key, last = said[-1]
                changed: dict[str, Any] = {name: text}
                said[-1] = key, replace(last, **changed)
        return said

    def _windows(self, row: OwnRow, subject: Subject, newest: date) -> list[ColumnStatement]:
        said: list[ColumnStatement] = []
        source = row.source()
        baseline, forecast = row.periods.get("baseline"), row.periods.get("forecast")
        planned_on = row.days.get("forecast_on", newest)
        if baseline and baseline != forecast:
            say = self._say(
                subject, UpdateKind.ORIGINAL, planned_on, period=baseline, value=self._mark(row)
            )
            said.append(("baseline", say))
        actual = row.periods.get("actual")
        if forecast is None and (row.undated or baseline or "forecast_on" in row.days):
            value, stated = {"undated": True}, None if actual else source
            say = self._say(subject, UpdateKind.PLAN, planned_on, value=value, source=stated)
            said.append(("forecast", say))
        if forecast:
            say = self._say(
                subject,
                UpdateKind.PLAN,
                planned_on,
                period=forecast,
                value=self._mark(row),
                reason=None if "snoozed_until" in row.days else row.texts.get("reason"),
                action=row.texts.get("action"),
                source=None if actual else source,
            )
            said.append(("forecast", say))
        if actual:
            day = row.days.get("actual_on", newest)
            say = self._say(subject, UpdateKind.ACTUAL, day, period=actual, source=source)
            said.append(("actual", say))
        return said

    def _mark(self, row: OwnRow) -> dict[str, bool] | None:
        """Tell a date that somebody typed into the table, or that came from one, from a report."""
        listed = row.texts.get("listed") or "forecast_on" not in row.days
        return {"listed": True} if listed else None

    def _flags(self, row: OwnRow, subject: Subject) -> Iterator[ColumnStatement]:
        for key, kind in _FLAGS:
            if key in row.days:
                yield key, self._say(subject, kind, row.days[key], reason=self._why(row))
        if "confirmed_on" in row.days:
            day = row.days["confirmed_on"]
            yield "confirmed_on", self._say(subject, UpdateKind.CONFIRM, day)

    def _changes(self, row: OwnRow, subject: Subject) -> Iterator[ColumnStatement]:
        """What the row says of a known milestone, as of the day of the import."""
        day, source = self.reported.day, self.reported.source
        kinds = {"forecast": UpdateKind.PLAN, "actual": UpdateKind.ACTUAL}
        for key, period in row.periods.items():
            kind = kinds.get(key, UpdateKind.BASELINE)
            reason = row.texts.get("reason")
            if kind is UpdateKind.BASELINE:
                reason = self._why(row)
            planned = kind is UpdateKind.PLAN
            say = self._say(
                subject,
                kind,
                day,
                period=period,
                value={"listed": True} if planned else None,
                source=source,
                reason=reason,
                action=row.texts.get("action") if planned else None,
            )
            yield key, say
        if row.undated:
            gone = {"undated": True}
            yield "forecast", self._say(subject, UpdateKind.PLAN, day, value=gone, source=source)
        if row.texts.get("title"):
            value = {"title": row.texts.get("title")}
            yield "title", self._say(subject, UpdateKind.SET, day, value=value)
        yield from self._flags(row, subject)
        if "snoozed_until" in row.days:
            yield self._snooze(row, subject, day)


def _number(key: str, text: str) -> float:
    plain = text.replace(",", "")
    try:
        number = float(plain)
        whole = number.is_integer() or key == "cost_krw"
        return int(plain.partition(".")[0]) if whole else number
    except ValueError:
        raise RefusedError(f"“{text}” is no number", code="bad-number", text=text) from None


def _reported_on(said: ColumnStatement) -> date:
    return said[1].reported_on
