"""Lines of text around a list, parts of which can be clicked."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

__all__ = ["PlainLabel", "clickable"]

_TARGET = "target"


def clickable(text: str, style: str, target: str) -> Content:
    """Return a text that tells the label around it when it is clicked."""
    return Content.styled(text, style).stylize(Style.from_meta({_TARGET: target}))


class PlainLabel(Static):
    """Lines that fit their width."""

    @dataclass
    class Pressed(Message):
        """A clickable text was clicked."""

        target: str

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._lines: tuple[Content, ...] = ()

    def write(self, *lines: Content) -> None:
        """Show these lines; lay the screen out anew only where the height depends on them."""
        if [(n.plain, n.spans) for n in lines] != [(n.plain, n.spans) for n in self._lines]:
            self._lines = lines
            self.update(Content("\n").join(lines), layout=self.styles.is_auto_height)

    def on_resize(self) -> None:
        """Fit to the new size."""
        self.redraw()

    def redraw(self) -> None:
        """Write the lines for the size there is; a label of fixed lines need not."""

    def on_click(self, event: events.Click) -> None:
        """Tell which text was clicked."""
        if _TARGET in event.style.meta:
            self.post_message(self.Pressed(event.style.meta[_TARGET]))
