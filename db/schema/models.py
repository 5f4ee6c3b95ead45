"""The schema: every table, its conditions and its indexes, as SQLModel classes.

A new store is made from these classes, on any engine; migrations bring an older one to the same
schema, and a test compares the two. A table model of SQLModel does not validate: statements are
checked by `db.schema.statement_columns`, and the CHECK constraints stand behind it for every row.
The columns of `facility` and `milestone` that follow the identifying ones are the fold of the
updates, written in the same transaction and never by anything else.

Reading and writing do not import this module, which takes half a second. The columns that they
name are declared beside what they do, and a test compares these with the tables here.
"""

from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Float,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from db.model.fields import FIELDS, FieldType
from db.model.records import ActKind, Basis, Kind, Standing, Type, UpdateKind
from db.model.review_reasons import Need
from db.model.values import MAX_NAME, MAX_TEXT

__all__ = [
    "ActRow",
    "FacilityNameRow",
    "FacilityRow",
    "ImportedRow",
    "MilestoneRow",
    "ReviewActRow",
    "ReviewItemRow",
    "ReviewRow",
    "SourceRow",
    "SpellRow",
    "TallyRow",
    "UpdateRow",
]

RequiredText = Annotated[str, Field(sa_type=Text)]
OptionalText = Annotated[str | None, Field(sa_type=Text)]
RequiredBig = Annotated[int, Field(sa_type=BigInteger)]
OptionalBig = Annotated[int | None, Field(sa_type=BigInteger)]


