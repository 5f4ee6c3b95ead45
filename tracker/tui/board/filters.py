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
    wanted: Filter, counts: Mapping[State, int], cities: Iterable[str], words: Words
) -> list[Choice]:
    """The states with their counts, the cities and the kinds; first, how to clear it all."""
    found = [
        Choice(
            f"state:{state.value}",
            f"{GLYPHS[state]} {words.state(state)}",
            beside=f"{counts.get(state, 0):,}",
            also=words("col.state"),
            chosen=state in wanted.states,
        )
        for state in State
    ]
    found += [
        Choice(
            f"city:{city}",
            city,
            words("col.city"),
            also=words("col.city"),
            chosen=city == wanted.city,
        )
        for city in cities
    ]
    found += [
        Choice(
            f"kind:{kind.value}",
            words.kind(kind),
            words("col.milestone"),
            also=words("col.milestone"),
            chosen=kind is wanted.kind,
        )
        for kind in Kind
    ]
    if wanted != Filter():
        found.insert(0, Choice(_CLEAR, words("ui.clear_filter")))
    return found


def with_choice(wanted: Filter, answer: str) -> Filter:
    """The filter after a choice; the same choice again takes it back."""
    what, _, value = answer.partition(":")
    if what == "state":
        state = (State(value),)
        return replace(wanted, states=() if wanted.states == state else state)
    if what == "city":
        return replace(wanted, city=None if wanted.city == value else value)
    if what == "kind":
        kind = Kind(value)
        return replace(wanted, kind=None if wanted.kind is kind else kind)
    return Filter()


def narrowed(wanted: Filter, total: int | None, words: Words) -> str:
    """What the list is narrowed to, in a line; empty where it is whole.

    `total` is None while it is counted, and only the most urgent are listed.
    """
    parts = [words.state(s) for s in wanted.states]
    parts += [wanted.city] if wanted.city else []
    parts += [words.kind(wanted.kind)] if wanted.kind else []
    parts += [f"“{wanted.search}”"] if wanted.search else []
    what = " · ".join(parts)
    if total is None:
        return words("ui.narrowed_first", what=what)
    return words("ui.narrowed", what=what, total=total) if parts else ""
