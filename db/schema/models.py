"""The schema: every table, its conditions and its indexes.

The migrations make it, and a test holds the two together. A table model of SQLModel does
not validate: what people say passes `StatementIn`, and the CHECK constraints stand behind it.
The columns of `facility` and `milestone` that follow the identifying ones are the fold of the
updates, written in the same transaction and never by anything else.

Rows are written by the names of their tables, so that an act need not load these classes:
making them takes a tenth of a whole command.
"""

from typing import Any, ClassVar

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
from sqlalchemy.types import TypeEngine
from sqlmodel import Field

from db.model.fields import FIELDS, FieldType
from db.model.records import ActKind, Basis, Kind, Standing, Type, UpdateKind
from db.model.values import MAX_NAME, MAX_TEXT
from db.schema.base import Row

__all__ = [
    "ActRow",
    "FacilityNameRow",
    "FacilityRow",
    "ImportedRow",
    "MilestoneRow",
    "SourceRow",
    "SpellRow",
    "TallyRow",
    "UpdateRow",
]


def _one_of(
    column: str, values: type[ActKind | Basis | Kind | Standing | Type | UpdateKind]
) -> str:
    return f"{column} IN ({', '.join(repr(str(v.value)) for v in values)})"


def _day(column: str) -> str:
    return f"length({column}) = 10"


_OF_PAGES = ("forecast_earliest", "facility_id", "kind")
"""What a page of the list is chosen by, so that an index alone can choose it."""


def _partial(name: str, columns: tuple[str, ...], where: str) -> Index:
    # `postgresql_where` would import that dialect and its drivers, a third of what this module
    # takes; the migrations, which make the indexes, have it.
    return Index(name, *columns, sqlite_where=text(where))


_COLUMN_TYPES: dict[FieldType, type[TypeEngine[Any]]] = {
    FieldType.MONEY: BigInteger,
    FieldType.AREA: Float,
    FieldType.COUNT: BigInteger,
}
"""The types of columns of facility fields; others are texts, lists and shares as JSON."""


