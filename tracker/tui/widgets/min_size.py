"""The least window that the screens need, and what is shown in a smaller one."""

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from tracker.words import Words

__all__ = ["LEAST", "TooSmall"]

LEAST = Size(60, 15)
"""In cells; a smaller window has the class `-narrow`, `-low`, or both."""


class TooSmall(Static):
    """What a style sheet shows instead of everything else in a window that is too small."""

    def __init__(self, words: Words) -> None:
        """Say so in `words`."""
        super().__init__(Content(words("ui.too_small")))
