"""Backgrounds shared by all widgets, so that none of them outlives its screen.

Textual 8 caches `StylesCache.get_inner_outer` by widget although it depends on two colours only.
The cache then keeps the drawn lines of the last 1,024 widgets, some 0.5 MB for every screen that
was ever opened (Textual #6665). This caches it by the colours.
"""

from functools import lru_cache, partial

from textual._styles_cache import StylesCache

__all__ = ["share_backgrounds"]


def share_backgrounds() -> None:
    """Cache the background styles by their colours; do nothing where that is done already."""
    method = vars(StylesCache).get("get_inner_outer")
    by_widget = getattr(method, "__wrapped__", None)
    if by_widget is not None and not isinstance(method, staticmethod | classmethod):
        by_colours = lru_cache(1024)(partial(by_widget, StylesCache))
        StylesCache.get_inner_outer = staticmethod(by_colours)  # type: ignore[assignment]  # another kind of cache
