"""What an office's tables said at each import, so that the next one tells what is new in them.

The log has most of it: what an import recorded is what its table said. A `Run` says which
table that was, and what its cells said that was known already and so was not recorded.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.schema.rows import damaged, from_micros

__all__ = [
    "ANY_TABLE",
    "COLUMNS",
    "Cell",
    "Cells",
    "Run",
    "cells_from",
    "cells_text",
    "nested",
    "read_runs",
]

ANY_TABLE = "*"
"""The header of an import from before tables were told apart."""

Cell = tuple[str, str | None, str]
"""The facility, the milestone and the field that a cell is about."""

Cells = Mapping[Cell, str]
"""What cells said, in a form in which the same thing is the same text."""

COLUMNS = ("id", "act_id", "after_act", "recorded_at", "reported_on", "stem", "header", "cells")


@dataclass(frozen=True, slots=True)
class Run:
    """One import of an office's table.

    Attributes:
        stem: The name of its file without what changes from month to month.
        header: What its columns are, in one text; `ANY_TABLE` where that is not known.
        reported_on: The day on which the table was true.
        cells: What it said without recording it, where that is not what it had said before.
        act: The number of the act that recorded the rest; None where there was nothing.
        after: The number of the newest act when it was recorded, its own included.
        recorded_at: When that was; None before it is.
    """

    stem: str
    header: str
    reported_on: date
    cells: Cells
    act: int | None = None
    after: int = 0
    recorded_at: datetime | None = None


def read_runs(connection: sqlite3.Connection) -> Iterator[Run]:
    """Every run, in the order of recording.

    Raises:
        StoreError: A row could not have been written by this program.
    """
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM main.imported ORDER BY id")
    for number, act, after, instant, day, stem, header, cells in rows:
        try:
            run = Run(
                str(stem),
                str(header),
                date.fromisoformat(day),
                cells_from(json.loads(cells)),
                None if act is None else int(act),
                int(after),
                from_micros(instant),
            )
        except (ArithmeticError, AttributeError, RecursionError, TypeError, ValueError) as error:
            raise damaged(f"import {number}", str(error)) from None
        yield run


def cells_text(cells: Cells) -> str:
    """Cells as they are stored."""
    return json.dumps(nested(cells), ensure_ascii=False, separators=(",", ":"))


def nested(cells: Cells) -> dict[str, dict[str, dict[str, str]]]:
    """Values by facility, milestone (empty for the facility itself) and field."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for (facility, milestone, field), value in cells.items():
        found.setdefault(facility, {}).setdefault(milestone or "", {})[field] = value
    return found


def cells_from(values: object) -> dict[Cell, str]:
    """Cells from what `nested` makes of them.

    Raises:
        TypeError: It is none.
    """
    found: dict[Cell, str] = {}
    for facility, milestones in _members(values):
        for milestone, fields in _members(milestones):
            for field, value in _members(fields):
                if not isinstance(value, str):
                    raise TypeError(f"{value!r} is no text")
                found[facility, milestone or None, field] = value
    return found


def _members(value: object) -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no object")
    return list(value.items())
