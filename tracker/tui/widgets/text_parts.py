"""Everything about the chosen line of a list: texts below each other, each in its style."""

from collections.abc import Iterable

from textual.content import Content

from tracker.tui.widgets.plain_label import PlainLabel
from tracker.words.cells import wrap

__all__ = ["TextParts"]


class TextParts(PlainLabel):
    """Texts that are wrapped to the width there is."""

    _parts: tuple[tuple[str, str], ...] = ()

    def show_parts(self, parts: Iterable[tuple[str, str]]) -> None:
        """Show these texts with their styles; an empty one takes no line."""
        self._parts = tuple(parts)
        self.redraw()

    def redraw(self) -> None:
        """Wrap the texts."""
        if width := self.content_size.width:
            self.write(
                *(
                    Content.styled(line, style)
                    for text, style in self._parts
                    if text
                    for line in wrap(text, width)
                )
            )
