"""What a person decides about an import: conflicts, past dates, and cells that are not read."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.exchange.tables.claims import Take

__all__ = ["DEFAULTS", "Choices", "Past", "Unread"]


class Past(StrEnum):
    """What becomes of plans of an office's table that were past already when it was true."""

    OPEN = "open"
    AS_PLANNED = "as-planned"
    SKIP = "skip"


class Unread(StrEnum):
    """What becomes of a table with cells that cannot be read."""

    REFUSE = "refuse"
    SKIP = "skip"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was decided; without a person nothing is guessed.

    Attributes:
        past: `OPEN` records the plan, of which nobody has confirmed anything; `AS_PLANNED`
            also records that it happened as planned, marked as not reported; `SKIP` leaves
            the plan out.
        unread: `REFUSE` takes all of a table or nothing; `SKIP` leaves such cells out and
            lists them; `NOTE` also keeps the text of a date that is none as a note.
        take: Which side of every conflict holds; nothing is recorded of one by default.
    """

    past: Past = Past.OPEN
    unread: Unread = Unread.REFUSE
    take: Take | None = None


DEFAULTS = Choices()
"""What is done where nobody has decided anything."""
