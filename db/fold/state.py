"""The state of a facility and its milestones, as `db.fold.folding` fills it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.fold.contradiction import SameDayPlans
from db.model.period import Period
from db.model.records import Kind, Progress, Standing

__all__ = ["FacilityFold", "MilestoneFold"]


@dataclass(slots=True)
class MilestoneFold:
    """The state of one milestone; see `db.model.records.Milestone`.

    `stated_by` is the id of the update that gave the actual, else the forecast; `listed`
    tells whether the forecast in force comes from an office's table.
    """

    slug: str
    kind: Kind
    updated_on: date
    title: str | None = None
    baseline: Period | None = None
    forecast: Period | None = None
    actual: Period | None = None
    forecast_on: date | None = None
    actual_on: date | None = None
    confirmed_on: date | None = None
    on_hold_since: date | None = None
    cancelled_on: date | None = None
    snoozed_until: date | None = None
    forecast_by: int | None = None
    actual_by: int | None = None
    contradicted: bool = False
    breach: bool = False
    listed: bool = False
    standing: Standing = Standing.UNDATED
    plans_of_day: SameDayPlans = field(default_factory=SameDayPlans, compare=False)

    @property
    def stated_by(self) -> int | None:
        """The update whose source stands for this milestone."""
        return self.actual_by if self.actual else self.forecast_by

    @property
    def is_open(self) -> bool:
        """Whether it is neither completed nor cancelled."""
        return self.actual is None and self.cancelled_on is None

    @property
    def window(self) -> Period | None:
        """When it happened, else when it is expected."""
        return self.actual or self.forecast


@dataclass(slots=True)
class FacilityFold:
    """The state of one facility; `updated_on` is None where it has no updates.

    `first_on` is the day of the first of them, `set_on` of the newest that set an attribute.
    """

    attributes: dict[str, Any] = field(default_factory=dict)
    progress: Progress | None = None
    updated_on: date | None = None
    first_on: date | None = None
    set_on: date | None = None
    milestones: dict[str, MilestoneFold] = field(default_factory=dict)
