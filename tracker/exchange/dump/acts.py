"""The acts of a JSON document by their numbers."""

from typing import Any

from db.model.import_index import refuse_twice
from db.model.records import Act, ActKind
from db.model.text import clean
from db.schema.rows import from_micros, micros
from tracker.exchange.dump.checks import Clock, checked_number, checked_text

__all__ = ["Acts"]

_LONGEST = 100  # characters of who typed something


class Acts(dict[int, Act]):
    """Added in any order; in the order of the numbers after `settle`."""

    def __init__(self, clock: Clock) -> None:
        """Begin without any; none may be later than `clock`."""
        super().__init__()
        self._clock = clock
        self._twice: list[int] = []

    def add(self, item: Any) -> None:  # noqa: ANN401 - JSON
        """Add one as it stands in the document.

        Raises:
            KeyError: A field is missing.
            ValueError: A value is none that could have been written.
            FutureError: Its instant is not yet.
            TypeError: As ValueError.
            OverflowError: Its instant is no day of any year.
        """
        moment = from_micros(micros(self._clock.instant(item, "recorded_at")))
        given = checked_text(item["by"])
        by = clean(given)[:_LONGEST] if given else None
        number, kind = checked_number(item["id"]), ActKind(item["kind"])
        if number in self:
            self._twice.append(number)
        self[number] = Act(number, kind, moment, by)

    def settle(self) -> None:
        """Put them in order.

        Raises:
            ValueError: Two have one number; it says which.
        """
        refuse_twice(self._twice * 2, "the act")
        acts = sorted(self.items())
        self.clear()
        self.update(acts)
