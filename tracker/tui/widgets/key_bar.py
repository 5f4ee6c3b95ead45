"""The line of keys at the bottom: only what works now, and as much of it as fits."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from tracker.tui.widgets.plain_label import PlainLabel, clickable
from tracker.words.cells import cell_len

__all__ = ["Hint", "KeyBar", "fitting"]

_GAP = "  "


@dataclass(frozen=True, slots=True)
class Hint:
    """One key and what it does; `action` is what a click on it runs."""

    key: str
    label: str
    action: str

    @property
    def width(self) -> int:
        """In cells, with the blank between."""
        return cell_len(self.key) + 1 + cell_len(self.label)


class KeyBar(PlainLabel):
    """Hints in order of importance; those that do not fit are left out from the end."""

    class Pressed(PlainLabel.Pressed):
        """A hint was clicked; the target is the action to run."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._hints: tuple[Hint, ...] = ()

    def show(self, hints: Iterable[Hint]) -> None:
        """Show these, the most important first; the last one (help) always stays."""
        given = tuple(hints)
        if given != self._hints:
            self._hints = given
            self.redraw()

    def redraw(self) -> None:
        """Write as many hints as fit."""
        hints = fitting(self._hints, self.content_size.width)
        pieces = [
            clickable(h.key, "bold $text-accent", h.action) + clickable(f" {h.label}", "", h.action)
            for h in hints
        ]
        self.write(Content(_GAP).join(pieces))


def fitting(hints: tuple[Hint, ...], width: int) -> list[Hint]:
    """As many from the beginning as fit beside the last."""
    if not hints:
        return []
    *others, last = hints
    room = width - last.width
    shown: list[Hint] = []
    for hint in others:
        room -= hint.width + len(_GAP)
        if room < 0:
            break
        shown.append(hint)
    return [*shown, last]
