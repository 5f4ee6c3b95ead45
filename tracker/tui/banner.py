"""The lines above and below a list: the day and the totals, the counts, what was done."""

from collections.abc import Callable, Mapping
from datetime import date

from textual.content import Content
from textual.widgets import Static

from db.records import State
from tracker.board import Board
from tracker.tui.cells import cell_len, fit, plain
from tracker.tui.pane import TONES
from tracker.words import GLYPHS, Words

__all__ = ["Banner", "Counts", "StatusLine", "TooSmall"]


_ALWAYS = {State.OVERDUE, State.DUE_SOON}
_BESIDE = {State.ON_HOLD, State.PASSED, State.CANCELLED}
_WAYS: tuple[tuple[str, Callable[[State, int], bool]], ...] = (
    ("   ", lambda _state, _number: True),
    ("  ", lambda _state, _number: True),
    ("  ", lambda state, number: bool(number) or state in _ALWAYS),
    (" ", lambda state, number: bool(number) or state in _ALWAYS),
    ("  ", lambda state, number: state in _ALWAYS or (bool(number) and state not in _BESIDE)),
    (" ", lambda state, number: bool(number) and state not in _BESIDE),
)
"""How wide the blanks are and which states are counted, from the widest line to the narrowest."""


class Banner(Static):
    """A line with something at either end."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._ends = ("", "")

    def show(self, left: str, right: str) -> None:
        """Show a text at either end; the left one is cut if both do not fit."""
        self._ends = (plain(left), plain(right))
        self._draw()

    def show_day(self, board: Board, words: Words) -> None:
        """Show the name, the day with its weekday and week, and how much there is."""
        self.show(
            day_text(board.as_of, words),
            words(
                "board.totals",
                facilities=board.facilities,
                programmes=board.programmes,
                milestones=sum(board.counts.values()),
            ),
        )

    def on_resize(self) -> None:
        """Fit anew."""
        self._draw()

    def _draw(self) -> None:
        left, right = self._ends
        room = self.content_size.width - cell_len(right)
        if room <= cell_len(left):
            right, room = "", self.content_size.width
        self.update(Content.assemble((fit(left, room), "bold"), (right, "$foreground 60%")))


def day_text(day: date, words: Words) -> str:
    """The program's name with the day, its weekday and its ISO week."""
    weekday = words(f"weekday.{day.weekday()}")
    return words("board.title", day=day.isoformat(), weekday=weekday, week=day.isocalendar().week)


class Counts(Static):
    """How many milestones are in each state, with glyph and word."""

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = words
        self._counts: Mapping[State, int] = {}

    def show(self, counts: Mapping[State, int]) -> None:
        """Show these."""
        self._counts = counts
        self._draw()

    def on_resize(self) -> None:
        """Fit anew."""
        self._draw()

    def _draw(self) -> None:
        for gap, kept in _WAYS:
            shown = {s: n for s, n in self._counts.items() if kept(s, n)}
            if self._width(shown, gap) <= self.content_size.width:
                break
        pieces = [self._piece(state, number) for state, number in shown.items()]
        self.update(Content(gap).join(pieces))

    def _width(self, counts: Mapping[State, int], gap: str) -> int:
        sizes = [cell_len(self._piece(s, n).plain) for s, n in counts.items()]
        return sum(sizes) + len(gap) * max(0, len(sizes) - 1)

    def _piece(self, state: State, number: int) -> Content:
        tone = TONES[state] if number else "$foreground 60%"
        weight = "bold" if number else "$foreground 60%"
        return Content.assemble(
            (GLYPHS[state], tone),
            (f" {self._words.state(state)} ", tone),
            (f"{number:,}", weight),
        )


class StatusLine(Static):
    """One line about what was just done, or why it was not."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Say nothing yet."""
        super().__init__(id=id)
        self._said = ("", "")

    def tell(self, text: str, *, hint: str = "", wrong: bool = False) -> None:
        """Say it until something else is said; `hint` stands at its end whatever the room."""
        self.set_class(wrong, "-wrong")
        self._said = (plain(text), plain(hint))
        self._draw()

    def on_resize(self) -> None:
        """Fit anew."""
        self._draw()

    def _draw(self) -> None:
        text, hint = self._said
        if hint:
            hint = f" · {hint}"
            room = self.content_size.width - cell_len(hint)
            text = fit(text, room) if 0 < room < cell_len(text) else text
        self.update(Content(text + hint))


class TooSmall(Static):
    """What is shown instead of everything else in a window that is too small."""

    def __init__(self, words: Words) -> None:
        """Say it in this language."""
        super().__init__(Content(words("ui.too_small")))
