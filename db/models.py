"""The schema, and what a statement must satisfy before it is stored.

A table model of SQLModel does not validate, so what people say passes
`StatementIn` first, and CHECK constraints stand behind it. The columns of
`facility` and `milestone` that follow the identifying ones are the fold of the
updates, written in the same transaction and never by anything else.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Self

from pydantic import ConfigDict, field_validator, model_validator
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Text,
    text,
)
from sqlmodel import Field, SQLModel

from db.errors import RefusedError
from db.period import Period
from db.records import ActKind, Basis, Kind, Source, Standing, Type, UpdateKind
from db.text import clean, clean_value

__all__ = [
    "ActRow",
    "FacilityNameRow",
    "FacilityRow",
    "MilestoneRow",
    "SourceRow",
    "StatementIn",
    "UpdateRow",
]

MAX_NAME = 300
MAX_TEXT = 4000
_NEEDS_PERIOD = {UpdateKind.ORIGINAL, UpdateKind.BASELINE, UpdateKind.ACTUAL}
_NEEDS_REASON = {UpdateKind.BASELINE, UpdateKind.HOLD, UpdateKind.CANCEL}
_NEEDS_MILESTONE = {
    UpdateKind.PLAN,
    UpdateKind.ORIGINAL,
    UpdateKind.BASELINE,
    UpdateKind.ACTUAL,
    UpdateKind.CONFIRM,
}
_TEXT_ATTRIBUTES = {
    "name",
    "name_en",
    "city",
    "cluster",
    "programme",
    "site",
    "operator",
    "owner",
    "floors",
    "confidence_note",
}
_FACILITY_ATTRIBUTES = _TEXT_ATTRIBUTES | {
    "aliases",
    "cost_krw",
    "funding",
    "floor_area_m2",
    "target_count",
    "duration",
    "confidence",
}
_MILESTONE_ATTRIBUTES = {"title", "snoozed_until"}
_CONFIDENCES = ("green", "amber", "red")
_MAX_AREA = 10**12
_PERCENT = 100


class StatementIn(SQLModel):
    """A statement, checked: kinds, lengths, what each kind needs, no control characters."""

    model_config = ConfigDict(arbitrary_types_allowed=True)  # type: ignore[assignment]

    kind: UpdateKind
    reported_on: date
    reported_basis: Basis = Basis.EXACT
    about_milestone: bool
    period: Period | None = None
    value: Any = None
    phrase: str | None = Field(default=None, max_length=MAX_TEXT)
    reason: str | None = Field(default=None, max_length=MAX_TEXT)
    action: str | None = Field(default=None, max_length=MAX_TEXT)
    evidence: tuple[str, ...] = ()
    source: Source | None = None

    @field_validator("phrase", "reason", "action", mode="before")
    @classmethod
    def _clean_text(cls, value: str | None) -> str | None:
        return (clean(value) or None) if isinstance(value, str) else value

    @field_validator("value", mode="before")
    @classmethod
    def _clean_value(cls, value: object) -> object:
        return clean_value(value)

    @field_validator("evidence", mode="before")
    @classmethod
    def _clean_evidence(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filter(None, map(clean, value)))

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        if self.kind in _NEEDS_MILESTONE and not self.about_milestone:
            raise RefusedError(
                f"“{self.kind}” is said of a milestone: name one",
                code="needs-milestone",
                kind=self.kind.value,
            )
        if self.kind in _NEEDS_PERIOD and self.period is None:
            raise RefusedError(
                f"“{self.kind}” needs a date", code="needs-period", kind=self.kind.value
            )
        if self.kind in _NEEDS_REASON and not self.reason:
            raise RefusedError(
                f"“{self.kind}” needs a reason", code="needs-reason", kind=self.kind.value
            )
        self._check_value()
        return self

    def _check_value(self) -> None:
        if self.kind is UpdateKind.SET:
            allowed = _MILESTONE_ATTRIBUTES if self.about_milestone else _FACILITY_ATTRIBUTES
            self.value = _checked_attributes(self.value, allowed)
        elif self.kind is UpdateKind.PROGRESS:
            _check_progress(self.value)
        elif self.kind is UpdateKind.NOTE and not (isinstance(self.value, str) and self.value):
            raise RefusedError("a note needs a text", code="empty-note")
        if isinstance(self.value, str) and len(self.value) > MAX_TEXT:
            raise RefusedError(
                f"a note has at most {MAX_TEXT:,} characters", code="too-long", limit=MAX_TEXT
            )


def _checked_attributes(value: object, allowed: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise RefusedError("nothing to set", code="nothing-to-set")
    for key, item in value.items():
        if key not in allowed:
            raise RefusedError(
                f"there is no attribute “{key}”: {', '.join(sorted(allowed))}",
                code="no-attribute",
                key=key,
                allowed=", ".join(sorted(allowed)),
            )
        _check_attribute(key, item)
    return value


def _check_attribute(key: str, item: object) -> None:
    if key == "name" and not item:
        raise RefusedError("a name is needed", code="needs-name")
    if item is not None:
        what, fits = _EXPECTED.get(key, ("a text", _is_name))
        if not fits(item):
            raise RefusedError(f"“{key}” takes {what}", code="bad-attribute", key=key, what=what)


def _is_name(item: object) -> bool:
    return isinstance(item, str) and 0 < len(item) <= MAX_NAME


def _are_names(item: object) -> bool:
    return isinstance(item, list) and all(map(_is_name, item))


def _are_shares(item: object) -> bool:
    return (
        isinstance(item, dict)
        and all(_is_count(v) or isinstance(v, str) for v in item.values())
        and len(json.dumps(item)) <= MAX_TEXT
    )


def _is_count(item: object) -> bool:
    return isinstance(item, int) and not isinstance(item, bool) and 0 <= item < 2**63


def _is_area(item: object) -> bool:
    number = isinstance(item, int | float) and not isinstance(item, bool)
    return number and 0 <= item < _MAX_AREA  # type: ignore[operator]


def _is_day(item: object) -> bool:
    try:
        date.fromisoformat(str(item))
    except ValueError:
        return False
    return True


def _is_period(item: object) -> bool:
    return isinstance(item, str) and bool(Period.parse(item))


_EXPECTED: dict[str, tuple[str, Callable[[object], bool]]] = {
    "aliases": ("a list of names", _are_names),
    "funding": ("shares by name", _are_shares),
    "cost_krw": ("a whole number of won", _is_count),
    "target_count": ("a whole number", _is_count),
    "floor_area_m2": ("a number of square metres", _is_area),
    "confidence": ("green, amber or red", _CONFIDENCES.__contains__),
    "duration": ("a period", _is_period),
    "snoozed_until": ("a day such as 2026-12-01", _is_day),
}


def _check_progress(value: object) -> None:
    parts = value if isinstance(value, dict) else {}
    given = [parts.get("planned"), parts.get("actual")]
    numbers = [
        n
        for n in given
        if isinstance(n, int | float) and not isinstance(n, bool) and 0 <= n <= _PERCENT
    ]
    if not numbers or len(numbers) != sum(n is not None for n in given):
        raise RefusedError("progress is from 0 to 100 percent", code="bad-progress")


def _one_of(
    column: str, values: type[ActKind | Basis | Kind | Standing | Type | UpdateKind]
) -> str:
    return f"{column} IN ({', '.join(repr(str(v.value)) for v in values)})"


def _day(column: str) -> str:
    return f"length({column}) = 10"


class ActRow(SQLModel, table=True):
    """Updates recorded in one transaction; `recorded_at` is in microseconds of UTC."""

    __tablename__: ClassVar[str] = "act"
    __table_args__ = (CheckConstraint(_one_of("kind", ActKind), name="act_kind"),)

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    kind: str = Field(sa_column=Column(Text, nullable=False))
    recorded_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    author: str | None = Field(default=None, sa_column=Column(Text))


class SourceRow(SQLModel, table=True):
    """Where statements were read; equal sources are stored once."""

    __tablename__: ClassVar[str] = "source"
    __table_args__ = (Index("source_by_key", "key", "url"),)

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    key: str | None = Field(default=None, sa_column=Column(Text))
    publisher: str | None = Field(default=None, sa_column=Column(Text))
    title: str | None = Field(default=None, sa_column=Column(Text))
    published: str | None = Field(default=None, sa_column=Column(Text))
    basis: str | None = Field(default=None, sa_column=Column(Text))
    url: str | None = Field(default=None, sa_column=Column(Text))


class FacilityRow(SQLModel, table=True):
    """A facility or programme; absent while `updated_on` is null."""

    __tablename__: ClassVar[str] = "facility"
    __table_args__ = (
        CheckConstraint(_one_of("type", Type), name="facility_type"),
        CheckConstraint("length(slug) BETWEEN 1 AND 100", name="facility_slug"),
        CheckConstraint(f"length(name) BETWEEN 1 AND {MAX_NAME}", name="facility_name"),
        CheckConstraint("confidence IN ('green', 'amber', 'red')", name="facility_confidence"),
        CheckConstraint(_day("updated_on"), name="facility_updated_on"),
        Index("facility_by_city", "city"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    slug: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    type: str = Field(sa_column=Column(Text, nullable=False))
    name: str | None = Field(default=None, sa_column=Column(Text))
    name_en: str | None = Field(default=None, sa_column=Column(Text))
    aliases: str | None = Field(default=None, sa_column=Column(Text))
    city: str | None = Field(default=None, sa_column=Column(Text))
    cluster: str | None = Field(default=None, sa_column=Column(Text))
    programme: str | None = Field(default=None, sa_column=Column(Text))
    site: str | None = Field(default=None, sa_column=Column(Text))
    operator: str | None = Field(default=None, sa_column=Column(Text))
    owner: str | None = Field(default=None, sa_column=Column(Text))
    cost_krw: int | None = Field(default=None, sa_column=Column(BigInteger))
    funding: str | None = Field(default=None, sa_column=Column(Text))
    floor_area_m2: float | None = Field(default=None, sa_column=Column(Float))
    floors: str | None = Field(default=None, sa_column=Column(Text))
    target_count: int | None = Field(default=None, sa_column=Column(BigInteger))
    duration: str | None = Field(default=None, sa_column=Column(Text))
    confidence: str | None = Field(default=None, sa_column=Column(Text))
    confidence_note: str | None = Field(default=None, sa_column=Column(Text))
    progress: str | None = Field(default=None, sa_column=Column(Text))
    updated_on: str | None = Field(default=None, sa_column=Column(Text))


class FacilityNameRow(SQLModel, table=True):
    """Every name a facility answers to, in the form in which names are compared."""

    __tablename__: ClassVar[str] = "facility_name"
    __table_args__ = (Index("facility_name_by_facility", "facility_id"),)

    key: str = Field(sa_column=Column(Text, primary_key=True))
    facility_id: int = Field(sa_column=Column(Integer, ForeignKey("facility.id"), primary_key=True))


class MilestoneRow(SQLModel, table=True):
    """A milestone; `path` is `facility/milestone`; absent while `updated_on` is null."""

    __tablename__: ClassVar[str] = "milestone"
    __table_args__ = (
        CheckConstraint(_one_of("kind", Kind), name="milestone_kind"),
        CheckConstraint("length(slug) BETWEEN 1 AND 100", name="milestone_slug"),
        CheckConstraint(_one_of("standing", Standing), name="milestone_standing"),
        CheckConstraint(
            "forecast_earliest <= forecast_latest", name="milestone_forecast_not_reversed"
        ),
        CheckConstraint(
            "(standing IS NULL) = (updated_on IS NULL)", name="milestone_standing_when_present"
        ),
        CheckConstraint("standing <> 'open' OR forecast_latest IS NOT NULL", name="milestone_open"),
        CheckConstraint("standing <> 'completed' OR actual IS NOT NULL", name="milestone_done"),
        Index("milestone_by_facility", "facility_id"),
        Index("milestone_by_deadline", "standing", "forecast_latest", "path"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    facility_id: int = Field(sa_column=Column(Integer, ForeignKey("facility.id"), nullable=False))
    slug: str = Field(sa_column=Column(Text, nullable=False))
    path: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    kind: str = Field(sa_column=Column(Text, nullable=False))
    title: str | None = Field(default=None, sa_column=Column(Text))
    standing: str | None = Field(default=None, sa_column=Column(Text))
    baseline: str | None = Field(default=None, sa_column=Column(Text))
    forecast: str | None = Field(default=None, sa_column=Column(Text))
    actual: str | None = Field(default=None, sa_column=Column(Text))
    forecast_earliest: str | None = Field(default=None, sa_column=Column(Text))
    forecast_latest: str | None = Field(default=None, sa_column=Column(Text))
    forecast_on: str | None = Field(default=None, sa_column=Column(Text))
    actual_on: str | None = Field(default=None, sa_column=Column(Text))
    confirmed_on: str | None = Field(default=None, sa_column=Column(Text))
    on_hold_since: str | None = Field(default=None, sa_column=Column(Text))
    cancelled_on: str | None = Field(default=None, sa_column=Column(Text))
    snoozed_until: str | None = Field(default=None, sa_column=Column(Text))
    updated_on: str | None = Field(default=None, sa_column=Column(Text))
    slip_days: int | None = Field(default=None, sa_column=Column(Integer))
    contradicted: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    breach: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    stated_by: int | None = Field(default=None, sa_column=Column(Integer))


class UpdateRow(SQLModel, table=True):
    """A status update. Only `retracted_by` ever changes, and it follows from the others."""

    __tablename__: ClassVar[str] = "status_update"
    __table_args__ = (
        CheckConstraint(_one_of("kind", UpdateKind), name="status_update_kind"),
        CheckConstraint(_one_of("reported_basis", Basis), name="status_update_basis"),
        CheckConstraint(_day("reported_on"), name="status_update_reported_on"),
        CheckConstraint("earliest <= latest", name="status_update_not_reversed"),
        CheckConstraint(f"length(phrase) <= {MAX_TEXT}", name="status_update_phrase"),
        CheckConstraint(
            "(kind = 'retract') = (retracts IS NOT NULL)", name="status_update_retracts"
        ),
        CheckConstraint("retracts < id", name="status_update_retracts_earlier"),
        Index("status_update_by_facility", "facility_id"),
        Index("status_update_by_act", "act_id"),
        Index("status_update_by_report", "reported_on", "id"),
        Index(
            "status_update_by_retraction",
            "retracts",
            sqlite_where=text("retracts IS NOT NULL"),
            postgresql_where=text("retracts IS NOT NULL"),
        ),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    act_id: int = Field(sa_column=Column(Integer, ForeignKey("act.id"), nullable=False))
    seq: int = Field(sa_column=Column(Integer, nullable=False))
    facility_id: int = Field(sa_column=Column(Integer, ForeignKey("facility.id"), nullable=False))
    milestone_id: int | None = Field(
        default=None, sa_column=Column(Integer, ForeignKey("milestone.id"))
    )
    kind: str = Field(sa_column=Column(Text, nullable=False))
    period: str | None = Field(default=None, sa_column=Column(Text))
    earliest: str | None = Field(default=None, sa_column=Column(Text))
    latest: str | None = Field(default=None, sa_column=Column(Text))
    value: str | None = Field(default=None, sa_column=Column(Text))
    phrase: str | None = Field(default=None, sa_column=Column(Text))
    reported_on: str = Field(sa_column=Column(Text, nullable=False))
    reported_basis: str = Field(sa_column=Column(Text, nullable=False))
    recorded_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    reason: str | None = Field(default=None, sa_column=Column(Text))
    action: str | None = Field(default=None, sa_column=Column(Text))
    evidence: str | None = Field(default=None, sa_column=Column(Text))
    source_id: int | None = Field(default=None, sa_column=Column(Integer, ForeignKey("source.id")))
    retracts: int | None = Field(
        default=None, sa_column=Column(Integer, ForeignKey("status_update.id"))
    )
    retracted_by: int | None = Field(default=None, sa_column=Column(Integer))
