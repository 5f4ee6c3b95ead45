"""The least window that the screens need, and what is said in a smaller one."""

from typing import Any

from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from tracker.words import Words

__all__ = ["LEAST", "TooSmall", "guard"]

LEAST = Size(60, 15)
"""In cells; a smaller window has the class `-narrow`, `-low`, or both."""


class TooSmall(Static):
    """What is shown instead of everything else in a window that is too small."""


def guard(screen: Screen[Any], size: Size, words: Words) -> None:
    """Have a screen say so when its window is too small; called when it has another size."""
    if (size.width < LEAST.width or size.height < LEAST.height) and not screen.query(TooSmall):
        screen.mount(TooSmall(Content(words("ui.too_small"))))