def _make_search(_: object, connection: Connection, **_more: object) -> None:
    """Make the full-text index of names, which SQLAlchemy has no class for."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE facility_search"
            ' USING fts5(grams, tokenize="unicode61 remove_diacritics 0")'
        )


event.listen(SQLModel.metadata, "after_create", _make_search)


def _one_of(
    column: str, values: type[ActKind | Basis | Kind | Standing | Type | UpdateKind]
) -> str:
    return f"{column} IN ({', '.join(repr(str(v.value)) for v in values)})"


def _day(column: str) -> str:
    return f"length({column}) = 10"


_OF_PAGES = ("forecast_earliest", "facility_id", "kind")
"""What a page of the list is chosen by, so that an index alone can choose it."""


def _partial(name: str, columns: tuple[str, ...], where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


_COLUMN_TYPES: dict[FieldType, type[TypeEngine[Any]]] = {
    FieldType.MONEY: BigInteger,
    FieldType.AREA: Float,
    FieldType.COUNT: BigInteger,
}
"""The types of columns of facility fields; others are texts, lists and shares as JSON."""


class ActRow(SQLModel, table=True):
    """Updates recorded in one transaction; `recorded_at` is in microseconds of UTC."""

    __tablename__: ClassVar[str] = "act"
    __table_args__ = (
        CheckConstraint(_one_of("kind", ActKind), name="act_kind"),
        Index("act_by_kind", "kind", "id"),
        Index("act_by_instant", "recorded_at"),
    )

    id: int = Field(primary_key=True)
    kind: RequiredText
    recorded_at: RequiredBig
    author: OptionalText = None


class SourceRow(SQLModel, table=True):
    """Where statements were read; equal sources are stored once."""

    __tablename__: ClassVar[str] = "source"
    __table_args__ = (
        Index("source_by_key", "key", "url", "title", "publisher", "published", "basis"),
    )

    id: int = Field(primary_key=True)
    key: OptionalText = None
    publisher: OptionalText = None
    title: OptionalText = None
    published: OptionalText = None
    basis: OptionalText = None
    url: OptionalText = None


class FacilityRow(SQLModel, table=True):
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

    id: int = Field(primary_key=True)
    slug: str = Field(sa_type=Text, unique=True)
    type: RequiredText
    progress: OptionalText = None
    updated_on: OptionalText = None
    first_on: OptionalText = None
    set_on: OptionalText = None
    phase: OptionalText = None
    next_on: OptionalText = None
    slip_days: int | None = None
    amber_after: OptionalText = None
    red_after: OptionalText = None


class FacilityNameRow(SQLModel, table=True):
    """Every name a facility answers to, in the form in which names are compared."""

    __tablename__: ClassVar[str] = "facility_name"
    __table_args__ = (Index("facility_name_by_facility", "facility_id"),)

    key: str = Field(sa_type=Text, primary_key=True)
    facility_id: int = Field(foreign_key="facility.id", primary_key=True)


class MilestoneRow(SQLModel, table=True):
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

    id: int = Field(primary_key=True)
    facility_id: int = Field(foreign_key="facility.id")
    slug: RequiredText
    path: str = Field(sa_type=Text, unique=True)
    kind: RequiredText
    title: OptionalText = None
    standing: OptionalText = None
    baseline: OptionalText = None
    forecast: OptionalText = None
    actual: OptionalText = None
    forecast_earliest: OptionalText = None
    forecast_latest: OptionalText = None
    forecast_on: OptionalText = None
    actual_on: OptionalText = None
    confirmed_on: OptionalText = None
    on_hold_since: OptionalText = None
    cancelled_on: OptionalText = None
    snoozed_until: OptionalText = None
    updated_on: OptionalText = None
    slip_days: int | None = None
    contradicted: int = 0
    breach: int = 0
    stated_by: int | None = None
    listed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class SpellRow(SQLModel, table=True):
    """A stretch of days in which a milestone stood the same; see `db.fold.milestone_history`."""

    __tablename__: ClassVar[str] = "spell"
    __table_args__ = (
        CheckConstraint("since < until", name="spell_not_empty"),
        CheckConstraint(f"standing BETWEEN 0 AND {len(Standing) - 1}", name="spell_standing"),
        CheckConstraint("earliest <= latest", name="spell_not_reversed"),
        Index("spell_by_deadline", "standing", "latest", "earliest", "since", "until"),
        {"sqlite_with_rowid": False},
    )

    milestone_id: int = Field(foreign_key="milestone.id", primary_key=True)
    since: int = Field(primary_key=True)
    until: int
    standing: int
    latest: int
    earliest: int


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
        _partial("status_update_by_retraction", ("retracts",), "retracts IS NOT NULL"),
    )

    id: int = Field(primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    seq: int
    facility_id: int = Field(foreign_key="facility.id")
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    kind: RequiredText
    period: OptionalText = None
    earliest: OptionalText = None
    latest: OptionalText = None
    value: OptionalText = None
    phrase: OptionalText = None
    reported_on: RequiredText
    reported_basis: RequiredText
    recorded_at: RequiredBig
    reason: OptionalText = None
    action: OptionalText = None
    evidence: OptionalText = None
    source_id: int | None = Field(default=None, foreign_key="source.id")
    retracts: int | None = Field(default=None, foreign_key="status_update.id")
    retracted_by: int | None = None


class ImportedRow(SQLModel, table=True):
    """One import of an office's table; `cells` is JSON of what it said without a statement.

    `act_id` is null where it recorded none; `after_act` is the newest act of its time. See
    `db.read.imports`.
    """

    __tablename__: ClassVar[str] = "imported"
    __table_args__ = (
        CheckConstraint(_day("reported_on"), name="imported_reported_on"),
        Index("imported_by_act", "act_id"),
    )

    id: int = Field(primary_key=True)
    act_id: int | None = Field(default=None, foreign_key="act.id")
    after_act: int
    recorded_at: RequiredBig
    reported_on: RequiredText
    stem: RequiredText
    header: RequiredText
    cells: RequiredText


class TallyRow(SQLModel, table=True):
    """How many there are of a name and a window; see `db.fold.counters`."""

    __tablename__: ClassVar[str] = "tally"
    __table_args__ = (CheckConstraint("number >= 0", name="tally_number"),)

    name: str = Field(sa_type=Text, primary_key=True)
    latest: str = Field(sa_type=Text, primary_key=True)
    earliest: str = Field(sa_type=Text, primary_key=True)
    number: int


class ReviewRow(SQLModel, table=True):
    """A weekly check; instants are in microseconds of UTC. It is open until it is closed."""

    __tablename__: ClassVar[str] = "review"
    __table_args__ = (
        CheckConstraint("length(week) = 8", name="review_week"),
        CheckConstraint("length(day) = 10", name="review_day"),
        CheckConstraint("closed_at >= opened_at", name="review_closed_after_opened"),
        CheckConstraint("closed_by IS NULL OR closed_at IS NOT NULL", name="review_closed_by"),
        Index("review_by_week", "week"),
    )

    id: int = Field(primary_key=True)
    week: RequiredText
    day: RequiredText
    opened_at: RequiredBig
    opened_by: OptionalText = None
    closed_at: OptionalBig = None
    closed_by: OptionalText = None
    source_id: int | None = Field(default=None, foreign_key="source.id")


class ReviewItemRow(SQLModel, table=True):
    """One milestone that is asked about; whether it is decided follows from its acts."""

    __tablename__: ClassVar[str] = "review_item"
    __table_args__ = (
        UniqueConstraint("review_id", "milestone_id"),
        CheckConstraint("position >= 1", name="review_item_position"),
        CheckConstraint(
            f"need IN ({', '.join(repr(n.value) for n in Need)})", name="review_item_need"
        ),
        CheckConstraint(
            "skipped_by IS NULL OR skipped_at IS NOT NULL", name="review_item_skipped_by"
        ),
        Index("review_item_by_milestone", "milestone_id"),
    )

    review_id: int = Field(foreign_key="review.id", primary_key=True)
    position: int = Field(primary_key=True)
    milestone_id: int = Field(foreign_key="milestone.id")
    need: RequiredText
    skipped_at: OptionalBig = None
    skipped_by: OptionalText = None


class ReviewActRow(SQLModel, table=True):
    """An act that was made on an item; written with the act, and never changed."""

    __tablename__: ClassVar[str] = "review_act"
    __table_args__ = (
        ForeignKeyConstraint(
            ["review_id", "position"], ["review_item.review_id", "review_item.position"]
        ),
        Index("review_act_by_item", "review_id", "position"),
    )

    act_id: int = Field(foreign_key="act.id", primary_key=True)
    review_id: int
    position: int
