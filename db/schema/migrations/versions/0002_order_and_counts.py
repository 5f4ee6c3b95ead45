"""Lists read in their order from indexes, and counts kept beside what they count.

`path` joins its slugs with a blank, which sorts before every sign of a slug, so that the
order of paths is that of facility slugs, then milestone slugs; `/` sorts after the hyphen.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NOT_DONE = "actual IS NULL"
_INDEXES: tuple[tuple[str, str, tuple[str, ...], str | None], ...] = (
    (
        "milestone_by_deadline",
        "milestone",
        ("standing", "forecast_latest", "path", "forecast_earliest", "facility_id", "kind"),
        None,
    ),
    (
        "milestone_by_standing",
        "milestone",
        ("standing", "path", "forecast_latest", "forecast_earliest", "facility_id", "kind"),
        None,
    ),
    (
        "milestone_by_facility",
        "milestone",
        ("facility_id", "standing", "forecast_latest", "forecast_earliest", "kind"),
        None,
    ),
    (
        "milestone_calm",
        "milestone",
        (
            *("standing", "updated_on", "forecast_latest", "slip_days", "snoozed_until"),
            *("actual", "breach", "contradicted"),
        ),
        f"{_NOT_DONE} AND breach = 0 AND contradicted = 0",
    ),
    ("milestone_out_of_order", "milestone", ("path",), "breach = 1"),
    ("milestone_contradicted", "milestone", ("path",), "contradicted = 1"),
    ("milestone_delayed", "milestone", ("path", "slip_days"), f"slip_days > 0 AND {_NOT_DONE}"),
    ("milestone_snoozed", "milestone", ("snoozed_until", "standing"), "snoozed_until IS NOT NULL"),
    ("facility_by_city", "facility", ("city", "updated_on"), None),
    ("facility_by_cluster", "facility", ("cluster", "updated_on"), None),
    ("facility_by_owner", "facility", ("owner", "updated_on"), None),
    (
        "source_by_key",
        "source",
        ("key", "url", "title", "publisher", "published", "basis"),
        None,
    ),
    ("act_by_kind", "act", ("kind", "id"), None),
    ("act_by_instant", "act", ("recorded_at",), None),
)
_REPLACED = (
    ("milestone_by_deadline", "milestone"),
    ("milestone_by_facility", "milestone"),
    ("facility_by_city", "facility"),
    ("source_by_key", "source"),
)


def upgrade() -> None:
    """Join paths anew, make the indexes, and count what is there."""
    for name, table in _REPLACED:
        op.drop_index(name, table)
    op.execute("UPDATE milestone SET path = replace(path, '/', ' ')")
    for name, table, columns, where in _INDEXES:
        condition = sa.text(where) if where else None
        op.create_index(
            name, table, list(columns), sqlite_where=condition, postgresql_where=condition
        )
    op.create_table(
        "tally",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("latest", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "latest", "earliest"),
        sa.CheckConstraint("number >= 0", name="tally_number"),
    )
    for counted in (
        (
            "SELECT standing,"
            " CASE standing WHEN 'open' THEN coalesce(forecast_earliest, '') ELSE '' END,"
            " CASE standing WHEN 'open' THEN forecast_latest ELSE '' END, count(*)"
            " FROM milestone WHERE standing IS NOT NULL GROUP BY 1, 2, 3"
        ),
        "SELECT type, '', '', count(*) FROM facility WHERE updated_on IS NOT NULL GROUP BY 1",
        (
            "SELECT 'update', '', '', n FROM (SELECT count(*) AS n FROM status_update) AS c"
            " WHERE n > 0"
        ),
    ):
        op.execute(f"INSERT INTO tally (name, earliest, latest, number) {counted}")
