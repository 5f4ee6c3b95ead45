"""Why a milestone is asked about in a weekly check, and which item of it an act answers."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Answering", "Need"]


class Need(StrEnum):
    """Why a milestone needs a word, in the order in which a check walks through them."""

    OVERDUE_UNCONFIRMED = "overdue_unconfirmed"
    OVERDUE_CONFIRMED = "overdue_confirmed"
    DUE_SOON = "due_soon"
    IN_WINDOW = "in_window"
    STALE = "stale"
    CONTRADICTION = "contradiction"
    ON_HOLD = "on_hold"


@dataclass(frozen=True, slots=True)
class Answering:
    """The item of a check that an act decides, and how much of its story was seen.

    Attributes:
        review: The check.
        position: The place of the item in it, from 1 on.
        seen: The id of the newest update about the item's milestone that the person was
            shown, 0 where there was none. Where something newer is recorded by then, the
            act is refused, so that nobody decides what another just decided.
    """

    review: int
    position: int
    seen: int
