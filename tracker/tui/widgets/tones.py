"""The colour of each state, as a variable of the theme."""

from db.model.records import State

__all__ = ["TONES"]

TONES: dict[State, str] = {
    State.OVERDUE: "$text-error",
    State.DUE_SOON: "$text-warning",
    State.IN_WINDOW: "$text-accent",
    State.UNDATED: "$text-warning",
    State.UPCOMING: "",
    State.ON_HOLD: "$text-secondary",
    State.PASSED: "$foreground 60%",
    State.COMPLETED: "$text-success",
    State.CANCELLED: "$foreground 60%",
}
