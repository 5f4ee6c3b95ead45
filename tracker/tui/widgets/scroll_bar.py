"""A scroll bar for lists of any length."""

from textual.scrollbar import ScrollBar

__all__ = ["StableScrollBar"]

_PARTS = 8  # of a cell that can be told apart


class StableScrollBar(ScrollBar):
    """It stays as it is until it would look otherwise.

    The bar beside a hundred thousand lines moves by an eighth of a cell, which is the least
    that can be drawn, once in some five hundred of them. It takes as long to draw as the lines
    of a screen.
    """

    def validate_position(self, position: float) -> float:
        """Take the nearest position that looks different from its neighbours."""
        beyond = self.window_virtual_size - self.window_size
        step = beyond / (_PARTS * max(1, self.size.height - 1))
        return round(position / step) * step if step > 1 else position
