"""What the titles of an office's table mean, column by column.

A header may have several rows, of which an upper one spans several columns. Where the
tables of a sheet begin is found by `sheet_tables`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from db.model.fields import FIELDS
from db.model.records import Kind
from tracker.exchange.grids.grid import Grid
from tracker.exchange.tables.heading_words import (
    ATTRIBUTES,
    CONTRACTS,
    FUNDING,
    KINDS,
    LESSER,
    LESSER_KINDS,
    NAMES,
    NUMBERING,
    ROLE_WORDS,
    UNDERTAKINGS,
    UNITS,
)

__all__ = ["Column", "Layout", "Role", "core", "layout_at", "units_of"]

_MOST_COLUMNS = 300
_LONGEST = 100  # characters of a title that are looked at
_UNIT = re.compile(r"(조|억|백만|천만|만|천|(?<![가-힣]))\s*원(?![가-힣])")  # not that of 재원
_STATED_UNIT = re.compile(r"단위\s*[:：]?\s*(조|억|백만|천만|만|천|)\s*원")
_ASIDE = re.compile(r"[(（\[［<][^)）\]］>]*[)）\]］>]")
_BUILT_OVER = (Kind.DESIGN, Kind.FEASIBILITY)  # 설계완료 names the step, not that it is done
_STEP_DONE = re.compile("(?<=공사|조성|건립|설치)완료")  # names the step as well
_AHEAD = re.compile(r"예정|계획|목표|예상|planned|plan|forecast", re.IGNORECASE)
_RENEWED = re.compile(r"변경|금회|수정|조정|연기")
_NOT_PLAIN = re.compile(rf"{_AHEAD.pattern}|{_RENEWED.pattern}|현재|최종", re.IGNORECASE)
_NUMBERS = {field.name for field in FIELDS if field.type.is_number}
_ONLY_ONE = _NUMBERS | {"progress", "progress_planned", "works"}
_NAMING = ("name", "contract", "undertaking")  # what a row is called by, the best first


class Role(StrEnum):
    """What the dates of a column are: planned, first planned, or what happened.

    OUTCOME: what happened where it is past, else planned.
    """

    PLAN = "plan"
    ORIGINAL = "original"
    ACTUAL = "actual"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is understood.

    Attributes:
        number: Counted from 0.
        title: As a person sees it, all rows of the header in one.
        what: `name`, an attribute, `funding`, `note`, `progress` …; `date` for a kind.
        share: Whose money, for `funding`.
        unit: Won in one unit of the column; None where nothing says.
        lesser: Whether it gives way to a better word for the same.
    """

    number: int
    title: str
    what: str
    kind: Kind | None = None
    role: Role = Role.PLAN
    share: str = ""
    unit: int | None = None
    lesser: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The header of one table.

    Attributes:
        top, first_row: Where the header begins, and the first row below it.
        unmapped: Titles that stand for nothing known.
        known, titled: How many titles are understood, and how many there are.
        left, right: The first column of the table, and the first one beyond it.
        last_row: The first row beyond the table; None where it ends with the sheet.
        roles: The column whose cells say 당초, 변경 or 실적 of their rows.
    """

    name: Column
    columns: tuple[Column, ...]
    first_row: int
    unmapped: tuple[str, ...]
    top: int = 0
    known: int = 0
    titled: int = 0
    left: int = 0
    right: int = _MOST_COLUMNS
    last_row: int | None = None
    roles: int | None = None


@lru_cache(4096)
def core(text: str) -> str:
    """A title without blanks, signs, and what stands in brackets."""
    return re.sub(r"[\W_]+", "", _ASIDE.sub("", text)).casefold()


def layout_at(
    grid: Grid,
    row: int,
    height: int,
    units: Sequence[int | None],
    left: int = 0,
    right: int = _MOST_COLUMNS,
) -> Layout | None:
    """The header that these rows are; None where they name no facility, or nothing else.

    Args:
        grid: The sheet.
        row: The first row of the header.
        height: How many rows it has.
        units: What `units_of` says of the sheet.
        left: The first column of it.
        right: The first column beyond it.
    """
    unit = units[row + height - 1]
    found: list[Column] = []
    others: dict[int, str] = {}
    numbered = 0
    for number, texts in _titles(grid, row, height, range(left, min(grid.width, right))):
        column = _column(number, texts, unit)
        if column is not None:
            found.append(column)
        elif core(texts[-1] or texts[0]) in NUMBERING:
            numbered += 1
        elif any(map(core, texts)):
            others[number] = _title(texts)
    name = _best_name(found)
    if name is None:
        return None
    columns, spare = _settled([c for c in found if c is not name])
    others |= {c.number: c.title for c in spare}
    if not columns:
        return None
    return Layout(
        name,
        columns,
        row + height,
        tuple(others[number] for number in sorted(others)),
        top=row,
        known=len(columns) + numbered + 1,
        titled=len(columns) + numbered + 1 + len(others),
        left=left,
        right=right,
    )


def _titles(grid: Grid, row: int, height: int, numbers: range) -> Iterator[tuple[int, list[str]]]:
    """What stands above each column, from the top.

    Where cells are not merged, as in CSV, an upper title goes on to the right over blank ones.
    """
    over = [""] * height
    for number in numbers:
        texts = [grid.at(row + i, number, across=True).text[:_LONGEST] for i in range(height)]
        for i in range(height - 1):
            alone = (row + i, number) not in grid.spans and any(texts[i + 1 :])
            if texts[i] or not alone:
                over[i] = texts[i] if alone else ""
            elif not any(texts[:i]):
                texts[i] = over[i]
        yield number, texts


def _best_name(found: Iterable[Column]) -> Column | None:
    named = [c for c in found if c.what in _NAMING]
    return min(named, key=lambda c: _NAMING.index(c.what), default=None)


def _settled(found: list[Column]) -> tuple[tuple[Column, ...], list[Column]]:
    """The columns that are read, and those that say in other words what a better one says."""
    columns = list(_with_outcomes(found))
    kept: list[Column] = []
    spare: list[Column] = []
    better = {key for c in columns if not c.lesser and (key := _key(c))}
    seen: set[object] = set()
    for c in columns:
        key = _key(c)
        again = key in seen and (c.lesser or c.what in _ONLY_ONE)
        if c.what in {"name", "contract"} or again or (c.lesser and key in better):
            spare.append(c)
            continue
        seen.add(key)
        kept.append(replace(c, what="programme") if c.what == "undertaking" else c)
    return tuple(kept), spare


def _key(c: Column) -> tuple[object, ...] | None:
    """What only one column can say."""
    if c.what == "date":
        return (c.kind, c.role)
    return (c.what,) if c.what in _ONLY_ONE else None


def _with_outcomes(columns: list[Column]) -> Iterator[Column]:
    """Tell a plain 준공일 by what stands beside it.

    Beside a 준공예정일 it is what happened, where that is past; beside a 준공(변경) it is what
    was planned at first, or what happened where there is a 당초 준공 too.
    """
    planned = {c.kind for c in columns if c.kind and _AHEAD.search(c.title)}
    told = {c.kind for c in columns if c.kind and c.role is Role.ACTUAL}
    renewed = {c.kind for c in columns if c.kind and _RENEWED.search(c.title)}
    first = {c.kind for c in columns if c.kind and c.role is Role.ORIGINAL}
    for c in columns:
        plain = c.role is Role.PLAN and not _NOT_PLAIN.search(c.title)
        if c.kind and c.kind in (planned | (renewed & first)) - told and plain:
            yield replace(c, role=Role.OUTCOME)
        elif c.kind and c.kind in renewed - first and plain:
            yield replace(c, role=Role.ORIGINAL)
        else:
            yield c


def _title(texts: list[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, texts)))


def units_of(grid: Grid) -> list[int | None]:
    """The unit of money that is stated nearest above each row or in it: (단위: 백만원)."""
    units: list[int | None] = []
    unit = None
    for line in grid.rows:
        stated = (
            match[1]
            for cell in line
            if isinstance(cell.value, str) and (match := _STATED_UNIT.search(cell.value))
        )
        word = next(stated, None)
        unit = unit if word is None else UNITS[word]
        units.append(unit)
    return units


def _column(number: int, texts: list[str], unit: int | None) -> Column | None:
    title = _title(texts)
    upper, lower = core(texts[0]), core(texts[-1])
    whole = core(title) if upper != lower else lower
    stated = _UNIT.search(title)
    unit = UNITS[stated[1]] if stated else unit
    for word in dict.fromkeys((lower, whole)) if lower else (upper, whole):
        meant = _meaning(word, title)
        if meant is not None:
            return replace(meant, number=number, title=title, unit=unit)
    return None


@lru_cache(4096)
def _meaning(word: str, title: str) -> Column | None:
    """What a title stands for, its place and unit aside."""
    lesser = word in LESSER
    for what, words in zip(_NAMING, (NAMES, CONTRACTS, UNDERTAKINGS), strict=True):
        if word in words:
            return Column(0, title, what)
    share = next((s for w, s in FUNDING.items() if word in {w, f"사업비{w}", f"재원{w}"}), None)
    if share:
        return Column(0, title, "funding", share=share)
    if word in ATTRIBUTES:
        return Column(0, title, ATTRIBUTES[word], lesser=lesser)
    for kinds, lesser in ((KINDS, False), (LESSER_KINDS, True)):
        kind = next((k for k, pattern in kinds.items() if pattern.fullmatch(word)), None)
        if kind is not None:
            return Column(0, title, "date", kind, _role(title, kind), lesser=lesser)
    return None


def _role(title: str, kind: Kind) -> Role:
    text = re.sub(r"\s+", "", title).casefold()
    text = _STEP_DONE.sub("", text) if kind not in _BUILT_OVER else text.replace("완료", "")
    if ROLE_WORDS["actual"].search(text) and not re.search("예정|계획|목표", text):
        return Role.ACTUAL
    return Role.ORIGINAL if ROLE_WORDS["original"].search(text) else Role.PLAN
