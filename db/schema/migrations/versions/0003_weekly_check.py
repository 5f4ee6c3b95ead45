"""Weekly checks: what was asked in which order, and the acts that decided it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NEEDS = (
    "'overdue_unconfirmed', 'overdue_confirmed', 'due_soon', 'in_window', 'stale', "
    "'contradiction', 'on_hold'"
)


def upgrade() -> None:
    """Make the three tables; nothing that was there is touched."""
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.Text()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("closed_by", sa.Text()),
        sa.Column("source_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
        sa.CheckConstraint("length(week) = 8", name="review_week"),
        sa.CheckConstraint("length(day) = 10", name="review_day"),
        sa.CheckConstraint("closed_at >= opened_at", name="review_closed_after_opened"),
        sa.CheckConstraint("closed_by IS NULL OR closed_at IS NOT NULL", name="review_closed_by"),
    )
    op.create_index("review_by_week", "review", ["week"])
    op.create_table(
        "review_item",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("skipped_at", sa.BigInteger()),
        sa.Column("skipped_by", sa.Text()),
        sa.PrimaryKeyConstraint("review_id", "position"),
        sa.UniqueConstraint("review_id", "milestone_id"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"]),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"]),
        sa.CheckConstraint("position >= 1", name="review_item_position"),
        sa.CheckConstraint(f"need IN ({_NEEDS})", name="review_item_need"),
        sa.CheckConstraint(
            "skipped_by IS NULL OR skipped_at IS NOT NULL", name="review_item_skipped_by"
        ),
    )
    op.create_index("review_item_by_milestone", "review_item", ["milestone_id"])
    op.create_table(
        "review_act",
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("act_id"),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"]),
        sa.ForeignKeyConstraint(
            ["review_id", "position"], ["review_item.review_id", "review_item.position"]
        ),
    )
    op.create_index("review_act_by_item", "review_act", ["review_id", "position"])
