"""Where the lines of a list are that has more of them than rows: over groups, under opened rows."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["LineLayout", "LinePosition"]


@dataclass(frozen=True, slots=True)
class LinePosition:
    """What a line is: the head of a group, else a row, or a step of it; all count from 0."""

    group: int | None = None
    row: int | None = None
    step: int | None = None


class LineLayout:
    """So many rows in order, put together in groups, some of them opened.

    Only groups and opened rows take room and time; the rows between them are reckoned.
    """

    def __init__(
        self, rows: int, groups: Sequence[int] = (), opened: Mapping[int, int] | None = None
    ) -> None:
        """Lay out `rows`, or groups of these sizes; `opened` are rows with their numbers of steps.

        Every group has a line of its own before its rows; without any there are none.
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
        """What the line at a place is."""
        place = bisect_right(self._lines, line) - 1
        if place >= 0:
            _, is_steps, lines, what = self._added[place]
            inside = line - self._lines[place]
            if inside < lines:
                return LinePosition(row=what, step=inside) if is_steps else LinePosition(group=what)
        return LinePosition(row=line - self._so_far[place + 1])

    def between(self, offset: int, limit: int) -> list[LinePosition]:
        """What the lines from an offset on are, at most so many."""
        return [self.at(line) for line in range(offset, min(offset + limit, self.total))]

    def line_of(self, row: int) -> int:
        """The line of a row; its steps follow."""
        return row + self._so_far[bisect_right(self._rows_before, row)]
