"""The line of keys at the bottom: only what works now, and as much of it as fits."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from tracker.tui.widgets.plain_label import PlainLabel
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

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, action: str) -> None:
            """Tell what it does."""
            super().__init__()
            self.action = action

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._hints: tuple[Hint, ...] = ()
        self._spans: list[tuple[range, Hint]] = []

    def show(self, hints: Iterable[Hint]) -> None:
        """Show these, the most important first; the last one (help) always stays."""
        given = tuple(hints)
        if given != self._hints:
            self._hints = given
            self._draw()

    def on_resize(self) -> None:
        """Fit to the new size."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Run what the hint under the mouse does."""
        x = event.get_content_offset_capture(self).x
        for span, hint in self._spans:
            if x in span:
                self.post_message(self.Pressed(hint.action))

    def _draw(self) -> None:
        parts: list[tuple[str, str] | str] = []
        self._spans = []
        at = 0
        for hint in fitting(self._hints, self.content_size.width):
            if parts:
                parts.append(_GAP)
                at += len(_GAP)
            parts += [(hint.key, "bold $text-accent"), f" {hint.label}"]
            self._spans.append((range(at, at + hint.width), hint))
            at += hint.width
        self.write(Content.assemble(*parts))


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
