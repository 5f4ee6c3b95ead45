"""How milestones stand: the order of states, and the rule by which the day decides them.

The rule is declared once, as a table of comparisons. `state_of` evaluates it, `state_case`
writes it as SQL.
"""

from datetime import date, timedelta
from enum import StrEnum
from operator import le, lt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.model.period import Period

__all__ = [
    "AHEAD",
    "CLOSED",
    "OPEN_STATES",
    "UNCOUNTED",
    "WAITING",
    "Rag",
    "Standing",
    "State",
    "Word",
    "rank",
    "state_case",
    "state_of",
]


class Word(StrEnum):
    """A word that is looked up as quickly as its text: `Enum` hashes names, in Python."""

    __hash__ = str.__hash__


class Standing(Word):
    """The part of a milestone's state that does not depend on the day it is looked at.

    `OPEN` milestones have a latest day and are overdue, due soon, in window or
    upcoming by the day; `UNDATED` ones are open without one.
    """

    OPEN = "open"
    UNDATED = "undated"
    ON_HOLD = "on_hold"
    PASSED = "passed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


AHEAD = (Standing.OPEN, Standing.UNDATED)
"""Expected and not on hold."""

WAITING = (*AHEAD, Standing.ON_HOLD)
"""Neither happened nor cancelled."""

UNCOUNTED = (Standing.PASSED, Standing.CANCELLED)
"""Left out when a facility is judged."""


class State(Word):
    """What a milestone is on a given day, in the order in which lists show them."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    IN_WINDOW = "in_window"
    UNDATED = "undated"
    UPCOMING = "upcoming"
    ON_HOLD = "on_hold"
    PASSED = "passed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Rag(StrEnum):
    """The rule's verdict on a facility, the best first; see `db.fold.facility_rollup`.

    Red where the last step of the lifecycle is overdue or ends behind its baseline, amber where
    any other milestone is or does.
    """

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


CLOSED = (State.COMPLETED, State.PASSED, State.CANCELLED)
"""Nothing is expected any more; the first of them that a facility has says how it ended."""

OPEN_STATES = tuple(state for state in State if state not in CLOSED)
"""Something is still expected."""

_COMPARE: "Mapping[str, Callable[[date, date], bool]]" = {"<": lt, "<=": le}
_BY_DAY = (
    (State.OVERDUE, "latest", "<", "day"),
    (State.DUE_SOON, "latest", "<=", "soon"),
    (State.IN_WINDOW, "earliest", "<=", "day"),
)
"""An open milestone is in the first state whose comparison holds, else it is `UPCOMING`."""


def rank(state: State) -> int:
    """Return the place of a state in lists, the most urgent first."""
    return _RANKS[state]


_RANKS = {state: place for place, state in enumerate(State)}


def state_of(standing: Standing, forecast: "Period | None", day: date, due_soon: int) -> State:
    """Return the state that follows from a standing and the day.

    Args:
        standing: What the statements amount to.
        forecast: The window in which the milestone is expected.
        day: The as-of day.
        due_soon: From how many days before its last day on a milestone is due soon.
    """
    if standing is not Standing.OPEN or forecast is None or forecast.latest is None:
        return State(standing.value)
    ends = {"latest": forecast.latest, "earliest": forecast.earliest or date.min}
    days = {"day": day, "soon": day + min(timedelta(days=due_soon), date.max - day)}
    for state, end, sign, bound in _BY_DAY:
        if _COMPARE[sign](ends[end], days[bound]):
            return state
    return State.UPCOMING


def state_case(name: "Callable[[State], str]", latest: str, earliest: str) -> str:
    """Return the same rule for open milestones as an SQL expression with `:day` and `:soon`.

    Args:
        name: Gives the SQL literal of a state.
        latest: The last day of the forecast in SQL.
        earliest: The first day of the forecast in SQL, before every day where it is open.
    """
    ends = {"latest": latest, "earliest": earliest}
    cases = (f"WHEN {ends[end]} {sign} :{bound} THEN {name(s)}" for s, end, sign, bound in _BY_DAY)
    return f"CASE {' '.join(cases)} ELSE {name(State.UPCOMING)} END"
