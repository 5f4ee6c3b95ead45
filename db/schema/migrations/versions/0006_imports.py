"""What the tables of an office said when they were imported, and forecasts that come from one.

An import from before is marked as one of any table, unless all that it said has a short name
for its source, as only fact files give. `listed` follows from the updates; whoever migrates
folds them anew after the last revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MARK_EARLIER = """
    INSERT INTO imported (act_id, after_act, recorded_at, reported_on, stem, header, cells)
    SELECT a.id, a.id, a.recorded_at, max(u.reported_on), '', '*', '{}'
    FROM act a JOIN status_update u ON u.act_id = a.id LEFT JOIN source s ON s.id = u.source_id
    WHERE a.kind = 'import'
    GROUP BY a.id, a.recorded_at HAVING count(s.key) < count(*) ORDER BY a.id
"""


def upgrade() -> None:
    """Make the table and the column, and mark earlier imports."""
    op.add_column(
        "milestone", sa.Column("listed", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "imported",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("act_id", sa.Integer()),
        sa.Column("after_act", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("reported_on", sa.Text(), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"]),
        sa.CheckConstraint("length(reported_on) = 10", name="imported_reported_on"),
    )
    op.create_index("imported_by_act", "imported", ["act_id"])
    op.execute(_MARK_EARLIER)
