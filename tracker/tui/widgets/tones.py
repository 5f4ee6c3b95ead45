"""Tones: the names of styles that states, cells and charts are drawn in.

A line of a list or a chart names a component class of `tones.tcss` for each piece of text.
A `Content` cannot name a class; `TONES` has the styles for it.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

from db.model.records import State

__all__ = ["TONES", "TONE_CLASSES", "segments_of", "tone_style"]

_LINES = 6  # the tones of `tracker.charts.trend`, which a list alone need not load

TONES: dict[str, str] = {
    State.OVERDUE: "$text-error",
    State.DUE_SOON: "$text-warning",
    State.IN_WINDOW: "$text-accent",
    State.UNDATED: "$text-warning",
    State.UPCOMING: "",
    State.ON_HOLD: "$text-secondary",
    State.PASSED: "$foreground 60%",
    State.COMPLETED: "$text-success",
    State.CANCELLED: "$foreground 60%",
    "muted": "$foreground 60%",
    "": "",
}
"""The styles of text in `Content`, by tone."""

TONE_CLASSES: frozenset[str] = frozenset(
    f"tone--{name}"
    for name in (
        *State,
        *("off", "baseline", "late", "early", "stale", "today", "as_of", "grid", "axis", "muted"),
        *("label", "name", "step", "group", "diagonal", "here", "red", "amber", "green", "mark"),
        *("cursor", "plain", *(f"line-{n}" for n in range(_LINES))),
    )
)
"""The component classes of a widget that draws lines in tones."""


def tone_style(widget: Widget, tone: str) -> Style:
    """Return the style of a tone; that of the widget itself where it is empty."""
    return widget.get_component_rich_style(f"tone--{tone or 'plain'}")


def segments_of(widget: Widget, line: Iterable[tuple[str, str]]) -> list[Segment]:
    """Return the pieces of a line in the tones of a widget; neighbours of one tone are joined."""
    return [
        Segment("".join(text for text, _ in pieces), tone_style(widget, tone))
        for tone, pieces in groupby(line, itemgetter(1))
    ]
