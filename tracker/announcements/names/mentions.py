"""What the names of a sentence mean, and what the article has been talking about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tracker.announcements.names.candidates import BOTH, NEXT_NAMED, Name
from tracker.announcements.names.facility_words import GENERIC, HEADS, INNER
from tracker.announcements.names.registry import Entry, Registry

__all__ = ["Focus", "Mentioned", "mentioned"]


@dataclass(slots=True)
class Focus:
    """What has been talked about so far, most recent first, and the last several at once."""

    recent: list[Entry] = field(default_factory=list)
    group: list[Entry] = field(default_factory=list)
    paragraph: int = -1
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    def speak(self, entries: Sequence[Entry], at: tuple[int, int], paragraph: int) -> None:
        """Note that these were spoken of, together if several."""
        for entry in entries:
            self.places[id(entry)] = at
            if entry in self.recent:
                self.recent.remove(entry)
            self.recent.insert(0, entry)
        if len(entries) > 1:
            self.group = list(entries)
        self.paragraph = paragraph


class Mentioned(NamedTuple):
    """A name of the sentence with the facilities it means; several for “두 시설”."""

    name: Name
    entries: tuple[Entry, ...]


def mentioned(
    names: Sequence[Name], registry: Registry, focus: Focus, text: str
) -> list[Mentioned]:
    """What the names of a sentence mean; words that mean nothing known are kept, with no entry."""
    found: list[Mentioned] = []
    here: list[Entry] = []
    for name in names:
        if not name.generic:
            entry = registry.find(name)
            entries: tuple[Entry, ...] = (entry,) if entry else ()
        elif name.part:
            entries = tuple((here or focus.recent)[-1:] if here else focus.recent[:1])
        else:
            entries = _meant(name, registry, focus, text, here)
            if not entries and focus.recent and _is_part(name, text):
                whole = here[-1] if here else focus.recent[0]
                name, entries = replace(name, part=name.head), (whole,)  # noqa: PLW2901
        found.append(Mentioned(name, entries))
        here += [e for e in entries if e not in here]
    return found


def _is_part(name: Name, text: str) -> bool:
    """Whether a word without a facility of its own is a part of the one in focus (“수영장은”)."""
    before = text[max(0, name.start - 14) : name.start]
    return (
        (name.role in {"topic", "subject"} or (name.role == "object" and name.head in INNER))
        and name.head in HEADS
        and not any(p.search(before) for p in (_SEVERAL, _COUNTED, _OTHER_ONE))
    )


_SEVERAL = re.compile(r"(?<![가-힣])(?:두|세|네|다섯|[2-9]개|이들|각)\s(?:[가-힣]{1,6}\s)?$")
_COUNTED = re.compile(
    r"(?:\d+(?:여\s?)?(?:개|곳)(?:의)?|여러|각종|모든|일부)\s(?:[가-힣]{1,8}\s?){0,2}$"
)
_OTHER_ONE = re.compile(r"(?:기존|다른|옛|인근)\s$")


def _meant(
    name: Name, registry: Registry, focus: Focus, text: str, here: list[Entry]
) -> tuple[Entry, ...]:
    if name.head == BOTH:
        return tuple(focus.group)
    if name.head == NEXT_NAMED:
        alike = [e for e in registry.entries if any(k.endswith(name.text) for k in e.keys)]
        anything = GENERIC.get(name.text) == ()
        return tuple((alike or (registry.entries if anything else []))[:1])
    before = text[max(0, name.start - 14) : name.start]
    if _SEVERAL.search(before) or _COUNTED.search(before):
        together = here if len(here) > 1 else focus.group
        several = _SEVERAL.search(before) is not None or len(here) > 1
        return tuple(together) if several and together else ()
    if _OTHER_ONE.search(before):
        return ()
    earlier = [e for e in reversed(registry.entries) if e.span[0] < name.start]
    only = len(registry.entries) == 1
    later = [e for e in registry.entries if e.span[0] >= name.start and (e.quoted or only)]
    entry = registry.meant_by(name, [*reversed(here), *focus.recent, *earlier, *later])
    if entry is None and name.text.isascii() and name.text and _THE.search(before):
        return tuple((here[-1:] or focus.recent)[:1])  # “the 300-bed hospital”, of a medical center
    return (entry,) if entry else ()


_THE = re.compile(r"\b[Tt]he\s(?:[\w-]+\s){0,2}$")
