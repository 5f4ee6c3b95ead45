"""Calendars are written here; another library and a strict reader hold them to the standard."""

from datetime import UTC, date, datetime

import icalendar
import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st
from rfc5545 import read_calendar

from tracker.exchange.calendar.content_lines import (
    day_text,
    event_lines,
    folded,
    instant_text,
    text_value,
)

TEXTS = st.text(
    st.sampled_from("가나 다라마바abc,;\\\n:^\"'é漢😀-")
    | st.characters(exclude_categories=["C", "Z"]),
    max_size=200,
)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"


def written(summary, description, day, moment):
    """An event as it is written here."""
    return event_lines(
        [
            ("SUMMARY", text_value(summary)),
            ("DTSTART;VALUE=DATE", day_text(day)),
            ("DTEND;VALUE=DATE", day_text(date.fromordinal(day.toordinal() + 1))),
            ("DTSTAMP", instant_text(moment)),
            ("UID", "1"),
            ("CATEGORIES", text_value(summary)),
            ("DESCRIPTION", text_value(description)),
            ("STATUS", "CONFIRMED"),
        ]
    )


def by_library(summary, description, day, moment):
    """The same event as icalendar writes it."""
    event = icalendar.Event()
    event.add("summary", summary)
    event.add("dtstart", day)
    event.add("dtend", date.fromordinal(day.toordinal() + 1))
    event.add("dtstamp", moment)
    event.add("uid", "1")
    event.add("categories", [summary])
    event.add("description", description)
    event.add("status", "CONFIRMED")
    return event.to_ical().decode()


DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 30))
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone


@given(TEXTS, TEXTS, DAYS, MOMENTS)
@example("가" * 30, "\\" * 200, date(2026, 1, 1), datetime(2026, 1, 1, 1, 1, 1, 5, UTC))
def test_an_event_is_byte_for_byte_what_icalendar_writes(summary, description, day, moment):
    event = written(summary, description, day, moment.replace(microsecond=0))
    # the library takes \N in a text for a line end, which a text that says so does not mean
    if "\\N" not in summary + description:
        assert event == by_library(summary, description, day, moment.replace(microsecond=0))


@given(TEXTS.map(str.strip).filter(bool), TEXTS)
def test_three_readers_read_the_texts_that_were_written(summary, description):
    event = written(summary, description, date(2026, 11, 21), datetime(2026, 11, 21, tzinfo=UTC))
    data = f"{HEAD}{event}END:VCALENDAR\r\n"
    (strict,) = read_calendar(data.encode())
    (library,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    other = vobject.readOne(data).vevent
    told = {strict["SUMMARY"], str(library["summary"]), other.summary.value}
    assert told == {summary}
    described = [strict["DESCRIPTION"], str(library["description"])]
    assert described == [description, description]
    assert other.description.value == description


@pytest.mark.parametrize("letter", ["a", "é", "가", "😀"])
@pytest.mark.parametrize("length", [17, 18, 19, 24, 25, 36, 37, 38, 73, 74, 75, 76, 149, 150])
def test_no_line_has_more_than_75_octets_and_no_letter_is_torn(letter, length):
    lines = folded(letter * length).encode().split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert all(line.startswith(b" ") for line in lines[1:])
    assert "".join([lines[0].decode(), *(line[1:].decode() for line in lines[1:])]) == (
        letter * length
    )
