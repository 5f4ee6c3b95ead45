"""What the board is narrowed to: what can be chosen, and how it is said. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from db.model.records import Kind, State
from db.read.reader import Filter
from tracker.tui.widgets.choice import Choice
from tracker.words import GLYPHS, Words

__all__ = ["choices", "narrowed", "with_choice"]

_CLEAR = "clear:"


def choices(
    filters: Filter, counts: Mapping[State, int], cities: Iterable[str], words: Words
) -> list[Choice]:
    """The states with their counts, the cities and the kinds; first, how to clear it all."""
    found = [
        Choice(
            f"state:{state.value}",
            f"{GLYPHS[state]} {words.state(state)}",
            beside=f"{counts.get(state, 0):,}",
            also=words("col.state"),
            chosen=state in filters.states,
        )
        for state in State
    ]
    found += [
        Choice(
            f"city:{city}",
            city,
            words("col.city"),
            also=words("col.city"),
            chosen=city == filters.city,
        )
        for city in cities
    ]
    found += [
        Choice(
            f"kind:{kind.value}",
            words.kind(kind),
            words("col.milestone"),
            also=words("col.milestone"),
            chosen=kind is filters.kind,
        )
        for kind in Kind
    ]
    if filters != Filter():
        found.insert(0, Choice(_CLEAR, words("ui.clear_filter")))
    return found


def with_choice(filters: Filter, answer: str) -> Filter:
    """The filter after a choice; the same choice again takes it back."""
    what, _, value = answer.partition(":")
    if what == "state":
        state = (State(value),)
        return replace(filters, states=() if filters.states == state else state)
    if what == "city":
        return replace(filters, city=None if filters.city == value else value)
    if what == "kind":
        kind = Kind(value)
        return replace(filters, kind=None if filters.kind is kind else kind)
    return Filter()


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
