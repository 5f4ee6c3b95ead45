"""What the board is narrowed to: what can be chosen, and how it is said. Pure functions."""

from collections.abc import Callable, Iterable, Mapping

from db.model.records import Kind, State
from db.read.reader import Filter
from tracker.tui.widgets.choice import CLEAR, Choice, after_choice, filter_choice
from tracker.words import GLYPHS, Words

__all__ = ["choices", "narrowed", "with_choice"]

_FIELDS: dict[str, Callable[[str], object]] = {
    "states": lambda text: (State(text),),
    "city": str,
    "kind": Kind,
}


def choices(
    filters: Filter, counts: Mapping[State, int], cities: Iterable[str], words: Words
) -> list[Choice]:
    """Return the states with their counts, the cities and the kinds; first, how to clear it all."""
    state, city, step = words("col.state"), words("col.city"), words("col.milestone")
    found = [Choice(CLEAR, words("ui.clear_filter"))] if filters != Filter() else []
    for s in State:
        name, count = f"{GLYPHS[s]} {words.state(s)}", f"{counts.get(s, 0):,}"
        found.append(filter_choice(filters, "states", s, name, beside=count, also=state))
    found += [filter_choice(filters, "city", c, c, beside=city, also=city) for c in cities]
    found += [
        filter_choice(filters, "kind", k, words.kind(k), beside=step, also=step) for k in Kind
    ]
    return found


def with_choice(filters: Filter, answer: str) -> Filter:
    """Return the filter after a choice; the same choice again clears it."""
    return after_choice(filters, answer, _FIELDS)


def narrowed(filters: Filter, total: int | None, words: Words) -> str:
    """What the list is narrowed to, in a line; empty where it is whole.

    `total` is None while it is counted, and only the most urgent are listed.
    """
    parts = [words.state(s) for s in filters.states]
    parts += [filters.city] if filters.city else []
    parts += [words.kind(filters.kind)] if filters.kind else []
    parts += [f"“{filters.search}”"] if filters.search else []
    what = " · ".join(parts)
    if total is None:
        return words("ui.narrowed_first", what=what)
    return words("ui.narrowed", what=what, total=total) if parts else ""
