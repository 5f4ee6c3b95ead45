"""A count that takes longer than a person should wait for: in a thread, given up at any time."""

from collections.abc import Mapping
from datetime import date

from db.errors import TrackerError
from db.reader import Filter, Reader
from db.records import State
from tracker.office import Office

__all__ = ["Counting"]


class Counting:
    """How many milestones there are in each state under a filter, on a reader of its own."""

    def __init__(self, office: Office, day: date, wanted: Filter) -> None:
        """Be ready to count."""
        self._office, self._day, self._wanted = office, day, wanted
        self._reader: Reader | None = None
        self.given_up = False

    def run(self) -> Mapping[State, int] | None:
        """Count; None where that was given up, or the store cannot be read."""
        try:
            with self._office.reading() as self._reader:
                if self.given_up:
                    return None
                soon = self._office.config.limits.due_soon
                return self._reader.counts(self._day, soon, self._wanted)
        except TrackerError:  # the same failure meets whoever reads the list, who says it
            return None
        finally:
            self._reader = None

    def give_up(self) -> None:
        """End it; from another thread."""
        self.given_up = True
        if (reader := self._reader) is not None:
            reader.interrupt()
