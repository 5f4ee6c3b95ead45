"""The weekly report in words: a title, a lead, and tables that every format shows alike."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from db.model.fields import FIELDS, FacilityField, FieldType
from db.model.records import Source, State, Type
from tracker.acts.act_messages import progress_text
from tracker.domain.board import Row
from tracker.domain.field_text import field_text
from tracker.reports.table_cells import Address, Amount, Cell, Days, Difference, Rating
from tracker.reports.weekly import Change, Done, FacilityLine, Held, Item, WeeklyReport
from tracker.words import Words

__all__ = ["Document", "Section", "document_of"]


@dataclass(frozen=True, slots=True)
class Section:
    """One table. `columns` are keys of `report.col.*`; `empty` is said where it has no row.

    `counted` sections say in their title how many rows they have.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report in one language."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    words: Words
    report: WeeklyReport

    def heading(self, section: Section) -> str:
        """The title of a section, with the number of its rows."""
        if not section.counted:
            return section.title
        return self.words("report.counted", title=section.title, number=len(section.rows))

    def column(self, key: str) -> str:
        """The title of a column."""
        return self.words.of("report.col", key)


def document_of(report: WeeklyReport, words: Words) -> Document:
    """Word a report."""
    return Document(
        title=words("report.title", year=report.week.year, week=report.week.number),
        lead=tuple(_lead(report, words)),
        sections=tuple(_Wording(report, words).sections()),
        words=words,
        report=report,
    )


def _lead(report: WeeklyReport, words: Words) -> Iterator[str]:
    yield words(
        "report.span", monday=report.week.monday, sunday=report.week.sunday, as_of=report.as_of
    )
    if report.known_at is not None:
        yield words("report.known_at", instant=report.known_at.isoformat(timespec="seconds"))
    yield words(
        "board.totals",
        facilities=report.facilities,
        programmes=report.programmes,
        milestones=sum(now for now, _ in report.counts.values()),
    )
    yield words(
        "report.gist",
        overdue=len(report.overdue),
        done=sum(not d.again for d in report.done),
        changed=len(report.changes),
        next=len(report.next_week),
    )


