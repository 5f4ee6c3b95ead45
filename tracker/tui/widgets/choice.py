"""Something that can be chosen from a list, and the choices that narrow one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from db.schema.search_columns import name_key

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["CLEAR", "Choice", "after_choice", "filter_choice"]

F = TypeVar("F", bound="DataclassInstance")
CLEAR = "clear:"
"""The answer that clears a whole filter."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what it answers, how it is called, what stands beside it.

    `also` are other words under which it is found.
    """

    answer: str
    label: str
    beside: str = ""
    also: str = ""
    chosen: bool = False

    def fits(self, typed: str) -> bool:
        """Whether every word that was typed is in its names."""
        names = name_key(f"{self.label} {self.also}")
        return all(name_key(word) in names for word in typed.split())


def filter_choice(
    filters: "DataclassInstance", field: str, value: object, label: str, **texts: str
) -> Choice:
    """Return the choice that narrows a list to one value of a field of its filter.

    `texts` are those of `Choice`: `beside` and `also`.
    """
    own = getattr(filters, field)
    chosen = value in own if isinstance(own, tuple) else value == own
    return Choice(f"{field}:{value}", label, chosen=chosen, **texts)


def after_choice(filters: F, answer: str, parse: Mapping[str, Callable[[str], object]]) -> F:
    """Return a filter after a choice: the field is set, or cleared where it was just that.

    `parse` makes the value of each field from its text; any other answer clears the filter.
    """
    nothing = type(filters)()
    field, _, text = answer.partition(":")
    if field not in parse:
        return nothing
    value = parse[field](text)
    same = getattr(filters, field) == value
    return replace(filters, **{field: getattr(nothing, field) if same else value})
