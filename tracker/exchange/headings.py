"""Finding the header of an office's spreadsheet, and what each of its columns means.

Titles, dates and units may stand above it; it may have two rows, of which the upper one
spans several columns. The row, or the two, of which most is understood is the header.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from db.records import Kind
from tracker.exchange.grid import Grid
from tracker.exchange.heading_words import (
    ATTRIBUTES,
    FUNDING,
    KINDS,
    NAMES,
    NUMBERING,
    ROLE_WORDS,
    UNDERTAKINGS,
    UNITS,
)

__all__ = ["Column", "Layout", "Role", "core", "find_layout"]

_SEARCHED = 40  # rows from the top
_MOST_COLUMNS = 300
_UNIT = re.compile(r"(조|억|백만|천만|만|천|(?<![가-힣]))\s*원(?![가-힣])")  # not that of 재원
_STATED_UNIT = re.compile(r"단위\s*[:：]?\s*(조|억|백만|천만|만|천|)\s*원")
_ASIDE = re.compile(r"[(（\[［<][^)）\]］>]*[)）\]］>]")
_BUILT_OVER = (Kind.DESIGN, Kind.FEASIBILITY)  # 설계완료 names the step, not that it is done


class Role(StrEnum):
    """What the dates of a column are: planned, first planned, or what happened."""

    PLAN = "plan"
    ORIGINAL = "original"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is understood.

    Attributes:
        number: Counted from 0.
        title: As a person sees it, both rows of the header in one.
        what: `name`, an attribute, `funding`, `note`, `progress` …; `date` for a kind.
        share: Whose money, for `funding`.
        unit: Won in one unit of the column; None where nothing says.
    """

    number: int
    title: str
    what: str
    kind: Kind | None = None
    role: Role = Role.PLAN
    share: str = ""
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The header of one sheet: where its rows begin, and its columns."""

    name: Column
    columns: tuple[Column, ...]
    first_row: int
    unmapped: tuple[str, ...]


def core(text: str) -> str:
    """A title without blanks, signs, and what stands in brackets."""
    return re.sub(r"[\W_]+", "", _ASIDE.sub("", text)).casefold()


def find_layout(grid: Grid) -> Layout | None:
    """The header of a sheet, or None where there is none with a facility and one column more."""
    best: tuple[int, Layout] | None = None
    for row in range(min(len(grid.rows), _SEARCHED)):
        for height in (1, 2):
            layout = _layout(grid, row, height) if row + height <= len(grid.rows) else None
            if layout is None:
                continue
            weight = 2 * len(layout.columns) + _is_header_below(grid, row, height)
            if best is None or weight > best[0]:
                best = weight, layout
    return best[1] if best else None


def _is_header_below(grid: Grid, row: int, height: int) -> int:
    """1 where a second row belongs to the header: merged into it, or with units alone.

    -1 where nothing says so: a line above the header is no part of it.
    """
    if height == 1:
        return 0
    titles = [grid.at(row + 1, c, across=True).text for c in range(grid.width)]
    merged = any(
        (row + 1, c) in grid.spans and grid.spans[row + 1, c][0] == row for c in range(grid.width)
    )
    return 1 if merged or not any(core(t) for t in titles) else -1


def _layout(grid: Grid, row: int, height: int) -> Layout | None:
    unit = _unit_above(grid, row)
    found: list[Column] = []
    unmapped: list[str] = []
    for number in range(min(grid.width, _MOST_COLUMNS)):
        texts = [grid.at(row + i, number, across=True).text for i in range(height)]
        column = _column(number, texts, unit)
        if column is not None:
            found.append(column)
        elif any(map(core, texts)) and core(texts[-1] or texts[0]) not in NUMBERING:
            unmapped.append(_title(texts))
    names = [c for c in found if c.what == "name"] or [c for c in found if c.what == "undertaking"]
    rest = [c for c in found if c not in names[:1] and c.what != "name"]
    if not names or not rest:
        return None
    columns = tuple(
        Column(c.number, c.title, "programme") if c.what == "undertaking" else c for c in rest
    )
    return Layout(names[0], columns, row + height, tuple(unmapped))


def _title(texts: list[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, texts)))


def _unit_above(grid: Grid, row: int) -> int | None:
    """The unit of money that is stated above the header: (단위: 백만원)."""
    for line in grid.rows[: row + 1]:
        for cell in line:
            match = _STATED_UNIT.search(cell.text)
            if match:
                return UNITS[match[1]]
    return None


def _column(number: int, texts: list[str], unit: int | None) -> Column | None:
    title = _title(texts)
    upper, lower = core(texts[0]), core(texts[-1])
    whole = core(title) if upper != lower else lower
    stated = _UNIT.search(title)
    unit = UNITS[stated[1]] if stated else unit
    for word in dict.fromkeys((lower, whole)) if lower else (upper,):
        if word in NAMES:
            return Column(number, title, "name")
        if word in UNDERTAKINGS:
            return Column(number, title, "undertaking")
        share = next((s for w, s in FUNDING.items() if word in {w, f"사업비{w}", f"재원{w}"}), None)
        if share:
            return Column(number, title, "funding", share=share, unit=unit)
        if word in ATTRIBUTES:
            return Column(number, title, ATTRIBUTES[word], unit=unit)
        kind = next((k for k, pattern in KINDS.items() if pattern.fullmatch(word)), None)
        if kind is not None:
            return Column(number, title, "date", kind, _role(title, kind))
    return None


def _role(title: str, kind: Kind) -> Role:
    text = re.sub(r"\s+", "", title).casefold()
    if kind in _BUILT_OVER:
        text = text.replace("완료", "")
    if ROLE_WORDS["actual"].search(text) and not re.search("예정|계획|목표", text):
        return Role.ACTUAL
    return Role.ORIGINAL if ROLE_WORDS["original"].search(text) else Role.PLAN
