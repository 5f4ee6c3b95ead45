"""A window over lines, each of them kept as it was drawn."""

from collections.abc import Hashable
from typing import ClassVar, Self

from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style as ContentStyle

from tracker.tui.widgets.scroll_bar import StableScrollBar

__all__ = ["Lines"]

_CLASSES = ("cursor", "muted", "text")  # what a style in a text cannot say
_TONES = {
    "overdue": "$text-error",
    "due-soon": "$text-warning",
    "in-window": "$text-accent",
    "undated": "$text-warning",
    "upcoming": "text",
    "on-hold": "$text-secondary",
    "passed": "muted",
    "completed": "$text-success",
    "cancelled": "muted",
    "late": "$text-warning",
    "early": "$text-success",
    "stale": "$text-warning",
    "closed": "muted",
    "empty": "muted",
    "red": "$text-error",
    "amber": "$text-warning",
    "green": "$text-success",
    "group": "bold $text-accent",
    "mark": "bold $text-accent",
}


class Lines(ScrollView):
    """What a list is drawn on: it has neither border nor padding, and lines are its own to keep.

    Component classes, for the style sheet: `rows--cursor`, `rows--muted`, `rows--text`. What
    else it is drawn in stands in `_TONES`, since Textual styles every component class again
    whenever it styles the list.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rows--{name}" for name in _CLASSES}

    virtual_size = reactive(Size(0, 0), repaint=False)  # see `measure_length`

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(id=id)
        self._strips: dict[Hashable, tuple[object, Strip]] = {}
        self._styles_of: dict[str, Style] = {}

    @property
    def vertical_scrollbar(self) -> StableScrollBar:
        """The scroll bar, made when it is first asked for, as every widget makes its own."""
        bar = self._vertical_scrollbar
        if not isinstance(bar, StableScrollBar):
            bar = StableScrollBar(name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)  # noqa: SLF001 - there is no public way to
        return bar

    def measure_length(self, lines: int) -> None:
        """Take the number of lines in; it moves what is around a list only if its height does."""
        size = Size(self.scrollable_content_region.width, max(1, lines))
        if size == self.virtual_size:
            return
        self.virtual_size = size
        self._scroll_update(size)
        if self.styles.is_auto_height:
            self.refresh(layout=True)

    # -- drawing ---------------------------------------------------------------------------------

    def draw(self, place: int) -> Strip:
        """The line at a place."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        return self.draw(y + self.scroll_offset.y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the window that are asked for.

        Without a border or padding around them they are drawn just as they are, and a line
        that is seen again is the same one, of which Textual keeps what it sends to the terminal.
        """
        strips = list(map(self.render_line, crop.line_range))
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def forget_lines(self) -> None:
        """Keep no line as it was drawn."""
        self._strips.clear()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Redraw; the whole of it from the rows, a region from the lines drawn before."""
        if not regions:
            self.forget_lines()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def repaint(self) -> None:
        """Draw what is shown now, of lines drawn before where they are the same."""
        super().refresh()

    def notify_style_update(self) -> None:
        """Redraw in another theme."""
        super().notify_style_update()
        self._styles_of.clear()
        self.refresh()

    # -- styles ----------------------------------------------------------------------------------

    def _style(self, tone: str) -> Style:
        """What a tone is drawn in, the list's own style where it is empty."""
        if tone not in self._styles_of:
            self._styles_of[tone] = self._made_style(_TONES.get(tone, tone))
        return self._styles_of[tone]

    def _made_style(self, text: str) -> Style:
        if not text:
            return self.rich_style
        if text in _CLASSES:
            return self.get_component_rich_style(f"rows--{text}")
        return (self.visual_style + ContentStyle.parse(text)).rich_style
