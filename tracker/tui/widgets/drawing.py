"""Lines of texts and tones, such as a chart, redrawn for the size there is."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tracker.charts.canvas import Line
from tracker.tui.widgets.tones import TONE_CLASSES, segments_of, tone_style

__all__ = ["Drawing"]


class Drawing(Widget):
    """Shows what a function draws for a width and a height."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(TONE_CLASSES)

    def __init__(
        self,
        make: Callable[[int, int], Sequence[Line]],
        id: str | None = None,  # noqa: A002 - as every widget has it
    ) -> None:
        """Show what `make` returns for a width and a height."""
        super().__init__(id=id)
        self._make = make
        self._lines: Sequence[Line] = ()
        self._made_for: Size | None = None

    def redraw(self) -> None:
        """Draw anew."""
        self._made_for = None
        self.refresh(layout=self.styles.is_auto_height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines in this width."""
        del container
        return len(self._make(width, viewport.height))

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        if self._made_for != self.size:
            self._made_for = self.size
            self._lines = self._make(*self.size)
        line = self._lines[y] if y < len(self._lines) else []
        strip = Strip(segments_of(self, line))
        return strip.adjust_cell_length(self.size.width, tone_style(self, ""))
