"""How milestones stood on every past day, and since when facilities are what they are.

What is new follows from the updates; whoever migrates folds them anew after the last revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STANDINGS = 6


def upgrade() -> None:
    """Make the table and the columns, empty."""
    op.add_column("facility", sa.Column("first_on", sa.Text()))
    op.add_column("facility", sa.Column("set_on", sa.Text()))
    op.create_table(
        "spell",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("earliest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("milestone_id", "since"),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"]),
        sa.CheckConstraint("since < until", name="spell_not_empty"),
        sa.CheckConstraint(f"standing BETWEEN 0 AND {_STANDINGS - 1}", name="spell_standing"),
        sa.CheckConstraint("earliest <= latest", name="spell_not_reversed"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "spell_by_deadline", "spell", ["standing", "latest", "earliest", "since", "until"]
    )
