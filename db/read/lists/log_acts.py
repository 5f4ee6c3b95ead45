"""Acts that the log shows as one row: what was undone, the undoing, and large imports.

Statements of one act are recorded together, so their numbers follow each other and an act is
a stretch of the log.
"""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from db.model.records import Act, ActKind, Update

__all__ = ["MANY", "Stretch", "Stretches", "WholeAct"]

MANY = 1_000
"""Statements of an import that are still shown one by one while it is in force."""

_ENDS = (
    "SELECT a.id, (SELECT min(u.id) FROM status_update u WHERE u.act_id = a.id),"
    " (SELECT max(u.id) FROM status_update u WHERE u.act_id = a.id)"
    " FROM act a WHERE a.kind = 'import' OR a.id IN (SELECT value FROM json_each(?))"
)
_TAKINGS = (
    "SELECT a.id, a.kind, t.act_id, b.act_id, r.retracted_by IS NULL FROM act a"
    " JOIN status_update r"
    " ON r.id = (SELECT min(u.id) FROM status_update u WHERE u.act_id = a.id)"
    " JOIN status_update t ON t.id = r.retracts LEFT JOIN status_update b ON b.id = t.retracts"
    " WHERE a.kind IN ('undo', 'redo')"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """An act in the log: the numbers of its first and last statement, and its row.

    `of` is the number of the act that an undo takes back or a redo does again; `undone` tells
    that the act itself was taken back.
    """

    act: int
    first: int
    last: int
    row: int
    of: int | None
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeAct(Update):
    """An act in one row of the log; what an update has is that of its first statement.

    Attributes:
        whole: The act.
        number: How many statements it has.
        of: The act that it takes back or does again, where it is an undo or a redo.
        undone: Whether it was taken back.
    """

    whole: Act
    number: int
    of: Act | None = None
    undone: bool = False


class Stretches:
    """The acts shown in one row of a log without gaps whose newest statement is `last`."""

    def __init__(self, connection: sqlite3.Connection, last: int) -> None:
        """Read the acts."""
        self._last = last
        self._all: list[Stretch] = []
        hidden = 0
        for act, first, newest, of, undone in sorted(_found(connection), key=lambda s: -s[2]):
            row = last - newest - hidden
            self._all.append(Stretch(act, first, newest, row, of, undone))
            hidden += newest - first
        self.total = last - hidden
        self._rows = [s.row for s in self._all]
        self._newest_first = [-s.last for s in self._all]

    def at(self, row: int) -> int | Stretch:
        """Return the number of the statement in a row, or the act of the row."""
        before = bisect_right(self._rows, row) - 1
        if before < 0:
            return self._last - row
        stretch = self._all[before]
        return stretch if row == stretch.row else stretch.first - (row - stretch.row)

    def row_of(self, number: int) -> int:
        """Return the row of a statement, its own or that of its act."""
        before = bisect_right(self._newest_first, -number) - 1
        if before < 0:
            return max(0, self._last - number)
        stretch = self._all[before]
        return stretch.row + max(0, stretch.first - number)


def _found(
    connection: sqlite3.Connection,
) -> Iterator[tuple[int, int, int, int | None, bool]]:
    """Yield each such act: number, first and last statement, act it reverts, if it is undone."""
    of: dict[int, int] = {}
    undone: set[int] = set()
    for act, kind, target, beneath, in_force in connection.execute(_TAKINGS):
        of[act] = target if kind == ActKind.UNDO or beneath is None else beneath
        if kind == ActKind.UNDO and in_force:
            undone.add(target)
    for act, first, last in connection.execute(_ENDS, (json.dumps([*of, *undone]),)):
        one_by_one = act not in of and act not in undone and last - first < MANY
        if first is not None and last > first and not one_by_one:
            yield act, first, last, of.get(act), act in undone
