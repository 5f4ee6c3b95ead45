"""Whether two sources of one day exclude each other, judged plan by plan in constant time."""

from dataclasses import dataclass, field
from datetime import date

from db.model.period import Period
from db.model.records import Source

__all__ = ["SameDayPlans"]

_Bound = tuple[int, Source]


@dataclass(slots=True)
class SameDayPlans:
    """The plans of the newest reported day, as far as a later plan can contradict them.

    A plan contradicts one that ends before it begins, or begins after it ends. So the first
    of the ends and the last of the beginnings are enough, each of two different sources:
    whatever the source of the next plan is, one of the two is another.
    """

    day: date | None = None
    contradicted: bool = False
    _ends: list[_Bound] = field(default_factory=list)
    _beginnings: list[_Bound] = field(default_factory=list)

    def add(self, day: date, period: Period, source: Source | None) -> None:
        """Add a plan reported on `day`; plans of earlier days no longer count."""
        if day != self.day:
            self.day, self.contradicted = day, False
            self._ends, self._beginnings = [], []
        if source is None:
            return
        if period.earliest is not None:
            begins = period.earliest.toordinal()
            self.contradicted |= any(end < begins for end, by in self._ends if by != source)
            self._beginnings = _first_two(self._beginnings, (-begins, source))
        if period.latest is not None:
            ends = period.latest.toordinal()
            self.contradicted |= any(-b > ends for b, by in self._beginnings if by != source)
            self._ends = _first_two(self._ends, (ends, source))


def _first_two(known: list[_Bound], new: _Bound) -> list[_Bound]:
    """The lowest bounds of two different sources."""
    if not known:
        return [new]
    bound, source = new
    others = [b for b in known if b[1] != source]
    own = [b[0] for b in known if b[1] == source]
    return sorted([*others, (min([bound, *own]), source)], key=lambda b: b[0])[:2]
