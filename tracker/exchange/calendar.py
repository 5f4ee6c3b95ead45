"""Milestones as a calendar (RFC 5545) that other programs subscribe to or take in again.

A window becomes an all-day event on its last day, with the window in words. The
identity of an event follows from the slugs alone and its number of changes from the
updates, so that a newer export updates what an older one brought.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid5

from db.reader import Reader
from db.records import Milestone, Standing
from db.watch import Stage, counted
from tracker.exchange.exported import Exported
from tracker.exchange.ics_lines import day_text, event_lines, folded, instant_text, text_value
from tracker.parts import in_parts
from tracker.told import Told, told_of
from tracker.words import Words

__all__ = ["ics_of"]

_OURS = UUID("6f0d3c1e-8a55-5d0c-9a0f-3f5b2f6f7c11")  # never changes, or events would double
_BY_THE_DAY = (Standing.OPEN, Standing.UNDATED)


def ics_of(reader: Reader, words: Words) -> Exported:
    """Return the calendar of every milestone whose window has a last day."""
    made = Exported(events=0)
    made.parts = in_parts(_calendar(reader, words, made))
    return made


def _calendar(reader: Reader, words: Words, made: Exported) -> Iterator[str]:
    told, changes = told_of(reader.remarks()), reader.spoken_of()
    events = left_out = 0
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tracker//milestones//EN\r\n"
    yield "CALSCALE:GREGORIAN\r\n"
    yield folded(f"X-WR-CALNAME:{text_value(words('calendar.name'))}")
    total = sum(reader.totals().values())
    for facility, milestones in counted(reader.every_facility(), total, Stage.WRITE):
        number, newest = changes[facility.slug]
        version = str(number), instant_text(newest)
        for m in milestones:
            window = m.actual or m.forecast
            if window is None or window.latest is None or window.latest == date.max:
                left_out += 1
                continue
            events += 1
            properties = _properties(m, window.latest, told[m.facility, m.slug], version, words)
            yield event_lines(properties)
    made.events, made.left_out = events, left_out
    yield "END:VCALENDAR\r\n"


def _properties(
    m: Milestone, day: date, told: Told, version: tuple[str, str], words: Words
) -> Iterator[tuple[str, str]]:
    """The properties of an event; those every event has come first, the others by name.

    Its version is how often, and when last, something was said of the facility. All of it
    counts, since a step is also changed by what is said of the whole or of the step after it.
    """
    number, newest = version
    step, window = words.milestone(m.kind, m.title), words.period(m.actual or m.forecast)
    summary = words("calendar.summary", facility=m.facility_name, step=step, window=window)
    yield "SUMMARY", text_value(summary)
    yield "DTSTART;VALUE=DATE", day_text(day)
    yield "DTEND;VALUE=DATE", day_text(day + timedelta(days=1))
    yield "DTSTAMP", newest
    yield "UID", str(uuid5(_OURS, f"{m.facility}/{m.slug}"))
    yield "SEQUENCE", number
    yield "CATEGORIES", text_value(words.kind(m.kind))
    yield "DESCRIPTION", text_value("\n".join(_lines(m, told, words)))
    yield "LAST-MODIFIED", newest
    if m.city:
        yield "LOCATION", text_value(m.city)
    yield "STATUS", "CANCELLED" if m.standing is Standing.CANCELLED else "CONFIRMED"
    yield "TRANSP", "TRANSPARENT"
    if m.source and m.source.url and m.source.url.startswith(("https://", "http://")):
        yield "URL", m.source.url


def _lines(m: Milestone, told: Told, words: Words) -> Iterator[str]:
    """What is known of a milestone, a line each; nothing that changes by the day."""
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
