"""A cell of dates, as offices write it, → what it says of the milestone.

Beside a date there may stand that it is done (완료, ✓) or expected (예정), what was
planned first (당초 …, or before an arrow), or nothing but that there is none yet.
"""

import re
from dataclasses import dataclass
from datetime import date

from db.errors import RefusedError
from db.period import Period
from tracker.exchange.grid import Given
from tracker.exchange.headings import Role
from tracker.exchange.placeholders import without_time
from tracker.phrases import is_undated, read

__all__ = ["CellTold", "nothing", "read_told"]

_NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "–",
        "—",
        "―",
        "ㅡ",
        "/",
        ".",
        "·",
        "해당없음",
        "해당사항없음",
        "없음",
        "n/a",
        "na",
    }
)
_NOT_YET = re.compile(
    r"미(?:착공|준공|완공|개소|개관|개원|개장|완료|추진|도래|정)|예정|추진중|진행중|계획"
)
_ARROW = re.compile(r"\s*(?:→|⇒|➔|➜|⇨|▶|->|=>)\s*")
_FIRST = re.compile(r"[(（\[]?\s*(?:당초|최초)\s*[:：]?\s*([^()（）\[\]]+?)\s*(?:[)）\]]|[,/]|$)")
_DONE = re.compile(
    r"기?(?:착공|준공|완공|개소|개관|개원|개장|설계|선정|지정|인증|공사)?\s*완료(?:됨|함)?"
    r"|기(?:착공|준공|완공|개소|개관)|[(（]완[)）]|[✓✔☑√✅]|\b(?:done|completed)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(r"예정|계획|목표|예상|변경|현재|planned|expected", re.IGNORECASE)
_STEP = re.compile(
    r"^\s*(?:착공|준공|완공|개소|개관|개원|개장|선정|지정|인증)(?:식|일)?\s*(?=[(（:：'’`\d\s]|$)"
)
_BRACKETS = re.compile(r"[()（）\[\]【】]")
_ASIDE = re.compile(r"[(（]\s*(?:예정|계획|목표|예상|변경|완료|잠정|안)\s*[)）]")
_YEARS = range(1900, 2200)
_TWO_DIGITS = 100
_DECIMALS = re.compile(r"0\.00(?!0)")


@dataclass(frozen=True, slots=True)
class CellTold:
    """One thing a cell says.

    Attributes:
        role: Planned, planned at first, or done.
        period: When; None where there is no date.
        firm: Whether a missing date takes a known one back (미정), or says nothing
            new of it (미착공, 예정).
    """

    role: Role
    period: Period | None
    firm: bool = True


def nothing(given: Given) -> bool:
    """Whether a cell stands for no statement at all: empty, a dash, 해당없음."""
    return "".join(given.text.split()).casefold() in _NOTHING


def read_told(given: Given, role: Role, reported: date) -> tuple[CellTold, ...]:
    """Read a cell of a column of dates.

    Args:
        given: The cell.
        role: What the column's header says that its dates are.
        reported: The day on which the spreadsheet was true; a month without a year is
            counted from it, and what is done without a date was done by then.

    Raises:
        RefusedError: It cannot be read, or can be read in two ways.
    """
    if nothing(given):
        return ()
    if isinstance(given.value, date):
        return (CellTold(role, Period.day(given.value)),)
    text = _number(given) if isinstance(given.value, int | float) else without_time(given.text)
    before, text = _split(text)
    first = () if before is None else (CellTold(Role.ORIGINAL, read(_stripped(before), reported)),)
    if before is not None and role is Role.ORIGINAL:
        role = Role.PLAN
    return (*first, _told(text, role, reported))


def _number(given: Given) -> str:
    """A number as a person typed it: 2026, 2026.6, 20260630; not 2026.1, which may be 2026.10."""
    value = given.value
    text = given.text
    if isinstance(value, float) and not value.is_integer():
        if _DECIMALS.match(given.form):
            return f"{value:.2f}"
        if text.endswith(".1"):
            raise RefusedError(
                f"“{text}”: January or October? Write it as text, such as 2026-10",
                code="january-or-october",
                text=text,
            )
        return text
    number = int(value) if isinstance(value, int | float) else 0
    if 0 < number < _TWO_DIGITS or (len(text) == 4 and number not in _YEARS):  # noqa: PLR2004 - a year's digits
        raise _unread(text)
    return str(number)


def _split(text: str) -> tuple[str | None, str]:
    """What was planned at first, where the cell says it, and the rest."""
    parts = [part for part in _ARROW.split(text) if part.strip()]
    if len(parts) > 1:
        return re.sub("^(?:당초|최초)", "", parts[0].strip()), parts[-1]
    match = _FIRST.search(text)
    if match is not None:
        rest = (text[: match.start()] + " " + text[match.end() :]).strip(" ,/")
        if rest:
            return match[1], rest
    return None, text


def _told(text: str, role: Role, reported: date) -> CellTold:
    expected = _EXPECTED.search(text) is not None
    done = _DONE.search(text) is not None and not expected and "미완료" not in text
    stepped = _STEP.match(text) is not None
    rest = _stripped(text)
    if not rest or _NOT_YET.fullmatch(re.sub(r"[\s()（）]+", "", text)):
        return _without_date(text, role, reported, done=done)
    if is_undated(rest):
        return CellTold(Role.PLAN, None)
    period = read(rest, reported)
    if role is Role.ACTUAL and expected:
        role = Role.PLAN
    elif done or (stepped and not expected and period.latest and period.latest <= reported):
        role = Role.ACTUAL
    if role is Role.ACTUAL and period.earliest and period.earliest > reported:
        raise RefusedError(
            f"“{text}” is done, and after {reported}",
            code="done-in-future",
            text=text,
            day=reported.isoformat(),
        )
    return CellTold(role, period)


def _without_date(text: str, role: Role, reported: date, *, done: bool) -> CellTold:
    if done:
        return CellTold(Role.ACTUAL, Period.between(None, reported))
    if _NOT_YET.search(text) or is_undated(text):
        return CellTold(Role.PLAN, None, firm=text.strip() == "미정")
    del role
    raise _unread(text)


def _stripped(text: str) -> str:
    """The date alone, without the words around it."""
    rest = _ASIDE.sub(" ", text)
    rest = _DONE.sub(" ", rest)
    rest = _STEP.sub("", rest)
    rest = _EXPECTED.sub(" ", rest)
    if rest != text:
        rest = _BRACKETS.sub(" ", rest)
    rest = rest.strip(" ,:：·")
    return rest.removesuffix("~").rstrip() if rest.count("~") == 1 else rest


def _unread(text: str) -> RefusedError:
    return RefusedError(
        f"“{text}” is not read as a date", code="unread-period", text=text, word=text, why=""
    )
