"""Text of which each line is drawn as it is, as most of what stands around a list."""

from collections.abc import Iterator

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widgets import Static

__all__ = ["PlainLabel"]


class PlainLabel(Static):
    """Lines that fit their width, and are neither wrapped nor aligned.

    Textual takes a text apart for that whenever it draws one. It still does where a line is too
    long, or where some of the text was selected with the mouse.
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Say nothing yet."""
        super().__init__(id=id)
        self._lines: tuple[Content, ...] = (Content(""),)
        self._styles: dict[str | Style, Style] = {}  # of pieces
        self._ground: tuple[Style, str] | None = None  # on which these are

    def write(self, *lines: Content) -> None:
        """Say these lines."""
        lines = lines or (Content(""),)
        if [(n.plain, n.spans) for n in lines] == [(n.plain, n.spans) for n in self._lines]:
            return
        self._lines = lines
        self.update(Content("\n").join(lines), layout=self.styles.is_auto_height)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        if self.text_selection is not None or any(n.cell_length > width for n in self._lines):
            return super().render_line(y)
        ground = self._grounded()
        line = self._lines[y] if y < len(self._lines) else Content("")
        return Strip(self._segments(line, y, ground), line.cell_length)

    def _grounded(self) -> Style:
        """The style of the widget; what was made on another one, or in another theme, is gone."""
        ground, theme = self.visual_style, self.app.theme
        if self._ground is None or self._ground[0] is not ground or self._ground[1] != theme:
            self._ground = ground, theme
            self._styles.clear()
        return ground

    def _segments(self, line: Content, y: int, ground: Style) -> Iterator[Segment]:
        """The pieces of a line, each of which knows its place for the mouse."""
        text, at = line.plain, 0
        for span in sorted(line.spans):
            if at < span.start:
                yield Segment(text[at : span.start], ground.rich_style_with_offset(at, y))
            style = span.style
            if style not in self._styles:
                own = Style.parse(style) if isinstance(style, str) else style
                self._styles[style] = ground + own
            at = max(at, span.start)
            yield Segment(text[at : span.end], self._styles[style].rich_style_with_offset(at, y))
            at = max(at, span.end)
        if at < len(text):
            yield Segment(text[at:], ground.rich_style_with_offset(at, y))
