"""What gives way where a table is wider than its terminal: which columns, in which order.

A number, a day, a count or a Latin word is never cut and never broken over two lines. Where
there is too little room, words wrap down to the least width of their column, short forms
take the place of long ones, sentences move below their row, and the columns of least worth
are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from rich.cells import cell_len, get_character_cell_size
from rich.text import Text

__all__ = ["APART", "Cell", "Layout", "Rule", "broken", "form_of", "lay_out", "width_of"]

APART = 2  # cells between two columns
Cell = Text | Sequence[Text]
"""What a column says of a row: one text, or several that say the same ever shorter."""

_BREAKS = frozenset("\n\t")
_WHOLE = re.compile(r"[A-Za-z]?[+−-]?\d(?:[\d,.:/−-]*\d)?%?|[A-Za-z]{2,14}")
_LONGEST = 32  # cells of a number that a column is widened to; what is longer is a text of digits
_PIPED = 200  # cells in which sentences wrap where no terminal says how wide a line may be
_SENTENCE = 40  # the least that they have there


@dataclass(frozen=True, slots=True)
class Rule:
    """How a column gives way.

    Attributes:
        worth: Columns of least worth are left out first; the dearest always stays.
        least: The cells down to which its words wrap; 0 where they never do, as in numbers.
        brief: What the long forms of its cells are worth, where there are shorter ones.
        below: What it is worth to have it beside the other columns and not under each row.
        right: Whether it is flush right.
    """

    worth: int = 100
    least: int = 0
    brief: int | None = None
    below: int | None = None
    right: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out, its columns named by their places.

    Attributes:
        shown: The columns that stand beside each other.
        widths: The cells of each of these, without the space behind it.
        below: The columns that stand under each row.
        left_out: The columns that are not shown.
        brief: Of every column, which of its ever shorter forms is taken.
    """

    shown: tuple[int, ...]
    widths: tuple[int, ...]
    below: tuple[int, ...]
    left_out: tuple[int, ...]
    brief: tuple[int, ...]


def form_of(cell: Cell, brief: int) -> Text:
    """The form of a cell that is taken."""
    return cell if isinstance(cell, Text) else cell[min(brief, len(cell) - 1)]


def width_of(text: str) -> int:
    """The cells of the longest line of a text."""
    if _BREAKS.isdisjoint(text):
        return cell_len(text)
    return max(map(cell_len, text.expandtabs(8).splitlines()), default=0)


def lay_out(rules: Sequence[Rule], rows: Sequence[Sequence[Cell]], room: int | None) -> Layout:
    """Fit columns into `room` cells; without a room all are shown, as wide as they are.

    Args:
        rules: How each column gives way.
        rows: The cells of each row, the headings among them.
        room: The width of the terminal in cells; None where the output goes elsewhere.
    """
    table = _Fitting(rules, rows)
    if room is None:
        return table.unbounded()
    table.give_way(room)
    return table.within(room)


class _Way(Enum):
    BRIEF = "brief"
    BELOW = "below"
    OUT = "out"


