"""A period of works, 2024.5 ~ 2026.3: it begins with groundbreaking and ends with completion."""

import re
from collections.abc import Iterator
from datetime import date

from db.model.errors import RefusedError
from db.model.records import Kind
from tracker.exchange.grids.grid import GridCell
from tracker.exchange.tables.date_cells import CellDate, read_date_cell
from tracker.exchange.tables.headings import Role

__all__ = ["has_ends", "read_works"]

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
