"""Tables of projects: a row of headings over rows of facilities with a date in each column.

“시설명 | 착공 | 준공” over “가람 도서관 | 2025.4 | 2026년 말”: the step stands in the
heading, the facility at the beginning of the row, and no sentence says which is whose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.announcements.names.heads import head_of
from tracker.announcements.steps.events import Event, events_of
from tracker.announcements.text.sentences import Part, Sentence

__all__ = ["Column", "Row", "rows_of"]

_NAME = re.compile(
    r"\s*(?:시설|사업|센터|단지|기관|공사|건물|과제|대상)?\s?(?:시설명|사업명|명칭|이름|명|시설|사업|공사명)\s*$"
    r"|\s*(?:facility|project|name|site|building)\s*$",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(
    r"\s*(?:[가-힣]{1,4}\s?)?(?:일정|계획|현황|상황|경과|시기|비고|내용)\s*$|\s*(?:schedule|status|timeline|plan)\s*$",
    re.IGNORECASE,
)
_OLD = re.compile(r"당초|애초|최초|기존|변경\s?전|original", re.IGNORECASE)
_BORDER = re.compile(r"[|│\t]| {3}")
_BARS, _GAPS = re.compile(r"[|│]"), re.compile(r"\t+| {3,}")
_RULE = re.compile(r"[\s|│:+\-=─┼]*")
_LONGEST_HEADING, _LONGEST_NAME, _FEWEST = 18, 44, 2


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading promises of the cell below it: the step, and whether it is an old plan.

    Where it promises a schedule, the cell names the steps itself, and `event` is None.
    """

    event: Event | None
    former: bool
    cell: Sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One facility of a table: offsets of its line and name, and its cells that may hold dates."""

    start: int
    end: int
    name: tuple[int, int]
    columns: tuple[Column, ...]


def rows_of(text: str, printed: str) -> list[Row]:
    """The rows of every table of a folded text, in order; rows that name nothing are left out.

    Only the text as printed still has the tabs that part its cells.
    """
    found: list[Row] = []
    heads: _Headings | None = None
    at = 0
    for line in text.split("\n") if _BORDER.search(printed) else ():
        shown = printed[at : at + len(line)]
        cells = _cells(shown, at) if _BORDER.search(shown) else []
        if len(cells) < _FEWEST:
            if not _RULE.fullmatch(line) or not line.strip():
                heads = None
        elif heads is None or len(cells) != heads.count:
            heads = _headings(text, cells)
        elif not all(_RULE.fullmatch(text, a, b) for a, b in cells):
            row = _row(text, cells, heads)
            if row is not None:
                found.append(row)
        at += len(line) + 1
    return found


@dataclass(frozen=True, slots=True)
class _Headings:
    count: int
    name: int | None
    steps: dict[int, tuple[Event | None, bool]]


def _cells(line: str, at: int) -> list[tuple[int, int]]:
    """Offsets of the cells of a line, blanks around them left out."""
    border = _BARS if _BARS.search(line) else _GAPS
    cuts = [m.span() for m in border.finditer(line)]
    starts, ends = [0, *(b for _, b in cuts)], [*(a for a, _ in cuts), len(line)]
    cells = [_bare(line, a, b, at) for a, b in zip(starts, ends, strict=True)]
    if border is _BARS and line.strip()[:1] in {"|", "│"}:
        cells = cells[1:]
    if border is _BARS and line.strip()[-1:] in {"|", "│"}:
        cells = cells[:-1]
    return cells if border is _BARS else [c for c in cells if c[0] < c[1]]


def _bare(line: str, start: int, end: int, at: int) -> tuple[int, int]:
    cell = line[start:end]
    left = len(cell) - len(cell.lstrip())
    return at + start + left, at + start + max(left, len(cell.rstrip()))


def _sentence(text: str, start: int, end: int) -> Sentence:
    return Sentence(start, end, Part.ITEM, -1, (), text[start:end])


def _headings(text: str, cells: Sequence[tuple[int, int]]) -> _Headings | None:
    """The steps that a row of headings names, or None where it is no such row."""
    steps: dict[int, tuple[Event | None, bool]] = {}
    name = None
    for number, (start, end) in enumerate(cells):
        heading = text[start:end]
        if end - start > _LONGEST_HEADING or any(c.isdigit() for c in heading):
            return None
        event = next(_steps(text, start, end), None)
        if event is not None and number > 0:
            steps[number] = event, _OLD.search(heading) is not None
        elif number > 0 and _SCHEDULE.match(heading):
            steps[number] = None, False
        elif name is None and _NAME.match(heading):
            name = number
    return _Headings(len(cells), name, steps) if steps else None


def _steps(text: str, start: int, end: int) -> Iterator[Event]:
    from tracker.announcements.links.english_links import english_links  # noqa: PLC0415 - only where a table is

    heading = _sentence(text, start, end)
    if heading.text.isascii():
        yield from english_links(text, heading, (), ())[0]
    else:
        yield from events_of(text, heading, ())


def _row(text: str, cells: Sequence[tuple[int, int]], heads: _Headings) -> Row | None:
    """A row under its headings; its name is the cell under “시설명”, or one that ends like one."""
    free = [n for n in range(len(cells)) if n not in heads.steps]
    named = [heads.name] if heads.name is not None else []
    named += [n for n in free if head_of(text[cells[n][0] : cells[n][1]])] + free[:1]
    if not named:
        return None
    start, end = cells[named[0]]
    if not 1 < end - start <= _LONGEST_NAME:
        return None
    columns = tuple(
        Column(event, former, _sentence(text, *cells[number]))
        for number, (event, former) in heads.steps.items()
    )
    return Row(cells[0][0], cells[-1][1], (start, end), columns)
