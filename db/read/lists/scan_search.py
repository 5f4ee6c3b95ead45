"""What fits a search, told by looking at names one by one, where that is the shorter way.

The full-text index gives everything that fits before the first of it can be shown. Of what fits
thousands of names, the first are met sooner in the order of the list itself.
"""

import sqlite3
from typing import TYPE_CHECKING

from db.schema.search_columns import needles

if TYPE_CHECKING:
    from typing import Any

__all__ = ["LOOKED_AT", "condition", "is_shorter"]

LOOKED_AT = 2000
"""How many rows of a list are looked at before the index is asked."""

_SAMPLE = 200  # names, by which the number of all that fit is reckoned
_WORTH = 12.5
"""Of n facilities f fit; a page is met after some 25 n / f rows of the list, and the other way is
to sort the rows of all f. A facility takes twice as long to sort as a row to look at (18 and 9
microseconds, as measured), so that looking is shorter where f * f is more than 12.5 n."""


def condition(text: str, number: str) -> "tuple[str, dict[str, Any]]":
    """Whether the facility of a number fits what was typed, and the values that this takes."""
    fits, values = _fits(text)
    return f"EXISTS (SELECT 1 FROM facility_search n WHERE n.rowid = {number} AND {fits})", values


def is_shorter(connection: sqlite3.Connection, text: str) -> bool:
    """Whether so many fit what was typed, by the first names of a store, that they are met soon."""
    fits, values = _fits(text)
    first = f"SELECT grams FROM facility_search LIMIT {_SAMPLE}"
    sql = f"SELECT count(*), (SELECT max(id) FROM facility) FROM ({first}) n WHERE {fits}"
    fitting, facilities = connection.execute(sql, values).fetchone()
    return bool(fitting * fitting * (facilities or 0) > _WORTH * _SAMPLE * _SAMPLE)


def _fits(text: str) -> "tuple[str, dict[str, Any]]":
    """The condition on the grams of a name; nothing fits a text without a letter."""
    values = {f"needle{n}": needle for n, needle in enumerate(needles(text))}
    return " AND ".join(f"instr(' ' || n.grams || ' ', :{v})" for v in values) or "0", values
