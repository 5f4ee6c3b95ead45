"""The bindings of a screen as entries: for the line of keys, the help and the palette."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.screen import Screen

__all__ = ["Entry", "entries"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One binding with all its keys; `label` is a key of the catalogue."""

    id: str
    keys: tuple[str, ...]
    label: str
    action: str


def entries(screen: Screen[object]) -> Iterator[Entry]:
    """The bindings that are active on `screen`, nearest first; those without an id are left out."""
    found: dict[str, list[str]] = {}
    about: dict[str, tuple[str, str]] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.id is not None:
            found.setdefault(binding.id, []).append(key)
            about[binding.id] = (binding.description, binding.action)
    for name, keys in found.items():
        yield Entry(name, tuple(keys), *about[name])
