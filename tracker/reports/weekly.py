"""The weekly report (주간 업무보고) as a value: all that any of its faces shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.model.period import Period
from db.model.records import Milestone, Progress, Source, State, Update
from tracker.charts.report_charts import Drawings
from tracker.domain.board import Row, Summary
from tracker.domain.holds import Hold
from tracker.domain.latest_remarks import Told
from tracker.domain.schedule import Slip
from tracker.reports.weeks import Week

__all__ = [
    "AHEAD",
    "Change",
    "Done",
    "FacilityLine",
    "Held",
    "Item",
    "WeeklyReport",
]

AHEAD = (30, 60, 90)  # days; due sections of the report


@dataclass(frozen=True, slots=True)
class Item:
    """A milestone with what was told of it last."""

    row: Row
    told: Told

    @property
    def milestone(self) -> Milestone:
        """The milestone alone."""
        return self.row.milestone


@dataclass(frozen=True, slots=True)
class Held:
    """A milestone that rested in the week; `hold.until` is the day on which that ended."""

    row: Row
    hold: Hold


@dataclass(frozen=True, slots=True)
class Done:
    """A milestone whose completion was reported in the week.

    `again` is set where it was known to be done before the week; `progress` is that of
    the facility as a whole (공정률).
    """

    row: Row
    update: Update
    progress: Progress | None
    again: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A forecast that moved in the week; `old` is None where there was none, `new` where
    it was taken back. `moved` compares the two, not the baseline.
    """  # noqa: D205 - one sentence

    row: Row
    old: Period | None
    new: Period | None
    moved: Slip | None
    reason: str | None
    action: str | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class FacilityLine:
    """A facility or programme with its next step, judged on the day."""

    summary: Summary
    next: Row | None


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """Everything that the report of one week says.

    Attributes:
        as_of: Its last day: Sunday, or today in the week that runs.
        known_at: What was recorded later is left out, as nobody knew it.
        counts: By state, on the last day and on the Sunday before.
        due: By 30, 60 and 90 days; each milestone stands in the first that it fits.
        announced: Milestones first spoken of in the week, with a plan.
        next_week: What ends or begins in the week after.
        on_hold: What rests, and after it what rested until a day of the week.
        stale: Of which nothing was said for too long, without what is overdue anyway.
        numbers: Which number stands for a source in the text, from 1 on.
        contradictory: Sources exclude each other, or the order of steps is broken.
    """

    week: Week
    as_of: date
    known_at: datetime | None
    facilities: int
    programmes: int
    counts: Mapping[State, tuple[int, int]]
    overdue: tuple[Item, ...]
    due: Mapping[int, tuple[Item, ...]]
    done: tuple[Done, ...]
    changes: tuple[Change, ...]
    announced: tuple[Change, ...]
    next_week: tuple[Item, ...]
    on_hold: tuple[Held, ...]
    stale: tuple[Item, ...]
    undated: tuple[Item, ...]
    contradictory: tuple[Item, ...]
    lines: tuple[FacilityLine, ...]
    drawings: Drawings
    numbers: Mapping[Source, int]

    @property
    def sources(self) -> tuple[Source, ...]:
        """What is cited, in the order of the numbers."""
        return tuple(self.numbers)

    def cite(self, source: Source | None) -> str:
        """The number of a source in the list at the end: [3]; empty without one."""
        number = self.numbers.get(source) if source else None
        return f"[{number}]" if number else ""
