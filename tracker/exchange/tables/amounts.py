"""Money, areas and percentages as cells have them."""

import re
from typing import Any

from db.model.errors import RefusedError
from tracker.exchange.grids.grid import GridCell
from tracker.exchange.tables.headings import Column
from tracker.words.money import read_money

__all__ = ["amount_of", "percent_of"]

_UNIT_IN_CELL = re.compile(r"[조억만천원]|krw|[bm]n", re.IGNORECASE)
_LEAST_WON = 1_000_000  # a bare smaller number counts in a unit that nobody stated
_AREA = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:㎡|m2|m²|제곱미터)?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s*[%％]?")
_ALL = 100
_SIGNS = re.compile(r"^(?:약|총)\s*|[₩￦\\]\s*|\s*(?:krw|won)\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"[△▲▽▼−-]\s*[₩￦]?\s*[0-9]|\([₩￦]?\s*[0-9][0-9,.]*\)")


def amount_of(column: Column, given: GridCell) -> dict[str, Any]:
    """The attribute of a column of money or of area."""
    if column.what == "floor_area_m2":
        match = _AREA.fullmatch(given.text)
        if match is None:
            raise _bad_number(given.text)
        area = float(match[1].replace(",", ""))
        return {column.what: int(area) if area.is_integer() else area}
    won = _won(given, column.unit)
    return {"funding": {column.share: won}} if column.what == "funding" else {column.what: won}


def _won(given: GridCell, unit: int | None) -> int:
    text = given.text
    if _NEGATIVE.match(text.strip()):
        raise RefusedError(f"“{text}” is below nought", code="below-nought", text=text)
    bare = _SIGNS.sub("", text.strip())
    if isinstance(given.value, str) and _UNIT_IN_CELL.search(bare):
        return read_money(bare)
    try:
        number = float(bare.replace(",", "").replace(" ", ""))
    except ValueError:
        raise _bad_number(text) from None
    if unit is None and 0 < number < _LEAST_WON:
        raise RefusedError(
            f"“{text}”: in which unit? Write it in the header, such as 사업비(억원)",
            code="no-unit",
            text=text,
        )
    if not 0 <= number < 10**18:
        raise _bad_number(text)
    return round(number * (unit or 1))


def percent_of(given: GridCell) -> float:
    """A share of a hundred.

    Raises:
        RefusedError: It is none.
    """
    if isinstance(given.value, float | int):
        number = float(given.value) * (_ALL if "%" in given.form else 1)
    else:
        match = _PERCENT.fullmatch(given.text)
        number = float(match[1]) if match else -1
    if not 0 <= number <= _ALL:
        raise RefusedError(
            f"“{given.text}” is no share of a hundred", code="bad-percent", text=given.text
        )
    number = round(number, 2)
    return int(number) if number.is_integer() else number


def _bad_number(text: str) -> RefusedError:
    return RefusedError(f"“{text}” is no amount or number", code="bad-number", text=text)
