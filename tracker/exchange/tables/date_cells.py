"""A cell of dates, as offices write it, → what it says of the milestone.

Beside a date there may stand that it is done (완료, ✓) or expected (예정), what was
planned first (당초 …, or before an arrow), or nothing but why there is none yet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from db.model.errors import RefusedError
from db.model.period import Period
from db.model.records import Kind
from tracker.exchange.grids.grid import GridCell
from tracker.exchange.grids.placeholders import is_placeholder, is_placeholder_text, without_time
from tracker.exchange.tables.cell_words import Marks, marks_of, other_step, part_of_step
from tracker.exchange.tables.headings import Role
from tracker.phrases import is_undated, read
from tracker.phrases.scanner import LONGEST

__all__ = [
    "CellDate",
    "has_ends",
    "no_date",
    "nothing",
    "read_date_cell",
    "read_works",
    "stands_for_none",
]

_NOTHING = frozenset(
    {
        "",
        "해당없음",
        "해당사항없음",
        "없음",
        "n/a",
        "na",
        "x",
        "×",
        "✕",
        "비해당",
        "미해당",
        "비대상",
        "無",
    }
)
_DASHES = re.compile(r"[-‐-―−－﹣ㅡ_./·․‧∙・ㆍ]+")
_BULLET = re.compile(r"\s*[-‐-―−－·•∙ㆍ◦▪※*]\s*(?=['’‘(]?\s*\d)")
_NOT_YET = re.compile(
    r"미(?:착공|준공|완공|개소|개관|개원|개장|개통|완료|추진|착수|도래|정|확정)"
    r"|[가-힣]*(?:예정|계획)|(?:[가-힣]*)(?:추진|진행|준비|시공|공사|설계|보상|협의|검토|용역|공모|발주|심사"
    r"|인허가|조성|건립|건축|입찰|조사|신청|편성|확보|수립|이행)\s*중(?:임)?"
)
_WHY_NOT = re.compile(
    r"미정|미확정|미상|추후|별도|협의|검토|예산|재원|확보|용역|결과에|에따[라른름]|공사중|보상|인허가|미도래"
    r"|(?:확보|완료|결정|확정|선정|승인|결과|통과|해결|종료|체결|편성|반영|취득|변경|수립|착공|준공|개통|개소"
    r"|이전|개발|조성)(?:후|시|전|대기|필요)(?:결정|확정|추진|착공|준공|개소|개관|협의|통보|공지|안내)?$"
)
_UNDECIDED = re.compile(r"(?:일정|시기|날짜|일자|아직)?(?:미정|미확정)")
_HAS_DATE = re.compile(
    r"\d{3,}|\d\s*(?:년|월|분기|[./-]\s*\d)|['’‘]\s*\d\d|[상하]반기|[내올]\s*(?:년|해)|연[말초]"
)
_ARROW = re.compile(r"\s*(?:→|⇒|➔|➜|⇨|▶|->|=>)\s*")
_FIRST = re.compile(
    r"[(（\[]?\s*(?:당초|최초)\s*[)）\]]?\s*[:：]?\s*([^()（）\[\]]+?)\s*"
    r"(?:[)）\]]|[,/]|$|(?=[(（\[]?\s*(?:변경|현재|금회)))"
)
_NAMED_FIRST = re.compile(r"\s*(['’‘]?\d.*?)\s*[(（\[]\s*(?:당초|최초)\s*[)）\]][\s,/]*(.*)")
_TWO_DATES = re.compile(r"\d[.월일]?\s*/\s*['’‘]?(?:\d{4}|\d{2}\.\s*\d)")
_YEARS = range(1900, 2200)
_LIKELY = range(1800, 2100)  # years of public works; others are slips of a key
_TWO_DIGITS = 100
_DECIMALS = re.compile(r"0\.00(?!0)")
_SERIAL = re.compile(r"[3-7][0-9]{4}(?:\.0+)?")
_FIRST_DAY, _FIRST_SERIAL = date(1899, 12, 30), 36526  # 2000-01-01
_NO_YEAR = re.compile(
    r"(?:0+|1900|2999|3000|8888|9999)(?:[-./년]?\s*(?:0{1,2}|9{2}|1|01|12)[월.]?)?"
)
_NO_DAY = re.compile(
    r"[0\s./:-]+|9{2}([-./])9{2}(?:\1\s*9{2})?|(?:2999|3000|8888)[-./]?\d{1,2}[-./]?\d{1,2}"
    r"|1970[-./]\s*0?1[-./]\s*0?1|2099[-./]\s*12[-./]\s*31"
)
_DAY_OR_MONTH = re.compile(r"\d{2}/\d{1,2}")


@dataclass(frozen=True, slots=True)
class CellDate:
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


def nothing(given: GridCell) -> bool:
    """Whether a cell stands for no statement at all: empty, a dash, 해당없음."""
    text = "".join(given.text.split()).casefold()
    return text in _NOTHING or _DASHES.fullmatch(text) is not None


def stands_for_none(given: GridCell) -> bool:
    """Whether a cell of dates holds what is put where there is none: 9999-12-31, 0000-00-00.

    >>> [stands_for_none(GridCell(t)) for t in ("1900-01-01", "00.00", "2999.12", "2027.3")]
    [True, True, True, False]
    """
    if isinstance(given.value, date):
        return is_placeholder(given.value)
    text = given.text.strip()
    if isinstance(given.value, str) and is_placeholder_text(text):
        return True
    plain = text.rstrip(". ")
    return bool(plain and (_NO_YEAR.fullmatch(plain) or _NO_DAY.fullmatch(plain)))


def no_date(text: str) -> bool:
    """Whether words say why there is no date: 협의중, 예산 확보 시, 미정(예산확보 후)."""
    plain = re.sub(r"[\s()（）\[\],·ㆍ.…~-]+", "", text)
    if not plain or _HAS_DATE.search(text):
        return False
    return is_undated(text) or bool(_NOT_YET.fullmatch(plain) or _WHY_NOT.search(plain))


@lru_cache(8192)  # a table says the same over and over
def read_date_cell(
    given: GridCell, role: Role, reported: date, kind: Kind | None = None
) -> tuple[CellDate, ...]:
    """Read a cell of a column of dates.

    Args:
        given: The cell.
        role: What the column's header says that its dates are.
        reported: The day on which the spreadsheet was true; a month without a year is
            counted from it, and what is done without a date was done by then.
        kind: The step of the column; a cell that names another is refused.

    Raises:
        RefusedError: It cannot be read, or can be read in two ways.
    """
    if nothing(given) or stands_for_none(given):
        return ()
    if len(given.text) > LONGEST:
        raise _unread(given.text)
    if isinstance(given.value, date):
        _check_year(given.text, given.value)
        return (_dated(given.text, Period.day(given.value), role, reported),)
    text = _number(given) if isinstance(given.value, int | float) else _typed(given.text)
    before, text = _split(text)
    first = () if before is None else _planned_first(before, reported)
    if not text:
        return first
    if before is not None and role is Role.ORIGINAL:
        role = Role.PLAN
    return (*first, _told(text, role, reported, kind))


def _planned_first(text: str, reported: date) -> tuple[CellDate, ...]:
    rest = marks_of(text).rest
    if not rest or no_date(text):
        return ()
    return (CellDate(Role.ORIGINAL, _read(rest, reported)),)


def _typed(text: str) -> str:
    """A text without a bullet; the number that a spreadsheet counts days by is the day."""
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    return _day_of_serial(text) or without_time(text)


def _day_of_serial(text: str) -> str | None:
    if not _SERIAL.fullmatch(text.strip()):
        return None
    number = int(float(text))
    if number < _FIRST_SERIAL:
        return None
    return (_FIRST_DAY + timedelta(days=number)).isoformat()


def _number(given: GridCell) -> str:
    """A number as a person typed it: 2026, 2026.6, 20260630; not 2026.1, which may be 2026.10."""
    value = given.value
    text = given.text
    if isinstance(value, int | float) and value < 0:
        raise _unread(text)
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
    return _typed(str(number))


def _split(text: str) -> tuple[str | None, str]:
    """What was planned at first, where the cell says it, and the rest."""
    parts = [part for part in _ARROW.split(text) if part.strip()]
    if len(parts) > 1:
        return re.sub("(?:당초|최초)", "", parts[0]), parts[-1]
    match = _NAMED_FIRST.fullmatch(text)
    if match is not None:
        return match[1], match[2]
    match = _FIRST.search(text)
    if match is not None:
        return match[1], (text[: match.start()] + " " + text[match.end() :]).strip(" ,/")
    return None, text


def _told(text: str, role: Role, reported: date, kind: Kind | None) -> CellDate:
    marks = marks_of(text)
    if not marks.rest or no_date(text):
        return _without_date(text, role, reported, done=marks.done)
    _refuse_step(text, other_step(marks, kind))
    period = _read(marks.rest, reported)
    _refuse_step(text, part_of_step(marks))
    if marks.moved and period.latest and period.latest <= reported:
        raise _unread(text)  # to a day that is past, or from it: nobody can tell
    return _dated(text, period, _role(marks, role, period, reported), reported, done=marks.done)


def _refuse_step(text: str, step: str | None) -> None:
    if step is not None:
        raise RefusedError(
            f"“{text}” speaks of {step}, which is not the step of its column",
            code="other-step",
            text=text,
            step=step,
        )


def _role(marks: Marks, role: Role, period: Period, reported: date) -> Role:
    """Planned or done, from the words of the cell before those of its column."""
    if marks.expected or marks.moved:
        return role if role is Role.ORIGINAL else Role.PLAN
    past = period.latest is not None and period.latest <= reported
    if marks.done or (marks.steps and past and role is not Role.ORIGINAL):
        return Role.ACTUAL
    return role


def _dated(
    text: str, period: Period, role: Role, reported: date, *, done: bool = False
) -> CellDate:
    """What a date says; one that is done and lies ahead is wrong in one or the other."""
    if role is Role.OUTCOME:
        past = period.latest is not None and period.latest <= reported
        role = Role.ACTUAL if past else Role.PLAN
    ahead = period.latest is None or period.latest > reported
    if role is Role.ACTUAL and ahead and (period.earliest is None or period.earliest > reported):
        raise RefusedError(
            f"“{text}” is done, and after {reported}",
            code="done-in-future" if done else "actual-ahead",
            text=text,
            day=reported.isoformat(),
        )
    return CellDate(role, period)


def _read(text: str, reported: date) -> Period:
    if _DAY_OR_MONTH.fullmatch(text) or _TWO_DATES.search(text):
        raise _unread(text)  # 27/8 is August 2027 to one and the 27th to another
    period = read(text, reported)
    for day in (period.earliest, period.latest):
        if day is not None:
            _check_year(text, day)
    return period


def _check_year(text: str, day: date) -> None:
    if day.year not in _LIKELY:
        raise RefusedError(
            f"“{text}”: is the year {day.year} right?",
            code="unlikely-year",
            text=text,
            year=day.year,
        )


def _without_date(text: str, role: Role, reported: date, *, done: bool) -> CellDate:
    if done:
        return CellDate(Role.ACTUAL, Period.between(None, reported))
    if no_date(text) or marks_of(text).expected:
        said = re.sub(r"[\s()（）]+", "", text)
        return CellDate(Role.PLAN, None, firm=role is Role.PLAN and bool(_UNDECIDED.match(said)))
    raise _unread(text)


def _unread(text: str) -> RefusedError:
    return RefusedError(
        f"“{text}” is not read as a date", code="unread-period", text=text, word=text, why=""
    )


_BETWEEN = re.compile(
    r"\s*(?:[~∼〜～]|부터|→)\s*|\s*/\s*(?=['’‘]?\d{2,4}\s*[.년-])|\s+[-–—]\s+|(?<=[\d.월])\s*[-–—]\s*(?=['’‘]?\d{2,4}\.)"
)
_LENGTH = re.compile(r"[(（\[][^)）\]]*\d+\s*(?:개월|년|일|주)\s*간?[)）\]]")
_DATE = re.compile(r"\d{4}|\d{2}\s*[.년/-]\s*[\d상하]|\d{2}\s*[상하]")
_MONTH = re.compile(r"\d{1,2}\s*(?:월|\.)?\s*(?:말|초|중순|까지)?")
_MONTH_AND_DAY = re.compile(r"(?:0?[1-9]|1[0-2])\s*[./-]\s*\d{1,2}\.?")
_MONTHS = 12
_ENDS = (Kind.GROUNDBREAKING, Kind.COMPLETION)


def has_ends(text: str) -> bool:
    """Whether a text gives dates at all, and not only how long the works take."""
    return _DATE.search(_LENGTH.sub("", text)) is not None


def read_works(given: GridCell, reported: date) -> Iterator[tuple[Kind, CellDate]]:
    """What a period of works says of its first and its last step.

    Raises:
        RefusedError: It is no such period.
    """
    text = _LENGTH.sub("", given.text).strip()
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if len(parts) != len(_ENDS) or not any(parts):
        raise RefusedError(
            f"“{given.text}” is no period of works", code="two-ends", text=given.text
        )
    year: int | None = None
    begun: date | None = None
    for kind, part in zip(_ENDS, parts, strict=True):
        said = part if year is None else _with_year(part, year)
        for told in read_date_cell(GridCell(said or None), Role.PLAN, reported, kind):
            if begun and told.period and told.period.latest and told.period.latest < begun:
                raise RefusedError(
                    f"“{given.text}” ends before it begins", code="ends-first", text=given.text
                )
            yield kind, told
            if told.period and told.period.earliest:
                begun, year = told.period.earliest, told.period.earliest.year


def _with_year(text: str, year: int) -> str:
    """The last month, or month and day, with the year of the first: 2024.5 ~ 11."""
    month = _MONTH.fullmatch(text) and int(re.match(r"\d+", text)[0]) <= _MONTHS  # type: ignore[index]
    return f"{year}.{text}" if month or _MONTH_AND_DAY.fullmatch(text) else text
