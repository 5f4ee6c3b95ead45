"""The acts of a JSON document, in the order of their numbers: a million in a few bytes each."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from db.model.import_index import refuse_twice
from db.model.records import Act, ActKind
from db.model.text import clean
from db.schema.rows import from_micros, micros
from tracker.exchange.dump.checks import Clock, checked_number, checked_text

__all__ = ["Acts"]

_LONGEST = 100  # characters of who typed something
_KINDS = tuple(ActKind)
_PLACES = {kind: place for place, kind in enumerate(_KINDS)}


class Acts:
    """Added in any order; found by their numbers after `settle`."""

    def __init__(self, clock: Clock) -> None:
        """Begin without any; none may be later than `clock`."""
        self._clock = clock
        self._ids, self._instants = array("q"), array("q")
        self._kinds, self._authors = bytearray(), array("q")
        self._people: dict[str | None, int] = {}
        self._names: list[str | None] = []
        self._last: Act | None = None

    def add(self, item: Any) -> None:  # noqa: ANN401 - JSON
        """Add one as it stands in the document.

        Raises:
            KeyError: A field is missing.
            ValueError: A value is none that could have been written.
            FutureError: Its instant is not yet.
            TypeError: As ValueError.
            OverflowError: Its instant is no day of any year.
        """
        moment = self._clock.instant(item, "recorded_at")
        given = checked_text(item["by"])
        by = clean(given)[:_LONGEST] if given else None
        number, kind = checked_number(item["id"]), ActKind(item["kind"])
        instant = micros(moment)
        person = self._people.setdefault(by, len(self._names))
        if person == len(self._names):
            self._names.append(by)
        self._ids.append(number)
        self._instants.append(instant)
        self._kinds.append(_PLACES[kind])
        self._authors.append(person)

    def settle(self) -> None:
        """Put them in order.

        Raises:
            ValueError: Two have one number; it says which.
        """
        ids = self._ids
        if all(ids[n] < ids[n + 1] for n in range(len(ids) - 1)):
            return
        refuse_twice(ids, "the act")
        order = sorted(range(len(ids)), key=ids.__getitem__)
        self._ids = array("q", map(ids.__getitem__, order))
        self._instants = array("q", map(self._instants.__getitem__, order))
        self._kinds = bytearray(map(self._kinds.__getitem__, order))
        self._authors = array("q", map(self._authors.__getitem__, order))

    def get(self, number: int) -> Act | None:
        """The act of this number; None where there is none."""
        last = self._last
        if last is not None and last.id == number:
            return last
        place = bisect_left(self._ids, number)
        if place == len(self._ids) or self._ids[place] != number:
            return None
        self._last = self._at(place)
        return self._last

    def __contains__(self, number: object) -> bool:
        """Whether there is an act of this number."""
        return isinstance(number, int) and self.get(number) is not None

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ids)

    def __iter__(self) -> Iterator[Act]:
        """Every act, in the order of the numbers."""
        return map(self._at, range(len(self._ids)))

    def _at(self, place: int) -> Act:
        return Act(
            self._ids[place],
            _KINDS[self._kinds[place]],
            from_micros(self._instants[place]),
            self._names[self._authors[place]],
        )
