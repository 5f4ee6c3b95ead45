"""Everything about the chosen line of a list: texts below each other, each in its style."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from tracker.words.cells import wrap

__all__ = ["Parts"]


class Parts(Static):
    """Texts that are wrapped to the width there is."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._parts: tuple[tuple[str, str], ...] = ()

    def write(self, parts: Iterable[tuple[str, str]]) -> None:
        """Show these texts with their styles; an empty one takes no line."""
        self._parts = tuple(parts)
        self._draw()

    def on_resize(self) -> None:
        """Fit to the new size."""
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width
        lines = [
            Content.styled(line, style)
            for text, style in (self._parts if width else ())
            if text
            for line in wrap(text, width)
        ]
        self.update(Content("\n").join(lines))
