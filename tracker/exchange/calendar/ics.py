"""Milestones as a calendar (RFC 5545) that other programs subscribe to or take in again.

A window becomes an all-day event on its last day, with the window in words. The
identity of an event follows from the slugs alone and its number of changes from the
updates, so that a newer export updates what an older one brought. What an older one
may have brought and is no event any more is cancelled under its identity.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid5

from db.model.progress import Stage, counted
from db.model.records import Kind, Milestone, Update
from db.model.states import AHEAD, Standing
from db.read.reader import Reader
from tracker.app.parts import in_parts
from tracker.domain.latest_remarks import LatestRemarks, latest_remarks
from tracker.exchange.calendar.content_lines import (
    day_text,
    event_lines,
    folded,
    instant_text,
    text_value,
)
from tracker.exchange.calendar.event_versions import Version, shown_day, versions_of
from tracker.exchange.export_file import Exported
from tracker.words import Words

__all__ = ["ics_of"]

_OURS = UUID("6f0d3c1e-8a55-5d0c-9a0f-3f5b2f6f7c11")  # never changes, or events would double


def ics_of(reader: Reader, words: Words) -> Exported:
    """Return the calendar of every milestone whose window has a last day, or once had one."""
    made = Exported(events=0)
    made.parts = in_parts(_calendar(reader, words, made))
    return made


def _calendar(reader: Reader, words: Words, made: Exported) -> Iterator[str]:
    told = latest_remarks(reader.remarks())
    events = left_out = 0
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tracker//milestones//EN\r\n"
    yield "CALSCALE:GREGORIAN\r\n"
    yield folded(f"X-WR-CALNAME:{text_value(words('calendar.name'))}")
    for facility, updates, milestones in _facilities(reader):
        versions = versions_of(facility, updates, reader.kinds_of(facility))
        for m in milestones:
            version = versions.get(m.slug)
            day = shown_day(m.actual or m.forecast)
            if version is None or (day is None and not version.gone):
                left_out += 1
                continue
            events += 1
            if day is None:
                yield event_lines(_gone(facility, m.slug, version, words))
            else:
                properties = _properties(m, day, told[m.facility, m.slug], version, words)
                yield event_lines(properties)
        present = {m.slug for m in milestones}
        for slug in sorted(versions.keys() - present):
            events += 1
            yield event_lines(_gone(facility, slug, versions[slug], words))
    made.events, made.left_out = events, left_out
    yield "END:VCALENDAR\r\n"


def _facilities(reader: Reader) -> Iterator[tuple[str, list[Update], list[Milestone]]]:
    """Every facility that ever was, all that was said of it, and its milestones if it is there."""
    total = sum(reader.totals().values())
    present = iter(counted(reader.every_facility(), total, Stage.WRITE))
    following = next(present, None)
    for slug, updates in reader.every_log():
        milestones: list[Milestone] = []
        if following is not None and following[0].slug == slug:
            milestones = following[1]
            following = next(present, None)
        yield slug, updates, milestones


def _uid(facility: str, milestone: str) -> str:
    return str(uuid5(_OURS, f"{facility}/{milestone}"))


def _properties(
    m: Milestone, day: date, told: LatestRemarks, version: Version, words: Words
) -> Iterator[tuple[str, str]]:
    """The properties of an event; those that every event has come first, the others by name."""
    step, window = words.milestone(m.kind, m.title), words.period(m.actual or m.forecast)
    summary = words("calendar.summary", facility=m.facility_name, step=step, window=window)
    description = "\n".join(_lines(m, told, words))
    yield from _common(_uid(m.facility, m.slug), summary, day, description, version, m.kind, words)
    if m.city:
        yield "LOCATION", text_value(m.city)
    yield "STATUS", "CANCELLED" if m.standing is Standing.CANCELLED else "CONFIRMED"
    yield "TRANSP", "TRANSPARENT"
    if m.source and m.source.url and m.source.url.startswith(("https://", "http://")):
        yield "URL", m.source.url


def _gone(
    facility: str, milestone: str, version: Version, words: Words
) -> Iterator[tuple[str, str]]:
    """An event that was shown once, as it was shown last, so that a calendar takes it out."""
    last = version.last
    step, window = words.milestone(last.kind, last.title), words.period(last.window)
    summary = words("calendar.summary", facility=last.facility_name, step=step, window=window)
    uid, description = _uid(facility, milestone), words("calendar.gone")
    yield from _common(uid, summary, last.day, description, version, last.kind, words)
    yield "STATUS", "CANCELLED"
    yield "TRANSP", "TRANSPARENT"


def _common(
    uid: str,
    summary: str,
    day: date,
    description: str,
    version: Version,
    kind: Kind,
    words: Words,
) -> Iterator[tuple[str, str]]:
    changed = instant_text(version.changed)
    yield "SUMMARY", text_value(summary)
    yield "DTSTART;VALUE=DATE", day_text(day)
    yield "DTEND;VALUE=DATE", day_text(day + timedelta(days=1))
    yield "DTSTAMP", changed
    yield "UID", uid
    yield "SEQUENCE", str(version.number)
    yield "CATEGORIES", text_value(words.kind(kind))
    yield "DESCRIPTION", text_value(description)
    yield "LAST-MODIFIED", changed


def _lines(m: Milestone, told: LatestRemarks, words: Words) -> Iterator[str]:
    """What is known of a milestone, a line each; nothing that changes by the day."""
    if m.standing not in AHEAD:
        yield f"{words('col.state')}: {words.of('state', m.standing.value)}"
    for name in ("forecast", "baseline", "actual"):
        period = getattr(m, name)
        if period is not None:
            yield f"{words.of('col', name)}: {words.period(period)}"
    for name, text in (("reason", told.reason), ("action", told.action), ("owner", m.owner)):
        if text:
            yield f"{words.of('field', name)}: {text}"
    if m.source is not None:
        parts = (m.source.publisher, m.source.title, m.source.published)
        yield f"{words('col.source')}: {' · '.join(filter(None, parts))}"
