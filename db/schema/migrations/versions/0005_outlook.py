"""What milestones say of their facility, in its own row.

It follows from the updates; whoever migrates folds them anew after the last revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns, empty, and the index by which facilities are listed."""
    for name in ("phase", "next_on"):
        op.add_column("facility", sa.Column(name, sa.Text()))
    op.add_column("facility", sa.Column("slip_days", sa.Integer()))
    for name in ("amber_after", "red_after"):
        op.add_column("facility", sa.Column(name, sa.Text()))
    op.create_index("facility_by_next", "facility", ["next_on", "slug", "updated_on"])