class _Fitting:
    """The columns of a table while they give way."""

    def __init__(self, rules: Sequence[Rule], rows: Sequence[Sequence[Cell]]) -> None:
        self._rules, self._rows = rules, rows
        self._given: list[tuple[int, _Way, int]] = []  # worth, what was done, and to which column
        self._measured: dict[tuple[int, int], tuple[int, int]] = {}

    def give_way(self, room: int) -> None:
        """Give up what is worth least until the rest fits; then take back what still has room."""
        for concession in self._concessions():
            if self._need() <= room:
                break
            self._given.append(concession)
        for concession in reversed(self._given[:]):
            place = self._given.index(concession)
            del self._given[place]
            if self._need() > room:
                self._given.insert(place, concession)

    def within(self, room: int) -> Layout:
        """The layout in so many cells: what is left over goes where words wrap."""
        places = self._beside()
        widths = {p: self._measure(p)[0] for p in places}
        least = {p: self._measure(p)[1] for p in places}
        gaps = APART * (len(places) - 1)
        while (excess := sum(widths.values()) + gaps - room) > 0:
            wider = {p: w for p, w in widths.items() if w > least[p]}
            if not wider:
                break
            widest = max(wider.values())
            among = [p for p, w in wider.items() if w == widest]
            lower = max((w for w in wider.values() if w < widest), default=0)
            step = max(1, min(excess // len(among), widest - lower))
            for place in among[:excess]:
                widths[place] = max(least[place], widest - step)
        if sum(widths.values()) + gaps > room:  # not even the dearest column has room
            widths = dict.fromkeys(widths, max(1, (room - gaps) // max(1, len(widths))))
        return self._layout(widths)

    def unbounded(self) -> Layout:
        """The layout where lines may be of any length: only sentences wrap.

        Beside columns that are wider than a line should be they do not, either: each of their
        lines would be as wide as all of these.
        """
        widths = {p: self._measure(p)[0] for p in self._beside()}
        flowing = [p for p in widths if self._rules[p].below is not None]
        rest = sum(w for p, w in widths.items() if p not in flowing) + APART * (len(widths) - 1)
        most = max(_SENTENCE, (_PIPED - rest) // max(1, len(flowing)))
        for place in flowing if rest <= _PIPED else ():
            widths[place] = max(self._measure(place)[1], min(widths[place], most))
        return self._layout(widths)

    def _layout(self, widths: dict[int, int]) -> Layout:
        out = self._places(_Way.OUT)
        return Layout(
            tuple(widths),
            tuple(widths.values()),
            tuple(p for p in self._places(_Way.BELOW) if p not in out),
            tuple(out),
            tuple(map(self._brief, range(len(self._rules)))),
        )

    # -- concessions -----------------------------------------------------------------------------

    def _concessions(self) -> list[tuple[int, _Way, int]]:
        """What may give way, what is worth least first."""
        found: list[tuple[int, _Way, int]] = []
        places = range(len(self._rules))
        dearest = max(places, key=lambda p: self._rules[p].worth, default=None)
        for place, rule in enumerate(self._rules):
            if rule.brief is not None:
                found += [(rule.brief, _Way.BRIEF, place)] * (self._forms(place) - 1)
            if rule.below is not None and place != dearest:
                found.append((rule.below, _Way.BELOW, place))
            if place != dearest:
                found.append((rule.worth, _Way.OUT, place))
        return sorted(found, key=lambda f: f[0])

    def _places(self, way: _Way) -> list[int]:
        return sorted(p for _, w, p in self._given if w is way)

    def _beside(self) -> list[int]:
        gone = {*self._places(_Way.OUT), *self._places(_Way.BELOW)}
        return [p for p in range(len(self._rules)) if p not in gone]

    def _brief(self, place: int) -> int:
        return sum(w is _Way.BRIEF and p == place for _, w, p in self._given)

    # -- widths ----------------------------------------------------------------------------------

    def _need(self) -> int:
        """The least cells that a line takes now."""
        places = self._beside()
        return sum(self._measure(p)[1] for p in places) + APART * (len(places) - 1)

    def _forms(self, place: int) -> int:
        cells = (row[place] for row in self._rows)
        return max((len(c) for c in cells if not isinstance(c, Text)), default=1)

    def _measure(self, place: int) -> tuple[int, int]:
        """The cells of the widest text of a column, and those it needs at least."""
        key = place, self._brief(place)
        if key not in self._measured:
            texts = [form_of(row[place], key[1]).plain for row in self._rows]
            widest = max(map(width_of, texts), default=0)
            least = self._rules[place].least
            if least and least < widest:
                numbers = (width_of(n[0]) for text in texts for n in _WHOLE.finditer(text))
                longest = max((n for n in numbers if n <= _LONGEST), default=0)
                least = min(widest, max(least, longest))
            self._measured[key] = widest, least or widest
        return self._measured[key]


# -- wrapping ------------------------------------------------------------------------------------


def broken(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken at blanks, else between signs.

    A number or a Latin word stays whole where it has room in a line.

    >>> broken("국비 22,100,000,000원", 14)
    ['국비', '22,100,000,000', '원']
    """
    return [line for part in text.expandtabs(8).splitlines() for line in _broken(part, width)]


def _broken(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        start = 0
        while (end := _end(word, start, width)) < len(word):
            yield word[start:end]
            start = end
        line = word[start:]
    yield line


def _end(word: str, start: int, width: int) -> int:
    """Where a line ends that begins inside of a word: at its end, if it fits."""
    used, end = 0, start
    while end < len(word):
        used += get_character_cell_size(word[end])
        if used > width:
            break
        end += 1
    else:
        return end
    end = max(start + 1, end)
    for number in _WHOLE.finditer(word, start, end + 2 * _LONGEST):
        if number.start() >= end:
            break
        if number.start() > start and end < number.end():
            return number.start()
    return end
