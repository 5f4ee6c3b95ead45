"""Whether two sources of one day exclude each other."""

from dataclasses import dataclass, field
from datetime import date

from db.model.period import Period
from db.model.records import Source

__all__ = ["SameDayPlans"]


@dataclass(slots=True)
class SameDayPlans:
    """The plans of the newest reported day: by source, the first end and the last beginning.

    A plan contradicts one of another source that ends before it begins, or begins after it ends.
    """

    day: date | None = None
    contradicted: bool = False
    _ends: dict[Source, date] = field(default_factory=dict)
    _beginnings: dict[Source, date] = field(default_factory=dict)

    def add(self, day: date, period: Period, source: Source | None) -> None:
        """Add a plan reported on `day`; plans of earlier days no longer count."""
        if day != self.day:
            self.day, self.contradicted = day, False
            self._ends, self._beginnings = {}, {}
        if source is None:
            return
        begins, ends = period.earliest, period.latest
        self.contradicted |= any(
            begins and end < begins for by, end in self._ends.items() if by != source
        ) or any(ends and begin > ends for by, begin in self._beginnings.items() if by != source)
        if ends is not None:
            self._ends[source] = min(self._ends.get(source, ends), ends)
        if begins is not None:
            self._beginnings[source] = max(self._beginnings.get(source, begins), begins)
