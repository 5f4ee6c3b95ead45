"""Facilities and milestones that are to be made: a million of them in the memory of their names."""

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from itertools import accumulate, repeat

from db.model.errors import RefusedError
from db.model.records import Batch, Kind, NewFacility, NewMilestone, Type
from db.model.slugs import check_slug, is_slug

__all__ = ["ImportIndex", "Step", "other_kind", "refuse_twice"]

Step = tuple[int, str, Kind]
"""A milestone of a facility: its place among all, its slug and its kind."""

_KINDS, _TYPES = tuple(Kind), tuple(Type)
_KIND_PLACES = {kind: place for place, kind in enumerate(_KINDS)}
_TYPE_PLACES = {type_: place for place, type_ in enumerate(_TYPES)}
_NOWHERE = -1  # the place of a facility that is not there


class ImportIndex:
    """Facilities and their milestones in the order in which they were added.

    A facility comes before its milestones. `check` reports what is wrong with any when all
    are there; nothing is added after that.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._slugs: list[str] = []
        self._places: dict[str, int] = {}
        self._types = bytearray()
        self._owners = array("i")  # of milestones: the places of their facilities
        self._steps = array("i")  # of milestones: the places of their slugs in `_texts`
        self._kinds = bytearray()
        self._texts: list[str] = []
        self._text_places: dict[str, int] = {}
        self._strays: dict[int, str] = {}  # by milestone, the facility that is not there
        self._checked = False
        self._by_owner = array("i")  # milestones, those of one facility together
        self._firsts = array("i")  # by facility, where its milestones begin in `_by_owner`

    @classmethod
    def of(cls, rows: "Batch | ImportIndex") -> "ImportIndex":
        """The facilities of a batch and their milestones, each once and all of them right.

        Raises:
            RefusedError: One is of two kinds, or a slug is none.
        """
        roster = rows if isinstance(rows, ImportIndex) else cls._of_batch(rows)
        roster.check()
        return roster

    @classmethod
    def _of_batch(cls, rows: Batch) -> "ImportIndex":
        roster = cls()
        for slug, type_ in {f.slug: f.type for f in rows.facilities}.items():
            roster.add_facility(slug, type_)
        kinds: dict[tuple[str, str], Kind] = {}
        for m in rows.milestones:
            kind = kinds.setdefault((m.facility, m.slug), m.kind)
            if kind is not m.kind:
                raise other_kind(f"{m.facility}/{m.slug}", kind)
        for (facility, slug), kind in kinds.items():
            if facility in roster._places:
                roster.add_milestone(facility, slug, kind)
        return roster

    def add_facility(self, slug: str, type_: Type) -> None:
        """Add one at the end."""
        self._places.setdefault(slug, len(self._slugs))
        self._slugs.append(slug)
        self._types.append(_TYPE_PLACES[type_])

    def add_milestone(self, facility: str, slug: str, kind: Kind) -> None:
        """Add one at the end."""
        owner = self._places.get(facility, _NOWHERE)
        if owner == _NOWHERE:
            self._strays[len(self._owners)] = facility
        text = self._text_places.setdefault(slug, len(self._texts))
        if text == len(self._texts):
            self._texts.append(slug)
        self._owners.append(owner)
        self._steps.append(text)
        self._kinds.append(_KIND_PLACES[kind])

    # -- what is there ---------------------------------------------------------------------------

    @property
    def slugs(self) -> "list[str]":
        """Of the facilities."""
        return self._slugs

    @property
    def number_of_milestones(self) -> int:
        """How many milestones there are."""
        return len(self._owners)

    def facilities(self) -> Iterator[NewFacility]:
        """Every facility."""
        for slug, type_ in zip(self._slugs, self._types, strict=True):
            yield NewFacility(slug, _TYPES[type_])

    def milestones(self) -> Iterator[NewMilestone]:
        """Every milestone."""
        for owner, text, kind in zip(self._owners, self._steps, self._kinds, strict=True):
            yield NewMilestone(self._slugs[owner], self._texts[text], _KINDS[kind])

    def types(self) -> Counter[Type]:
        """How many facilities of each type there are."""
        return Counter({type_: self._types.count(place) for place, type_ in enumerate(_TYPES)})

    def place(self, slug: str) -> int | None:
        """Where a facility stands; None where it does not."""
        return self._places.get(slug)

    def type_at(self, place: int) -> Type:
        """The type of the facility at a place."""
        return _TYPES[self._types[place]]

    def steps_at(self, place: int) -> list[Step]:
        """The milestones of the facility at a place."""
        return [
            (number, self._texts[self._steps[number]], _KINDS[self._kinds[number]])
            for number in self._by_owner[self._firsts[place] : self._firsts[place + 1]]
        ]

    # -- whether it is right ---------------------------------------------------------------------

    def check(self) -> None:
        """Refuse what is no slug, stands twice, or belongs to a facility that is not there.

        Raises:
            ValueError: It says which.
            RefusedError: A slug is none.
        """
        if self._checked:
            return
        if len(self._places) < len(self._slugs):
            refuse_twice(self._slugs, "the facility")
        self._bring_together()
        if self._strays or any(map(self._has_twins, range(len(self._slugs)))):
            refuse_twice(map("/".join, self._paths()), "the milestone")
        for slug in self._slugs:
            check_slug(slug)
        if self._strays or not all(map(is_slug, self._texts)):
            for place, (facility, slug) in enumerate(self._paths()):
                check_slug(slug)
                if place in self._strays:
                    raise ValueError(f"the facility “{facility}” of “{slug}” is missing")
        self._checked = True

    def _paths(self) -> Iterator[tuple[str, str]]:
        for place, (owner, text) in enumerate(zip(self._owners, self._steps, strict=True)):
            facility = self._slugs[owner] if owner != _NOWHERE else self._strays[place]
            yield facility, self._texts[text]

    def _has_twins(self, place: int) -> bool:
        numbers = self._by_owner[self._firsts[place] : self._firsts[place + 1]]
        return len({self._steps[number] for number in numbers}) < len(numbers)

    def _bring_together(self) -> None:
        """Put the milestones of each facility beside each other, in their order."""
        counts = [0] * (len(self._slugs) + 1)
        for owner in self._owners:
            counts[owner] += 1  # of those without a facility, in the last place
        self._firsts = array("i", accumulate(counts, initial=0))
        free = self._firsts[:-1]
        self._by_owner = array("i", repeat(0, len(self._owners)))
        for number, owner in enumerate(self._owners):
            self._by_owner[free[owner]] = number
            free[owner] += 1


def other_kind(path: str, kind: Kind) -> RefusedError:
    """The refusal of a milestone that is of another kind already."""
    return RefusedError(
        f"{path} is already a milestone of kind “{kind}”",
        code="other-kind",
        path=path,
        kind=kind.value,
    )


def refuse_twice(items: Iterable[Hashable], what: str) -> None:
    """Refuse what stands twice.

    Raises:
        ValueError: It says which.
    """
    item, times = next(iter(Counter(items).most_common(1)), (None, 0))
    if times > 1:
        raise ValueError(f"{what} {item} stands twice")
