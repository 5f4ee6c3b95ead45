"""A row of the table: what was measured, against what, and whether it is within its budget."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

__all__ = ["Row", "Verdict", "middle", "percentile", "shown"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One measurement; times in milliseconds unless `unit` says otherwise.

    `ratio` is what is held against `budget` where there is a floor, else the measurement is.
    `at_least` tells that more is better.
    """

    name: str
    measured: float
    budget: float
    floor: float | None = None
    unit: str = "ms"
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Measured by floor."""
        return self.measured / self.floor if self.floor else None

    def held(self, pace: float = 1.0) -> bool:
        """Whether it is within the budget.

        `pace` is how many times as long this machine takes as the one for which budgets in
        plain milliseconds were set.
        """
        value = self.measured if self.ratio is None else self.ratio
        if self.is_plain:
            value /= pace
        return value >= self.budget if self.at_least else value <= self.budget

    @property
    def is_plain(self) -> bool:
        """Whether its budget is so many milliseconds."""
        return self.floor is None and self.unit == "ms"

    def data(self, pace: float) -> dict[str, Any]:
        """Everything, for JSON."""
        return asdict(self) | {
            "ratio": self.ratio,
            "held": self.held(),
            "held_at_pace": self.held(pace),
        }


@dataclass(frozen=True, slots=True)
class Row:
    """A name to choose by and what measures it."""

    name: str
    measure: Callable[[], Sequence[Verdict]]


def middle(samples: Sequence[float]) -> float:
    """The median, in milliseconds."""
    return median(samples) * 1000


def percentile(samples: Sequence[float], percent: int) -> float:
    """A percentile, in milliseconds."""
    if len(samples) == 1:
        return samples[0] * 1000
    return quantiles(samples, n=100, method="inclusive")[percent - 1] * 1000


def shown(verdict: Verdict, pace: float) -> str:
    """One line of the table: `slow` is what is over here, but not on a machine of full speed."""
    floor = f"{verdict.floor:10,.1f}" if verdict.floor else " " * 10
    ratio = f"{verdict.ratio:7.3f}" if verdict.ratio is not None else " " * 7
    sign = "≥" if verdict.at_least else "≤"
    held = "ok  " if verdict.held() else "slow" if verdict.held(pace) else "OVER"
    unit = verdict.unit if verdict.ratio is None else "×"
    note = f"at full speed {verdict.measured / pace:.1f}" if verdict.is_plain else ""
    notes = "  ".join(filter(None, (note, verdict.note)))
    line = f"{held} {verdict.name:<58} {verdict.measured:10,.1f} {verdict.unit:<5}{floor} {ratio}"
    return f"{line}  {sign} {verdict.budget:g} {unit}  {notes}".rstrip()
