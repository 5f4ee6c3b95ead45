"""Workbooks with everything that offices put into them, made from a seed.

What is to be found in one is decided first; any of the writers may write it.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from workbook_writers import Cell, Page, at

__all__ = ["Made", "made"]

_FIRST = (
    *("가람", "나래", "다온", "라온", "마루", "바른"),
    *("새솔", "아름", "한별", "푸른", "햇살", "도담"),
)
_LAST = ("도서관", "체육센터", "복지관", "미술관", "연구동", "어린이집")
_STEPS = {"착공": "groundbreaking", "준공": "completion", "개소": "opening"}
_DATES: tuple[tuple[object, str, str, str], ...] = (
    (date(2027, 3, 2), "yyyy-mm-dd", "2027-03-02", "2027-03-02"),
    (date(2027, 6, 1), 'yyyy"년" m"월"', "2027-06-01", "2027-06-30"),
    (date(2028, 5, 9), '[$-412]yyyy"년" m"월" d"일";@', "2028-05-09", "2028-05-09"),
    (date(2028, 2, 1), "yyyy. m.", "2028-02-01", "2028-02-29"),
    (date(2029, 1, 1), "yyyy", "2029-01-01", "2029-12-31"),
    (date(2027, 11, 30), "[$-ko-KR]yy/m/d", "2027-11-30", "2027-11-30"),
    ("2027.6월", "General", "2027-06-01", "2027-06-30"),
    ("2027-03", "@", "2027-03-01", "2027-03-31"),
    ("2027년 상반기", "General", "2027-01-01", "2027-06-30"),
    ("'28년 하반기", "General", "2028-07-01", "2028-12-31"),
    ("2029. 6.", "General", "2029-06-01", "2029-06-30"),
    (2027.12, "General", "2027-12-01", "2027-12-31"),
)


@dataclass(slots=True)
class Made:
    """A workbook and what is to be found in it.

    Attributes:
        said: Facility, kind of step, first day and last day.
        noted: Facility, and a text that is to be a note of it.
        sites: Facility and site.
        named: What the answer has to name: places, columns, sheets.
        faults: Places that have to be refused; nothing is taken then.
        absent: Facilities that must not be taken.
    """

    pages: list[Page]
    said: set[tuple[str, str, str, str]] = field(default_factory=set)
    noted: set[tuple[str, str]] = field(default_factory=set)
    sites: set[tuple[str, str]] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    faults: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)


def made(seed: int) -> Made:
    """A workbook as it may come from an office."""
    random = Random(seed)  # noqa: S311 - nothing secret
    names = [f"{first}{last}" for first in _FIRST for last in _LAST]
    random.shuffle(names)
    whole = Made([])
    for number in range(random.choice((1, 1, 1, 2, 3))):
        _page(whole, random, f"현황{number + 1}", names)
    if random.random() < 0.3:
        page = Page("옛 자료", hidden=True)
        page.put(1, ("시설명", "준공"))
        page.put(2, (names[-1], "2027-03"))
        whole.pages.insert(random.randrange(len(whole.pages) + 1), page)
        whole.named.add("옛 자료")
        whole.absent.add(names[-1])
    return whole


def _page(whole: Made, random: Random, name: str, names: list[str]) -> None:
    page = Page(name)
    whole.pages.append(page)
    row = _header(whole, page, random, _above(page, random))
    if random.random() < 0.25:
        page.hidden_columns.add(3)
        whole.named.add("C열")
    for _ in range(random.randint(1, 6)):
        _facility(whole, page, random, row, names.pop())
        row += random.choice((1, 1, 1, 1, 2))  # an empty row now and then
    if random.random() < 0.5:
        page.put(row, ("합계", None, None, None, None, None, "3개소"))
        whole.named.add(f"{row}행")
    if random.random() < 0.2:
        page.stray = 1_048_576, 1


def _above(page: Page, random: Random) -> int:
    """A title and a line with the unit; return the row below."""
    row = 1
    if random.random() < 0.6:
        page.put(row, ("공공시설 건립 추진현황",))
        page.merged.append((row, 1, row, 7))
        row += 1
    if random.random() < 0.4:
        page.put(row, (None, None, None, None, None, "(단위: 백만원)"))
        row += 1
    return row


def _header(whole: Made, page: Page, random: Random, row: int) -> int:
    """A header of one row or of two; return the row below."""
    titles = ["연번", "시설명", "위치", *_STEPS, "비고"]
    if random.random() < 0.3:
        titles.append("관리코드")
        whole.named.add("관리코드")
    if random.random() < 0.35:
        page.put(row, [*titles[:3], "추진일정", None, None, *titles[6:]])
        page.put(row + 1, [None, None, None, *_STEPS])
        page.merged.append((row, 4, row, 6))
        page.merged += [(row, c, row + 1, c) for c in range(1, len(titles) + 1) if not 4 <= c <= 6]
        row += 1
    else:
        page.put(row, titles)
    if random.random() < 0.2:
        page.cells[row, 4].comment = "실제 착공일"
        whole.named.add(at(row, 4))
    return row + 1


def _facility(whole: Made, page: Page, random: Random, row: int, name: str) -> None:
    """A row of a facility, most of them plain, some odd in one way."""
    site = f"{random.choice(('장유', '내외', '삼계'))}동 {row}"
    dates = [random.choice(_DATES) for _ in _STEPS]
    page.put(row, (row, name, site, *(Cell(d[0], d[1]) for d in dates), "예산 확보"))
    said = {
        (name, kind, start, end)
        for kind, (_, _, start, end) in zip(_STEPS.values(), dates, strict=True)
    }
    noted, sites = {(name, "예산 확보")}, {(name, site)}
    if 3 in page.hidden_columns:
        sites.clear()
    odd = random.choice((None, None, *_ODD))
    if odd is not None and _ODD[odd](whole, page, row, name, said, noted):
        return
    whole.said |= said
    whole.noted |= noted
    whole.sites |= sites


Said = set[tuple[str, str, str, str]]
Noted = set[tuple[str, str]]


def _without(said: Said, kind: str) -> None:
    said -= {one for one in said if one[1] == kind}


def _hide(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.hidden_rows.add(row)
    whole.named.add(f"{row}행")
    whole.absent.add(name)
    return True


def _strike(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 5] = Cell("2026-12", struck=True)
    whole.named.add(at(row, 5))
    _without(said, "completion")
    return False


def _strike_row(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    for column in range(1, 8):
        page.cells[row, column].struck = True
    whole.named.add(at(row, 2))
    whole.absent.add(name)
    return True


def _strike_part(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 5] = Cell("2027-03", also="2026-12")
    whole.named.add(at(row, 5))
    _without(said, "completion")
    said.add((name, "completion", "2027-03-01", "2027-03-31"))
    return False


def _err(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 6] = Cell("#REF!")
    page.cells[row, 7] = Cell("#DIV/0!")
    whole.named |= {at(row, 6), at(row, 7)}
    _without(said, "opening")
    noted.clear()
    return False


def _err_name(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 2] = Cell("#N/A")
    whole.faults.add(f"{row}행 시설명")
    return True


def _no_result(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 7] = Cell(formula="C1&D1")
    whole.named.add(at(row, 7))
    noted.clear()
    return False


def _no_date(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 5] = Cell(None, "yyyy-mm-dd", formula="DATE(2027,5,1)")
    whole.faults.add(f"{row}행")
    return True


def _placeholder(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 4] = Cell(0, "yyyy-mm-dd")
    page.cells[row, 5] = Cell(date(9999, 12, 31), "yyyy-mm-dd")
    whole.named |= {at(row, 4), at(row, 5)}
    _without(said, "groundbreaking")
    _without(said, "completion")
    return False


def _remark(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 5].comment = "자재 수급으로 연기"
    noted.add((name, "자재 수급으로 연기"))
    return False


def _computed(whole: Made, page: Page, row: int, name: str, said: Said, noted: Noted) -> bool:
    page.cells[row, 6] = Cell(date(2027, 7, 30), "yyyy-mm-dd", formula="E1+1")
    _without(said, "opening")
    said.add((name, "opening", "2027-07-30", "2027-07-30"))
    return False


_ODD = {
    f.__name__: f
    for f in (
        *(_hide, _strike, _strike_row, _strike_part, _err, _err_name, _no_result, _no_date),
        *(_placeholder, _remark, _computed),
    )
}
