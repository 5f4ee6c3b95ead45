"""Milestones as a calendar (RFC 5545) that other programs subscribe to or take in again.

A window becomes an all-day event on its last day, with the window in words. The
identity of an event follows from the slugs alone and its number of changes from the
updates, so that a newer export updates what an older one brought.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from db.reader import Reader
from db.records import Standing, Update
from db.watch import Stage, counted
from tracker.board import Row, read_board
from tracker.exchange.exported import Exported
from tracker.limits import Limits
from tracker.told import Told, told_of
from tracker.words import Words

__all__ = ["ics_of"]

_OURS = UUID("6f0d3c1e-8a55-5d0c-9a0f-3f5b2f6f7c11")  # never changes, or events would double
_BY_THE_DAY = (Standing.OPEN, Standing.UNDATED)


def ics_of(reader: Reader, day: date, limits: Limits, words: Words) -> Exported:
    """Return the calendar of every milestone whose window has a last day."""
    updates = list(reader.everything())
    told = told_of(updates)
    changes = _Changes(updates)
    calendar = Calendar()
    calendar.add("prodid", "-//tracker//milestones//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", words("calendar.name"))
    rows = sorted(
        read_board(reader, day, limits).rows, key=lambda r: (r.milestone.facility, r.milestone.slug)
    )
    events = []
    for row in counted(rows, len(rows), Stage.WRITE):
        m = row.milestone
        event = _event(row, told[m.facility, m.slug], words)
        if event is not None:
            changes.mark(event, m.facility, m.slug)
            events.append(event.to_ical())
    head, end, rest = calendar.to_ical().partition(b"END:VCALENDAR")
    data = b"".join([head, *events, end, rest])
    return Exported(data, events=len(events), left_out=len(rows) - len(events))


class _Changes:
    """How often, and when last, something was said of a facility.

    All of it counts, since a step is also changed by what is said of the whole or of
    the step after it.
    """

    def __init__(self, updates: Iterable[Update]) -> None:
        self._number: Counter[str] = Counter()
        self._newest: dict[str, datetime] = {}
        for u in updates:
            self._number[u.facility] += 1
            self._newest[u.facility] = max(
                self._newest.get(u.facility, u.recorded_at), u.recorded_at
            )

    def mark(self, event: Event, facility: str, milestone: str) -> None:
        """Give an event its identity and its place in the order of its versions."""
        newest = self._newest[facility].replace(microsecond=0).astimezone(UTC)
        event.add("uid", str(uuid5(_OURS, f"{facility}/{milestone}")))
        event.add("sequence", self._number[facility])
        event.add("dtstamp", newest)
        event.add("last-modified", newest)


def _event(row: Row, told: Told, words: Words) -> Event | None:
    m = row.milestone
    window = m.actual or m.forecast
    if window is None or window.latest is None or window.latest == date.max:
        return None
    step = words.milestone(m.kind, m.title)
    event = Event()
    event.add(
        "summary",
        words("calendar.summary", facility=m.facility_name, step=step, window=words.period(window)),
    )
    event.add("dtstart", window.latest)
    event.add("dtend", window.latest + timedelta(days=1))
    event.add("description", "\n".join(_lines(row, told, words)))
    event.add("categories", [words.kind(m.kind)])
    event.add("status", "CANCELLED" if m.standing is Standing.CANCELLED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if m.city:
        event.add("location", m.city)
    if m.source and m.source.url and m.source.url.startswith(("https://", "http://")):
        event.add("url", m.source.url)
    return event


def _lines(row: Row, told: Told, words: Words) -> Iterator[str]:
    """What is known of a milestone, a line each; nothing that changes by the day."""
    m = row.milestone
    if m.standing not in _BY_THE_DAY:
        yield f"{words('col.state')}: {words(f'state.{m.standing.value}')}"
    for name in ("forecast", "baseline", "actual"):
        period = getattr(m, name)
        if period is not None:
            yield f"{words(f'col.{name}')}: {words.period(period)}"
    for name, text in (("reason", told.reason), ("action", told.action), ("owner", m.owner)):
        if text:
            yield f"{words(f'field.{name}')}: {text}"
    if m.source is not None:
        parts = (m.source.publisher, m.source.title, m.source.published)
        yield f"{words('col.source')}: {' · '.join(filter(None, parts))}"
