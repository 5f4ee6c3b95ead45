"""A reader of calendars that takes nothing that RFC 5545 does not allow."""

import re
from datetime import date, datetime

__all__ = ["read_calendar"]

_LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_TEXT = re.compile(r"(?:[^\\;,\x00-\x1f\x7f]|\t|\\[\\;,nN])*")
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "X-WR-CALNAME"}
_ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "SEQUENCE", "STATUS"}
_NEEDED = {"UID", "DTSTAMP", "DTSTART"}
_STATUS = {"TENTATIVE", "CONFIRMED", "CANCELLED"}
_WHOLE = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}


def read_calendar(data: bytes) -> list[dict[str, str]]:
    """The events, each as its properties; an assertion names what breaks the standard."""
    lines = [_content(line) for line in _unfolded(data)]
    assert lines[0][::2] == ("BEGIN", "VCALENDAR")
    assert lines[-1][::2] == ("END", "VCALENDAR")
    heads = [name for name, _, _ in lines[1 : lines.index(("BEGIN", "", "VEVENT"))]]
    assert heads.count("PRODID") == heads.count("VERSION") == 1
    events: list[dict[str, str]] = []
    inside = False
    for name, parameters, value in lines[1 + len(heads) : -1]:
        if name in {"BEGIN", "END"}:
            assert (value, inside) == ("VEVENT", name == "END")
            inside = name == "BEGIN"
            if inside:
                events.append({})
            else:
                _check(events[-1])
            continue
        assert inside, name
        assert name not in events[-1] or name not in _ONCE, f"{name} twice"
        events[-1][name] = _value(name, parameters, value)
    assert not inside
    assert len({e["UID"] for e in events}) == len(events)
    return events


def _unfolded(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    whole: list[bytes] = []
    for line in lines:
        assert line, "an empty line"
        assert len(line) <= 75, line
        line.decode()  # no letter is cut in two
        if line[:1] in {b" ", b"\t"}:
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [line.decode() for line in whole]


def _content(line: str) -> tuple[str, str, str]:
    assert not _CONTROL.search(line), line
    found = _LINE.fullmatch(line)
    assert found, line
    return found[1], found[2], found[3]


def _value(name: str, parameters: str, value: str) -> str:
    if name in _TEXTS:
        assert _TEXT.fullmatch(value), value
        return re.sub(r"\\[\\;,nN]", lambda m: _WHOLE[m[0]], value)
    if name in {"DTSTART", "DTEND"}:
        assert parameters == ";VALUE=DATE"
        assert re.fullmatch(r"[0-9]{8}", value)
        date.fromisoformat(f"{value[:4]}-{value[4:6]}-{value[6:]}")
    if name in {"DTSTAMP", "LAST-MODIFIED"}:
        datetime.strptime(value, "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 - Z is of the form
    if name == "SEQUENCE":
        assert value.isdigit()
    if name == "STATUS":
        assert value in _STATUS
    return value


def _check(event: dict[str, str]) -> None:
    assert event.keys() >= _NEEDED, _NEEDED - event.keys()
    assert event["DTEND"] > event["DTSTART"]