class _Wording:
    """Makes the tables of one report."""

    def __init__(self, report: WeeklyReport, words: Words) -> None:
        self.report, self.words = report, words

    def sections(self) -> Iterator[Section]:
        r = self.report
        yield self._section("counts", ("state", "now", "before", "change"), self._counts())
        yield self._section("overdue", _OVERDUE, map(self._overdue, r.overdue))
        for days, items in r.due.items():
            yield self._section(f"due{days}", _DUE, map(self._due, items))
        yield self._section("done", _DONE, map(self._done, r.done))
        yield self._section("changes", _CHANGES, map(self._change, r.changes))
        if r.announced:
            yield self._section("announced", _ANNOUNCED, map(self._announced, r.announced))
        yield self._section("next_week", _DUE, map(self._due, r.next_week))
        yield self._section("on_hold", _HELD, map(self._held, r.on_hold))
        yield self._section("stale", _STALE, map(self._stale, r.stale))
        yield self._section("undated", _STALE, map(self._stale, r.undated))
        yield self._section("contradictory", _ODD, map(self._odd, r.contradictory))
        yield from self._lines()
        yield self._section("sources", _SOURCES, self._sources())

    def _lines(self) -> Iterator[Section]:
        parts: dict[Type, list[FacilityLine]] = {Type.FACILITY: [], Type.PROGRAMME: []}
        for line in self.report.lines:
            parts[line.summary.facility.type].append(line)
        yield self._section("facilities", _FACILITIES, map(self._facility, parts[Type.FACILITY]))
        if parts[Type.PROGRAMME]:
            rows = map(self._facility, parts[Type.PROGRAMME])
            yield self._section("programmes", _FACILITIES, rows)

    def _section(
        self, key: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]
    ) -> Section:
        return Section(
            key,
            self.words.of("report", key),
            columns,
            tuple(rows),
            self.words("none"),
            counted=key not in {"counts", "sources"},
        )

    def _step(self, row: Row) -> tuple[str, str]:
        m = row.milestone
        return m.facility_name, self.words.milestone(m.kind, m.title)

    def _d_day(self, row: Row) -> str:
        return self.words.d_day(row.judged.to_deadline)

    def _slip(self, row: Row) -> Days | None:
        moved = row.judged.slip
        return Days(moved.days) if moved and moved.days else None

    def _counts(self) -> Iterator[tuple[Cell, ...]]:
        for state, (now, before) in self.report.counts.items():
            if now or before:
                yield self.words.state(State(state)), now, before, Difference(now - before)

    def _overdue(self, item: Item) -> tuple[Cell, ...]:
        m, judged = item.milestone, item.row.judged
        return (
            *self._step(item.row),
            self._d_day(item.row),
            self.words.state(judged.state, judged.detail.value if judged.detail else None),
            self.words.period(m.forecast),
            m.forecast.latest if m.forecast else None,
            self._slip(item.row),
            item.told.reason,
            item.told.action,
            m.owner,
            self.report.cite(m.source),
        )

    def _due(self, item: Item) -> tuple[Cell, ...]:
        m = item.milestone
        return (
            *self._step(item.row),
            self.words.period(m.forecast),
            m.forecast.latest if m.forecast else None,
            self._d_day(item.row),
            self._slip(item.row),
            m.owner,
            self.report.cite(m.source),
        )

    def _done(self, done: Done) -> tuple[Cell, ...]:
        m, u = done.row.milestone, done.update
        return (
            *self._step(done.row),
            self.words.period(m.actual),
            self._slip(done.row),
            progress_text(done.progress, self.words) if done.progress else None,
            " · ".join(u.evidence) or None,
            self.words.reported(u),
            self.words("report.known_before") if done.again else None,
            self.report.cite(u.source),
        )

    def _change(self, change: Change) -> tuple[Cell, ...]:
        days = change.moved.days if change.moved else None
        return (
            *self._step(change.row),
            self.words.period(change.old),
            self.words.period(change.new),
            None if days is None else Days(days),
            change.reason,
            change.action,
            self.report.cite(change.source),
        )

    def _announced(self, change: Change) -> tuple[Cell, ...]:
        latest = change.new.latest if change.new else None
        period = self.words.period(change.new)
        return (*self._step(change.row), period, latest, self.report.cite(change.source))

    def _held(self, held: Held) -> tuple[Cell, ...]:
        m, hold = held.row.milestone, held.hold
        return (*self._step(held.row), hold.since, hold.until, hold.reason, hold.action, m.owner)

    def _stale(self, item: Item) -> tuple[Cell, ...]:
        m = item.milestone
        state = self.words.state(item.row.judged.state)
        return (*self._step(item.row), state, self.words.period(m.forecast), m.updated_on, m.owner)

    def _odd(self, item: Item) -> tuple[Cell, ...]:
        m = item.milestone
        kinds = [k for k, odd in (("contradiction", m.contradicted), ("order", m.breach)) if odd]
        what = " · ".join(self.words.of("alert.type", k) for k in kinds)
        period = self.words.period(m.forecast)
        return (*self._step(item.row), what, period, m.updated_on, self.report.cite(m.source))

    def _facility(self, line: FacilityLine) -> tuple[Cell, ...]:
        s, following = line.summary, line.next
        f = s.facility
        deadline = following.milestone.forecast if following else None
        return (
            f.name,
            *(self._field(field, getattr(f, field.name)) for field in _REPORTED),
            self.words.kind(s.phase) if s.phase else None,
            self._step(following)[1] if following else None,
            self.words.period(deadline) if following else None,
            deadline.latest if deadline else None,
            self._d_day(following) if following else None,
            Rating(self.words.of("rag", s.rag.value), s.rag.value) if s.rag else None,
        )

    def _field(self, field: FacilityField, value: Any) -> Cell:  # noqa: ANN401 - as its type
        if field.type is FieldType.MONEY:
            return None if value is None else Amount(value)
        return field_text(field, value, self.words) or None

    def _sources(self) -> Iterator[tuple[Cell, ...]]:
        for number, source in enumerate(self.report.sources, start=1):
            yield (
                f"[{number}]",
                source.publisher,
                source.title,
                _published(source),
                Address(source.url) if source.url else None,
            )


_OVERDUE = (
    *("facility", "step", "d_day", "confirmed", "forecast", "deadline"),
    *("slip", "reason", "action", "owner", "source"),
)
_DUE = ("facility", "step", "forecast", "deadline", "d_day", "slip", "owner", "source")
_DONE = (
    *("facility", "step", "actual", "slip", "progress", "evidence", "reported"),
    *("remark", "source"),
)
_CHANGES = ("facility", "step", "old", "new", "moved", "reason", "action", "source")
_ANNOUNCED = ("facility", "step", "forecast", "deadline", "source")
_HELD = ("facility", "step", "since", "until", "reason", "action", "owner")
_STALE = ("facility", "step", "state", "forecast", "updated", "owner")
_ODD = ("facility", "step", "what", "forecast", "updated", "source")
_REPORTED = tuple(field for field in FIELDS if field.reported)
_FACILITIES = (
    *("facility", *(field.key for field in _REPORTED), "phase"),
    *("next", "forecast", "deadline", "d_day", "rag"),
)
_SOURCES = ("number", "publisher", "title", "published", "address")


def _published(source: Source) -> str | None:
    """The day of a source; only its month where the day is not known."""
    if source.published and source.basis == "approximate":
        return source.published[:7]
    return source.published
