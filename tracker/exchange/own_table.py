"""The table that `tracker export` writes, read back: every milestone, window, state and name.

A milestone that the store does not know comes with its whole short history, each
statement on the day that the table gives for it. Of a known one, what differs is said
anew. Columns that follow from others, such as the state, are not read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from db.errors import RefusedError
from db.records import Basis, Statement, UpdateKind
from tracker.exchange.claims import Claim, Subject
from tracker.exchange.grid import Given
from tracker.exchange.ledger import Reported
from tracker.exchange.own_rows import OwnRow, RowReader
from tracker.exchange.places import Place
from tracker.exchange.table import ALIASES
from tracker.words import Words

__all__ = ["OwnTable"]

_TEXTS = ("name", "name_en", "city", "cluster", "programme", "site", "operator", "owner", "floors")


@dataclass(slots=True)
class OwnTable:
    """Reads rows of our table into claims."""

    rows: RowReader
    known: frozenset[tuple[str, str]]
    reported: Reported
    words: Words

    def claims(self, rows: Iterable[Sequence[Given]]) -> Iterator[Claim]:
        """Every claim of the rows below the header."""
        spoken: set[str] = set()
        for number, cells in enumerate(rows, start=2):
            row = self.rows.read(Place("", number), cells)
            subject = self.rows.subject(row) if row is not None else None
            if row is None or subject is None:
                continue
            if subject.facility not in spoken:
                spoken.add(subject.facility)
                yield from self._attributes(row, subject)
            if subject.milestone is not None:
                yield from self._milestone(row, subject)

    def _attributes(self, row: OwnRow, subject: Subject) -> Iterator[Claim]:
        day = min(row.days.values(), default=self.reported.day)
        values: dict[str, Any] = {k: t for k in _TEXTS if (t := row.text(k)) is not None}
        values.setdefault("name", subject.name)
        if aliases := row.text("aliases"):
            values["aliases"] = aliases.split(ALIASES)
        for key in ("cost_krw", "floor_area_m2"):
            self.rows.attempt(row, key, partial(self._number, row, key, values))
        for key, value in values.items():
            fresh = not self.rows.names.knows(subject.facility)
            said = Statement(
                subject.facility,
                None,
                UpdateKind.SET,
                day if fresh else self.reported.day,
                value={key: value},
                reported_basis=Basis.APPROXIMATE if fresh else Basis.EXACT,
            )
            yield Claim(self.rows.place(row, key), subject, said)

    def _number(self, row: OwnRow, key: str, values: dict[str, Any]) -> None:
        text = row.text(key)
        if text is None:
            return
        try:
            number = float(text.replace(",", ""))
        except ValueError:
            raise RefusedError(f"“{text}” is no number", code="bad-number", text=text) from None
        whole = number.is_integer() or key == "cost_krw"
        values[key] = int(text.replace(",", "").partition(".")[0]) if whole else number

    def _milestone(self, row: OwnRow, subject: Subject) -> Iterator[Claim]:
        if (subject.facility, subject.milestone or "") in self.known:
            statements = self._changes(row, subject)
        else:
            statements = self._history(row, subject)
        for key, statement in statements:
            yield Claim(self.rows.place(row, key), subject, statement)

    def _say(self, subject: Subject, kind: UpdateKind, day: date, **more: Any) -> Statement:  # noqa: ANN401 - as a statement's
        return Statement(subject.facility, subject.milestone, kind, day, **more)

    def _why(self, row: OwnRow) -> str:
        return row.text("reason") or self.words("import.no_reason")

    def _history(self, row: OwnRow, subject: Subject) -> Iterator[tuple[str, Statement]]:
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
        self, row: OwnRow, subject: Subject, newest: date
    ) -> Iterator[tuple[str, Statement]]:
        source = row.source()
        baseline, forecast = row.periods.get("baseline"), row.periods.get("forecast")
        planned_on = row.days.get("forecast_on", newest)
        if baseline and baseline != forecast:
            say = self._say(subject, UpdateKind.ORIGINAL, planned_on, period=baseline)
            yield "baseline", say
        if forecast is None and (baseline or "forecast_on" in row.days):
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

    def _flags(self, row: OwnRow, subject: Subject) -> Iterator[tuple[str, Statement]]:
        for key, kind in (("on_hold_since", UpdateKind.HOLD), ("cancelled_on", UpdateKind.CANCEL)):
            if key in row.days:
                yield key, self._say(subject, kind, row.days[key], reason=self._why(row))
        if "confirmed_on" in row.days:
            day = row.days["confirmed_on"]
            yield "confirmed_on", self._say(subject, UpdateKind.CONFIRM, day)

    def _changes(self, row: OwnRow, subject: Subject) -> Iterator[tuple[str, Statement]]:
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
