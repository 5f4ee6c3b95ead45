"""The lines above and below a list: the day and the totals, the counts, what was done."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from textual.content import Content

from db.model.records import State
from tracker.domain.board import Board
from tracker.tui.session.undo_offer import UndoOffer
from tracker.tui.session.views import VIEWS, View
from tracker.tui.widgets.plain_label import PlainLabel, clickable
from tracker.tui.widgets.tones import TONES
from tracker.words import GLYPHS, Words
from tracker.words.cells import cell_len, fit, plain

__all__ = ["Banner", "Counts", "StatusLine", "StatusMessage", "day_text", "totals"]

_PROGRAM = "tracker ── "
_APART = 2  # cells between the left end and the views
Tabs = list[tuple[str, str]]
"""The names of views as they are shown, and their ids."""
_QUIET = "$foreground 60%"

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


class Banner(PlainLabel):
    """A line with something at either end, and the views between them."""

    class Pressed(PlainLabel.Pressed):
        """The name of a view, the target, was clicked."""

    def __init__(self, words: Words, view: str = "", id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet; `view` is the one that is shown."""
        super().__init__(id=id)
        self._words = words
        self._view = view
        self._ends = ("", "", "")

    def show(self, left: str, right: str, *, short: str = "") -> None:
        """Show a text at either end; what does not fit goes, the left one last.

        `short` may stand at the left where there is not enough room.
        """
        ends = (plain(left), plain(short or left), plain(right))
        if ends != self._ends:
            self._ends = ends
            self.redraw()

    def redraw(self) -> None:
        """Write what fits the width."""
        width = self.content_size.width
        for left, tabs, gap, end in self._ways():
            size = sum(cell_len(text) + gap for text, _ in tabs)
            if cell_len(left) + _APART + size + cell_len(end) <= width:
                break
        room = max(0, min(width, cell_len(left) if tabs else width))
        parts = [Content.styled(fit(left, room), "bold")]
        for place, (text, view) in enumerate(tabs):
            style = "bold reverse" if view == self._view else _QUIET
            parts += [Content(" " * (gap if place else _APART)), clickable(text, style, view)]
        rest = width - sum(part.cell_length for part in parts)
        parts.append(Content.styled(fit(end, max(0, rest), right=True), _QUIET))
        self.write(Content.assemble(*parts))

    def _ways(self) -> Iterable[tuple[str, Tabs, int, str]]:
        """The left end, the views, the blanks between them and the right end, ever less."""
        left, short, right = self._ends
        named = [(f" {v.number} {self._words.lookup(v.label)} ", v.id) for v in VIEWS]
        close = [(f"{v.number} {self._short_name(v)}", v.id) for v in VIEWS]
        close = [(f" {text} " if view == self._view else text, view) for text, view in close]
        numbers = [
            (text if view == self._view else f" {text.split()[0]} ", view) for text, view in named
        ]
        yield left, named, 1, right
        yield short, named, 1, right
        for end in (right, right.removeprefix(_PROGRAM), ""):
            yield short, close, _APART, end
            yield short, close, 1, end
        for end in (right, ""):
            yield short, numbers, 1, end
        yield left, [], 1, right
        yield short, [], 1, ""

    def _short_name(self, view: View) -> str:
        short = f"{view.label}.short"
        return self._words.lookup(short if self._words.has(short) else view.label)


def totals(board: Board, words: Words) -> str:
    """How much there is."""
    return words(
        "board.totals",
        facilities=board.facilities,
        programmes=board.programmes,
        milestones=sum(board.counts.values()),
    )


def day_text(day: date, words: Words, *, short: bool = False) -> str:
    """The day with its weekday and its ISO week, after the program's name unless `short`."""
    weekday = words.of("weekday", day.weekday())
    text = words("board.day", day=day.isoformat(), weekday=weekday, week=day.isocalendar().week)
    return text if short else _PROGRAM + text


class Counts(PlainLabel):
    """How many milestones are in each state, with glyph and word."""

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._words = words
        self._counts: Mapping[State, int] = {}

    def show(self, counts: Mapping[State, int]) -> None:
        """Show these."""
        if counts != self._counts:
            self._counts = counts
            self.redraw()

    def redraw(self) -> None:
        """Write what fits the width."""
        pieces = {state: self._piece(state, number) for state, number in self._counts.items()}
        sizes = {state: cell_len(piece.plain) for state, piece in pieces.items()}
        for gap, kept in _WAYS:
            shown = [state for state, number in self._counts.items() if kept(state, number)]
            width = sum(sizes[s] for s in shown) + len(gap) * max(0, len(shown) - 1)
            if width <= self.content_size.width:
                break
        for state in reversed(shown):  # a number is never cut: the last words give way
            if width <= self.content_size.width:
                break
            pieces[state] = self._piece(state, self._counts[state], wordless=True)
            width -= sizes[state] - pieces[state].cell_length
        while len(shown) > 1 and width > self.content_size.width:
            width -= pieces[shown.pop()].cell_length + len(gap)
        self.write(Content(gap).join([pieces[s] for s in shown]))

    def _piece(self, state: State, number: int, *, wordless: bool = False) -> Content:
        tone = TONES[state] if number else "$foreground 60%"
        weight = "bold" if number else "$foreground 60%"
        return Content.assemble(
            (GLYPHS[state], tone),
            (" " if wordless else f" {self._words.state(state)} ", tone),
            (f"{number:,}", weight),
        )


class StatusLine(PlainLabel):
    """One line about what was just done, or why it was not."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Say nothing yet."""
        super().__init__(id=id)
        self._said = ("", "")
        self.offer: UndoOffer | None = None

    def tell(
        self, text: str, *, hint: str = "", wrong: bool = False, offer: UndoOffer | None = None
    ) -> None:
        """Say it until something else is said.

        `hint` stands at its end whatever the room, and tells how to take `offer` back.
        """
        self.set_class(wrong, "-wrong")
        self._said = (plain(text), plain(hint))
        self.offer = offer
        self.redraw()

    def withdraw(self) -> None:
        """Offer nothing any more; what was done stays said."""
        if self.offer is not None:
            self.offer, self._said = None, (self._said[0], "")
            self.redraw()

    @property
    def said(self) -> str:
        """What it says."""
        return self._said[0]

    def redraw(self) -> None:
        """Write what fits the width."""
        text, hint = self._said
        if hint:
            hint = f" · {hint}"
            room = self.content_size.width - cell_len(hint)
            text = fit(text, room) if 0 < room < cell_len(text) else text
        self.write(Content(text + hint))


class StatusMessage:
    """A screen with a status line."""

    _status: StatusLine

    def tell(
        self, text: str, *, hint: str = "", wrong: bool = False, offer: UndoOffer | None = None
    ) -> None:
        """Say something in the status line, and what it offers to take back."""
        self._status.tell(text, hint=hint, wrong=wrong, offer=offer)
