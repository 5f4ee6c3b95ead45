"""Map lines of a list to groups, rows and the steps of opened rows."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["LineLayout", "LinePosition"]


@dataclass(frozen=True, slots=True)
class LinePosition:
    """What a line shows: a group heading, a row, or a step of that row; all count from 0."""

    group: int | None = None
    row: int | None = None
    step: int | None = None


class LineLayout:
    """The lines of rows in groups, some of the rows opened into steps.

    Memory and time depend on the number of groups and opened rows, not on that of rows.
    """

    def __init__(
        self, rows: int, groups: Sequence[int] = (), opened: Mapping[int, int] | None = None
    ) -> None:
        """Lay out `rows`, in groups of these sizes; `opened` maps rows to their numbers of steps.

        Each group has a heading line before its rows.
        """
        more = [(row, 1, steps, row) for row, steps in (opened or {}).items()]
        first = 0
        for number, size in enumerate(groups):
            more.append((first, 0, 1, number))
            first += size
        # What is added: the rows before it, whether it is steps, how many lines, of what.
        self._added = sorted(more)
        self._rows_before = [row + is_steps for row, is_steps, _, _ in self._added]
        self._lines: list[int] = []  # on which each of them begins
        self._so_far = [0]  # how many lines those before each of them have
        for rows_before, (_, _, lines, _) in zip(self._rows_before, self._added, strict=True):
            self._lines.append(rows_before + self._so_far[-1])
            self._so_far.append(self._so_far[-1] + lines)
        self.total = rows + self._so_far[-1]

    def at(self, line: int) -> LinePosition:
        """Return what a line shows."""
        place = bisect_right(self._lines, line) - 1
        if place >= 0:
            _, is_steps, lines, what = self._added[place]
            inside = line - self._lines[place]
            if inside < lines:
                return LinePosition(row=what, step=inside) if is_steps else LinePosition(group=what)
        return LinePosition(row=line - self._so_far[place + 1])

    def between(self, offset: int, limit: int) -> list[LinePosition]:
        """Return what at most `limit` lines from `offset` on show."""
        return [self.at(line) for line in range(offset, min(offset + limit, self.total))]

    def line_of(self, row: int) -> int:
        """Return the line of a row; its steps follow."""
        return row + self._so_far[bisect_right(self._rows_before, row)]
