"""Content lines of RFC 5545: escaped (3.3.11), folded to 75 octets (3.1), ended by CRLF.

An event of this program has a dozen plain properties. A library that can say everything that
a calendar may contain takes a millisecond for them, which for a large store is minutes.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

__all__ = ["day_text", "event_lines", "folded", "instant_text", "text_value"]

_LONGEST = 74  # octets; the blank at the beginning of a folded line is the 75th
_CONTINUES = 0b1100_0000, 0b1000_0000  # of the octets of UTF-8 that do not begin a letter
_WITH_NEXT = b"\\^"  # some readers do not find an escape whose parts are on two lines


def text_value(text: str) -> str:
    """A text as the value of a property."""
    if text.isalnum():
        return text
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def day_text(day: date) -> str:
    """A day as the value of a property."""
    return day.isoformat().replace("-", "")


def instant_text(moment: datetime) -> str:
    """An instant in UTC, to the second."""
    utc = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return f"{utc.isoformat().replace('-', '').replace(':', '')}Z"


def folded(line: str) -> str:
    """A line with its end, broken where it is longer than 75 octets."""
    if len(line) * 4 <= _LONGEST or len(data := line.encode()) <= _LONGEST:
        return f"{line}\r\n"
    pieces, start = [], 0
    mask, inside = _CONTINUES
    while len(data) - start > _LONGEST:
        end = start + _LONGEST
        while data[end] & mask == inside:
            end -= 1
        if data[end - 1] in _WITH_NEXT:
            end -= 1
        pieces.append(data[start:end])
        start = end
    pieces.append(data[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"


def event_lines(properties: Iterable[tuple[str, str]]) -> str:
    """An event of properties that are in order: those of a name with its parameters, and value."""
    lines = "".join(folded(f"{name}:{value}") for name, value in properties)
    return f"BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n"
