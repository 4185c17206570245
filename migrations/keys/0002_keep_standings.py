"""keep standings"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "standing",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_root_id"), "standing", ["root_id"])


def downgrade() -> None:

    op.drop_table("standing")
