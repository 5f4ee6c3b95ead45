"""Lines that were drawn as texts with style names, shown as they are."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from db.model.states import State
from tracker.charts.canvas import Line
from tracker.charts.trend import TONES

__all__ = ["DRAWN", "Drawing", "drawn_class", "segments_of"]

_STYLES = (
    *(state.value for state in State),
    *("off", "baseline", "late", "early", "today", "as_of", "grid"),
    *("axis", "muted", "label", "name", "step", "group", "diagonal", "here"),
    *(f"line-{n}" for n in range(TONES)),
)


def drawn_class(style: str) -> str:
    """The component class of a style name."""
    return f"drawn--{style.replace('_', '-')}"


DRAWN: frozenset[str] = frozenset(map(drawn_class, _STYLES))
"""The component classes of every style that lines are drawn in."""


def segments_of(
    widget: Widget, line: Iterable[tuple[str, str]], plain: Style, behind: Style | None = None
) -> list[Segment]:
    """The pieces of a line in the widget's styles, `behind` laid over their backgrounds.

    `plain` is the style of the widget itself, which takes long to ask for.
    """
    return [
        Segment(
            text,
            (widget.get_component_rich_style(drawn_class(style)) if style else plain) + behind,
        )
        for text, style in line
    ]


class Drawing(Widget):
    """Lines that are redrawn for every size, when they are shown."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(DRAWN)

    def __init__(
        self,
        make: Callable[[int, int], Sequence[Line]],
        id: str | None = None,  # noqa: A002 - as every widget has it
    ) -> None:
        """Show what `make` gives for a width and a height."""
        super().__init__(id=id)
        self._make = make
        self._lines: Sequence[Line] = ()
        self._made_for: Size | None = None

    def redraw(self) -> None:
        """Redraw."""
        self._made_for = None
        self.refresh(layout=self.styles.is_auto_height)

    def notify_style_update(self) -> None:
        """Redraw in another theme."""
        super().notify_style_update()
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are in this width."""
        del container
        return len(self._make(width, viewport.height))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if self._made_for != self.size:
            self._made_for = self.size
            self._lines = self._make(*self.size)
        width = self.size.width
        line = self._lines[y] if y < len(self._lines) else []
        plain = self.rich_style
        return Strip(segments_of(self, line, plain)).adjust_cell_length(width, plain)
