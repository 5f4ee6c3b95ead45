"""How many days make a milestone due soon, stale or delayed."""

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings that judging takes, all in days.

    Attributes:
        due_soon: How near a deadline is due soon.
        stale_due_soon, stale_overdue, stale_otherwise: How long an open milestone
            may go without an update before it is stale.
        delayed: From how much slip an alert is due.
    """

    due_soon: int = 30
    stale_due_soon: int = 14
    stale_overdue: int = 30
    stale_otherwise: int = 90
    delayed: int = 90
