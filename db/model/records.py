"""What the store hands upward: frozen values, never rows.

Everything above the store works on these alone, so that a screen, a command and
a report cannot disagree about what was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from db.model.kinds import UpdateKind
from db.model.period import Period
from db.model.review_reasons import Answering
from db.model.states import UNCOUNTED, WAITING, Standing, State, Word

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = [
    "LIFECYCLE",
    "MOST_TOLD",
    "UNCOUNTED",
    "WAITING",
    "Act",
    "ActKind",
    "Basis",
    "Batch",
    "Facility",
    "Kind",
    "Milestone",
    "NewFacility",
    "NewMilestone",
    "Progress",
    "Receipt",
    "Remark",
    "Source",
    "Standing",
    "State",
    "Statement",
    "Type",
    "Update",
    "UpdateKind",
]


class Type(Word):
    """A facility is one building or complex; a programme is a funded undertaking."""

    FACILITY = "facility"
    PROGRAMME = "programme"


class Kind(Word):
    """What sort of step a milestone is; the first seven are the lifecycle, in its order."""

    SELECTION = "selection"
    FEASIBILITY = "feasibility"
    DESIGN = "design"
    GROUNDBREAKING = "groundbreaking"
    COMPLETION = "completion"
    OPENING = "opening"
    OPERATION = "operation"
    DESIGNATION = "designation"
    ACCREDITATION = "accreditation"
    EVENT = "event"
    OTHER = "other"


LIFECYCLE: tuple[Kind, ...] = tuple(Kind)[:7]


class ActKind(Word):
    """Why updates were recorded together; undo and redo go by it, see `db.write.undo`."""

    ACT = "act"
    IMPORT = "import"
    UNDO = "undo"
    REDO = "redo"


class Basis(Word):
    """How well the day of a report is known; an approximate one is shown as its month."""

    EXACT = "exact"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from.

    `published` is a day in ISO form; `basis` tells how it is known: printed, url,
    inferred or approximate. `key` is the short name that fact files use.
    """

    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    basis: str | None = None
    url: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing to be said about a facility or one of its milestones, not yet recorded.

    Attributes:
        facility: Slug of the facility or programme.
        milestone: Slug of the milestone, or None where the facility itself is meant.
        kind: What sort of statement it is.
        period: The date it gives, for `plan`, `original`, `baseline` and `actual`.
        value: For `set` a mapping of attributes, for `progress` the percentages
            `planned` and `actual`, for `note` the text; for a `plan` that takes the
            date back, `{"undated": True}`; otherwise a remark or None.
        phrase: The words as they were printed or typed.
        reported_on: The day the statement was made.
        reported_basis: Whether that day is known exactly.
        retracts: For `retract`, the id of the update that is taken back.
    """

    facility: str
    milestone: str | None
    kind: UpdateKind
    reported_on: date
    period: Period | None = None
    value: "Any" = None
    phrase: str | None = None
    reported_basis: Basis = Basis.EXACT
    reason: str | None = None
    action: str | None = None
    evidence: tuple[str, ...] = ()
    source: Source | None = None
    retracts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update(Statement):
    """A recorded statement; never edited, never deleted.

    `id` and `act` count upward in one store; `seq` is the position inside the act;
    `recorded_at` is in UTC; `retracted_by` is the id of the retraction in force.
    """

    id: int
    act: int
    seq: int
    recorded_at: datetime
    by: str | None = None
    retracted_by: int | None = None

    @property
    def statement(self) -> Statement:
        """The statement that was recorded."""
        return Statement(*(getattr(self, name) for name in Statement.__match_args__))

    def retraction(
        self, today: date, *, value: str | None = None, reason: str | None = None
    ) -> Statement:
        """Return the statement that retracts this one, on its own day at the earliest."""
        return Statement(
            self.facility,
            self.milestone,
            UpdateKind.RETRACT,
            max(today, self.reported_on),
            value=value,
            reason=reason,
            retracts=self.id,
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """What a statement in force explains beside the dates: the rest of it is left out."""

    facility: str
    milestone: str | None
    reported_on: date
    reason: str | None = None
    action: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Updates that were recorded in one transaction, and are undone together."""

    id: int
    kind: ActKind
    recorded_at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the works are (공정률), in percent, planned and actual; either may be unknown."""

    planned: float | None
    actual: float | None
    reported_on: date


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated step and what its updates amount to; no day is needed to say any of this.

    Attributes:
        forecast_on: The day on which the forecast in force was stated.
        actual_on: The day on which the actual was last reported.
        confirmed_on: The newest day somebody said "still open, no change".
        snoozed_until: No alert is due before this day.
        contradicted: Two plans of the newest reported day have no day in common.
        breach: The window certainly breaks the order 착공 ≤ 준공 ≤ 개소.
        source: Where the actual, else the forecast, was read.
        listed: The forecast in force comes from an office's table.
    """

    facility: str
    facility_name: str
    city: str | None
    owner: str | None
    slug: str
    kind: Kind
    title: str | None
    standing: Standing
    baseline: Period | None
    forecast: Period | None
    actual: Period | None
    forecast_on: date | None
    actual_on: date | None
    confirmed_on: date | None
    on_hold_since: date | None
    cancelled_on: date | None
    snoozed_until: date | None
    updated_on: date
    contradicted: bool
    breach: bool
    source: Source | None
    listed: bool = False

    @property
    def window(self) -> Period | None:
        """When it happened, else when it is expected."""
        return self.actual or self.forecast


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility or programme with its attributes as the newest statements give them.

    `cost_krw` is in won, `floor_area_m2` in square metres; `funding` maps a share
    (national, province, city, private, …) to won or to a remark; `confidence` is a
    person's own green, amber or red. `duration`, `target_count` belong to programmes.
    """

    slug: str
    type: Type
    name: str
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    city: str | None = None
    cluster: str | None = None
    programme: str | None = None
    site: str | None = None
    operator: str | None = None
    owner: str | None = None
    cost_krw: int | None = None
    funding: Mapping[str, int | str] = field(default_factory=dict)
    floor_area_m2: float | None = None
    floors: str | None = None
    target_count: int | None = None
    duration: Period | None = None
    confidence: str | None = None
    confidence_note: str | None = None
    progress: Progress | None = None
    updated_on: date | None = None


MOST_TOLD = 20
"""Statements of an undo that its receipt repeats: an import has many thousands."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a write did: the act, its updates, and the milestones it touched, as they are now.

    `number` is how many updates the act has. Of an undo or a redo, `updates` are the first
    `MOST_TOLD` of them at most, `of` is the act that it takes back or does again, and `kept` is
    how many of its statements stay; see `db.write.undo`. What was said already is
    not recorded again but `repeated`, see `db.write.repetitions`; where all of it was, there are
    no updates, and `act` is the newest act that said it.
    """

    act: Act
    updates: tuple[Update, ...]
    milestones: tuple[Milestone, ...]
    of: Act | None = None
    number: int = 0
    kept: int = 0
    repeated: tuple[Update, ...] = ()


@dataclass(frozen=True, slots=True)
class NewFacility:
    """A facility or programme to be made if it is not there yet; attributes come as `set`."""

    slug: str
    type: Type = Type.FACILITY


@dataclass(frozen=True, slots=True)
class NewMilestone:
    """A milestone to be made if it is not there yet; a title comes as `set`."""

    facility: str
    slug: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Batch:
    """What one act says: rows that must exist, then statements, in the order they were made.

    `answering` is the item of a weekly check that the act decides. `checks` are called with a
    `db.read.reader.Reader` in the transaction that records the act, before anything is written:
    what was true when the act was put together may no longer be, and each raises
    `RefusedError` if so.
    """

    statements: tuple[Statement, ...]
    facilities: tuple[NewFacility, ...] = ()
    milestones: tuple[NewMilestone, ...] = ()
    answering: Answering | None = None
    checks: "tuple[Callable[[Any], object], ...]" = ()
