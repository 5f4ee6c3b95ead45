"""The bindings of a screen as entries: for the line of keys, the help and the palette."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual.dom import DOMNode
from textual.screen import Screen

__all__ = ["MOVES", "Entry", "entries", "rank", "rank_of"]

_SHOWN = (
    "search.keep",
    "search.drop",
    "article.take",
    "article.leave",
    "article.edit",
    "article.sure",
    "article.finish",
    "import.finish",
    "import.sides",
    "import.past",
    "import.unread",
    "import.hidden",
    "list.open",
    "log.retract",
    "log.correct",
    "log.since",
    "log.days",
    "list.order",
    "list.group",
    "timeline.unfold",
    "timeline.group",
    "timeline.order",
    "timeline.nearer",
    "timeline.further",
    "timeline.today",
    "trend.previous",
    "trend.next",
    "trend.choose",
    "sheet.complete",
    "sheet.plan",
    "sheet.confirm",
    "sheet.note",
    "sheet.state",
    "review.begin",
    "review.finish",
    "review.skip",
    "review.take_up",
    "review.previous",
    "review.recap",
    "review.who",
    "review.report",
    "list.search",
    "page.back",
    "sheet.undo",
    "log.undo_act",
    "list.filter",
    "view.unwind",
    "list.views",
    "list.columns",
    "sheet.add",
    "sheet.edit",
    "page.correct",
    "sheet.mark",
    "list.merge",
    "day.back",
    "day.on",
    "day.as_of",
    "sheet.palette",
    "view.quit",
    "sheet.redo",
    "sheet.mark_all",
    "timeline.fit",
    "timeline.fit_chosen",
    "sheet.help",
)
MOVES = (
    "list.down",
    "list.up",
    "list.page_down",
    "list.page_up",
    "list.go",
    "list.first",
    "list.last",
)
_ORDER = {name: place for place, name in enumerate((*_SHOWN, *MOVES))}
_SIGNS = {
    *("slash", "question_mark", "colon", "at", "comma", "full_stop", "plus", "minus"),
    *("equals_sign", "left_square_bracket", "right_square_bracket"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One binding with all its keys.

    `label` is a key of the catalogue; `node` is what carries the action out; `shown` tells
    whether it belongs into the line of keys and among the commands.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    action: str
    node: DOMNode
    shown: bool

    @property
    def is_move(self) -> bool:
        """Whether it only moves about."""
        return self.id in MOVES


def entries(screen: Screen[Any]) -> Iterator[Entry]:
    """The bindings that are active on `screen`, the most important first, moves last."""
    keys: dict[str, list[str]] = {}
    about: dict[str, tuple[str, str, DOMNode]] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.id is not None:
            keys.setdefault(binding.id, []).append(key)
            about[binding.id] = (binding.description, binding.action, active.node)
    for name in sorted(keys, key=rank_of):
        yield Entry(name, tuple(sorted(keys[name], key=rank)), *about[name], name in _SHOWN)


def rank_of(name: str) -> int:
    """Where a binding stands among all, the most important first."""
    return _ORDER.get(name, len(_ORDER))


def rank(key: str) -> int:
    """Letters and signs before named keys, those before ctrl, the row of F keys last."""
    if len(key) == 1 or key in _SIGNS:
        return 0
    if key in {"enter", "escape"}:
        return 1
    return 3 if key[0] == "f" and key[1:].isdigit() else 2
