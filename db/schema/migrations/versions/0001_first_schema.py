"""Acts, sources, facilities, milestones and the status updates that make them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KINDS = (
    "'selection', 'feasibility', 'design', 'groundbreaking', 'completion', 'opening', "
    "'operation', 'designation', 'accreditation', 'event', 'other'"
)
_STANDINGS = "'open', 'undated', 'on_hold', 'passed', 'completed', 'cancelled'"
_UPDATES = (
    "'plan', 'original', 'baseline', 'actual', 'progress', 'hold', 'resume', 'cancel', "
    "'reopen', 'confirm', 'note', 'set', 'retract'"
)


def _text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    """Make the tables, their indexes and the full-text index of names."""
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("kind", nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        _text("author"),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("kind IN ('act', 'import', 'undo', 'redo')", name="act_kind"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_text(name) for name in ("key", "publisher", "title", "published", "basis", "url")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("source_by_key", "source", ["key", "url"])
    _make_facility()
    _make_milestone()
    _make_status_update()
    op.execute(
        "CREATE VIRTUAL TABLE facility_search "
        'USING fts5(grams, tokenize="unicode61 remove_diacritics 0")'
    )


def _make_facility() -> None:
    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("slug", nullable=False),
        _text("type", nullable=False),
        *(
            _text(name)
            for name in (
                "name",
                "name_en",
                "aliases",
                "city",
                "cluster",
                "programme",
                "site",
                "operator",
                "owner",
            )
        ),
        sa.Column("cost_krw", sa.BigInteger()),
        _text("funding"),
        sa.Column("floor_area_m2", sa.Float()),
        _text("floors"),
        sa.Column("target_count", sa.BigInteger()),
        *(
            _text(name)
            for name in ("duration", "confidence", "confidence_note", "progress", "updated_on")
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
        sa.CheckConstraint("type IN ('facility', 'programme')", name="facility_type"),
        sa.CheckConstraint("length(slug) BETWEEN 1 AND 100", name="facility_slug"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 300", name="facility_name"),
        sa.CheckConstraint("confidence IN ('green', 'amber', 'red')", name="facility_confidence"),
        sa.CheckConstraint("length(updated_on) = 10", name="facility_updated_on"),
    )
    op.create_index("facility_by_city", "facility", ["city"])
    op.create_table(
        "facility_name",
        _text("key", nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "facility_id"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"]),
    )
    op.create_index("facility_name_by_facility", "facility_name", ["facility_id"])


def _make_milestone() -> None:
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        *(_text(name, nullable=False) for name in ("slug", "path", "kind")),
        *(
            _text(name)
            for name in (
                "title",
                "standing",
                "baseline",
                "forecast",
                "actual",
                "forecast_earliest",
                "forecast_latest",
                "forecast_on",
                "actual_on",
                "confirmed_on",
                "on_hold_since",
                "cancelled_on",
                "snoozed_until",
                "updated_on",
            )
        ),
        sa.Column("slip_days", sa.Integer()),
        sa.Column("contradicted", sa.Integer(), nullable=False),
        sa.Column("breach", sa.Integer(), nullable=False),
        sa.Column("stated_by", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("path"),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"]),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name="milestone_kind"),
        sa.CheckConstraint("length(slug) BETWEEN 1 AND 100", name="milestone_slug"),
        sa.CheckConstraint(f"standing IN ({_STANDINGS})", name="milestone_standing"),
        sa.CheckConstraint(
            "forecast_earliest <= forecast_latest", name="milestone_forecast_not_reversed"
        ),
        sa.CheckConstraint(
            "(standing IS NULL) = (updated_on IS NULL)", name="milestone_standing_when_present"
        ),
        sa.CheckConstraint(
            "standing <> 'open' OR forecast_latest IS NOT NULL", name="milestone_open"
        ),
        sa.CheckConstraint("standing <> 'completed' OR actual IS NOT NULL", name="milestone_done"),
    )
    op.create_index("milestone_by_facility", "milestone", ["facility_id"])
    op.create_index("milestone_by_deadline", "milestone", ["standing", "forecast_latest", "path"])


def _make_status_update() -> None:
    op.create_table(
        "status_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer()),
        _text("kind", nullable=False),
        *(_text(name) for name in ("period", "earliest", "latest", "value", "phrase")),
        _text("reported_on", nullable=False),
        _text("reported_basis", nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        *(_text(name) for name in ("reason", "action", "evidence")),
        sa.Column("source_id", sa.Integer()),
        sa.Column("retracts", sa.Integer()),
        sa.Column("retracted_by", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"]),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"]),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"]),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
        sa.ForeignKeyConstraint(["retracts"], ["status_update.id"]),
        sa.CheckConstraint(f"kind IN ({_UPDATES})", name="status_update_kind"),
        sa.CheckConstraint(
            "reported_basis IN ('exact', 'approximate')", name="status_update_basis"
        ),
        sa.CheckConstraint("length(reported_on) = 10", name="status_update_reported_on"),
        sa.CheckConstraint("earliest <= latest", name="status_update_not_reversed"),
        sa.CheckConstraint("length(phrase) <= 4000", name="status_update_phrase"),
        sa.CheckConstraint(
            "(kind = 'retract') = (retracts IS NOT NULL)", name="status_update_retracts"
        ),
        sa.CheckConstraint("retracts < id", name="status_update_retracts_earlier"),
    )
    op.create_index("status_update_by_facility", "status_update", ["facility_id"])
    op.create_index("status_update_by_act", "status_update", ["act_id"])
    op.create_index("status_update_by_report", "status_update", ["reported_on", "id"])
    op.create_index(
        "status_update_by_retraction",
        "status_update",
        ["retracts"],
        sqlite_where=sa.text("retracts IS NOT NULL"),
        postgresql_where=sa.text("retracts IS NOT NULL"),
    )