class ActRow(Row, table=True):
    """Updates recorded in one transaction; `recorded_at` is in microseconds of UTC."""

    __tablename__: ClassVar[str] = "act"
    __table_args__ = (
        CheckConstraint(_one_of("kind", ActKind), name="act_kind"),
        Index("act_by_kind", "kind", "id"),
        Index("act_by_instant", "recorded_at"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    kind: str = Field(sa_column=Column(Text, nullable=False))
    recorded_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    author: str | None = Field(default=None, sa_column=Column(Text))


class SourceRow(Row, table=True):
    """Where statements were read; equal sources are stored once."""

    __tablename__: ClassVar[str] = "source"
    __table_args__ = (
        Index("source_by_key", "key", "url", "title", "publisher", "published", "basis"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    key: str | None = Field(default=None, sa_column=Column(Text))
    publisher: str | None = Field(default=None, sa_column=Column(Text))
    title: str | None = Field(default=None, sa_column=Column(Text))
    published: str | None = Field(default=None, sa_column=Column(Text))
    basis: str | None = Field(default=None, sa_column=Column(Text))
    url: str | None = Field(default=None, sa_column=Column(Text))


class FacilityRow(Row, table=True):
    """A facility or programme, with a column of each of `FIELDS`; absent if `updated_on` is null.

    The last columns are what its milestones say of it; see `db.fold.facility_rollup`.
    """

    __tablename__: ClassVar[str] = "facility"
    __table_args__ = (
        *(Column(field.name, _COLUMN_TYPES.get(field.type, Text)) for field in FIELDS),
        CheckConstraint(_one_of("type", Type), name="facility_type"),
        CheckConstraint("length(slug) BETWEEN 1 AND 100", name="facility_slug"),
        CheckConstraint(f"length(name) BETWEEN 1 AND {MAX_NAME}", name="facility_name"),
        CheckConstraint("confidence IN ('green', 'amber', 'red')", name="facility_confidence"),
        CheckConstraint(_day("updated_on"), name="facility_updated_on"),
        Index("facility_by_city", "city", "updated_on"),
        Index("facility_by_cluster", "cluster", "updated_on"),
        Index("facility_by_owner", "owner", "updated_on"),
        Index("facility_by_next", "next_on", "slug", "updated_on"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    slug: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    type: str = Field(sa_column=Column(Text, nullable=False))
    progress: str | None = Field(default=None, sa_column=Column(Text))
    updated_on: str | None = Field(default=None, sa_column=Column(Text))
    first_on: str | None = Field(default=None, sa_column=Column(Text))
    set_on: str | None = Field(default=None, sa_column=Column(Text))
    phase: str | None = Field(default=None, sa_column=Column(Text))
    next_on: str | None = Field(default=None, sa_column=Column(Text))
    slip_days: int | None = Field(default=None, sa_column=Column(Integer))
    amber_after: str | None = Field(default=None, sa_column=Column(Text))
    red_after: str | None = Field(default=None, sa_column=Column(Text))


class FacilityNameRow(Row, table=True):
    """Every name a facility answers to, in the form in which names are compared."""

    __tablename__: ClassVar[str] = "facility_name"
    __table_args__ = (Index("facility_name_by_facility", "facility_id"),)

    key: str = Field(sa_column=Column(Text, primary_key=True))
    facility_id: int = Field(sa_column=Column(Integer, ForeignKey("facility.id"), primary_key=True))


class MilestoneRow(Row, table=True):
    """A milestone, absent while `updated_on` is null; `path` is the two slugs with a blank."""

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
        Index("milestone_by_deadline", "standing", "forecast_latest", "path", *_OF_PAGES),
        Index("milestone_by_standing", "standing", "path", "forecast_latest", *_OF_PAGES),
        Index(
            "milestone_by_facility",
            "facility_id",
            "standing",
            "forecast_latest",
            "forecast_earliest",
            "kind",
        ),
        _partial(
            "milestone_calm",
            (
                *("standing", "updated_on", "forecast_latest", "slip_days", "snoozed_until"),
                *("actual", "breach", "contradicted"),
            ),
            "actual IS NULL AND breach = 0 AND contradicted = 0",
        ),
        _partial("milestone_out_of_order", ("path",), "breach = 1"),
        _partial("milestone_contradicted", ("path",), "contradicted = 1"),
        _partial("milestone_delayed", ("path", "slip_days"), "slip_days > 0 AND actual IS NULL"),
        _partial("milestone_snoozed", ("snoozed_until", "standing"), "snoozed_until IS NOT NULL"),
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
    listed: int = Field(
        default=0, sa_column=Column(Integer, nullable=False, server_default=text("0"))
    )


class SpellRow(Row, table=True):
    """A stretch of days in which a milestone stood the same; see `db.fold.milestone_history`."""

    __tablename__: ClassVar[str] = "spell"
    __table_args__ = (
        CheckConstraint("since < until", name="spell_not_empty"),
        CheckConstraint(f"standing BETWEEN 0 AND {len(Standing) - 1}", name="spell_standing"),
        CheckConstraint("earliest <= latest", name="spell_not_reversed"),
        Index("spell_by_deadline", "standing", "latest", "earliest", "since", "until"),
        {"sqlite_with_rowid": False},
    )

    milestone_id: int = Field(
        sa_column=Column(Integer, ForeignKey("milestone.id"), primary_key=True)
    )
    since: int = Field(sa_column=Column(Integer, primary_key=True))
    until: int = Field(sa_column=Column(Integer, nullable=False))
    standing: int = Field(sa_column=Column(Integer, nullable=False))
    latest: int = Field(sa_column=Column(Integer, nullable=False))
    earliest: int = Field(sa_column=Column(Integer, nullable=False))


class UpdateRow(Row, table=True):
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
        _partial("status_update_by_retraction", ("retracts",), "retracts IS NOT NULL"),
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


class ImportedRow(Row, table=True):
    """One import of an office's table; `cells` is JSON of what it said without a statement.

    `act_id` is null where it recorded none; `after_act` is the newest act of its time. See
    `db.read.imports`.
    """

    __tablename__: ClassVar[str] = "imported"
    __table_args__ = (
        CheckConstraint(_day("reported_on"), name="imported_reported_on"),
        Index("imported_by_act", "act_id"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True))
    act_id: int | None = Field(default=None, sa_column=Column(Integer, ForeignKey("act.id")))
    after_act: int = Field(sa_column=Column(Integer, nullable=False))
    recorded_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    reported_on: str = Field(sa_column=Column(Text, nullable=False))
    stem: str = Field(sa_column=Column(Text, nullable=False))
    header: str = Field(sa_column=Column(Text, nullable=False))
    cells: str = Field(sa_column=Column(Text, nullable=False))


class TallyRow(Row, table=True):
    """How many there are of a name and a window; see `db.fold.counters`."""

    __tablename__: ClassVar[str] = "tally"
    __table_args__ = (CheckConstraint("number >= 0", name="tally_number"),)

    name: str = Field(sa_column=Column(Text, primary_key=True))
    latest: str = Field(sa_column=Column(Text, primary_key=True))
    earliest: str = Field(sa_column=Column(Text, primary_key=True))
    number: int = Field(sa_column=Column(Integer, nullable=False))
